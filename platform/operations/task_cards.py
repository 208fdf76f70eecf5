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
    ),
    TaskCard(
        "/betrieb/mails/",
        _("Mails"),
        _("What could not be sent, here and in municipalities: send it again."),
        "mail",
        frozenset({Role.OPERATOR}),
        order=16,
    ),
    TaskCard(
        "/betrieb/protokoll/",
        _("Log"),
        _("Who did what, and whether all logs are as they were written."),
        "list",
        frozenset({Role.OPERATOR}),
        order=34,
        landing=True,
    ),
)
