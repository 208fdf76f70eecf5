"""The places a municipality has of its own: its districts, the towns of its offers, and what offers are said to be in.

Who types “St. Johann” in Saarbrücken means the quarter that many titles name, not the village of that name a hundred
kilometres away, although nobody entered the quarter as a district.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from gazetteer.loading import distance_km
from gazetteer.names import SAINT, begins, key, parts, stem, without_umlauts, words_of
from portal.offers.models import Location
from portal.search.columns import current_columns
from portal.search.text import find_text
from portal.taxonomy.models import District
from tenants.running.changes import remembered

Spot = tuple[float, float]
# Offers that must say they are there, and how close together they must be, before words in titles make a place:
# “Essen” is in titles all over the town.
FEWEST_TOLD = 2
QUARTER_KM = 3.0
MOST_WITHIN = 0.7
# Offers looked at.
MOST_LOOKED_AT = 2000


@dataclass(frozen=True, slots=True)
class Own:
    """A place of ours and its middle; `key` is its name as it is compared."""

    name: str
    key: str
    latitude: float
    longitude: float

    @property
    def spot(self) -> Spot:
        return self.latitude, self.longitude


@dataclass(frozen=True, slots=True)
class OwnPlaces:
    """Districts, then towns; each name once."""

    places: tuple[Own, ...]
    towns: frozenset[str]
    weight: int


def _load() -> OwnPlaces:
    """The middle of each district, and of the places of public offers in each town; one query."""
    known = [(name, lat, lon, 1) for name, lat, lon in District.objects.values_list("name", "latitude", "longitude")]
    rows = sorted([*known, *_middles_of_towns()], key=lambda row: (row[3], row[0]))
    found: dict[str, Own] = {}
    for name, lat, lon, _rank in rows:
        folded = key(name)
        if folded and lat is not None and lon is not None:
            found.setdefault(folded, Own(" ".join(name.split()), folded, lat, lon))
    return OwnPlaces(
        places=tuple(found.values()),
        towns=frozenset(key(name) for name, _lat, _lon, rank in rows if rank == 2),
        weight=1000 + 300 * len(found),
    )


def _middles_of_towns() -> list[tuple[str, float, float, int]]:
    """From the columns, where protected addresses are in no town."""
    places = current_columns().places
    there = ~np.isnan(places.lat)
    size, towns = len(places.town_names), places.towns[there]
    number = np.bincount(towns, minlength=size)
    lats = np.bincount(towns, places.lat[there], minlength=size)
    lons = np.bincount(towns, places.lon[there], minlength=size)
    rows = zip(places.town_names, number.tolist(), lats.tolist(), lons.tolist(), strict=True)
    return [(name, lat / count, lon / count, 2) for name, count, lat, lon in rows if name and count]


def own_places() -> OwnPlaces:
    """The districts and towns of the municipality we are inside."""
    return remembered("search.places", _load, rooms=("offers", "providers", "taxonomy"))


def own_place(name: str) -> Own | None:
    """The district or town somebody means by a name, however it is spelled; None where it is none of ours."""
    ours, wanted = own_places(), parts(name)
    if not wanted:
        return None
    folded = " ".join(wanted)
    cut = name.rstrip().endswith(".") and len(folded) >= 4
    tests = (
        lambda own: own.key == folded,
        lambda own: key(stem(own.name)) == folded,
        lambda own: _with_town(own.key, folded, ours.towns),
        lambda own: without_umlauts(own.key) == without_umlauts(folded),
        lambda own: begins(wanted, tuple(own.key.split())),
        lambda own: cut and own.key.startswith(folded),
        # “Klein Blittersdorf”, “Groß-Rosseln”: apart or together.
        lambda own: own.key.replace(" ", "") == folded.replace(" ", ""),
    )
    return next((own for test in tests for own in ours.places if test(own)), None)


def part_of_town(name: str) -> tuple[str, str] | None:
    """What stands beside the name of one of our towns, and the town: “Dudweiler” in “Saarbrücken-Dudweiler”."""
    wanted = key(name)
    for town in sorted(own_places().towns, key=len, reverse=True):
        for rest in (wanted.removeprefix(f"{town} "), wanted.removesuffix(f" {town}")):
            if town and rest != wanted:
                return _as_typed(rest, name), town
    return None


def _as_typed(part: str, name: str) -> str:
    """The words of a name whose key is the part, with their capitals and dots."""
    words = words_of(name, kept=".")
    number = next((n for n in range(1, len(words)) if key(" ".join(words[-n:])) == part), 0)
    first = next((n for n in range(1, len(words)) if key(" ".join(words[:n])) == part), 0)
    return " ".join(words[-number:] if number else words[:first] if first else [part])


def _with_town(own: str, wanted: str, towns: frozenset[str]) -> bool:
    """Whether a district is named together with a town: “Burbach, Saarbrücken”, “Saarbrücken-Burbach”."""
    before, after = wanted.removesuffix(f" {own}"), wanted.removeprefix(f"{own} ")
    return (before != wanted and before in towns) or (after != wanted and after in towns)


def told_place(name: str) -> Own | None:
    """The quarter that titles or places of several public offers name, where these offers lie close together.

    Three queries. Protected addresses count as the middle of their district, as everywhere.
    """
    wanted = key(name)
    if not wanted:
        return None
    rows = _rows_that_say(wanted, name)
    places = current_columns().places
    there = np.isin(places.rows, rows) & ~np.isnan(places.lat)
    if len(np.unique(places.rows[there])) < FEWEST_TOLD:
        return None
    lats, lons = places.lat[there], places.lon[there]
    middle = float(np.median(lats)), float(np.median(lons))
    near = sum(distance_km(middle, spot) <= QUARTER_KM for spot in zip(lats.tolist(), lons.tolist(), strict=True))
    if near < MOST_WITHIN * len(lats):
        return None
    return Own(name, wanted, *middle)


def _rows_that_say(wanted: str, name: str) -> Sequence[int]:
    """The rows of offers with these very words in their title or in the name or street of a place."""
    columns = current_columns()
    # “St.” may be written “Sankt”, with a hyphen or without: only the longest other word is looked up, the rest is
    # compared.
    words = [word for word in words_of(name) if key(word) != SAINT] or [name]
    found = columns.rows_of(find_text(max(words, key=len)).ids)
    rows = found[found >= 0][:MOST_LOOKED_AT].tolist()
    saying = {row for row in rows if _says(columns.titles[row], wanted)}
    ids = {int(columns.ids[row]): row for row in rows}
    named = Location.objects.filter(~Q(name="") | ~Q(street=""), offer__in=list(ids), hide_exact_address=False)
    for offer, *words in named.order_by().values_list("offer_id", "name", "street"):
        if any(_says(each, wanted) for each in words):
            saying.add(ids[offer])
    return sorted(saying)


def _says(text: str, wanted: str) -> bool:
    return f" {wanted} " in f" {key(text)} "
