"""What of every offer that ever was public the figures are counted by, as columns in memory, and when it was public.

- Row n is the offer with the n-th number among all that have a span; of those that are gone nothing is known but that
  they were there. Arrays are of numpy, shared by all threads, and never changed.
- What an offer is about is what it says today; when it was public is what the database noted at that time.
- Ages are its own, else those of its target groups, as the search has it. Of a protected address the district counts
  and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from core.lazy import lazy
from portal.offers.choices import Accessibility, CostKind
from portal.offers.ledger import NEVER, moment, numbers
from portal.search.links import Links
from portal.search.reading import with_those_above
from portal.taxonomy.models import OLDEST, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.changes import remembered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]
else:
    np, Numbers, Mask = lazy("numpy"), Any, Any

COSTS, ACCESS = tuple(CostKind), tuple(Accessibility)
_BYTES_OF_A_ROW = 200
_OF_OFFERS = """
SELECT string_agg(int8send(s.id), '' ORDER BY s.id),
    string_agg(int8send(COALESCE(o.min_age, -1)), '' ORDER BY s.id),
    string_agg(int8send(COALESCE(o.max_age, -1)), '' ORDER BY s.id),
    string_agg(int8send({costs}), '' ORDER BY s.id),
    string_agg(int8send({access}), '' ORDER BY s.id),
    string_agg(int8send(COALESCE(p.carrier_id, 0)), '' ORDER BY s.id),
    string_agg(int8send((o.id IS NOT NULL)::int), '' ORDER BY s.id)
FROM (SELECT DISTINCT offer_id AS id FROM planning_span) AS s
LEFT JOIN offers_offer AS o ON o.id = s.id LEFT JOIN providers_provider AS p ON p.id = o.provider_id
"""
_SPANS = f"""
SELECT string_agg(int8send(offer_id), '' ORDER BY id), string_agg(int8send(provider_id), '' ORDER BY id),
    string_agg(int8send((extract(epoch FROM since) * 1000000)::bigint), '' ORDER BY id),
    string_agg(int8send(COALESCE((extract(epoch FROM until) * 1000000)::bigint, {NEVER})), '' ORDER BY id)
FROM planning_span
"""  # noqa: S608 - only our own constants
# Never of what is protected.
_POINTS = """
SELECT string_agg(int8send(offer_id), '' ORDER BY id), string_agg(float8send(latitude), '' ORDER BY id),
    string_agg(float8send(longitude), '' ORDER BY id)
FROM offers_location WHERE latitude IS NOT NULL AND NOT hide_exact_address
"""
_PAIRS = {
    "districts": "SELECT offer_id, district_id::bigint FROM offers_location WHERE district_id IS NOT NULL",
    "topics": "SELECT offer_id, category_id::bigint FROM offers_offer_categories",
    "groups": "SELECT offer_id, targetgroup_id::bigint FROM offers_offer_target_groups",
}
_WORDS = {
    "postcodes": "SELECT offer_id, trim(postcode) FROM offers_location"
    " WHERE trim(postcode) <> '' AND NOT hide_exact_address",
    "languages": "SELECT id, unnest(CASE WHEN languages = '{}' THEN '{de}' ELSE languages END) FROM offers_offer",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """One place of each column for each offer; spans have columns of their own, and say which row each is of."""

    ids: Numbers
    # From and to which age it is meant for: a row may have several pairs, where its target groups say so.
    age_rows: Numbers
    age_from: Numbers
    age_to: Numbers
    # Places in COSTS and ACCESS; -1 where the offer is gone.
    costs: Numbers
    access: Numbers
    carriers: Links
    districts: Links
    postcodes: Links
    topics: Links
    # Topics with all above them.
    categories: Links
    groups: Links
    languages: Links
    there: Mask
    point_rows: Numbers
    latitudes: Any
    longitudes: Any
    span_rows: Numbers
    # Which organisation each span is of, counted from 0: numbers that can be counted by.
    span_providers: Numbers
    since: Numbers
    until: Numbers

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def weight(self) -> int:
        """Bytes, told and not measured (`tenants.running.weights`)."""
        return 4000 + _BYTES_OF_A_ROW * (self.size + len(self.since))

    def spans(self, first: date, last: date) -> Mask:
        """Which spans have a moment on one of these days, by the town's clock. What is still to come does not count
        today: a day that is not over ends now."""
        begin, end = begin_of(first), min(begin_of(last + timedelta(days=1)), moment(timezone.now()))
        found: Mask = (self.since < max(end, begin + 1)) & (self.until > begin)
        return found

    def knows(self, day: date) -> bool:
        """Whether anything had been public by the end of a day. Before, nobody kept count: what there was then is
        unknown, and not none. Of today it is known, also where nothing was public ever."""
        if day >= timezone.localdate():
            return True
        return len(self.since) > 0 and bool(self.since.min() < begin_of(day + timedelta(days=1)))

    def public(self, first: date, last: date) -> Mask:
        """Which rows were public for a moment at least on one of these days."""
        found = np.zeros(self.size, bool)
        found[self.span_rows[self.spans(first, last)]] = True
        return found

    def providers(self, first: date, last: date, rows: Mask | None = None) -> int:
        """How many organisations had something public on one of these days (of some rows)."""
        spans = self.spans(first, last)
        if rows is not None:
            spans = spans & rows[self.span_rows]
        found = np.zeros(len(self.since) + 1, bool)
        found[self.span_providers[spans]] = True
        return int(found.sum())

    def aged(self, low: int, high: int) -> Mask:
        """Rows meant for somebody from one age to another."""
        found = np.zeros(self.size, bool)
        found[self.age_rows[(self.age_from <= high) & (self.age_to >= low)]] = True
        return found

    def rows_of(self, ids: Numbers) -> Numbers:
        """Rows of offers by number; -1 where there is none."""
        return rows_among(self.ids, ids)


def rows_among(ids: Numbers, wanted: Numbers) -> Numbers:
    """Places of some numbers among sorted ones; -1 where there is none."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)


