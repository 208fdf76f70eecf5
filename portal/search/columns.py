"""Everything a search filters by, of all public offers of a municipality, as columns in memory.

A filter is then a comparison of a column, and a count under other filters a sum: the same few milliseconds for each of
a hundred options, which in SQL would be a hundred queries or one for each group of filters.

What always holds, and what all that reads columns relies on:

- Row n is the n-th public offer in the order of titles (`core.ordering.name_key`, then the id). Every column and mask
  has one place for each row; `places.rows`, `dates.rows` and the `rows` of links point to rows, and to nothing else.
- Public means published by a published provider. Offers that are over are in it until the tables change: the moment of
  the search decides (`ends`), so nothing need be read again when time passes.
- Dates lie by row, then by end; those over when the columns were read are left out.
- Of a protected address nothing is here but the middle of its district.
- Arrays are of numpy, as small as their numbers allow (`packed.small`), shared by all threads, and never changed.
- All is read in a handful of statements, and anew whenever a table of `ROOMS` changed
  (`tenants.running.changes.remembered`), so it is never older than the request. `weight` is the bytes it takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, FloatField, Func
from django.utils import timezone

from core.ordering import name_key
from core.text import fold
from gazetteer.names import key
from portal.offer_fields.answers import tokens
from portal.offers.choices import REMOTE, Accessibility, CostKind, ScheduleKind
from portal.offers.models import Location, Offer
from portal.search import packed
from portal.search.dates import AllDates, Floats, Numbers
from portal.search.links import Links, Mask
from portal.search.packed import Texts, Whole, small
from portal.search.points import with_point
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import Tree, load_tree
from tenants.running.changes import remembered

ROOMS = ("offers", "providers", "taxonomy")
_DAY_ZERO = "DATE '0001-01-01'"
# As portal.search.dates counts days and times.
_DATES = f"""
SELECT string_agg(int8send(id), ''), string_agg(int8send(offer_id), ''),
    string_agg(int8send(first_date - {_DAY_ZERO} + 1), ''), string_agg(int8send(last_date - {_DAY_ZERO} + 1), ''),
    string_agg(int8send(COALESCE(extract(epoch FROM start_time)::bigint, -1)), ''),
    string_agg(int8send(COALESCE(extract(epoch FROM end_time)::bigint, -1)), ''),
    string_agg(float8send(extract(epoch FROM starts_at)::float8), ''),
    string_agg(float8send(extract(epoch FROM ends_at)::float8), '')
