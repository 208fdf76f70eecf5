"""What an operator does."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/betrieb/",
        _("Operations"),
        _("All municipalities of the platform with their addresses and states."),
        "web",
        frozenset({Role.OPERATOR}),
        order=10,
        landing=True,
    )
)
