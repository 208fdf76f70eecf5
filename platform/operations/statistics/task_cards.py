"""What an operator does here."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/betrieb/statistik/",
        _("Statistics"),
        _("All municipalities together: sums, medians, months; groups for comparison; shares of costs."),
        "chart",
        frozenset({Role.OPERATOR}),
        order=22,
        landing=True,
    )
)
