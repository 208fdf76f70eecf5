"""What this room puts on the editors' desk, and on the landing page of a provider's people."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register
from portal.printing.own.card import CARD

register(
    TaskCard(
        "/redaktion/drucksachen/",
        _("Printed matter"),
        _("Programme, posters, flyers and letters as PDF, ready for the printer."),
        "print",
        EDITORS,
        Group.LOOK,
        order=60,
        words="drucken, PDF, Programmheft, Broschüre, Ferienkalender, Ferienprogramm, Seniorenwegweiser, Wegweiser, "
        "Plakat, Poster, Postkarte, Flyer, Handzettel, QR-Code, Aushang, Brief, Serienbrief, Anschreiben, Papier, "
        "Werbung, erste Schritte, zwei Stunden, Einarbeitung",
    ),
)
register(CARD)
