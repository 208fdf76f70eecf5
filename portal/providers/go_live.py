"""What this room wants done before a portal goes live: somebody who offers something."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.go_live import Check, Found, register
from portal.providers.models import Provider

LIST = "/redaktion/anbieter/"


def _providers() -> Found:
    number = Provider.objects.public().count()
    if not number:
        # One that was begun is gone on with, or approved, in the list.
        return Found(False, _("No provider is public yet."), url=LIST if Provider.objects.exists() else "")
    said = ngettext("%(number)d public provider.", "%(number)d public providers.", number) % {"number": number}
    return Found(True, said)


register(
    Check(
        "anbieter",
        80,
        gettext_lazy("First provider"),
        gettext_lazy("Each offer belongs to somebody. Begin with your own office or one you work with."),
        f"{LIST}neu/",
        _providers,
        verb=gettext_lazy("Enter"),
    )
)
