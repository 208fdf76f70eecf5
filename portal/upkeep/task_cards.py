"""What this room puts on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/konto/person/nachrichten/",
        _("Reminders and summary"),
        _("Which mails about your offers you want to get."),
        "mail",
        frozenset({Role.PROVIDER}),
        order=85,
        landing=True,
        under="/konto/person/",
    )
)
