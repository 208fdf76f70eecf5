"""What somebody may mean who has typed a few letters: topics, providers, offers and places that begin so."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import accumulate
from urllib.parse import urlencode

import numpy as np

from core.text import slug_of
from gazetteer.services import suggest_places
from portal.preferences.models import PlaceMode, Preferences
from portal.search.columns import ROOMS, current_columns
from portal.search.packed import Texts, Whole, small, weight_of
from portal.search.providers import known_providers, words_of_all
from portal.taxonomy.models import District
from portal.taxonomy.tree import load_tree
from tenants.running.changes import remembered

SHORTEST = 2
# Of one kind, and in all.
MOST_OF_A_KIND = {"category": 3, "district": 2, "place": 2, "provider": 3, "offer": 5}
MOST = 8
# Looked at for one beginning; more would be no help to anybody.
MOST_LOOKED_AT = 400
# Places are suggested where their neighbours may well come from; farther away there is nothing to find.
AROUND_KM = 40
# As far as anybody types.
LONGEST = 60
_WORD = re.compile(rb"[^ \n]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be opened."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class _Entries:
    """All that is suggested, packed: topics, districts, providers and offers, each kind in its own order.

    `words` are their folded names, one to a line, and `places` where in it each word begins, in the order of what
    follows there: what begins with some letters lies side by side.
    """

    words: bytes
    places: Whole
    # Where in `words` each entry begins.
    starts: Whole
    labels: Texts
    ids: Whole
    kinds: tuple[str, ...]
    # How many entries there are up to the end of each kind.
    ends: tuple[int, ...]

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return weight_of(tuple(getattr(self, each.name) for each in fields(self)))

    def beginning_at(self, number: int) -> bytes:
        """What follows the word at a place in the order of words."""
        place = int(self.places[number])
        return self.words[place : place + LONGEST * 4]

    def entries_beginning(self, letters: str) -> list[int]:
        """Entries with a word that begins so, those whose name does first; the order within is theirs."""
        wanted, all_places = letters.encode(), range(len(self.places))
        first = bisect_left(all_places, wanted, key=self.beginning_at)
        # No letter is so large.
        last = bisect_left(all_places, wanted + b"\xff", lo=first, key=self.beginning_at)
        places = self.places[first : min(last, first + MOST_LOOKED_AT)]
        entries = np.searchsorted(self.starts, places, "right") - 1
        whole = np.unique(entries[self.starts[entries] == places]).tolist()
        rest = np.setdiff1d(entries, whole).tolist()
        return [*whole, *rest]

    def kind_of(self, entry: int) -> str:
        """What an entry is."""
        return self.kinds[bisect_right(self.ends, entry)]

    def suggestion(self, entry: int) -> Suggestion:
        """An entry as it is shown."""
        kind = self.kind_of(entry)
        label, pk = self.labels[entry], int(self.ids[entry])
        return Suggestion(kind, label, _url(kind, label, pk))


def _url(kind: str, label: str, pk: int) -> str:
    if kind == "category":
        return f"/angebote/?kategorie={pk}"
    if kind == "district":
        return f"/angebote/?{urlencode({'ortsteil': pk})}"
    if kind == "provider":
        return f"/anbieter/{pk}-{slug_of(label, fallback='anbieter')}/"
    return f"/angebote/{pk}-{slug_of(label, fallback='angebot')}/"


def _load() -> _Entries:
    columns = current_columns()
    named = {
        "category": [(node.id, str(node.name)) for node in load_tree() if node.offered],
        "district": list(District.objects.offered().values_list("pk", "name")),
        "provider": [(provider.id, provider.name) for provider in known_providers()],
        "offer": list(zip(columns.ids.tolist(), columns.titles, strict=True)),
    }
    entries = [entry for each in named.values() for entry in each]
    lines = [f"{' '.join(words_of_all(name))}\n".encode() for _pk, name in entries]
    words = b"".join(lines)
    starts = np.cumsum([0, *map(len, lines)])[:-1]
    places = [found.start() for found in _WORD.finditer(words)]
    places.sort(key=lambda place: words[place : place + LONGEST * 4])
    return _Entries(
        words=words,
        places=small(places),
        starts=small(starts),
        labels=Texts(name for _pk, name in entries),
        ids=small(pk for pk, _name in entries),
        kinds=tuple(named),
        ends=tuple(accumulate(map(len, named.values()))),
    )


def suggest(text: str, *, now: datetime) -> list[Suggestion]:
    """The best few suggestions; nothing for less than two letters. One query at most."""
    beginning = " ".join(words_of_all(text))[:LONGEST]
    if len(beginning) < SHORTEST:
        return []
    known = remembered("search.suggestions", _load, rooms=ROOMS)
    return _varied(known, known.entries_beginning(beginning), text, now)


def _places(text: str) -> Iterator[Suggestion]:
    """Towns and postcodes around us, where residents search by distance; elsewhere the districts are the places."""
    names = Preferences.current()
    if names.place_mode != PlaceMode.RADIUS or names.latitude is None or names.longitude is None:
        return
    centre = (names.latitude, names.longitude)
    for place in suggest_places(text, centre, MOST_OF_A_KIND["place"], within=AROUND_KM):
        yield Suggestion("place", place, f"/angebote/?{urlencode({'ort': place})}")


def _varied(known: _Entries, ranked: Sequence[int], text: str, now: datetime) -> list[Suggestion]:
    """A few of each kind, topics first; of offers with the same title only one, and none that are over."""
    columns, seen = current_columns(), set()
    rows = columns.rows_of(known.ids[ranked] if ranked else np.zeros(0, np.int64)).tolist()
    by_kind: dict[str, list[Suggestion]] = {kind: [] for kind in MOST_OF_A_KIND}
    for entry, row in zip(ranked, rows, strict=True):
        kind = known.kind_of(entry)
        full = len(by_kind[kind]) >= MOST_OF_A_KIND[kind]
        over = kind == "offer" and (row < 0 or columns.ends[row] < now.timestamp())
        if full or over or (kind, known.labels[entry]) in seen:
            continue
        seen.add((kind, known.labels[entry]))
        by_kind[kind].append(known.suggestion(entry))
    by_kind["place"] = list(_places(text))
    return [each for kind in MOST_OF_A_KIND for each in by_kind[kind]][:MOST]
