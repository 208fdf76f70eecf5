"""What somebody may mean who has typed a few letters: topics, groups of people, providers, offers and places.

First what begins so; where nothing does, what the search itself would find for the words, so that “Kita” suggests the
kindergarten. Only what leads to something is suggested: topics and places with offers that are not over.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import accumulate
from urllib.parse import urlencode

import numpy as np
from django.utils.translation import get_language

from core.text import slug_of
from gazetteer.services import suggest_places
from portal.preferences.models import PlaceMode, Preferences
from portal.search.beginnings import LONGEST, Beginnings
from portal.search.beside import apart
from portal.search.columns import ROOMS, Columns, current_columns
from portal.search.links import Mask
from portal.search.matching import distances as kilometres
from portal.search.matching import everywhere, within
from portal.search.packed import Texts, Whole, small, weight_of
from portal.search.places import find_area
from portal.search.providers import known_providers, words_of_all
from portal.search.spelling import in_german
from portal.search.text import find_text
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import load_tree
from portal.translation.languages import SOURCE
from tenants.running.changes import followed, remembered
from tenants.running.row_changes import Changed

SHORTEST = 2
# Of one kind, and in all.
MOST_OF_A_KIND = {"category": 3, "group": 2, "district": 2, "place": 2, "provider": 3, "offer": 5}
MOST = 8
# From this length on something is a word and not the beginning of one.
SHORTEST_WORD = 4
# Places are suggested where their neighbours may well come from; farther away there is nothing to find.
AROUND_KM = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be opened."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class _Names:
    """Topics, target groups, districts and providers, each kind in its own order."""

    beginnings: Beginnings
    labels: Texts
    ids: Whole
    kinds: tuple[str, ...]
    # How many entries there are up to the end of each kind.
    ends: tuple[int, ...]

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return weight_of(tuple(getattr(self, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class _Titles:
    """Those of all public offers, in the order of the columns' rows."""

    beginnings: Beginnings
    ids: Whole

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return self.beginnings.weight + weight_of(self.ids)


def _load_names() -> _Names:
    tree = load_tree()
    groups = TargetGroup.objects.offered().values_list("pk", "name")
    named: dict[str, Iterable[tuple[int, str, str]]] = {
        "category": [(node.id, node.name, node.said) for node in tree if node.offered],
        "group": [(pk, name, tree.abroad.group(name)) for pk, name in groups],
        "district": [(pk, name, name) for pk, name in District.objects.offered().values_list("pk", "name")],
        "provider": [(provider.id, provider.name, provider.name) for provider in known_providers()],
    }
    both = {kind: list(_both_ways(each)) for kind, each in named.items()}
    entries = [entry for each in both.values() for entry in each]
    return _Names(
        beginnings=Beginnings.of(typed for _pk, typed, _said in entries),
        labels=Texts(said for _pk, _typed, said in entries),
        ids=small(pk for pk, _typed, _said in entries),
        kinds=tuple(both),
        ends=tuple(accumulate(map(len, both.values()))),
    )


