"""What an offer asks of its people: an answer, an end, a look whether it is still right. For lists, in SQL."""

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
    """Add `condition`, `ends_soon`, `unchecked`, `rank` (the order of work), `waits` and `marks` (an array of `Mark`).

    What ends within some weeks is marked; it waits for its people only where its dates go on and could be extended: a
    festival of one day simply takes place. Said by columns and not by `condition`, which SQL would work out each time.
    """
    moment = now or timezone.now()
    rules = Preferences.current()
    online = Q(state=State.PUBLISHED) & (Q(ends_at__isnull=True) | Q(ends_at__gte=moment))
    soon = online & Q(ends_at__lt=moment + timedelta(weeks=rules.ends_soon_weeks))
    unchecked = online & long_unchecked(today=timezone.localdate(moment), months=rules.stale_after_months)
    rows = with_condition_key(offers, now=moment).annotate(
        ends_soon=_whether(soon), unchecked=_whether(unchecked), rank=_rank(online, soon, unchecked)
    )
    found: QuerySet[Any] = rows.annotate(waits=_whether(Q(rank__lt=RUNS))).annotate(
        marks=Func(
            _if(Q(rank__lt=RUNS), Mark.WAITS),
            _if(soon, Mark.ENDS_SOON),
            _if(unchecked, Mark.UNCHECKED),
            template="ARRAY[%(expressions)s]::varchar[]",
            output_field=ArrayField(CharField()),
        )
    )
    return found


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
