"""What happens to offers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.offers.choices import ScheduleKind
from portal.offers.models import Occurrence, Offer, Schedule
from portal.offers.occurrences import HORIZON, end_of, expand
from portal.offers.states import State, check_transition

BATCH = 2000


def set_schedules(offer: Offer, kind: ScheduleKind, rules: Sequence[Schedule]) -> None:
    """Replace the dates of an offer: its rules, their occurrences, and when it is over.

    `rules` are unsaved Schedule objects; `ScheduleKind.NONE` takes none, every other kind at least one.
    """
    if (kind == ScheduleKind.NONE) == bool(rules):
        raise ValueError("An offer without dates has no rules, every other one has at least one.")
    with transaction.atomic():
        offer.schedules.all().delete()
        for position, rule in enumerate(rules):
            rule.offer = offer
            rule.position = position
            rule.full_clean(exclude=["offer"])
        Schedule.objects.bulk_create(rules)
        offer.schedule_kind = kind
        offer.ends_at = end_of(rules)
        offer.save(update_fields=["schedule_kind", "ends_at", "slug", "updated_at"])
        write_occurrences(rules)


def write_occurrences(rules: Iterable[Schedule], *, horizon: date | None = None) -> int:
    """Expand saved rules into the table, adding what is missing, and return the number of rows offered to it."""
    oldest = _oldest_kept()
    rows = [row for rule in rules for row in expand(rule, horizon=horizon) if row.ends_at >= oldest]
    Occurrence.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def extend_occurrences() -> int:
    """Move the horizon of all open repetitions on; the nightly job. Returns how many rules were expanded."""
    rules = list(Schedule.objects.exclude(rrule="").filter(offer__state__in=[State.PUBLISHED, State.PAUSED]))
    write_occurrences(rules, horizon=timezone.localdate() + HORIZON)
    return len(rules)


def _oldest_kept() -> datetime:
    return timezone.now() - settings.KEEP_PAST_DATES


def forget_past_occurrences() -> int:
    """Remove dates that ended too long ago for anybody to ask; the nightly job. Returns how many.

    The rules stay, and with them what an offer's page and its calendar file say of the past.
    """
    past = Occurrence.objects.filter(ends_at__lt=_oldest_kept())
    # A statement that removes nothing tells every process all the same that something changed.
    return past.delete()[0] if past.exists() else 0


def change_state(offer: Offer, state: State, *, by: Any, reason: str = "") -> None:
    """Move an offer to another state if that is allowed, and note who did it."""
    with transaction.atomic():
        locked = Offer.objects.select_for_update().get(pk=offer.pk)
        check_transition(locked.state, state)
        old = locked.state
        locked.state = state
        locked.state_reason = reason
        if state == State.PUBLISHED:
            locked.published_at = timezone.now()
        elif state == State.RETURNED:
            # The editors took it down: from now on it counts as never public, also when it is archived afterwards.
            locked.published_at = None
        locked.save()
        record("state", locked, by=by, changes={"state": [old, state]})
    offer.state, offer.state_reason, offer.published_at = (
        locked.state,
        locked.state_reason,
        locked.published_at,
    )


def publish(offer: Offer, *, by: Any) -> None:
    """Make an offer public."""
    change_state(offer, State.PUBLISHED, by=by)