def _both_ways(named: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    """In another language both names lead to a thing, and what one reads is that of the page."""
    for pk, name, said in named:
        for typed in dict.fromkeys((str(said), str(name))):
            yield pk, typed, str(said)


def _load_titles() -> _Titles:
    columns = current_columns()
    return _Titles(Beginnings.of(columns.titles), columns.ids)


def _titles() -> _Titles:
    return followed("search.titles", _load_titles, _keep_up, rooms=ROOMS)


def _keep_up(old: _Titles, changed: Mapping[str, Changed]) -> _Titles | None:
    columns = current_columns()
    found = apart(old.ids, columns, changed)
    if found is None:
        return None
    splice, fresh = found
    return _Titles(old.beginnings.spliced([columns.titles[row] for row in fresh.tolist()], splice), columns.ids)


def suggest(text: str, *, now: datetime) -> list[Suggestion]:
    """The best few suggestions; nothing for less than two letters. A query or two at most."""
    beginning = " ".join(words_of_all(text))[:LONGEST]
    if len(beginning) < SHORTEST:
        return []
    columns = current_columns()
    alive = columns.ends >= now.timestamp()
    by_kind = _named(beginning, columns, alive)
    by_kind["place"] = list(_places(text, columns, alive))
    by_kind["offer"] = _offers(beginning, columns, alive)
    if not any(by_kind[kind] for kind in ("category", "group", "offer")) and len(beginning) >= SHORTEST_WORD:
        by_kind["offer"] = _found(text, columns, alive)
    return [each for kind in MOST_OF_A_KIND for each in by_kind.get(kind, ())][:MOST]


def _named(beginning: str, columns: Columns, alive: Mask) -> dict[str, list[Suggestion]]:
    """Topics and the like that begin so and have offers; providers have a page in any case."""
    names = remembered(f"search.suggestions.{get_language() or SOURCE}", _load_names,
                       rooms=("providers", "taxonomy", "adoption", "translation"))  # fmt: skip
    found: dict[str, list[Suggestion]] = {kind: [] for kind in names.kinds}
    for entry in names.beginnings.entries(beginning):
        kind, pk = names.kinds[bisect_right(names.ends, entry)], int(names.ids[entry])
        suggestion = _suggestion(kind, names.labels[entry], pk)
        if len(found[kind]) == MOST_OF_A_KIND[kind] or suggestion in found[kind]:
            continue
        if _leads_somewhere(kind, pk, columns, alive):
            found[kind].append(suggestion)
    return found


def _leads_somewhere(kind: str, pk: int, columns: Columns, alive: Mask) -> bool:
    if kind == "provider":
        return True
    links = {"category": columns.categories, "group": columns.target_groups, "district": columns.districts}[kind]
    fits = links.having((pk,)) | everywhere(columns) if kind == "district" else links.having((pk,))
    return bool((fits & alive).any())


def _places(text: str, columns: Columns, alive: Mask) -> Iterator[Suggestion]:
    """Towns and postcodes around us, where residents search by distance; elsewhere the districts are the places."""
    names = Preferences.current()
    if names.place_mode != PlaceMode.RADIUS or names.latitude is None or names.longitude is None:
        return
    centre = (names.latitude, names.longitude)
    for place in suggest_places(text, centre, MOST_OF_A_KIND["place"], within=AROUND_KM):
        area = find_area(place, None)
        if area is not None and (within(columns, area, kilometres(columns.places, area)) & alive).any():
            yield Suggestion("place", place, f"/angebote/?{urlencode({'ort': place})}")


def _offers(beginning: str, columns: Columns, alive: Mask) -> list[Suggestion]:
    """Offers with a word in their title that begins so; of the same title only one."""
    titles = _titles()
    entries = titles.beginnings.entries(beginning)
    rows = columns.rows_of(titles.ids[entries] if entries else np.zeros(0, np.int64)).tolist()
    return _of_rows(rows, columns, alive)


def _found(text: str, columns: Columns, alive: Mask) -> list[Suggestion]:
    """What the search finds for the words, or for what they mean in German: first what is about them; one statement."""
    found = find_text(in_german(text) or text)
    best = np.lexsort((-found.scores, ~found.core))
    return _of_rows(columns.rows_of(found.ids[best]).tolist(), columns, alive)


def _of_rows(rows: Sequence[int], columns: Columns, alive: Mask) -> list[Suggestion]:
    found: dict[str, Suggestion] = {}
    for row in rows:
        if row >= 0 and alive[row] and (title := columns.titles[row]) not in found:
            found[title] = _suggestion("offer", title, int(columns.ids[row]))
        if len(found) == MOST_OF_A_KIND["offer"]:
            break
    return list(found.values())


def _suggestion(kind: str, label: str, pk: int) -> Suggestion:
    parameters = {"category": "kategorie", "group": "zielgruppe", "district": "ortsteil"}
    if kind in parameters:
        return Suggestion(kind, label, f"/angebote/?{parameters[kind]}={pk}")
    room, word = {"provider": ("anbieter", "anbieter"), "offer": ("angebote", "angebot")}[kind]
    return Suggestion(kind, label, f"/{room}/{pk}-{slug_of(label, fallback=word)}/")
