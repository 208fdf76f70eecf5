"""What this room wants done before a portal goes live: somebody who stands in."""

from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from core.access import Role
from core.go_live import Check, Found, register


def _team() -> Found:
    town_hall = [Role.EDITOR.value, Role.ADMIN.value]
    number = User.objects.filter(is_active=True, roles__overlap=town_hall).count()
    said = ngettext("%(number)d person works here.", "%(number)d people work here.", number) % {"number": number}
    return Found(number > 1, said)


register(
    Check(
        "vertretung",
        100,
        gettext_lazy("Somebody who stands in"),
        gettext_lazy("Who is alone cannot be ill: invite a second person to the editorial team."),
        "/redaktion/personen/",
        _team,
        must=False,
        verb=gettext_lazy("Invite"),
    )
)
