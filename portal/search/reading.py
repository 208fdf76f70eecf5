"""Reads the columns of all public offers, or of a few of them, from the database."""

from collections.abc import Collection, Sequence
from operator import itemgetter
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import F, FloatField, Func, Value
from django.db.models.functions import Cast
from django.utils import timezone

from core.ordering import name_key
from portal.offer_fields.answers import tokens
from portal.offers.choices import REMOTE, Accessibility, CostKind, ScheduleKind
from portal.offers.models import Location, Offer
from portal.search.dates import AllDates, Numbers
from portal.search.links import Links
from portal.search.packed import Texts, Whole, small
from portal.search.points import with_point
from portal.search.table import Columns, Places, places_at, rows_of
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import Tree, load_tree

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
_SOME_DATES = f"{_DATES} AND offer_id = ANY(%s)"


def load_columns(only: Collection[int] | None = None) -> Columns:
    """Read them, or those of some offers by id: six statements."""
    names = ("pk", "title", "provider_id", "ends", "since", "min_age", "max_age", "cost_kind",
              "accessibility", "volunteering", "venue", "schedule_kind", "languages", "extras")  # fmt: skip
    offers = Offer.objects.published().annotate(ends=_seconds("ends_at"), since=_seconds("published_at"))
    offers = offers if only is None else offers.filter(pk__in=only)
    rows = sorted(offers.order_by().values_list(*names), key=lambda row: (name_key(row[1]), row[0]))
    column = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    ids = np.array(column["pk"], np.int64)
    order = np.argsort(ids, kind="stable")
    size = len(ids)
    finder = _Finder(ids[order], order, only)
    tree = load_tree()
    ages, middles = ages_and_middles()
    topics = Links.of(*finder.links(Offer.categories.through, "category_id"), size)
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
        topics=topics,
        categories=with_those_above(topics, tree),
        leading=leading(topics, tree),
        target_groups=Links.of(*finder.links(Offer.target_groups.through, "targetgroup_id"), size),
        group_ages=ages,
        districts=Links.of(*finder.districts(), size),
        languages=_languages(column["languages"], size),
        extras=_extras(column["extras"], size),
        places=_load_places(finder),
        dates=_load_dates(finder),
        tree=shape_of(tree),
        middles=middles,
    )


Ages = dict[int, tuple[int | None, int | None]]
Middles = dict[int, tuple[float | None, float | None]]


def ages_and_middles() -> tuple[Ages, Middles]:
    """The ages of target groups, and the middles of districts; one statement."""
    numbers = {name: Cast(name, FloatField()) for name in ("min_age", "max_age")}
    groups = TargetGroup.objects.order_by().annotate(kind=Value(1), low=numbers["min_age"], high=numbers["max_age"])
    districts = District.objects.order_by().annotate(kind=Value(2)).values_list("kind", "pk", "latitude", "longitude")
    ages: Ages = {}
    middles: Middles = {}
    for kind, pk, one, two in groups.values_list("kind", "pk", "low", "high").union(districts, all=True):
        if kind == 1:
            ages[pk] = (None if one is None else int(one), None if two is None else int(two))
        else:
            middles[pk] = (one, two)
    return ages, middles


def shape_of(tree: Tree) -> tuple[tuple[int, int], ...]:
    """What of the tree the columns depend on."""
    return tuple((node.id, node.parent.id if node.parent else 0) for node in tree)


class _Finder:
    """Brings related rows to the rows of the columns."""

    def __init__(self, sorted_ids: Numbers, order: Numbers, only: Collection[int] | None) -> None:
        self._ids = sorted_ids
        self._order = order
        self.only = only

    def rows(self, ids: Numbers) -> Numbers:
        return rows_of(ids, self._ids, self._order)

    def links(self, through: Any, name: str) -> tuple[Numbers, Numbers]:
        """Rows and keys of a many-to-many table."""
        return self._pairs(list(self.of(through.objects.all()).values_list("offer_id", name)))

    def of(self, rows: Any) -> Any:
        """Rows of a related table: all, or those of the few offers that are read."""
        return rows if self.only is None else rows.filter(offer_id__in=self.only)

    def districts(self) -> tuple[Numbers, Numbers]:
        """Rows and keys of the districts offers take place in."""
        places = self.of(Location.objects.filter(district__isnull=False))
        return self._pairs(list(places.values_list("offer_id", "district_id")))

    def _pairs(self, pairs: list[tuple[int, int]]) -> tuple[Numbers, Numbers]:
        table = np.array(pairs, np.int64).reshape(-1, 2)
        rows = self.rows(table[:, 0])
        return rows[rows >= 0], table[rows >= 0, 1]


def _seconds(field: str) -> Func:
    """A moment in seconds since 1970, as the database says it: reading ten thousand of them as text takes longer than
    all the rest. (Django's Extract would take local time for UTC.)"""
    return Func(F(field), template="extract(epoch FROM %(expressions)s)::float8", output_field=FloatField())


def with_those_above(topics: Links, tree: Tree) -> Links:
    """An offer is in its categories and in all above them."""
    trails = [[each.id for each in tree.nodes[key].trail()] if key in tree.nodes else [] for key in topics.keys]
    lengths = np.array([len(trail) for trail in trails], np.int64)
    begins = np.cumsum(lengths) - lengths
    names = sorted({key for trail in trails for key in trail})
    place = {key: number for number, key in enumerate(names)}
    above = np.array([place[key] for trail in trails for key in trail], np.int64)
    number = lengths[topics.values]
    step = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    values = above[np.repeat(begins[topics.values], number) + step]
    return Links.numbered(np.repeat(topics.rows.astype(np.int64), number), values, names, len(topics.linked))


def leading(topics: Links, tree: Tree) -> Whole:
    """For each row the first of its categories in display order; 0 for none."""
    order = np.array([node.id for node in tree], np.int64)
    place = {node: number for number, node in enumerate(order.tolist())}
    places = np.array([place.get(key, len(order)) for key in topics.keys], np.int64)
    best = np.full(len(topics.linked), len(order), np.int64)
    np.minimum.at(best, topics.rows, places[topics.values])
    return small(np.append(order, 0)[best])


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
    found = finder.of(with_point(Location.objects.all())).order_by("position", "pk").values_list(*names)
    kept = [(row, *rest) for (_pk, *rest), row in zip(found, _rows_of_first(found, finder), strict=True) if row >= 0]
    kept.sort(key=itemgetter(0))
    columns = list(zip(*kept, strict=True)) if kept else [()] * len(names)
    rows, lat, lon, precision, hidden, postcodes, towns = columns
    return places_at(
        rows,
        (lat, lon),
        [value == "exact" and not secret for value, secret in zip(precision, hidden, strict=True)],
        ["" if secret else code for code, secret in zip(postcodes, hidden, strict=True)],
        ["" if secret else town for town, secret in zip(towns, hidden, strict=True)],
    )


def _rows_of_first(table: Any, finder: _Finder) -> list[int]:
    rows: list[int] = finder.rows(np.array([line[0] for line in table], np.int64)).tolist()
    return rows


def _given(only: Collection[int] | None) -> list[list[int]]:
    return [] if only is None else [list(only)]


def _load_dates(finder: _Finder) -> AllDates:
    with connection.cursor() as cursor:
        cursor.execute(_DATES if finder.only is None else _SOME_DATES, [timezone.now(), *_given(finder.only)])
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
