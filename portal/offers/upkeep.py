"""What an offer asks of its people: an answer, an end, a look whether it is still right. For lists, in SQL."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.condition import MOVING, subjects_returned, subjects_waiting, with_condition_key
from portal.offers.freshness import long_unchecked
from portal.offers.states import State
from portal.preferences.models import Preferences

RUNS = 9
"""The rank of what needs nobody."""


class Mark(StrEnum):
    """What is to be done; an offer may have several."""

    WAITS = "wartet"
    ENDS_SOON = "endet"
    UNCHECKED = "pruefen"


def with_upkeep(offers: QuerySet[Any], *, now: datetime | None = None) -> QuerySet[Any]:
    """Add `condition`, `ends_soon`, `unchecked`, `rank` (the order of work), `waits` and `marks` (some `Mark`)."""
    moment = now or timezone.now()
    facts = _Facts.at(moment)
    rows = _with_times(offers, facts, moment).annotate(rank=_rank(facts.online, facts.soon, facts.unchecked))
    found: QuerySet[Any] = rows.annotate(
        waits=_whether(Q(rank__lt=RUNS)), marks=_marks(_if(Q(rank__lt=RUNS), Mark.WAITS), facts)
    )
    return found


def with_marks(offers: QuerySet[Any], *, now: datetime | None = None) -> QuerySet[Any]:
    """The same without the order of work, for lists that are not about it: `marks` says only what time has done."""
    moment = now or timezone.now()
    facts = _Facts.at(moment)
    found: QuerySet[Any] = _with_times(offers, facts, moment).annotate(marks=_marks(None, facts))
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """What ends within some weeks is marked; it waits for its people only where its dates go on and could be extended:
    a festival of one day simply takes place. Said by columns and not by `condition`, which SQL would work out each
    time."""

    online: Q
    soon: Q
    unchecked: Q

    @classmethod
    def at(cls, moment: datetime) -> "_Facts":
        rules = Preferences.current()
        online = Q(state=State.PUBLISHED) & (Q(ends_at__isnull=True) | Q(ends_at__gte=moment))
        soon = online & Q(ends_at__lt=moment + timedelta(weeks=rules.ends_soon_weeks))
        stale = long_unchecked(today=timezone.localdate(moment), months=rules.stale_after_months)
        return cls(online, soon, online & stale)


def _with_times(offers: QuerySet[Any], facts: _Facts, moment: datetime) -> QuerySet[Any]:
    found: QuerySet[Any] = with_condition_key(offers, now=moment).annotate(
        ends_soon=_whether(facts.soon), unchecked=_whether(facts.unchecked)
    )
    return found


def _marks(first: Case | None, facts: _Facts) -> Func:
    parts = [_if(facts.soon, Mark.ENDS_SOON), _if(facts.unchecked, Mark.UNCHECKED)]
    return Func(
        *([first] if first is not None else []),
        *parts,
        template="ARRAY[%(expressions)s]::varchar[]",
        output_field=ArrayField(CharField()),
    )


def _rank(online: Q, soon: Q, unchecked: Q) -> Case:
    """Returned, blocked, hidden, ending, unfinished, long unchecked; then everything that runs by itself."""
    returned = Q(state=State.RETURNED) | Q(state__in=MOVING, pk__in=subjects_returned())
    order = (
        returned,
        Q(state=State.BLOCKED) & ~Q(pk__in=subjects_waiting()),
        online & Q(hidden_at__isnull=False),
        soon & ~Q(schedule_kind=ScheduleKind.DATES),
        Q(state=State.DRAFT),
        unchecked,
    )
    whens = (When(fits, then=Value(number)) for number, fits in enumerate(order))
    return Case(*whens, default=Value(RUNS), output_field=IntegerField())


def _whether(fits: Q) -> Case:
    return Case(When(fits, then=Value(True)), default=Value(False), output_field=BooleanField())


def _if(fits: Q, mark: Mark) -> Case:
    return Case(When(fits, then=Value(mark.value)), default=None, output_field=CharField())
