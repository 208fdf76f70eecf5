"""The ways into the room: its start page for all of the town hall, and its pages in the editors' column."""

from django.utils.translation import gettext_lazy as _

from core.access import Role
from core.task_cards import Group, TaskCard, register

WHO = frozenset({Role.PLANNER, Role.EDITOR, Role.ADMIN})

register(
    TaskCard(
        "/auswertung/",
        _("Overview and figures"),
        _("What there is, what is sought and what is missing: the figures of the portal for planning."),
        "chart",
        WHO,
        Group.PLANNING,
        order=10,
        words="Auswertung, Statistik, Zahlen, Kennzahlen, Bedarf, Planung, Monitoring, Bericht, Trend, Entwicklung",
        landing=True,
    ),
    TaskCard(
        "/auswertung/angebot/",
        _("Offers and providers"),
        _("What there is and was: over time, by district, topic, age, weekday, costs and more, also on the map."),
        "list",
        WHO,
        Group.PLANNING,
        order=20,
        words="Angebot, Bestand, Ortsteil, Postleitzahl, Zielgruppe, Alter, Wochentag, Uhrzeit, Träger, Karte, Verlauf",
    ),
    TaskCard(
        "/auswertung/matrix/",
        _("Matrix"),
        _("Two characteristics against each other: where there is much, and where nothing."),
        "filter",
        WHO,
        Group.PLANNING,
        order=30,
        words="Kreuztabelle, Matrix, Heatmap, Felder, Ortsteil und Alter, leere Felder",
    ),
    TaskCard(
        "/auswertung/luecken/",
        _("Gaps"),
        _("Where there is little for many: offers beside how many people live there, with reasons."),
        "warning",
        WHO,
        Group.PLANNING,
        order=50,
        words="Lücken, Bedarf, Versorgung, je 1.000 Einwohner, Einwohnerzahlen, wenig Angebot, viel Nachfrage",
    ),
    TaskCard(
        "/auswertung/ortsteile/",
        _("Districts compared"),
        _("Several indicators side by side on maps with your own words, and types of districts."),
        "map",
        WHO,
        Group.PLANNING,
        order=55,
        words="Ortsteile vergleichen, Sozialmonitoring, Monitoring, Typologie, Karten nebeneinander, Indikatoren",
    ),
    TaskCard(
        "/auswertung/zahlen/",
        _("Figures of the districts"),
        _("Bring inhabitants and other small-area figures of your statistics, to compare offers with them."),
        "upload",
        WHO,
        Group.PLANNING,
        order=60,
        words="Einwohner, Statistik, Kleinräumig, Import, Vorlage, Sozialdaten, Leistungsbezug, Jahr",
    ),
)
register(
    TaskCard(
        "/auswertung/wegezeiten/",
        _("Travel times"),
        _("Bring how many minutes it takes on foot and by bus: gaps are told by them, not as the crow flies."),
        "clock",
        WHO,
        Group.PLANNING,
        order=65,
        words="Wegezeiten, Minuten, zu Fuß, Bus, Erreichbarkeit, Fahrplan, Haltestelle, ÖPNV, Import, Vorlage",
    ),
)
