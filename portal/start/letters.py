"""The index from A to Z: offers and topics by the first letter of their names.

Sorted as all names are (`core.ordering`). What begins with a digit stands under “0–9”, what begins with neither a digit
nor one of these letters under “#”. A page loads the offers of one letter only.
"""

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from core.ordering import name_key
from portal.offers.models import Offer
from portal.search.beside import apart
from portal.search.columns import ROOMS, current_columns
from portal.search.packed import Whole, small
from portal.search.results import Results
from portal.taxonomy.tree import Node
from tenants.running.changes import followed
from tenants.running.row_changes import Changed

DIGITS = "0-9"
OTHERS = "#"
ALL = (*string.ascii_uppercase, DIGITS, OTHERS)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the index, and how much stands under it."""

    label: str
    url: str
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index: an offer, or a topic with the search for everything in it."""

    title: str
    url: str
    note: str
    is_topic: bool = False


def letter_of(text: str) -> str:
    """Under which letter a name stands."""
    first = name_key(text)[0].upper()
    if first in string.digits:
        return DIGITS
    return first if first in string.ascii_uppercase else OTHERS


@dataclass(frozen=True, slots=True)
class _Letters:
    """For each public offer the place of its letter among `ALL`."""

    ids: Whole
    places: Whole


def _letters_of_rows() -> _Letters:
    columns = current_columns()
    return _Letters(columns.ids, _places_of(columns.titles))


def _places_of(titles: Iterable[str]) -> Whole:
    return small(ALL.index(letter_of(title)) for title in titles)


def _keep_up(old: _Letters, changed: Mapping[str, Changed]) -> _Letters | None:
    columns = current_columns()
    found = apart(old.ids, columns, changed)
    if found is None:
        return None
    splice, fresh = found
    return _Letters(columns.ids, splice.rows(old.places, _places_of(columns.titles[row] for row in fresh.tolist())))


def _rows() -> Whole:
    return followed("start.letters", _letters_of_rows, _keep_up, rooms=ROOMS).places


def letters(results: Results, *, current: str = "") -> list[Letter]:
    """All letters with the number of found offers and of topics under each; no query."""
    counts = np.bincount(_rows()[results.found], minlength=len(ALL))
    for node in results.search.tree:
        counts[ALL.index(letter_of(node.name))] += 1
    numbers = dict(zip(ALL, counts.tolist(), strict=True))
    shown = [letter for letter in ALL if letter in string.ascii_uppercase or numbers[letter]]
    return [
        Letter(
            letter.replace("-", "–"), f"/angebote/a-z/?buchstabe={quote(letter)}", numbers[letter], letter == current
        )
        for letter in shown
    ]


def entries(results: Results, letter: str) -> list[IndexEntry]:
    """The found offers and the topics under a letter, in order; one query."""
    under = (_rows() == ALL.index(letter)) & results.found
    offers = Offer.objects.published().filter(pk__in=results.columns.ids[under].tolist()).order_by()
    rows = offers.only("pk", "slug", "title", "provider__name").select_related("provider")
    found = [IndexEntry(offer.title, offer.get_absolute_url(), offer.provider.name) for offer in rows]
    found += _topics(letter, results.search.tree)
    return sorted(found, key=lambda entry: name_key(entry.title))


def _topics(letter: str, tree: Iterable[Node]) -> list[IndexEntry]:
    return [
        IndexEntry(node.name, node.search_url, _note(node), is_topic=True)
        for node in tree
        if letter_of(node.name) == letter
    ]


def _note(node: Node) -> str:
    """What it is called in the language of the page, which may be written in other letters; else what it belongs to."""
    return node.said if node.said != node.name else node.parent.name if node.parent else ""


def read_letter(value: str) -> str:
    """The letter of an address, empty where it is none."""
    return letter_of(value) if value.strip() and value.upper() in {*ALL, *string.digits} else ""


def first_letter(results: Results) -> str:
    """The first letter with anything under it."""
    found = next((letter for letter in letters(results) if letter.count), None)
    return found.label.replace("–", "-") if found else ALL[0]
