"""Everything a search filters by, of all public offers of a municipality, as columns in memory.

A filter is then a comparison of a column, and a count under other filters a sum: the same few milliseconds for each of
a hundred options, which in SQL would be a hundred queries or one for each group of filters. The columns are read in a
handful of statements whenever something changed (`tenants.running.changes.remembered`), so they are never older than
the request. Row n stands for the n-th offer by title; arrays are of numpy and must not be changed.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, FloatField, Func
from django.utils import timezone
from numpy.typing import NDArray

from core.ordering import name_key
from portal.offers.choices import REMOTE, Accessibility, CostKind, ScheduleKind
from portal.offers.models import Location, Offer
from portal.search.links import Links, Mask
from portal.search.places import with_point
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import Tree, load_tree
from tenants.running.changes import remembered

ROOMS = ("offers", "providers", "taxonomy")
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
# Days and times of day: half the memory to walk through.
Small = NDArray[np.int32]
_DAY_ZERO = "DATE '0001-01-01'"
# Days as Python counts them (date.toordinal), times of day in seconds (-1: none), moments in seconds since 1970.
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
class Dates:
    """The dates that are not over, by offer, then by their end: the first that fits is an offer's next."""

    ids: Numbers
    rows: Numbers
    first: Small
    last: Small
    start_time: Small
    end_time: Small
    starts: Floats
    ends: Floats

    def at(self, places: Numbers) -> "Dates":
        """Some of them, in the same order."""
        return Dates(*(getattr(self, each.name)[places] for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Places:
    """All places; where one is protected or unknown, `lat` and `lon` are those of its district, else not numbers."""

    rows: Numbers
    lat: Floats
    lon: Floats
    exact: Mask
    # Whether anything public is known of where it is, which excludes it from “anywhere”.
    known: Mask
    # Folded postcodes and towns that the public may know.
    postcodes: NDArray[np.str_]
    towns: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Columns:
    """All public offers."""

    ids: Numbers
    sorted_ids: Numbers
    id_order: Numbers
    titles: list[str]
    providers: Numbers
    ends: Floats
    published: Floats
    min_age: Numbers
    max_age: Numbers
    free: Mask
    accessible: Mask
    volunteering: Mask
    anywhere: Mask
    dateless: Mask
    categories: Links
    # The category a card wears: the first in display order; 0 for none.
    leading: Numbers
    target_groups: Links
    group_ages: dict[int, tuple[int | None, int | None]]
    districts: Links
    languages: Links
    places: Places
    dates: Dates
    weight: int

    @property
    def size(self) -> int:
        return len(self.ids)

    def rows_of(self, ids: Numbers) -> Numbers:
        """The rows of offers by id; -1 for those that are not public."""
        return rows_of(ids, self.sorted_ids, self.id_order)


def current_columns() -> Columns:
    """The columns of the municipality we are inside, as of now."""
    return remembered("search.columns", load_columns, rooms=ROOMS)


def load_columns() -> Columns:
    """Read them: six statements."""
    names = ("pk", "title", "provider_id", "ends", "since", "min_age", "max_age", "cost_kind",
              "accessibility", "volunteering", "venue", "schedule_kind", "languages")  # fmt: skip
    offers = Offer.objects.published().annotate(ends=_seconds("ends_at"), since=_seconds("published_at"))
    rows = sorted(offers.order_by().values_list(*names), key=lambda row: (name_key(row[1]), row[0]))
    column = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    ids = np.array(column["pk"], np.int64)
    order = np.argsort(ids, kind="stable")
    size = len(ids)
    finder = _Finder(ids[order], order)
    tree = load_tree()
    categories = finder.links(Offer.categories.through, "category_id")
    dates = _load_dates(finder)
    return Columns(
        ids=ids,
        sorted_ids=ids[order],
        id_order=order,
        titles=list(column["title"]),
        providers=np.array(column["provider_id"], np.int64),
        ends=np.array([np.inf if end is None else end for end in column["ends"]], np.float64),
        published=np.array([moment or 0 for moment in column["since"]], np.float64),
        min_age=np.array([-1 if age is None else age for age in column["min_age"]], np.int64),
        max_age=np.array([-1 if age is None else age for age in column["max_age"]], np.int64),
        free=np.array([kind == CostKind.FREE for kind in column["cost_kind"]], bool),
        accessible=np.array([kind == Accessibility.YES for kind in column["accessibility"]], bool),
        volunteering=np.array(column["volunteering"], bool),
        anywhere=np.array([venue in REMOTE for venue in column["venue"]], bool),
        dateless=np.array([kind == ScheduleKind.NONE for kind in column["schedule_kind"]], bool),
        categories=_with_those_above(categories, tree, size),
        leading=_leading(categories, tree, size),
        target_groups=Links.of(*finder.links(Offer.target_groups.through, "targetgroup_id"), size),
        group_ages={pk: (low, high) for pk, low, high in TargetGroup.objects.values_list("pk", "min_age", "max_age")},
        districts=Links.of(*finder.districts(), size),
        languages=_languages(column["languages"], size),
        places=_load_places(finder),
        dates=dates,
        weight=1 + (size * 300 + len(dates.ids) * 64) // 1024,
    )


def rows_of(ids: Numbers, sorted_ids: Numbers, order: Numbers) -> Numbers:
    """Positions of ids among sorted ones, through `order`; -1 where there is none."""
    if not len(sorted_ids):
        return np.full(len(ids), -1, np.int64)
    found = np.minimum(np.searchsorted(sorted_ids, ids), len(sorted_ids) - 1)
    return np.where(sorted_ids[found] == ids, order[found], -1)


def firsts(rows: Numbers) -> Mask:
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
    for row, key in zip(links[0].tolist(), links[1].tolist(), strict=True):
        if key in place and (best[row] == 0 or place[key] < place[int(best[row])]):
            best[row] = key
    return best


def _languages(languages: tuple[list[str], ...], size: int) -> Links:
    """Those that name none are held in German."""
    pairs = [(row, code) for row, codes in enumerate(languages) for code in codes or ["de"]]
    return Links.of(np.array([row for row, _code in pairs], np.int64), np.array([code for _row, code in pairs]), size)


def _load_places(finder: _Finder) -> Places:
    names = ("offer_id", "lat", "lon", "precision", "hide_exact_address", "postcode", "city")
    found = with_point(Location.objects.all()).order_by("position", "pk").values_list(*names)
    kept = [(row, *rest) for (_pk, *rest), row in zip(found, _rows_of_first(found, finder), strict=True) if row >= 0]
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(names)
    rows, lat, lon, precision, hidden, postcodes, towns = columns
    protected = np.array(hidden, bool)
    lats = np.array([np.nan if value is None else value for value in lat], np.float64)
    codes = np.array([code.strip() for code in postcodes], np.str_)
    folded = np.array([" ".join(town.split()).casefold() for town in towns], np.str_)
    named = ~protected & ((codes != "") | (folded != ""))
    return Places(
        rows=np.array(rows, np.int64),
        lat=lats,
        lon=np.array([np.nan if value is None else value for value in lon], np.float64),
        exact=np.array([value == "exact" for value in precision], bool) & ~protected & ~np.isnan(lats),
        known=named | ~np.isnan(lats),
        postcodes=np.where(protected, "", codes),
        towns=np.where(protected, "", folded),
    )


def _rows_of_first(table: Any, finder: _Finder) -> list[int]:
    rows: list[int] = finder.rows(np.array([line[0] for line in table], np.int64)).tolist()
    return rows


def _load_dates(finder: _Finder) -> Dates:
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
    first, last, start_time, end_time = (column[order].astype(np.int32) for column in rest)
    return Dates(ids[order], rows[order], first, last, start_time, end_time, starts[order], ends[order])
