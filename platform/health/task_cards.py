"""What an operator does in this room."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register
from health.models import AlertHook
from health.telling.people import unreached

register(
    TaskCard(
        "/betrieb/kommunen/",
        _("Municipalities"),
        _("How all municipalities are: what is wrong stands first."),
        "house",
        frozenset({Role.OPERATOR}),
        order=12,
        landing=True,
    ),
    TaskCard(
        "/betrieb/auftraege/",
        _("Failed jobs"),
        _("Work that was given up: try it again or drop it."),
        "repeat",
        frozenset({Role.OPERATOR}),
        order=14,
        landing=True,
    ),
    TaskCard(
        "/betrieb/alarme/",
        _("Alerts"),
        _("What operators were told of, who is told, and whether it arrives."),
        "warning",
        frozenset({Role.OPERATOR}),
        order=13,
        landing=True,
        waits=lambda: [AlertHook.objects.failing(), unreached()],
    ),
)
