"""The card on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import TaskCard

CARD = TaskCard(
    "/konto/aushang/",
    _("Posters and flyers"),
    _("For what you have on the portal: with a QR code that leads there, as PDF for the printer."),
    "print",
    frozenset({Role.PROVIDER}),
    order=27,
    landing=True,
    under="/konto/angebote/",
    words="Plakat, Poster, Postkarte, Flyer, Handzettel, QR-Code, Aushang, drucken, PDF, Werbung",
)
