"""What a search asks for: words, categories, filters; nothing that could be somebody's own.

Words are kept as they are read, not as they were typed: small letters, each letter one sign, one kind of dash, one
space. Whatever looks like an address of mail, a telephone number, any other long number or a street with a house
number is not kept at all, nor are the words beside it.
"""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import parse_qs

from django.db import models

from core.text import DASHES, composed
from portal.usage.adding import Which
from portal.usage.models import DailyCategorySearch, DailyFilter, DailySearch

LONGEST_TERM = 100
PERSONAL = re.compile(
    # a mail address, also one that hides its sign
    r"@|[\[({]\s*(at|ät)\s*[\])}]|\b(at|ät)\s+[\w-]+(\.|\s+(dot|punkt)\s+)[a-z]{2,}\b"
    # a telephone or any other long number, however it is cut
    r"|\d(?:[\s/()+.–-]{0,3}\d){5}"
    # where somebody lives
    r"|(str\.?|straße|strasse|weg|gasse|allee|platz|ring|ufer)\s*\d",
    re.IGNORECASE,
)
_DASHES = str.maketrans(DASHES, "-" * len(DASHES))
_ID = re.compile("[0-9]{1,18}")
# Filters that count by their value, and those of which only counts that they were used.
BY_ID = ("zielgruppe", "ortsteil")
BY_WORD = {
    "wochentag": re.compile("mo|di|mi|do|fr|sa|so"),
    "sprache_angebot": re.compile("[a-z]{2,3}"),
    "kostenfrei": re.compile("1"),
    "barrierefrei": re.compile("1"),
    "engagement": re.compile("1"),
    "online": re.compile("1"),
}
USED = {"zeitraum": ("von", "bis"), "uhrzeit": ("ab", "bis_uhr"), "ort": ("ort",), "angabe": ("angabe",)}
# The first year of each span; an exact age says more than a figure needs.
AGES = (0, 3, 6, 10, 14, 18, 27, 60)
TOGETHER = "kategorie+ortsteil"
SEARCH = ("", "")
# More at once is nobody looking for something.
MOST = 20

Facts = dict[type[models.Model], set[Which]]


def term_of(text: str) -> str:
    """The words as they are kept; empty where they may be somebody's own."""
    term = _plain(text)[:LONGEST_TERM].strip()
    return "" if PERSONAL.search(unicodedata.normalize("NFKC", term)) else term


def _plain(text: str) -> str:
    return " ".join(composed(text).replace("\0", "").translate(_DASHES).lower().split())


def _typed(fields: dict[str, list[str]]) -> str:
    return _plain(fields.get("q", [""])[0])


def facts_of(query: str) -> Facts:
    """What the query of an address asks for."""
    fields = _fields(query)
    typed = _typed(fields)
    term = term_of(typed)
    categories, filters = _ids(fields, "kategorie"), set(_filters(fields))
    districts = _ids(fields, "ortsteil")
    if len(categories) * len(districts) <= MOST:
        filters |= {(TOGETHER, f"{category}:{district}") for category in categories for district in districts}
    searches: set[Which] = {SEARCH} if typed or categories or filters else set()
    terms: set[Which] = {term} if term else set()
    return {DailySearch: terms, DailyCategorySearch: {*categories}, DailyFilter: {*searches, *filters}}


def new_facts(query: str, left: str) -> Facts:
    """What a search asks for that the one it comes from did not. It is a search of its own where it has other words,
    or nothing in common with that one; else it is the same search, refined."""
    now, before = facts_of(query), facts_of(left)
    new = {kind: facts - before[kind] for kind, facts in now.items()}
    shared = any(facts & before[kind] - {SEARCH} for kind, facts in now.items())
    words, words_before = _typed(_fields(query)), _typed(_fields(left))
    others = bool(words) and words != words_before
    if SEARCH in now[DailyFilter] and (others or (not shared and any(new.values()))):
        new[DailyFilter].add(SEARCH)
    else:
        new[DailyFilter].discard(SEARCH)
    return new


def _filters(fields: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Each filter with its value, and once with none for any value."""
    for name, value in _valued(fields):
        yield name, ""
        yield name, value
    for name, parts in USED.items():
        if any(value.strip("\0 ") for part in parts for value in fields.get(part, [])):
            yield name, ""


def _valued(fields: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for name in BY_ID:
        yield from ((name, str(pk)) for pk in _ids(fields, name))
    for name, known in BY_WORD.items():
        yield from ((name, value) for value in fields.get(name, [])[:MOST] if known.fullmatch(value))
    age = fields.get("alter", [""])[0]
    if re.fullmatch("[0-9]{1,3}", age) and int(age) <= 120:
        yield "alter", str(max(first for first in AGES if first <= int(age)))


def _ids(fields: dict[str, list[str]], name: str) -> set[int]:
    found = {int(each) for each in fields.get(name, []) if _ID.fullmatch(each)}
    return found if len(found) <= MOST else set()


def _fields(query: str) -> dict[str, list[str]]:
    try:
        return parse_qs(query, max_num_fields=200)
    except ValueError:
        return {}
