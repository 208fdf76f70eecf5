"""Every component on one page, with the words and lengths that break layouts. Demo only."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from core.access import Role, allow
from theming.cards import Badge, OfferCard
from theming.css import CORNERS, FONT_STACKS, Look, color_class, stylesheet
from theming.icon_names import ICON_NAMES
from theming.models import Theme
from theming.tokens import HEX

CATEGORIES = [
    ("Schule & Lernen", "school", "#1d70b8", 128),
    ("Sprache & Integration", "language", "#d4351c", 64),
    ("Sport & Bewegung", "sport", "#00a33b", 97),
    ("Kunst, Musik & Theater", "art", "#8e24aa", 43),
    ("Familie & Kind", "family", "#f2a900", 112),
    ("Gesundheit", "health", "#c2185b", 38),
    ("Beratung & Hilfe", "advice", "#00796b", 81),
    ("Seniorinnen und Senioren", "senior", "#6d4c41", 29),
    ("Arbeit & Beruf", "work", "#455a64", 51),
    ("Natur & Umweltbildungsangebote", "nature", "#c6d200", 17),
]


LONG_TITLE = "Naturpädagogische Donaudampfschifffahrtsgesellschaftskapitänsausbildungsveranstaltung für Jugendliche"


def _color(number: int) -> str:
    return f"stil-{number}"


def _offers() -> list[OfferCard]:
    """Cards: typical, with a picture, very long, almost empty."""
    rows: list[tuple[int, str, dict[str, Any]]] = [
        (
            1,
            "Deutsch für den Alltag: Sprachcafé im Mehrgenerationenhaus",
            {
                "when": "Di., 24.11., 16:00–18:00 Uhr · wöchentlich",
                "place": "Saarbrücken-Malstatt",
                "audience": "Erwachsene",
                "price": "kostenfrei",
                "badges": (
                    Badge("barrierefrei", "info", "disability"),
                    Badge("mit Kinderbetreuung"),
                ),
            },
        ),
        (
            0,
            "Hausaufgabenbetreuung in der Stadtbibliothek",
            {
                "when": "Heute, 14:30–16:00 Uhr",
                "place": "Rheda",
                "audience": "6 bis 12 Jahre",
                "price": "kostenfrei",
            },
        ),
        (
            4,
            "Eltern-Kind-Turnen",
            {
                "image_url": "data:image/svg+xml," + _PHOTO,
                "when": "Sa., 28.11., 10:00 Uhr",
                "place": "Turnhalle Nord",
                "audience": "1 bis 3 Jahre",
                "price": "3,50 €",
                "provider": "TV Pirmasens 1863 e. V.",
            },
        ),
        (
            9,
            LONG_TITLE,
            {
                "when": "Mo.–Fr., 12.07.–16.07., 9:00–16:00 Uhr · Ferienprogramm",
                "audience": "10 bis 16 Jahre",
                "place": "Wiedenbrück, Umweltbildungszentrum am Emssee, Rietberger Straße 123a",
                "price": "120 € (ermäßigt 60 €)",
                "badges": (Badge("nur noch 2 Plätze", "warning"),),
            },
        ),
        (6, "Schuldnerberatung", {"when": "Termin nach Vereinbarung", "place": "online"}),
        (7, "Spaziergang", {}),
    ]
    return [
        OfferCard(title, "#", color=_color(n), icon=CATEGORIES[n][1], category=CATEGORIES[n][0], **more)
        for n, title, more in rows
    ]


_PHOTO = (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 200'%3E%3Crect width='300' height='200'"
    " fill='%23bcd'/%3E"
    "%3Ccircle cx='80' cy='60' r='30' fill='%23fd9'/%3E%3Cpath d='M0 200L120 80L220 200Z' fill='%23587'/%3E"
    "%3Cpath d='M130 200L230 110L300 200Z' fill='%23375'/%3E%3C/svg%3E"
)


class SampleForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(
        label="Name des Angebots", max_length=80, help_text="Kurz und eindeutig, höchstens 80 Zeichen."
    )
    email = forms.EmailField(label="E-Mail-Adresse")
    text = forms.CharField(label="Beschreibung", widget=forms.Textarea, required=False)
    category = forms.ChoiceField(label="Kategorie", choices=[(c[1], c[0]) for c in CATEGORIES])
    start = forms.DateField(label="Beginn", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    days = forms.MultipleChoiceField(
        label="Wochentage",
        choices=[(d, d) for d in ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cost = forms.ChoiceField(
        label="Kosten",
        widget=forms.RadioSelect,
        choices=[("frei", "kostenfrei"), ("betrag", "fester Betrag"), ("text", "anderes")],
    )
    picture = forms.FileField(label="Bild", required=False)
    terms = forms.BooleanField(label="Ich habe die Nutzungsbedingungen gelesen und bin einverstanden.")


def _theme(request: HttpRequest) -> Theme:
    """The look in the address, e.g. ?farbe=e2001a&zweite=ffcc00&ecken=rund&schrift=atkinson&dunkel=1."""
    given, usual = request.GET, Look()
    colours = ["#" + given.get(name, "").lower() for name in ("farbe", "zweite")]
    return Theme(
        portal_name="Chancenportal Musterstadt",
        claim="Bildung, Beratung und Freizeit in deiner Nähe",
        brand_color=colours[0] if HEX.match(colours[0]) else usual.brand,
        accent_color=colours[1] if HEX.match(colours[1]) else usual.accent,
        font=given["schrift"] if given.get("schrift") in FONT_STACKS else usual.font,
        corner=given["ecken"] if given.get("ecken") in CORNERS else usual.corner,
        dark_mode_allowed=given.get("dunkel") == "1",
        footer_text="Ein Angebot der Stadt Musterstadt für alle, die hier leben.",
        organisation="Stadt Musterstadt, Bildungsbüro",
        street="Rathausplatz 1",
        postcode="66111",
        city="Musterstadt",
        phone="+49 681 905-0",
        email="bildung@musterstadt.example",
    )


def _entry(label: str, *below: str, url: str = "", kind: str = "page") -> SimpleNamespace:
    """As `portal.site.menus.reading.Node`."""
    children = [_entry(each) for each in below]
    return SimpleNamespace(
        kind=kind, label=label, url=url or f"/{label.lower().replace(' ', '-')}/", children=children, outside=False
    )


def _menu() -> dict[str, list[SimpleNamespace]]:
    return {
        "header": [_entry("", url="/angebote/", kind="offers"), _entry("Über uns", "Team", "Ziele")],
        "footer_columns": [_entry("Rathaus", "Ämter", "Termine")],
        "footer_links": [_entry(label) for label in ("Impressum", "Datenschutz", "Barrierefreiheit")],
    }


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest) -> HttpResponse:
    """?blatt=1 gives the style sheet of the sample, ?sprache=ar the same page from right to left."""
    theme = _theme(request)
    if request.GET.get("blatt"):
        classes = [color_class(_color(n), row[2]) for n, row in enumerate(CATEGORIES)]
        return HttpResponse(stylesheet(theme.look, classes).text, content_type="text/css")
    wrong = SampleForm({"email": "keine-adresse", "category": "school", "days": ["Montag"], "cost": "frei"})
    query = request.GET.copy()
    query["blatt"] = "1"
    context = {
        "theme": theme,
        "menu": _menu(),
        "partner_logos": [],
        "sheet": query.urlencode(),
        "categories": [
            {"name": name, "icon": icon, "color": _color(n), "count": f"{count} Angebote"}
            for n, (name, icon, _hex, count) in enumerate(CATEGORIES)
        ],
        "offers": _offers(),
        "links": [{"label": text, "url": "#"} for text in ("Deutschkurs", "Schwimmen", "Ferienprogramm")],
        "form": wrong,
        "icons": ICON_NAMES,
        "page": Paginator(range(200), 10).page(7),
        "facts": FACTS,
        "filters": FILTERS,
        "crumbs": [
            {"label": "Angebote", "url": "#"},
            {"label": "Sprachcafé im Mehrgenerationenhaus", "url": ""},
        ],
        "tabs": [
            {"label": "Liste", "url": "#", "current": True, "icon": "list", "count": 41},
            {"label": "Karte", "url": "#", "current": False, "icon": "map", "count": None},
            {"label": "Kalender", "url": "#", "current": False, "icon": "calendar", "count": None},
        ],
        "suggestions": ["Prüfe die Schreibweise.", "Nimm einen Filter heraus."],
        "actions": [{"label": "Alle Filter entfernen", "url": "#"}, {"label": "Alle Angebote", "url": "#"}],
        "right_to_left_text": "مقهى اللغة: الألمانية للحياة اليومية",
    }
    with override("ar" if request.GET.get("sprache") == "ar" else "de"):
        return render(request, "theming/styleguide.html", context)


FACTS: list[dict[str, Any]] = [
    {"icon": "calendar", "label": "Wann", "value": "Dienstag, 24. November 2026, 16:00–18:00 Uhr"},
    {"icon": "pin", "label": "Wo", "value": "Mehrgenerationenhaus, Rheinstraße 1, 66113 Saarbrücken"},
    {"icon": "users", "label": "Für wen", "value": "Erwachsene, Neuzugewanderte"},
    {"icon": "euro", "label": "Kosten", "value": "kostenfrei"},
    {"icon": "phone", "label": "Telefon", "value": "0681 905-1234", "url": "tel:06819051234"},
    {
        "icon": "mail",
        "label": "E-Mail",
        "value": "anmeldung@mehrgenerationenhaus-saarbruecken.example",
        "url": "#",
    },
]
FILTERS: list[dict[str, Any]] = [
    {
        "value": "1",
        "label": "Schule & Lernen",
        "count": 128,
        "checked": True,
        "children": [
            {"value": "11", "label": "Hausaufgabenbetreuung", "count": 24, "checked": True},
            {
                "value": "12",
                "label": "Nachhilfe in naturwissenschaftlichen Fächern",
                "count": 9,
                "checked": False,
            },
        ],
    },
    {"value": "2", "label": "Sport & Bewegung", "count": 97, "checked": False},
    {"value": "3", "label": "Familie & Kind", "count": 0, "checked": False},
]
