"""Whose offers the municipality we are inside shows, at this moment.

Remembered until an agreement, a municipality, a host name or the index says otherwise (migrations/0002_index.py), which
every process hears before it answers: who revokes an agreement, is suspended or moves to another host is in no answer
that begins afterwards. Which of the agreements hold today is looked at with each request.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from neighbours.models import Kind
from tenants.models import State
from tenants.running.changes import remembered
from tenants.running.context import current_schema
from tenants.urls import address_of

_AROUND = """
WITH us AS (SELECT id, name, state FROM public.tenants_municipality WHERE schema_name = %s),
agreed AS (
    SELECT a.second_id AS id, a.kind, a.valid_from, a.valid_until
    FROM public.neighbours_agreement a JOIN us ON us.id = a.first_id WHERE a.state = 'agreed'
    UNION ALL
    SELECT a.first_id, a.kind, a.valid_from, a.valid_until
    FROM public.neighbours_agreement a JOIN us ON us.id = a.second_id WHERE a.state = 'agreed' AND a.kind = 'neighbour'
    UNION ALL
    SELECT us.id, CASE WHEN r.municipality_id IS NULL THEN 'own' ELSE 'roof itself' END, DATE '0001-01-01', NULL
    FROM us LEFT JOIN public.neighbours_roof r ON r.municipality_id = us.id
)
SELECT g.kind, g.valid_from, g.valid_until, m.id, m.name, m.state, t.filled_at IS NOT NULL,
    coalesce((SELECT d.domain FROM public.tenants_domain d WHERE d.tenant_id = m.id
        ORDER BY d.is_primary DESC, d.id LIMIT 1), ''),
    (SELECT count(*) FROM public.neighbours_indexedtown)
FROM agreed g JOIN public.tenants_municipality m ON m.id = g.id
LEFT JOIN public.neighbours_indexedtown t ON t.municipality_id = m.id
ORDER BY m.id
"""
# How the municipality itself stands among what was read.
_OWN, _ROOF = "own", "roof itself"


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality whose offers are shown, with the address of its start page."""

    number: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class _Agreed:
    kind: str
    first: date
    last: date | None
    town: Town
    # Whether it can be found by residents and its offers are in the index.
    shown: bool
    # How many municipalities are in the index, or were when nothing here had changed yet.
    indexed: int

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or self.last >= day)


@dataclass(frozen=True, slots=True)
class Shown:
    """Towns whose offers are shown, and all of which the index is kept in memory together, by number: the municipality
    itself among them, so that of many that show each other's it is kept once. How many are in the index at all is not
    exact: it only tells the quicker of two ways to the same answer."""

    towns: tuple[Town, ...]
    kept: tuple[int, ...]
    indexed: int = 0

    def __bool__(self) -> bool:
        return bool(self.towns)

    @property
    def are_most(self) -> bool:
        """Whether there are not more others in the index."""
        return 2 * len(self.towns) >= max(1, self.indexed)

    def town(self, number: int) -> Town:
        """One of them; LookupError for another."""
        found = next((town for town in self.towns if town.number == number), None)
        if found is None:
            raise LookupError(number)
        return found


@dataclass(frozen=True, slots=True)
class Around:
    """What is shown besides, or instead of, one's own offers."""

    neighbours: Shown
    # Of a roof portal: its members and itself; else nobody.
    roof: Shown


def _load() -> tuple[_Agreed, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, [current_schema()])
        return tuple(
            _Agreed(
                kind,
                first,
                last,
                Town(number, name, address_of(host)),
                state == State.LIVE and filled and bool(host),
                indexed,
            )
            for kind, first, last, number, name, state, filled, host, indexed in cursor.fetchall()
        )


def around() -> Around:
    """As of now."""
    agreed = remembered("neighbours.around", _load, rooms=("neighbours",))
    today = timezone.localdate()
    holding = [each for each in agreed if each.holds_on(today)]
    is_roof = any(each.kind == _ROOF for each in holding)
    return Around(
        neighbours=_shown(holding, {Kind.NEIGHBOUR}),
        roof=_shown(holding, {Kind.ROOF, _ROOF} if is_roof else set()),
    )


def _shown(holding: list[_Agreed], kinds: set[str]) -> Shown:
    towns = {each.town.number: each.town for each in holding if each.kind in kinds and each.shown}
    kept = {each.town.number for each in holding if each.kind in kinds or each.kind in {_OWN, _ROOF}}
    indexed = max((each.indexed for each in holding), default=0)
    return Shown(tuple(towns.values()), tuple(sorted(kept)), indexed)
