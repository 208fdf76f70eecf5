"""What this room wants done before a portal goes live: somebody who offers something."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.go_live import Check, Found, register
from portal.providers.models import Provider


def _providers() -> Found:
    number = Provider.objects.public().count()
    said = ngettext("%(number)d public provider.", "%(number)d public providers.", number) % {"number": number}
    return Found(number > 0, said if number else _("No provider is public yet."))


register(
    Check(
        "anbieter",
        80,
        gettext_lazy("First provider"),
        gettext_lazy("Each offer belongs to somebody. Begin with your own office or one you work with."),
        "/redaktion/anbieter/",
        _providers,
        verb=gettext_lazy("Enter"),
    )
)