FROM offers_occurrence WHERE ends_at >= %s
"""  # noqa: S608 - only our own constants


@dataclass(frozen=True, slots=True)
class Places:
    """All places; where one is protected or unknown, `lat` and `lon` are those of its district, else not numbers."""

    rows: Whole
    lat: Floats
    lon: Floats
    exact: Mask
    # Whether anything public is known of where it is, which excludes it from “anywhere”.
    known: Mask
    # Postcodes and towns that the public may know, as numbers in the lists of their names; names of towns as compared.
    postcodes: Whole
    postcode_names: tuple[str, ...]
    towns: Whole
    town_names: tuple[str, ...]

    def in_one_of(self, towns: frozenset[str], postcode: str) -> Mask:
        """Places in one of some towns, or with a postcode."""
        named = np.array([bool(name) and name in towns for name in self.town_names], bool)
        coded = np.array([bool(code) and code == postcode for code in self.postcode_names], bool)
        found: Mask = named[self.towns] | coded[self.postcodes]
        return found


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


def current_columns() -> Columns:
    """The columns of the municipality we are inside, as of now."""
    return remembered("search.columns", load_columns, rooms=ROOMS)


def load_columns() -> Columns:
    """Read them: six statements."""
    names = ("pk", "title", "provider_id", "ends", "since", "min_age", "max_age", "cost_kind",
              "accessibility", "volunteering", "venue", "schedule_kind", "languages", "extras")  # fmt: skip
    offers = Offer.objects.published().annotate(ends=_seconds("ends_at"), since=_seconds("published_at"))
    rows = sorted(offers.order_by().values_list(*names), key=lambda row: (name_key(row[1]), row[0]))
    column = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    ids = np.array(column["pk"], np.int64)
    order = np.argsort(ids, kind="stable")
    size = len(ids)
    finder = _Finder(ids[order], order)
    tree = load_tree()
    categories = finder.links(Offer.categories.through, "category_id")
    return Columns(
        ids=small(ids),
        sorted_ids=small(ids[order]),
        id_order=small(order),
        titles=Texts(column["title"]),
        providers=small(column["provider_id"]),
        ends=np.array([np.inf if end is None else end for end in column["ends"]], np.float64),
        published=np.array([moment or 0 for moment in column["since"]], np.float64),
        min_age=small(-1 if age is None else age for age in column["min_age"]),
        max_age=small(-1 if age is None else age for age in column["max_age"]),
        free=np.array([kind == CostKind.FREE for kind in column["cost_kind"]], bool),
        accessible=np.array([kind == Accessibility.YES for kind in column["accessibility"]], bool),
        volunteering=np.array(column["volunteering"], bool),
        anywhere=np.array([venue in REMOTE for venue in column["venue"]], bool),
        dateless=np.array([kind == ScheduleKind.NONE for kind in column["schedule_kind"]], bool),
        categories=_with_those_above(categories, tree, size),
        leading=small(_leading(categories, tree, size)),
        target_groups=Links.of(*finder.links(Offer.target_groups.through, "targetgroup_id"), size),
        group_ages={pk: (low, high) for pk, low, high in TargetGroup.objects.values_list("pk", "min_age", "max_age")},
        districts=Links.of(*finder.districts(), size),
        languages=_languages(column["languages"], size),
        extras=_extras(column["extras"], size),
        places=_load_places(finder),
        dates=_load_dates(finder),
    )


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


class _Finder:
    """Brings related rows to the rows of the columns."""

    def __init__(self, sorted_ids: Numbers, order: Numbers) -> None:
        self._ids = sorted_ids
        self._order = order

    def rows(self, ids: Numbers) -> Numbers:
        return rows_of(ids, self._ids, self._order)

    def links(self, through: Any, name: str) -> tuple[Numbers, Numbers]:
        """Rows and keys of a many-to-many table."""
        return self._pairs(list(through.objects.values_list("offer_id", name)))

    def districts(self) -> tuple[Numbers, Numbers]:
        """Rows and keys of the districts offers take place in."""
        places = Location.objects.filter(district__isnull=False)
        return self._pairs(list(places.values_list("offer_id", "district_id")))

    def _pairs(self, pairs: list[tuple[int, int]]) -> tuple[Numbers, Numbers]:
        table = np.array(pairs, np.int64).reshape(-1, 2)
        rows = self.rows(table[:, 0])
        return rows[rows >= 0], table[rows >= 0, 1]


def _seconds(field: str) -> Func:
    """A moment in seconds since 1970, as the database says it: reading ten thousand of them as text takes longer than
    all the rest. (Django's Extract would take local time for UTC.)"""
    return Func(F(field), template="extract(epoch FROM %(expressions)s)::float8", output_field=FloatField())


def _with_those_above(links: tuple[Numbers, Numbers], tree: Tree, size: int) -> Links:
    """An offer is in its categories and in all above them."""
    rows, keys = links
    above = {node.id: [each.id for each in node.trail()] for node in tree}
    pairs = [(row, up) for row, key in zip(rows.tolist(), keys.tolist(), strict=True) for up in above.get(key, ())]
    table = np.array(pairs, np.int64).reshape(-1, 2)
    return Links.of(table[:, 0], table[:, 1], size)


def _leading(links: tuple[Numbers, Numbers], tree: Tree, size: int) -> Numbers:
    place = {node.id: number for number, node in enumerate(tree)}
    best = np.zeros(size, np.int64)
    for row, pk in zip(links[0].tolist(), links[1].tolist(), strict=True):
        if pk in place and (best[row] == 0 or place[pk] < place[int(best[row])]):
            best[row] = pk
    return best


def _languages(languages: tuple[list[str], ...], size: int) -> Links:
    """Those that name none are held in German."""
    pairs = [(row, code) for row, codes in enumerate(languages) for code in codes or ["de"]]
    return Links.of(np.array([row for row, _code in pairs], np.int64), np.array([code for _row, code in pairs]), size)


def _extras(answers: Sequence[dict[str, Any]], size: int) -> Links:
    pairs = [(row, token) for row, given in enumerate(answers) if given for token in tokens(given)]
    rows, words = np.array([row for row, _token in pairs], np.int64), np.array([token for _row, token in pairs], str)
    return Links.of(rows, words, size)


def _load_places(finder: _Finder) -> Places:
    names = ("offer_id", "lat", "lon", "precision", "hide_exact_address", "postcode", "city")
    found = with_point(Location.objects.all()).order_by("position", "pk").values_list(*names)
    kept = [(row, *rest) for (_pk, *rest), row in zip(found, _rows_of_first(found, finder), strict=True) if row >= 0]
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(names)
    rows, lat, lon, precision, hidden, postcodes, towns = columns
    protected = np.array(hidden, bool)
    lats = np.array([np.nan if value is None else value for value in lat], np.float64)
    codes = ["" if secret else code.strip() for code, secret in zip(postcodes, hidden, strict=True)]
    keys = {town: key(town) or fold(town) for town in set(towns)}
    in_towns = ["" if secret else keys[town] for town, secret in zip(towns, hidden, strict=True)]
    named = np.array([bool(code or town) for code, town in zip(codes, in_towns, strict=True)], bool)
    postcode_names, postcode_numbers = _numbered(codes)
    town_names, town_numbers = _numbered(in_towns)
    return Places(
        rows=small(rows),
        lat=lats,
        lon=np.array([np.nan if value is None else value for value in lon], np.float64),
        exact=np.array([value == "exact" for value in precision], bool) & ~protected & ~np.isnan(lats),
        known=named | ~np.isnan(lats),
        postcodes=postcode_numbers,
        postcode_names=postcode_names,
        towns=town_numbers,
        town_names=town_names,
    )


def _numbered(words: Sequence[str]) -> tuple[tuple[str, ...], Whole]:
    """The different words, and which of them stands at each place."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    return tuple(numbers), small(numbers[word] for word in words)


def _rows_of_first(table: Any, finder: _Finder) -> list[int]:
    rows: list[int] = finder.rows(np.array([line[0] for line in table], np.int64)).tolist()
    return rows


def _load_dates(finder: _Finder) -> AllDates:
    with connection.cursor() as cursor:
        cursor.execute(_DATES, [timezone.now()])
        parts = cursor.fetchone()
    types = (">i8",) * 6 + (">f8",) * 2
    ids, offers, *rest, starts, ends = (
        np.frombuffer(bytes(part or b""), kind).astype(kind[1:]) for part, kind in zip(parts, types, strict=True)
    )
    rows = finder.rows(offers)
    order = np.lexsort((ids, starts, ends, rows))
    order = order[rows[order] >= 0]
    first, last, start_time, end_time = (column[order] for column in rest)
    return AllDates.of(rows[order], first, last, start_time, end_time, starts[order], ends[order])
