"""What it is called: the largest words of a flyer that are no date, no price and no greeting."""

import re
from dataclasses import replace

from portal.drafting.reading.calendar_words import MONTH, WEEKDAY
from portal.drafting.reading.lines import Line, Sheet

LONGEST = 120
# Lines of one heading: of nearly one size, and near one another.
_SAME, _NEAR = 0.28, 1.35
_SMALL_WORDS = frozenset(
    [
        "am",
        "an",
        "auf",
        "aus",
        "bei",
        "bis",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "durch",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "fùr",
        "für",
        "gegen",
        "im",
        "in",
        "ins",
        "mit",
        "nach",
        "oder",
        "ohne",
        "und",
        "unter",
        "vom",
        "von",
        "vor",
        "zu",
        "zum",
        "zur",
        "über",
        "als",
        "wie",
        "ab",
    ]
)
_NO_TITLE = re.compile(
    rf"(?:\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH}))|\buhr\b|€|\beuro?\b|\bwww\.|https?:|@|\btel(?:efon)?\b|\b\d{{5}}\b"
    r"|eintritt|kostenlos|kostenfrei|anmeldung|veranstalter|kontakt|^ort\b|^wo\b|^wann\b|^programm$|\d{1,2}:\d\d"
    r"|\bstraße\s+\d|\bstr\.\s*\d|^\W*$|^\d+$"
)
_WHEN_ONLY = re.compile(
    rf"^(?:\W|\d|{WEEKDAY}|{MONTH}|jede[nrs]?|immer|jeweils|im|monat|wöchentlich|von|vom|bis|ab|am|um|und|ersten|zweiten"
    r"|dritten|letzten|mo|di|mi|do|fr|sa|so|alle|wochen|zwei|täglich|\b(?:19|20)\d\d\b)+$"
)
_GREETING = re.compile(
    r"^\W*(?:(?:herzliche?|unsere|wir laden(?: sie| euch| dich)?(?: herzlich)?(?: ein)?|eine?)\s*)*"
    r"(?:einladung(?:\s+(?:zum|zur|zu|an alle)\b)?|herzlich willkommen(?:\s+(?:zum|zur|bei|im))?"
    r"|wir laden (?:herzlich )?ein"
    r"(?:\s*:?\s*(?:zum|zur))?|flyer\b|aktuell\b|neu\b!?|achtung\b!?|save the date|komm(?:t)? vorbei!?|mitmachen!?)\W*",
    re.IGNORECASE,
)
# The accent is what a recognition loses first.
_CAFE = re.compile(r"(?i)(caf)e\b")
_SOCIETY = re.compile(
    r"\be\.\s?v\.|\bggmbh\b|\bgmbh\b|\bpräsentiert\b|\bstadt\b.*\bverwaltung\b|^die stadt ", re.IGNORECASE
)


def title(sheet: Sheet) -> tuple[str, bool]:
    """The title and whether it can be relied upon; empty where nothing looks like one."""
    groups = [group for group in _groups(sheet.lines) if _text(group)]
    if not groups:
        return "", False
    ranked = sorted(groups, key=_weight, reverse=True)
    best = ranked[0]
    found = _text(best)
    second = _weight(ranked[1]) / _weight(best) if len(ranked) > 1 and _weight(best) else 0.0
    sure = min(word.sure for line in best for word in line.words)
    clear = second < 0.8 and sure >= 80 and len(found) <= 80
    return _calm(found)[:LONGEST].strip(), clear


def lines_of(sheet: Sheet, said: str) -> set[int]:
    """The numbers of the lines a title was made of."""
    plain = said.lower()
    return {
        number
        for number, line in enumerate(sheet.lines)
        if _stripped(line.text).lower() and _stripped(line.text).lower() in plain
    }


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Lines that can be a title, those of one heading together."""
    groups: list[list[Line]] = []
    previous: Line | None = None
    for line in lines:
        if not _possible(line):
            previous = None
            continue
        if groups and previous is not None and _together(previous, line):
            groups[-1].append(line)
        else:
            groups.append([line])
        previous = line
    return groups


def _possible(line: Line) -> bool:
    low = _stripped(line.text).lower()
    letters = sum(each.isalpha() for each in low)
    if letters < 3 or letters < 0.55 * len(low.replace(" ", "")):
        return False
    if _NO_TITLE.search(low) or _WHEN_ONLY.match(low):
        return False
    return line.sure >= 35 or line.heading


def _together(first: Line, second: Line) -> bool:
    if first.heading or second.heading or not first.height or not second.height or first.page != second.page:
        return False
    larger, smaller = max(first.height, second.height), min(first.height, second.height)
    gap = second.top - (first.top + first.height)
    return (larger - smaller) / larger <= _SAME and -0.5 * larger <= gap <= _NEAR * smaller


def _weight(group: list[Line]) -> float:
    """Large is important, the top more than the bottom; a whole paragraph is no title."""
    text = _text(group)
    size = max(line.height for line in group) or 20.0
    if group[0].heading:
        size *= 1.6
    above = 1.0 - 0.35 * min(1.0, group[0].top / 1000)
    words = len(text.split())
    length = 1.0 if words <= 9 else 0.75 if words <= 14 else 0.35
    short = 0.7 if len(text) < 5 else 1.0
    page = 0.5 ** min(group[0].page, 6)
    society = 0.6 if _SOCIETY.search(text) else 1.0
    sure = 0.5 + 0.5 * min(1.0, sum(line.sure for line in group) / len(group) / 85)
    return size * above * length * short * page * society * sure


def _text(group: list[Line]) -> str:
    """The words of a heading; a word that was divided at the end of a line is one again."""
    said = ""
    for line in group:
        row = line.text.strip()
        if said.endswith("-") and row[:1].islower():
            said = said[:-1] + row
        elif said.endswith("-"):
            said += row
        else:
            said = f"{said} {row}".strip()
    return _stripped(said)


def _stripped(text: str) -> str:
    said = _GREETING.sub("", text, count=1)
    return re.sub(r"^[\W_]+(?=\w)|[\s_\-–—|~*»«=:.,;]+$", "", re.sub(r"[|_~*©®»«=<>\\]+", " ", said)).strip()


def _calm(text: str) -> str:
    """Capitals throughout are hard to read: written as German writes it, as far as one can without a dictionary."""
    text = _CAFE.sub(r"\1é", " ".join(text.split()))
    letters = [each for each in text if each.isalpha()]
    if len(letters) < 6 or sum(each.isupper() for each in letters) < 0.85 * len(letters):
        return text
    words = [_calm_word(word, number) for number, word in enumerate(text.split(" "))]
    return " ".join(words)


def _calm_word(word: str, number: int) -> str:
    low = word.lower()
    if number and low.strip(".,!?") in _SMALL_WORDS:
        return low
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


def without(sheet: Sheet, numbers: set[int]) -> Sheet:
    """The sheet without some lines."""
    return replace(sheet, lines=[line for number, line in enumerate(sheet.lines) if number not in numbers])
