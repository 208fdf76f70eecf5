"""Where it takes place: a street with its number, a postcode with its town, the house they belong to."""

import re
from dataclasses import dataclass

from portal.drafting.reading.lines import Sheet

_STREET = re.compile(
    r"(?P<street>(?:(?:Am|An der|An den|Auf der|Auf dem|Im|In der|In den|Zum|Zur|Alte[rn]?|Neue[rn]?"
    r"|Große|Kleine|Obere|Untere"
    r"|St\.|Sankt|Dr\.|Prof\.)\s+)*[A-ZÄÖÜ][\wäöüß.\-]*(?:[ \-][A-ZÄÖÜ][\wäöüß.\-]*){0,2}?"
    r"(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|markt|hof|berg|steig|pfad|park|graben|wall|chaussee"
    r"|[- ]Straße|[- ]Strasse|[- ]Str\.|[- ]Platz|[- ]Allee|[- ]Weg|[- ]Ring|[- ]Ufer)"
    r"|(?:Am|An der|Auf der|Auf dem|Im|In der|In den|Zum|Zur)\s+[A-ZÄÖÜ][\wäöüß\-]+)"
    r"\s*(?P<number>\d{1,4}\s?[a-h]?(?:\s?[-–/]\s?\d{1,4}\s?[a-h]?)?)(?![\d.:]|\s?(?:uhr|h\b|€))"
)
_TOWN = re.compile(
    r"(?<!\d)(?:D\s?-\s?)?(?P<postcode>\d{5})\s+"
    r"(?P<city>[A-ZÄÖÜ][\wäöüß]+(?:[- ](?:[A-ZÄÖÜ][\wäöüß]+|am|an der|im|bei))*)"
)
_LABEL = re.compile(r"^\W*(?:veranstaltungs)?(?:ort|wo|treffpunkt|location|adresse|place)\s*[:\-–|?]\s*", re.IGNORECASE)
_LONE_LABEL = re.compile(r"^\W*(?:veranstaltungsort|ort|wo|treffpunkt|location)\s*[:?]?\s*$", re.IGNORECASE)
_HOUSE = re.compile(
    r"\b\w*(?:saal|haus|zentrum|halle|schule|bibliothek|bücherei|kirche|museum|treff|rathaus|vhs|café|cafe|stadion|bad"
    r"|sportplatz|spielplatz|marktplatz|schlossplatz|dorfplatz|kirchplatz|schloss|hof|werkstatt|heim|laden|büro|raum"
    r"|gymnasium|kita|kindergarten|theater|kino|club|garten|park|scheune|zelt|turnhalle|forum|akademie|universität)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"veranstalter|kontakt|anmeldung|impressum|v\.\s?i\.\s?s\.\s?d|herausgeber|büro|geschäftsstelle", re.IGNORECASE
)
_NOT_A_NAME = re.compile(r"\buhr\b|€|\beuro\b|@|www\.|\btel|\d{1,2}\.\s?\d{1,2}\.|eintritt|anmeld", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is written; what is not there is empty."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    sure: bool = False
    said: str = ""


def place(sheet: Sheet, *, titled: set[int]) -> Place | None:
    """The likeliest place; `titled`: numbers of lines that are the title."""
    found = [(_rank(sheet, number), number) for number in range(len(sheet.lines)) if number not in titled]
    ranked = sorted((each for each in found if each[0] > 0), key=lambda each: (-each[0], each[1]))
    return _read(sheet, ranked[0][1], titled) if ranked else None


def _rank(sheet: Sheet, number: int) -> int:
    text = sheet.lines[number].text
    before = sheet.lines[number - 1].text if number else ""
    street, town = _STREET.search(text), _TOWN.search(text)
    labelled = bool(_LABEL.match(text)) or bool(_LONE_LABEL.match(before))
    house = bool(_HOUSE.search(text)) and not _NOT_A_NAME.search(text) and len(text) < 70
    score = 6 * labelled + 4 * bool(street) + 3 * bool(town)
    if not score and house and re.search(r"\b(?:im|in der|in den|am|auf dem)\b|^[A-ZÄÖÜ]", text):
        score = 1
    if _OWNER.search(text) or (_OWNER.search(before) and len(before) < 60):
        score -= 5
    return score


def _read(sheet: Sheet, number: int, titled: set[int]) -> Place:
    lines = sheet.lines
    rows = [number, *(each for each in (number + 1, number + 2) if each < len(lines) and each not in titled)]
    texts = [_LABEL.sub("", lines[each].text) for each in rows]
    street = town = None
    used = [rows[0]]
    for row, text in zip(rows, texts, strict=True):
        found, there = _STREET.search(text), _TOWN.search(text)
        if found and street is None:
            street, used = found, [*used, row]
        if there and town is None:
            town, used = there, [*used, row]
        if row != number and not found and not there:
            break
    name = _name(sheet, number, street, town, titled)
    sure = min((lines[each].sure for each in used), default=0.0) >= (85 if sheet.seen else 0)
    return Place(
        name=name,
        street=f"{street['street']} {street['number']}".replace("  ", " ") if street else "",
        postcode=town["postcode"] if town else "",
        city=_city(town["city"]) if town else "",
        sure=bool(sure and street and town),
        said=" · ".join(lines[each].text for each in dict.fromkeys(used)),
    )


def _city(said: str) -> str:
    return re.sub(r"[ -](?:am|an der|im|bei)$", "", said)


def _name(sheet: Sheet, number: int, street: re.Match[str] | None, town: re.Match[str] | None, titled: set[int]) -> str:
    """What stands before the street in its line, else the line above where that names a house."""
    text = _LABEL.sub("", sheet.lines[number].text)
    first = min(
        (each.start() for each in (street, town) if each is not None and each.string == text), default=len(text)
    )
    before = text[:first].strip(" ,;:|·•-–()")
    if before and not _NOT_A_NAME.search(before):
        return _short(before)
    if number and number - 1 not in titled:
        above = sheet.lines[number - 1].text
        labelled = _LABEL.match(above)
        if (labelled or _HOUSE.search(above)) and not _NOT_A_NAME.search(above) and not _LONE_LABEL.match(above):
            return _short(_LABEL.sub("", above))
    return ""


def _short(said: str) -> str:
    return re.sub(r"^(?:im|in der|in den|auf dem|am)\s+(?=[A-ZÄÖÜ])", "", said.strip(" ,;:|·•-–()"))[:200]
