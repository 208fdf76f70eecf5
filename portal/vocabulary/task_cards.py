"""What this room puts on the editors' desk."""

from django.utils.translation import gettext_lazy as _

from core.task_cards import EDITORS, Group, TaskCard, register

register(
    TaskCard(
        "/redaktion/themen/",
        _("Topics and target groups"),
        _("Order, rename, merge and retire topics, target groups, districts, markers and carriers."),
        "list",
        EDITORS,
        Group.CONTENT,
        order=30,
        words="Kategorien, Themenbaum, Zielgruppen, Ortsteile, Stadtteile, Bezirke, GeoJSON, Kennzeichen, Merkmale, "
        "Träger, Farbe, Symbol, Zeichen, zusammenführen, stilllegen, umbenennen, sortieren, Tabelle, Excel, CSV",
    )
)
