"""What this room puts on the landing page of providers; the town hall finds its reports below `/plattform/`."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/plattform/meldungen/",
        _("Reports to the platform"),
        _("What you reported to the platform, how far it is, and your drafts."),
        "flag",
        frozenset({Role.PROVIDER}),
        order=85,
        words="Problem, Fehler, Wunsch, Idee, Frage, Ticket, Meldung, Plattform, Unterstützung, Support",
        landing=True,
    )
)
