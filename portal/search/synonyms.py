"""Words that mean the same, found in what somebody typed."""

from collections.abc import Sequence

from core.text import fold
from portal.search.models import Synonyms
from tenants.running.changes import remembered

# Words of a phrase: “Deutsch als Zweitsprache”.
LONGEST_PHRASE = 4
# Enough for every meaning; more would make a search slow.
MOST_OTHERS = 12

# What a new municipality starts with; the editors change it as they like.
STARTER = (
    ("Kita", "Kindergarten", "Kindertagesstätte", "Kindertageseinrichtung", "Krippe"),
    ("Tagesmutter", "Tagesvater", "Kindertagespflege", "Tagespflegeperson"),
    ("Krabbelgruppe", "Eltern-Kind-Gruppe", "Spielgruppe", "Spielkreis"),
    ("Hort", "Nachmittagsbetreuung", "Ganztag", "OGS", "Ganztagsschule"),
    ("Nachhilfe", "Hausaufgabenhilfe", "Hausaufgabenbetreuung", "Lernförderung"),
    ("Deutschkurs", "Sprachkurs", "Integrationskurs", "Deutsch als Zweitsprache", "DaZ", "Deutsch lernen"),
    ("Flüchtlinge", "Geflüchtete", "Migranten", "Asyl", "Zugewanderte"),
    ("Senioren", "ältere Menschen", "Rentner", "60plus", "Ältere"),
    ("Jugendliche", "Teenager", "Teenies", "junge Menschen"),
    ("Jugendzentrum", "Jugendtreff", "Jugendhaus", "Juz"),
    ("Ferienprogramm", "Ferienfreizeit", "Ferienspaß", "Ferienbetreuung", "Feriencamp"),
    ("Turnen", "Gymnastik"),
    ("Schwimmen", "Schwimmkurs", "Seepferdchen"),
    ("Fußball", "Kicken", "Bolzen"),
    ("Tanzen", "Tanzkurs", "Tanz"),
    ("Musikschule", "Musikunterricht", "Instrument lernen"),
    ("Malen", "Zeichnen", "Kunstkurs"),
    ("Basteln", "Werken", "Handarbeiten"),
    ("Handy", "Smartphone", "Mobiltelefon"),
    ("Computer", "PC", "Laptop"),
    ("Behinderung", "Handicap", "Beeinträchtigung", "Inklusion"),
    ("Ehrenamt", "Freiwilligenarbeit", "Engagement", "Freiwillige", "mithelfen"),
    ("Schulden", "Schuldnerberatung", "Schuldenberatung"),
    ("Sucht", "Suchtberatung", "Drogenberatung", "Abhängigkeit"),
    ("Trauer", "Trauergruppe", "Trauerbegleitung"),
    ("Schwangerschaft", "schwanger", "Geburtsvorbereitung", "Hebamme"),
    ("Alleinerziehende", "Einelternfamilie", "alleinerziehend"),
    ("Scheidung", "Trennung", "Trennungsberatung"),
    ("Mittagstisch", "Mittagessen", "Essen für Senioren"),
    ("Tafel", "Lebensmittelausgabe"),
    ("Bewerbung", "Bewerbungstraining", "Jobsuche", "Arbeitssuche"),
    ("Pflege", "Pflegeberatung", "pflegende Angehörige", "Pflegestützpunkt"),
    ("Demenz", "Alzheimer"),
    ("Bücherei", "Bibliothek", "Mediathek", "Stadtbibliothek"),
    ("VHS", "Volkshochschule"),
    ("kostenlos", "gratis", "kostenfrei", "umsonst"),
)

Group = tuple[str, ...]


def _by_word() -> dict[str, Group]:
    """Every folded word or phrase with the others of its groups."""
    found: dict[str, dict[str, None]] = {}
    for words in Synonyms.objects.values_list("words", flat=True):
        for word in words:
            others = {other: None for other in words if other != word}
            found.setdefault(_plain(word), {}).update(others)
    return {word: tuple(others)[:MOST_OTHERS] for word, others in found.items()}


def _plain(words: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(words)).split())


def synonyms_in(words: Sequence[str]) -> dict[int, tuple[int, Group]]:
    """Where in these words a known word or phrase begins: its number of words and its synonyms; longest first."""
    known = remembered("search.synonyms", _by_word, rooms=("search",))
    folded = [fold(word) for word in words]
    found: dict[int, tuple[int, Group]] = {}
    place = 0
    while place < len(folded):
        length = next(
            (n for n in range(LONGEST_PHRASE, 0, -1) if " ".join(folded[place : place + n]) in known
             and place + n <= len(folded)), 0,
        )  # fmt: skip
        if length:
            found[place] = (length, known[" ".join(folded[place : place + length])])
        place += length or 1
    return found
