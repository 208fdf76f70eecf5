"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/einstellungen/anmeldung/",
        _("Signing in"),
        _("Who needs a second factor, and which terms of use providers agree to."),
        "safety",
        frozenset({Role.ADMIN}),
        Group.RULES,
        order=50,
        words="zweiter Faktor, 2FA, Passkey, Nutzungsbedingungen, Sicherheit, Einstellungen",
    )
)
