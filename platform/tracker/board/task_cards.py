"""What this room puts on the landing page of the town hall and the operator."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/plattform/",
        _("Improve together"),
        _("What all municipalities wish for: votes, roadmap, and who pays along."),
        "users",
        frozenset({Role.PLANNER, Role.EDITOR, Role.ADMIN}),
        order=84,
        words="Wunsch, Stimmen, Punkte, Fahrplan, Kosten, Zusage, Plattform, Kommunen",
        landing=True,
    )
)
register(
    TaskCard(
        "/betrieb/tickets/",
        _("Tickets"),
        _("What municipalities report and wish for: sort in, plan, merge, answer."),
        "flag",
        frozenset({Role.OPERATOR}),
        order=20,
        landing=True,
    )
)
