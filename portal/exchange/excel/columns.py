"""The 32 columns of the original's template, in its order, with the headings of its template and of its export.

The words in here are data of a file format that is German everywhere; they are not translated.
"""

import re
from dataclasses import dataclass

from core.text import clean_text, fold

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NO_WORD = re.compile(r"[^a-z0-9]+")
# What people put into a cell instead of a word.
_SIGNS = str.maketrans({**dict.fromkeys("✓✔☑✅🗸", " ja "), **dict.fromkeys("✗✘☒❌❎🗴", " nein ")})


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is our name of it, `heading` and `hint` what we write; `others` are headings it is also known by."""

    key: str
    heading: str
    hint: str
    others: tuple[str, ...] = ()
    required: bool = True
    width: int = 18


ID, TITLE, CATEGORIES, KIND = "id", "title", "categories", "kind"
START_DATE, START_TIME, END_DATE, END_TIME = "start_date", "start_time", "end_date", "end_time"
ADDRESS, PLACE_NOTE, DISTRICT, TARGET_GROUPS = "address", "place_note", "district", "target_groups"
SUMMARY, DESCRIPTION, COSTS, FREE = "summary", "description", "cost_text", "free"
ACCESS, ACCESSIBILITY, SALUTATION = "access", "accessibility", "contact_salutation"
PROVIDER_URL, VOLUNTEERING = "provider_url", "volunteering"

_KIND_HINT = (
    "Einfachauswahl (Ohne Termin, Konkrete Daten, Zeitraum, Täglich, Wöchentlich, Monatlich). Genauer z.B.: "
    "„Monatlich: am 2. Dienstag“, „Monatlich: am letzten Freitag“, „Monatlich: am 15.“, "
    "„Wöchentlich: FREQ=WEEKLY;INTERVAL=2;BYDAY=MO“ (RFC 5545); Ausnahmen mit „außer 24.12.2026, 31.12.2026“"
)

COLUMNS = (
    Column(ID, "ID", "Nummer fortlaufend", width=8),
    Column(TITLE, "Name des Angebots*", "Freitext", width=40),
    Column(CATEGORIES, "Angebotskategorie/n*", "Mehrere durch Komma getrennt", ("Kategorie", "Kategorien"), width=28),
    Column(KIND, "Termin/e", _KIND_HINT, ("Datumstyp", "Termine", "Termin")),
    Column(
        START_DATE,
        "Start-Datum*",
        "Datum (TT.MM.JJJJ), für mehrere Daten eine neue Zeile mit selber ID",
        ("Startdatum",),
    ),
    Column(START_TIME, "Uhrzeit", "Uhrzeit (HH:MM)", ("Start-Uhrzeit",), width=10),
    Column(END_DATE, "End-Datum", "Datum (TT.MM.JJJJ)", ("Enddatum",)),
    Column(END_TIME, "Uhrzeit", "Uhrzeit (HH:MM)", ("End-Uhrzeit",), width=10),
    Column(
        ADDRESS, "Adresse (Wo findet das Angebot statt?)*", "Postleitzahl Stadt, Straße Nummer (oder: Online)", width=40
    ),
    Column(PLACE_NOTE, "Zusatzinformationen Angebotsort (z.B.Raum)", "Freitext"),
    Column(
        DISTRICT,
        "PLZ/Stadtteil",
        "Stadtteil oder Postleitzahl",
        ("Stadtteil", "PLZ", "Ortsteil", "PLZ/Stadtteil / Stadtteil"),
    ),
    Column(
        TARGET_GROUPS,
        "Zielgruppe*",
        "Mehrere durch Komma getrennt",
        ("Altersgruppe / Zielgruppe", "Altersgruppe", "Zielgruppen"),
        width=28,
    ),
    Column(
        SUMMARY,
        "Teaser-Text (wird in der Listenansicht angezeigt)*",
        "Kurzbeschreibung, max. 300 Zeichen",
        ("Kurzbeschreibung / Teaser-Text", "Kurzbeschreibung"),
        width=40,
    ),
    Column(DESCRIPTION, "Beschreibung (Angebotsansicht)", "Freitext", ("Langbeschreibung",), width=60),
    Column("speaker", "Referent/en, Berufsbezeichnung oder Qualifikation", "Freitext"),
    Column("format", "Format", "Freitext"),
    Column("video_url", "Video-URL (Youtube) einbinden", "Freitext (URL)", ("Video-URL",)),
    Column(
        "conditions",
        "Spezf. Teilnahmebedingungen (z.B. Anmeldung erforderlich; max. 200 Zeichen)",
        "Freitext, max. 500 Zeichen",
        ("Teilnahmebedingungen",),
    ),
    Column("course_number", "Kursnummer", "Freitext"),
    Column("capacity", "Max. Teilnehmerzahl", "Freitext", ("Max. Teilnehmeranzahl",)),
    Column(COSTS, "Kosten", "Freitext; ein Betrag als 12,50 €"),
    Column(FREE, "kostenfrei", "Einfachauswahl", width=12),
    Column(ACCESS, "Zugang (Offen / mit Mitgliedschaft)", "Einfachauswahl"),
    Column(ACCESSIBILITY, "Barrierefrei (Filterkriterium)", "Einfachauswahl"),
    Column(
        "cooperation",
        "Kooperationspartner für dieses Angebot",
        "Freitext",
        ("Name mögl. Kooperationspartner", "Kooperationspartner"),
    ),
    Column(SALUTATION, "Anrede", "Einfachauswahl", width=10),
    Column("contact_name", "Vorname und Name", "Freitext"),
    Column("contact_role", "Zuständigkeit", "Freitext"),
    Column("contact_phone", "Telefon", "Freitext (Telefonnummer)"),
    Column("contact_email", "E-Mail", "Freitext (E-Mail)", ("Email",)),
    Column(PROVIDER_URL, "URL Anbieter", "Freitext (URL); füllt auf Wunsch ein leeres Feld", required=False),
    Column(VOLUNTEERING, "Engagement möglich", "Einfachauswahl", ("Eingagement möglich",), required=False),
)
BASE = "base"
BASE_COLUMN = Column(
    BASE, "Prüfzeichen", "Bitte nicht ändern: Daran erkennen wir, was Sie geändert haben.", required=False
)
"""Stands hidden behind the template's columns of an export; says what the row said then (see `merging`)."""
BY_KEY = {column.key: column for column in COLUMNS}
PLAIN_TEXTS = (
    "speaker",
    "format",
    "conditions",
    "course_number",
    "capacity",
    "cooperation",
    "contact_name",
    "contact_role",
)
"""Columns that are one field of Offer, of the same name, and nothing but text."""
DATE_KEYS = (KIND, START_DATE, START_TIME, END_DATE, END_TIME)
"""What further rows of an ID may fill in."""

