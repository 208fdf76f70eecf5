"""What the editors' lists count all offers by, of every offer of a municipality, as columns in memory.

To count 20,000 offers by their condition and by what they lack takes the database up to a tenth of a second, at every
look at a list. As columns it is a sum, and the database is asked only which offers fit words.

- Row n is the offer with the n-th number (`ids`). Arrays are of numpy, shared by all threads, and never changed.
- They are never older than the request: the database tells which offers changed, and these are read anew
  (`tenants.running.changes.followed`).
- Times are in it as they are. What they mean is asked at a moment (`Ledger.conditions`, `Ledger.upkeep`), so nothing
  need be read again when time passes.
- What waits for a decision, or was returned, is asked of the database each time (`Moving`): revisions change with every
  pause of somebody who types, and tell nobody.

That it says what `portal.offers.condition` and `portal.offers.upkeep` say in SQL is compared in
tests/offers/test_ledger.py.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    BinaryField,
    Case,
    Expression,
    F,
    Func,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from core.lazy import lazy
from portal.offers.condition import Condition, condition
from portal.offers.freshness import stale_before, start_of
from portal.offers.models import Offer
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.revisions.models import Revision
from portal.revisions.models import State as RevisionState
from tenants.running.changes import followed, remembered
from tenants.running.row_changes import Changed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]
    Mask = NDArray[np.bool_]
    Small = NDArray[Any]
else:
    np, Numbers, Mask, Small = lazy("numpy"), Any, Any, Any

# So many offers may change in any municipality, and this part of them, before all are read anew.
FEW, PART = 200, 5
NEVER = 2**63 - 1
"""The end of what has none."""
STATES, CONDITIONS = tuple(State), tuple(Condition)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_A_DAY = 24 * 60 * 60 * 1_000_000
_BYTES_OF_A_ROW, _BYTES_BESIDES = 45, 2000


def moment(when: datetime) -> int:
    """Microseconds since 1970, as the database keeps times."""
    return (when - _EPOCH) // timedelta(microseconds=1)


class Packed(Aggregate):
    """A column of whole numbers as bytes: tens of thousands of them are read at once."""

    function = "STRING_AGG"
    template = "%(function)s(int8send((%(expressions)s)::bigint), '')"
    output_field = BinaryField()


def numbers(packed: Any) -> Numbers:
    """What `Packed` packed; None where there was no row."""
    return np.frombuffer(bytes(packed or b""), ">i8").astype(np.int64)


def numbers_of(rows: QuerySet[Any], column: str = "pk") -> Numbers:
    """A column of all of these, in no order."""
    return numbers(rows.order_by().values(column).aggregate(packed=Packed(column))["packed"])


def by_name() -> Numbers:
    """The numbers of all offers in the order of their titles."""
    return remembered("offers.by_name", _by_name, rooms=("offers",))


def _by_name() -> Numbers:
    return np.array(Offer.objects.order_by("title_key", "pk").values_list("pk", flat=True), np.int64)


def number_in(rows: Mask) -> int:
    """How many these are."""
    return int(np.count_nonzero(rows))


def number_among(some: Numbers, others: Numbers) -> int:
    """How many of these are others, too."""
    return int(np.count_nonzero(np.isin(some, others)))


@dataclass(frozen=True, slots=True)
class Moving:
    """Numbers of offers with a text that waits, and of those with a returned one that is still open."""

    waiting: Numbers
    returned: Numbers

    @classmethod
    def now(cls) -> "Moving":
        """One statement, and two indexes that hold nothing else."""
        open_ones = Revision.objects.filter(kind="offer")
        both = open_ones.waiting().values_list("subject_id", "state").order_by()
        found = both.union(open_ones.still_returned().values_list("subject_id", "state").order_by(), all=True)
        by_state: dict[str, list[int]] = {RevisionState.SUBMITTED: [], RevisionState.RETURNED: []}
        for pk, state in found:
            by_state[state].append(pk)
        return cls(*(np.array(by_state[state], np.int64) for state in by_state))


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What time has done to each offer: see `portal.offers.upkeep`."""

    soon: Mask
    unchecked: Mask