def begin_of(day: date) -> int:
    """The town's midnight at the beginning of a day, as the columns keep times."""
    return moment(timezone.make_aware(datetime.combine(day, time())))


def current_facts() -> Facts:
    """The columns of the municipality we are inside, as of now."""
    return remembered("planning.facts", load_facts, rooms=("planning", "offers", "providers", "taxonomy"))


def load_facts() -> Facts:
    """Read them; nine statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OF_OFFERS.format(costs=_place_of("o.cost_kind", COSTS), access=_place_of("o.accessibility", ACCESS))
        )
        ids, low, high, costs, access, carriers, there = map(numbers, cursor.fetchone())
        cursor.execute(_POINTS)
        placed, *degrees = cursor.fetchone()
        cursor.execute(_SPANS)
        offers, providers, since, until = map(numbers, cursor.fetchone())
        pairs = {name: _read(cursor, statement) for name, statement in (_PAIRS | _WORDS).items()}
    size = len(ids)
    latitudes, longitudes = (np.frombuffer(bytes(each or b""), ">f8").astype(np.float64) for each in degrees)
    point_rows = rows_among(ids, numbers(placed))
    linked = {name: _links(ids, found, size, words=name in _WORDS) for name, found in pairs.items()}
    rows = np.flatnonzero(carriers)
    age_rows, age_from, age_to = _ages(low, high, linked["groups"])
    return Facts(
        ids=ids,
        age_rows=age_rows,
        age_from=age_from,
        age_to=age_to,
        costs=costs,
        access=access,
        carriers=Links.of(rows, carriers[rows], size),
        categories=with_those_above(linked["topics"], load_tree()),
        there=there.astype(bool),
        point_rows=point_rows[point_rows >= 0],
        latitudes=latitudes[point_rows >= 0],
        longitudes=longitudes[point_rows >= 0],
        span_rows=rows_among(ids, offers),
        span_providers=np.unique(providers, return_inverse=True)[1],
        since=since,
        until=until,
        districts=linked["districts"],
        postcodes=linked["postcodes"],
        topics=linked["topics"],
        groups=linked["groups"],
        languages=linked["languages"],
    )


def _place_of(column: str, choices: Sequence[str]) -> str:
    whens = " ".join(f"WHEN '{choice.value}' THEN {place}" for place, choice in enumerate(choices))  # type: ignore[attr-defined]  # members of an enumeration
    return f"(CASE {column} {whens} ELSE -1 END)::bigint"


def _read(cursor: Any, statement: str) -> list[tuple[int, Any]]:
    cursor.execute(statement)
    found: list[tuple[int, Any]] = cursor.fetchall()
    return found


def _links(ids: Numbers, pairs: list[tuple[int, Any]], size: int, *, words: bool) -> Links:
    offers = np.array([offer for offer, _key in pairs], np.int64)
    keys = np.array([key for _offer, key in pairs], str if words else np.int64)
    at = rows_among(ids, offers)
    return Links.of(at[at >= 0], keys[at >= 0], size)


def _ages(low: Numbers, high: Numbers, groups: Links) -> tuple[Numbers, Numbers, Numbers]:
    """Rows with from and to: an offer's own ages, else those of each of its target groups that says some."""
    own = np.flatnonzero((low >= 0) | (high >= 0))
    said: Mapping[int, tuple[int | None, int | None]] = {
        pk: (begin, end) for pk, begin, end in TargetGroup.objects.order_by().values_list("pk", "min_age", "max_age")
    }
    of_key = [said.get(key, (None, None)) for key in groups.keys]
    begins = np.array([-1 if begin is None else begin for begin, _end in of_key], np.int64)
    ends = np.array([-1 if end is None else end for _begin, end in of_key], np.int64)
    silent = np.ones(len(low), bool)
    silent[own] = False
    pairs = silent[groups.rows] & ((begins >= 0) | (ends >= 0))[groups.values] if of_key else np.zeros(0, bool)
    rows = np.concatenate([own, groups.rows[pairs].astype(np.int64)])
    begin = np.concatenate([low[own], begins[groups.values[pairs]]])
    end = np.concatenate([high[own], ends[groups.values[pairs]]])
    return rows, np.maximum(begin, 0), np.where(end < 0, OLDEST, end)
