"""Words of a question that mean a filter: “kostenlos”, “am Wochenende”, “für 3-Jährige”, “in Fraulautern”.

The rest goes on as text. Offers that have all the words as they were typed are found all the same, and first
(portal.search.results).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.text import composed
from gazetteer.names import key
from german import everyday
from german.lists import AUDIENCES
from german.words import Word, words_in
from portal.preferences.models import PlaceMode, Preferences
from portal.search.own_places import own_places
from portal.search.parameters import SearchQuery
from portal.search.questions import says_nothing
from portal.search.wish_patterns import meant_in
from portal.taxonomy.models import District, TargetGroup
from tenants.running.changes import remembered

LONGEST_PLACE = 4
# What stands before the word for an audience and belongs to it: “für Menschen mit Behinderung”.
_BEFORE_AUDIENCES = frozenset({"fuer", "menschen", "mit"})
_BETWEEN_AUDIENCES = re.compile(r",|&|\bund\b|\s/\s")


@dataclass(frozen=True, slots=True)
class Wish:
    """Some words and the filter they mean: the fields of a `SearchQuery` they set."""

    words: str
    start: int
    end: int
    change: dict[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What of a text means a filter, and what is left of it."""

    wishes: tuple[Wish, ...] = ()
    rest: str = ""

    @property
    def for_audiences(self) -> bool:
        """Whether some words mean target groups."""
        return "target_groups" in self.change

    @property
    def change(self) -> dict[str, Any]:
        """All that they set."""
        return {name: value for wish in self.wishes for name, value in wish.change.items()}


def wishes_in(text: str, query: SearchQuery, *, today: date, audiences: bool = True) -> Wishes:
    """What of the text of a search means a filter that nobody has set otherwise."""
    text = composed(text)
    taken: list[Wish] = []
    for wish in (*_by_pattern(text, today), *_places(text), *(_audiences(text) if audiences else ())):
        fields = {name for each in taken for name in each.change}
        apart = all(wish.end <= each.start or wish.start >= each.end for each in taken)
        if apart and not fields & wish.change.keys() and not any(getattr(query, name) for name in wish.change):
            taken.append(wish)
    rest = _without(text, taken)
    return Wishes(tuple(taken), "" if taken and says_nothing(rest) else rest)


def _by_pattern(text: str, today: date) -> Iterator[Wish]:
    small = text.lower()
    if len(small) != len(text):
        return
    for start, end, change in meant_in(small, today):
        yield Wish(text[start:end], start, end, change)


def _places(text: str) -> Iterator[Wish]:
    """Districts and towns of ours; a name that is all of the text is looked for as a word."""
    words = words_in(text, asked=True)
    known = _known_places() if len(words) > 1 else {}
    for length in range(min(LONGEST_PLACE, len(words) - 1), 0, -1):
        for place in range(len(words) - length + 1):
            start, end = words[place].start, words[place + length - 1].end
            if change := known.get(key(text[start:end])):
                before = words[place - 1] if place else None
                begin = before.start if before and before.written in ("in", "aus", "bei", "nahe") else start
                if begin > 0 or end < len(text):
                    yield Wish(text[begin:end], begin, end, change)


def _audiences(text: str) -> Iterator[Wish]:
    """The first word for people whom a target group of the municipality means."""
    words = words_in(text, asked=True)
    for place, word in enumerate(words):
        if groups := _groups_meant(word):
            first = place
            while first and words[first - 1].written in _BEFORE_AUDIENCES:
                first -= 1
            yield Wish(text[words[first].start : word.end], words[first].start, word.end, {"target_groups": groups})
            return


def _groups_meant(word: Word) -> tuple[int, ...]:
    if not set(word.roots) & AUDIENCES:
        return ()
    known = remembered("search.wishes.groups", _load_groups, rooms=("taxonomy",))
    roots = (*word.roots, *(root for each in word.roots for root in everyday.meant_by_root(each) if root in AUDIENCES))
    return tuple(dict.fromkeys(pk for root in roots for pk in known.get(root, ())))


def _load_groups() -> dict[str, tuple[int, ...]]:
    """Target groups by the words that mean them: “Seniorinnen und Senioren”, “Menschen mit Behinderung”."""
    found: dict[str, dict[int, None]] = {}
    for pk, name in TargetGroup.objects.offered().values_list("pk", "name"):
        for phrase in _BETWEEN_AUDIENCES.split(name):
            words = [word for word in words_in(phrase) if word.written not in _BEFORE_AUDIENCES]
            if len(words) == 1:
                found.setdefault(words[0].roots[0], {})[pk] = None
    return {root: tuple(groups) for root, groups in found.items()}


def _known_places() -> dict[str, dict[str, Any]]:
    """What residents search places by here, before all other names."""
    districts = remembered("search.wishes.districts", _load_districts, rooms=("taxonomy",))
    if Preferences.current().place_mode != PlaceMode.RADIUS:
        return districts
    return {**districts, **{own.key: {"place": own.name} for own in own_places().places}}


def _load_districts() -> dict[str, dict[str, Any]]:
    return {key(name): {"districts": (pk,)} for pk, name in District.objects.offered().values_list("pk", "name")}


def _without(text: str, taken: list[Wish]) -> str:
    rest = list(text)
    for wish in taken:
        rest[wish.start : wish.end] = " " * (wish.end - wish.start)
    return " ".join("".join(rest).split())
