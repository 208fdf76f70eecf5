"""What an operator does here."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/betrieb/zellen/",
        _("Cells and moves"),
        _("Which municipality moves to another deployment, which has moved, and what to do when a move stops."),
        "external",
        frozenset({Role.OPERATOR}),
        order=33,
    )
)
