"""What this room puts on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard, register
from portal.exchange import ways
from portal.exchange.ways import Way

register(
    TaskCard(
        "/konto/import/kalender/",
        _("Offers from a calendar"),
        _("Name the address of your calendar: its events become offers, and follow it every night."),
        "calendar",
        frozenset({Role.PROVIDER}),
        order=24,
        landing=True,
        under="/konto/angebote/",
        words="ical ics ics-datei abonnieren google kalender nextcloud outlook termine importieren webcal",
    )
)

ways.register(
    Way(
        "/konto/import/kalender/",
        _("Offers from a calendar"),
        _("Name the address of your calendar: its events become offers, and follow it every night."),
        "calendar",
    )
)
