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
    ),
    TaskCard(
        "/redaktion/themen/katalog/",
        _("Shared catalogue"),
        _("Adopt topics and target groups that municipalities share, and see what a new release changes."),
        "list",
        EDITORS,
        Group.CONTENT,
        order=31,
        words="Gemeinsamer Katalog, Kategorien übernehmen, Release, Ausgabe, Unterschiede, Verknüpfung, verknüpfen, "
        "Vorschläge, Übersetzung der Themen, Vergleichbarkeit, Standardkategorien",
    ),
)
