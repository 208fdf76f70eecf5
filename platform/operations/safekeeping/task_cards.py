"""What an operator does here."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/betrieb/sicherungen/",
        _("Exports and backups"),
        _("Take a municipality's data along as a file, and see how old the backups are."),
        "safety",
        frozenset({Role.OPERATOR}),
        order=32,
        landing=True,
    )
)
