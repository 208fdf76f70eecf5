"""What this room puts on the editors' desk and on the operator's pages."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/nachbarn/",
        _("Neighbours"),
        _("Agree with other municipalities that you show each other's offers."),
        "house",
        EDITORS,
        Group.RULES,
        order=70,
        words="Nachbarn, Umgebung, Nachbarkommune, Nachbarstadt, Umland, Landkreis, Dachportal, Vereinbarung",
    ),
    TaskCard(
        "/betrieb/nachbarn/",
        _("Neighbours and roof portals"),
        _("What municipalities agreed on, and which of them are roof portals."),
        "house",
        frozenset({Role.OPERATOR}),
        order=40,
        landing=True,
    ),
)
