"""What everybody with an account can do."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

_EVERYBODY = frozenset({Role.SIGNED_IN})

register(
    TaskCard(
        "/konto/person/",
        _("Personal details"),
        _("The name by which others see you here."),
        "user",
        _EVERYBODY,
        order=80,
        landing=True,
    ),
    TaskCard(
        "/konto/sicherheit/",
        _("Password"),
        _("Choose a new password for your account."),
        "safety",
        _EVERYBODY,
        order=90,
        landing=True,
    ),
)
