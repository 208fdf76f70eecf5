"""What somebody may mean who has typed a few letters: topics, providers, offers and places that begin so."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from core.text import slug_of
from gazetteer.services import suggest_places
from portal.preferences.models import PlaceMode, Preferences
from portal.search.columns import current_columns
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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be opened."""

    kind: str
    label: str
    url: str
    row: int = -1


@dataclass(frozen=True, slots=True)
class _Entries:
    """All suggestions under each word of theirs: `keys` are sorted, `places[i]` is where keys[i] leads."""

    keys: list[str]
    places: list[int]
    # Whether the key is the beginning of the label.
    whole: list[bool]
    entries: list[Suggestion]
    # In bytes (tenants.running.weights).
    weight: int


def _everything() -> Iterator[Suggestion]:
    for node in load_tree():
        yield Suggestion("category", node.name, node.search_url)
    for pk, name in District.objects.values_list("pk", "name"):
        yield Suggestion("district", name, f"/angebote/?{urlencode({'ortsteil': pk})}")
    for provider in known_providers():
        yield Suggestion(
            "provider", provider.name, f"/anbieter/{provider.id}-{slug_of(provider.name, fallback='anbieter')}/"
        )
    columns = current_columns()
    for row, (pk, title) in enumerate(zip(columns.ids.tolist(), columns.titles, strict=True)):
        yield Suggestion("offer", title, f"/angebote/{pk}-{slug_of(title, fallback='angebot')}/", row)


def _load() -> _Entries:
    entries = list(_everything())
    keyed = []
    for place, entry in enumerate(entries):
        words = words_of_all(entry.label)
        for number in range(len(words)):
            keyed.append((" ".join(words[number:])[:LONGEST], place, number == 0))
    keyed.sort()
    return _Entries(
        keys=[key for key, _place, _whole in keyed],
        places=[place for _key, place, _whole in keyed],
        whole=[whole for _key, _place, whole in keyed],
        entries=entries,
        weight=1_000 + len(keyed) * 190,
    )


def suggest(text: str, *, now: datetime) -> list[Suggestion]:
    """The best few suggestions; nothing for less than two letters. One query at most."""
    beginning = " ".join(words_of_all(text))[:LONGEST]
    if len(beginning) < SHORTEST:
        return []
    known = remembered("search.suggestions", _load, rooms=("offers", "providers", "taxonomy"))
    first = bisect_left(known.keys, beginning)
    found: dict[int, bool] = {}
    for place in range(first, min(first + MOST_LOOKED_AT, len(known.keys))):
        if not known.keys[place].startswith(beginning):
            break
        found[known.places[place]] = found.get(known.places[place], False) or known.whole[place]
    # Those whose name begins so come first; the order within is theirs.
    ranked = sorted(found, key=lambda place: (not found[place], place))
    return _varied([*(known.entries[place] for place in ranked), *_places(text)], now)


def _places(text: str) -> Iterator[Suggestion]:
    """Towns and postcodes around us, where residents search by distance; elsewhere the districts are the places."""
    names = Preferences.current()
    if names.place_mode != PlaceMode.RADIUS or names.latitude is None or names.longitude is None:
        return
    centre = (names.latitude, names.longitude)
    for place in suggest_places(text, centre, MOST_OF_A_KIND["place"], within=AROUND_KM):
        yield Suggestion("place", place, f"/angebote/?{urlencode({'ort': place})}")


def _varied(ranked: Iterable[Suggestion], now: datetime) -> list[Suggestion]:
    """A few of each kind, topics first; of offers with the same title only one, and none that are over."""
    columns, seen = current_columns(), set()
    by_kind: dict[str, list[Suggestion]] = {kind: [] for kind in MOST_OF_A_KIND}
    for each in ranked:
        over = each.row >= 0 and columns.ends[each.row] < now.timestamp()
        if not over and (each.kind, each.label) not in seen and len(by_kind[each.kind]) < MOST_OF_A_KIND[each.kind]:
            seen.add((each.kind, each.label))
            by_kind[each.kind].append(each)
    return [each for kind in MOST_OF_A_KIND for each in by_kind[kind]][:MOST]
