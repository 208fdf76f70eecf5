"""What this room puts on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/konto/angebote/",
        _("Your offers"),
        _("Enter offers, change them, and see where each stands."),
        "calendar",
        frozenset({Role.PROVIDER}),
        order=10,
        landing=True,
    )
)
