"""What administrators find on their desk."""

from django.utils.translation import gettext_lazy as _

from core.access import Permission, roles_with
from core.task_cards import Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/zugang/",
        _("Support access"),
        _("When the platform's operator came in to help, why, and what was changed; ask for consent first."),
        "safety",
        roles_with(Permission.SECURITY_RULES),
        Group.PEOPLE,
        order=60,
        words="Hilfe, Support, Betrieb, Betreiber, Fernwartung, Zustimmung, Einwilligung, Zugriff",
    )
)
