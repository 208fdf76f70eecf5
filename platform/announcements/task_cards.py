"""What this room puts on the editors' desk and on the operator's pages."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/mitteilungen/",
        _("Announcements"),
        _("What the platform’s operator told you, to read again."),
        "info",
        EDITORS,
        Group.TOOLS,
        order=90,
        words="Mitteilung, Ankündigung, Wartung, Betrieb, Plattform, Neuigkeit, Hinweis",
    ),
    TaskCard(
        "/betrieb/mitteilungen/",
        _("Announcements"),
        _("Tell editors and administrators something on their desk, and by mail."),
        "news",
        frozenset({Role.OPERATOR}),
        order=20,
        landing=True,
    ),
)