@dataclass(frozen=True, slots=True)
class Ledger:
    """One place of each column for each offer. `traits` has a bit for each question, in their order."""

    ids: Numbers
    providers: Numbers
    states: Small
    ends: Numbers
    reviewed: Small
    updated: Numbers
    hidden: Mask
    traits: Small

    @property
    def weight(self) -> int:
        """Bytes, told and not measured (`tenants.running.weights`)."""
        return _BYTES_BESIDES + _BYTES_OF_A_ROW * len(self.ids)

    def rows_of(self, pks: Numbers) -> Numbers:
        """The rows of some offers; of those that are not in it none."""
        if not len(self.ids):
            return np.array([], np.int64)
        at = np.minimum(np.searchsorted(self.ids, pks), len(self.ids) - 1)
        rows: Numbers = at[self.ids[at] == pks]
        return rows

    def of(self, pks: Numbers) -> Mask:
        """Which rows are these offers."""
        mask = np.zeros(len(self.ids), bool)
        mask[self.rows_of(pks)] = True
        return mask

    def has(self, trait: int) -> Mask:
        """Which rows answer the question at this place with yes."""
        found: Mask = (self.traits >> trait & 1).astype(bool)
        return found

    def in_order(self, rows: Mask, key: Numbers | None = None, *, down: bool = False) -> Numbers:
        """The numbers of some offers in the order of a column, else of their titles; those of one place by number, both
        the other way round where it goes `down`."""
        if key is None:
            names = by_name()
            at = self.rows_of(names)
            return self.ids[at[rows[at]]]
        chosen = np.flatnonzero(rows)
        order = chosen[np.argsort(key[chosen], kind="stable")]
        return self.ids[order[::-1] if down else order]

    def providers_of(self, rows: Mask) -> Numbers:
        """The numbers of those who have some of these rows, each once."""
        found: Numbers = np.unique(self.providers[rows])
        return found

    def are(self, state: State) -> Mask:
        """Which rows are in a state."""
        found: Mask = self.states == STATES.index(state)
        return found

    def ends_before(self, when: datetime) -> Mask:
        """Which rows have an end, and that before a moment."""
        found: Mask = self.ends < moment(when)
        return found

    def online(self, now: datetime) -> Mask:
        """Published, and not over."""
        return self.are(State.PUBLISHED) & (self.ends >= moment(now))

    def of_provider(self, pk: int) -> Mask:
        """Which rows are a provider's."""
        found: Mask = self.providers == pk
        return found

    def published(self) -> Mask:
        """What is or was to be found, over or not: see `OfferQuerySet.published`."""
        return self.are(State.PUBLISHED) & ~self.hidden & np.isin(self.providers, public_providers())

    def current(self, now: datetime) -> Mask:
        """What residents find: see `OfferQuerySet.current`."""
        return self.published() & ~self.ends_before(now)

    def conditions(self, moving: Moving, now: datetime) -> Small:
        """The place in `CONDITIONS` of each offer's condition. The rules are asked (`portal.offers.condition`), once
        for each kind of row."""
        kinds = self.states.astype(np.int64)
        facts = (self.of(moving.waiting), self.of(moving.returned), self.ends_before(now), self.hidden)
        for bit, fact in enumerate(facts):
            kinds = kinds | fact.astype(np.int64) << (4 + bit)
        table = np.zeros(256, np.uint8)
        for kind in np.unique(kinds).tolist():
            table[kind] = CONDITIONS.index(_condition_of(kind, now))
        return table[kinds]

    def upkeep(self, now: datetime) -> Upkeep:
        """What ends soon, and what nobody has looked at for long, by the municipality's rules."""
        rules, online = Preferences.current(), self.online(now)
        soon = online & self.ends_before(now + timedelta(weeks=rules.ends_soon_weeks))
        return Upkeep(soon, online & self.stale(timezone.localdate(now), rules.stale_after_months))

    def checked(self) -> Numbers:
        """When somebody looked at each offer last: the beginning of the day on which it was checked, by the time of the
        database, else when it was changed."""
        days = self.reviewed.astype(np.int64) - _EPOCH.toordinal()
        found: Numbers = np.where(self.reviewed > 0, days * _A_DAY, self.updated)
        return found

    def stale(self, today: date, months: int) -> Mask:
        """As `portal.offers.freshness.long_unchecked` says it."""
        oldest = stale_before(today, months)
        looked, changed = self.reviewed, self.updated < moment(start_of(oldest))
        found: Mask = np.where(looked > 0, looked < oldest.toordinal(), changed)
        return found


