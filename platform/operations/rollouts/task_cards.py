"""What an operator does here."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/betrieb/rollouts/",
        _("Rollouts"),
        _("Bring municipalities to the new version, wave by wave, and see how far it is."),
        "repeat",
        frozenset({Role.OPERATOR}),
        order=18,
        landing=True,
    )
)
