"""What this room puts on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register

register(
    TaskCard(
        "/konto/statistik/",
        _("Figures"),
        _("How often your offers were viewed, and how often somebody wanted to reach you."),
        "eye",
        frozenset({Role.PROVIDER}),
        order=20,
        words="Statistik Zahlen Aufrufe Klicks Auswertung Reichweite Besucher",
        landing=True,
    )
)