YES_NO = {"ja": True, "nein": False, "yes": True, "no": False, "x": True, "1": True, "0": False, "wahr": True}
YES_NO |= {"falsch": False, "true": True, "false": False, "j": True, "n": False, "": False}
NOT_STATED = {"", "keine angabe", "k a", "ka", "unbekannt"}


def heading_key(heading: object) -> str:
    """A heading as it is compared: without brackets, stars, case and punctuation."""
    return _NO_WORD.sub(" ", fold(_IN_BRACKETS.sub(" ", clean_text(str(heading))))).strip()


def word_key(word: object) -> str:
    """A word of a closed list as it is compared: “Keine  Angabe ” is “keine angabe”, a tick is “ja”."""
    return _NO_WORD.sub(" ", fold(clean_text(str(word)).translate(_SIGNS))).strip()


def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for column in COLUMNS:
        if column.key not in (START_TIME, END_TIME):
            known |= {heading_key(name): column.key for name in (column.heading, *column.others)}
    known[heading_key(BASE_COLUMN.heading)] = BASE
    return known | {"start uhrzeit": START_TIME, "end uhrzeit": END_TIME}


_KNOWN = _known()


def assign(headings: list[str]) -> tuple[dict[str, int], list[str]]:
    """Which column (0-based) holds what, and the headings that mean nothing here.

    “Uhrzeit” stands there twice: it belongs to the date before it.
    """
    places: dict[str, int] = {}
    unknown: list[str] = []
    for index, heading in enumerate(headings):
        key = _KNOWN.get(heading_key(heading))
        if heading_key(heading) == "uhrzeit":
            key = _which_time(places)
        if key is not None and key not in places:
            places[key] = index
        elif heading.strip():
            unknown.append(heading.strip())
    return places, unknown


def _which_time(places: dict[str, int]) -> str:
    dates = sorted((places[key], key) for key in (START_DATE, END_DATE) if key in places)
    if START_TIME in places or (dates and dates[-1][1] == END_DATE and END_TIME not in places):
        return END_TIME
    return START_TIME


def is_hint_row(cells: dict[str, object]) -> bool:
    """Whether this is the template's second row, which explains the columns."""
    return word_key(cells.get(TITLE, "")) == "freitext" and "auswahl" in word_key(cells.get(KIND, ""))
