"""The ways into the room: its start page for all of the town hall, and its pages in the editors' column."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import Group, TaskCard, register

WHO = frozenset({Role.PLANNER, Role.EDITOR, Role.ADMIN})

register(
    TaskCard(
        "/auswertung/",
        _("Overview and figures"),
        _("What there is, what is sought and what is missing: the figures of the portal for planning."),
        "chart",
        WHO,
        Group.PLANNING,
        order=10,
        words="Auswertung, Statistik, Zahlen, Kennzahlen, Bedarf, Planung, Monitoring, Bericht, Trend, Entwicklung",
        landing=True,
    ),
)
