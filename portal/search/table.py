"""The columns themselves (`portal.search.columns` tells what always holds of them)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from core.text import fold
from gazetteer.names import key
from portal.search import packed
from portal.search.dates import AllDates, Floats, Numbers
from portal.search.links import Links, Mask
from portal.search.packed import Texts, Whole, small
from portal.search.splicing import Splice, joined_names


@dataclass(frozen=True, slots=True)
class Places:
    """All places; where one is protected or unknown, `lat` and `lon` are those of its district, else not numbers."""

    rows: Whole
    lat: Floats
    lon: Floats
    exact: Mask
    # Whether anything public is known of where it is, which excludes it from “anywhere”.
    known: Mask
    # Postcodes and towns that the public may know, as numbers in the lists of their names.
    postcodes: Whole
    postcode_names: tuple[str, ...]
    towns: Whole
    town_names: tuple[str, ...]
    # The names of towns as they are compared, in the order of `town_names`.
    town_keys: tuple[str, ...]

    def in_one_of(self, towns: frozenset[str], postcode: str) -> Mask:
        """Places in one of some towns, or with a postcode."""
        named = np.array([bool(name) and name in towns for name in self.town_keys], bool)
        coded = np.array([bool(code) and code == postcode for code in self.postcode_names], bool)
        found: Mask = named[self.towns] | coded[self.postcodes]
        return found

    def spliced(self, fresh: "Places", splice: Splice) -> "Places":
        """These with the places of some offers replaced; themselves where nothing differs."""
        items = splice.items(self.rows, fresh.rows)
        postcodes, codes = joined_names(self.postcode_names, fresh.postcode_names)
        towns, numbers = joined_names(self.town_names, fresh.town_names)
        pairs = (
            (self.lat, fresh.lat),
            (self.lon, fresh.lon),
            (self.exact, fresh.exact),
            (self.known, fresh.known),
            (self.postcodes, codes[fresh.postcodes]),
            (self.towns, numbers[fresh.towns]),
        )
        if items.same(pairs):
            return self
        lat, lon, exact, known, postcode, town = (items.take(old, new) for old, new in pairs)
        keys = dict(zip(fresh.town_names, fresh.town_keys, strict=True))
        more = tuple(keys[name] for name in towns[len(self.town_names) :])
        return Places(
            rows=items.rows(),
            lat=lat,
            lon=lon,
            exact=exact,
            known=known,
            postcodes=postcode,
            postcode_names=postcodes,
            towns=town,
            town_names=towns,
            town_keys=(*self.town_keys, *more),
        )


def places_at(
    rows: Sequence[int],
    points: tuple[Sequence[float | None], Sequence[float | None]],
    exact: Sequence[bool],
    codes: Sequence[str],
    towns: Sequence[str],
) -> Places:
    """Places from what the public may know of each: the row of its offer, latitude and longitude (or nothing), whether
    it is exactly there, postcode and town (or nothing)."""
    lat, lon = (np.array([np.nan if value is None else value for value in each], np.float64) for each in points)
    codes = [code.strip() for code in codes]
    keys = {town: key(town) or fold(town) for town in {"", *towns}}
    named = np.array([bool(code or keys[town]) for code, town in zip(codes, towns, strict=True)], bool)
    postcode_names, postcodes = _numbered(codes)
    town_names, town_numbers = _numbered(towns)
    return Places(
        rows=small(rows),
        lat=lat,
        lon=lon,
        exact=np.array(exact, bool) & ~np.isnan(lat),
        known=named | ~np.isnan(lat),
        postcodes=postcodes,
        postcode_names=postcode_names,
        towns=town_numbers,
        town_names=town_names,
        town_keys=tuple(keys[town] for town in town_names),
    )


def _numbered(words: Sequence[str]) -> tuple[tuple[str, ...], Whole]:
    """The different words, and which of them stands at each place."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    return tuple(numbers), small(numbers[word] for word in words)


@dataclass(frozen=True, slots=True)
class Columns:
    """All public offers."""

    ids: Whole
    sorted_ids: Whole
    id_order: Whole
    titles: Texts
    providers: Whole
    ends: Floats
    published: Floats
    min_age: Whole
    max_age: Whole
    free: Mask
    accessible: Mask
    volunteering: Mask
    anywhere: Mask
    dateless: Mask
    # The categories an offer was given, and those with all above them.
    topics: Links
    categories: Links
    # The category a card wears: the first in display order; 0 for none.
    leading: Whole
    target_groups: Links
    group_ages: dict[int, tuple[int | None, int | None]]
    districts: Links
    languages: Links
    # Public answers to the municipality's own questions, as they stand in addresses.
    extras: Links
    places: Places
    dates: AllDates
    # What of the tree and of the districts went into these columns: each category with the one above it in display
    # order (0: none), and the middles of districts.
    tree: tuple[tuple[int, int], ...]
    middles: dict[int, tuple[float | None, float | None]]

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return packed.weight_of(tuple(getattr(self, each.name) for each in fields(self)))

    @property
    def size(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Whole) -> Numbers:
        """The rows of offers by id; -1 for those that are not public."""
        return rows_of(ids, self.sorted_ids, self.id_order)


def rows_of(ids: Whole, sorted_ids: Whole, order: Whole) -> Numbers:
    """Positions of ids among sorted ones, through `order`; -1 where there is none."""
    if not len(sorted_ids):
        return np.full(len(ids), -1, np.int64)
    found = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
    return np.where(sorted_ids[found] == ids, order[found].astype(np.int64), np.int64(-1))


def firsts(rows: Whole) -> Mask:
    """Where a row begins among sorted ones."""
    begins = np.ones(len(rows), bool)
    np.not_equal(rows[1:], rows[:-1], out=begins[1:])
    return begins