def _condition_of(kind: int, now: datetime) -> Condition:
    state, waiting, returned, over, hidden = kind & 15, *(bool(kind >> bit & 1) for bit in (4, 5, 6, 7))
    ends_at = now - timedelta(days=1) if over else None
    return condition(STATES[state], ends_at, waiting=waiting, returned=returned, now=now, hidden=hidden)


def public_providers() -> Numbers:
    """The numbers of all of them."""
    return remembered("offers.public_providers", lambda: numbers_of(Provider.objects.public()), rooms=("providers",))


def ledger(name: str, questions: Callable[[], Collection[Q]] = tuple) -> Ledger:
    """The ledger of the municipality we are inside, as of now. `questions` are of an offer and its places and pictures
    alone, whatever the time; `name` is that of their room."""
    return followed(
        f"{name}.ledger",
        lambda: load(questions()),
        lambda old, changed: keep_up(old, changed, questions()),
        rooms=("offers",),
    )


def keep_up(old: Ledger, changed: Mapping[str, Changed], questions: Collection[Q]) -> Ledger | None:
    """The ledger after some changes; None where all is to be read anew."""
    touched = changed.get("offers", frozenset())
    if touched is None or len(touched) > max(FEW, len(old.ids) // PART):
        return None
    if not touched:
        return old
    stays, fresh = ~old.of(np.array(sorted(touched), np.int64)), load(questions, touched)
    joined = [
        np.concatenate([getattr(old, column)[stays], getattr(fresh, column)]) for column in Ledger.__dataclass_fields__
    ]
    return _in_order(joined)


def load(questions: Collection[Q], only: Collection[int] | None = None) -> Ledger:
    """Read it, or what it says of some offers; one statement."""
    rows: QuerySet[Any] = Offer.objects.all() if only is None else Offer.objects.filter(pk__in=only)
    columns: dict[str, Expression] = {
        "ids": Packed("pk"),
        "providers": Packed("provider_id"),
        "states": Packed(whens((Q(state=state) for state in STATES), range(len(STATES)))),
        "ends": Packed(microseconds("ends_at")),
        "reviewed": Packed(Func(F("reviewed_at"), template="COALESCE(%(expressions)s - DATE '0001-01-01' + 1, 0)",
                                output_field=BigIntegerField())),
        "updated": Packed(microseconds("updated_at")),
        "hidden": Packed(whens([Q(hidden_at__isnull=False)], [1])),
        "traits": Packed(bits(questions)),
    }  # fmt: skip
    read = rows.order_by().aggregate(**columns)
    return _in_order([numbers(read[name]) for name in columns])


def _in_order(columns: list[Any]) -> Ledger:
    order = np.argsort(columns[0], kind="stable")
    kinds = (np.int64, np.int64, np.uint8, np.int64, np.int32, np.int64, np.bool_, np.uint32)
    return Ledger(*(each[order].astype(kind) for each, kind in zip(columns, kinds, strict=True)))


def whens(conditions: Iterable[Q], values: Iterable[int]) -> Case:
    """The value beside the first condition that fits, else 0."""
    pairs = zip(conditions, values, strict=True)
    whens = (When(fits, then=Value(value)) for fits, value in pairs)
    return Case(*whens, default=Value(0), output_field=BigIntegerField())


def bits(questions: Collection[Q]) -> Any:
    """The sum of one bit for each question."""
    bits = (whens([question], [1 << bit]) for bit, question in enumerate(questions))
    return reduce(add, bits, Value(0, output_field=BigIntegerField()))


def microseconds(field: str) -> Func:
    """A time as `moment` tells it."""
    return Func(
        F(field),
        template=f"COALESCE((extract(epoch FROM %(expressions)s) * 1000000)::bigint, {NEVER})",
        output_field=BigIntegerField(),
    )
