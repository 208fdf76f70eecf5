"""What happens to offers."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from audit.services import record, record_many
from core.bulk import write_columns
from portal.offers import freshness
from portal.offers.choices import ScheduleKind
from portal.offers.documents import refresh_search_text
from portal.offers.left_out import holidays_between
from portal.offers.models import Occurrence, Offer, Schedule
from portal.offers.models.schedule import Off
from portal.offers.occurrences import HORIZON, end_of, expand
from portal.offers.states import MACHINE, State
from portal.providers.approval import acts_for_the_editors
from portal.providers.services import actors_of

BATCH = 2000
CHUNK = 200
LONGEST_PROBLEM = 300
logger = logging.getLogger(__name__)


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
        write_occurrences(rules)
        # What was wrong with the rules of before is wrong no more.
        offer.dates_problem = ""
        offer.save(update_fields=["schedule_kind", "ends_at", "dates_problem", "slug", "updated_at"])


def write_occurrences(rules: Iterable[Schedule], *, horizon: date | None = None) -> int:
    """Expand saved rules into the table, adding what is missing, and return the number of rows offered to it."""
    oldest = _oldest_kept()
    rows = [row for rule in rules for row in expand(rule, horizon=horizon) if row.ends_at >= oldest]
    Occurrence.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def extend_occurrences() -> list[int]:
    """Move the horizon of all open repetitions on; the nightly job. Returns the ids of offers for which that failed.

    Each offer stands for itself: what is wrong with one is logged and written into its `dates_problem` and the audit
    log, and all others get their dates.
    """
    horizon = timezone.localdate() + HORIZON
    leave_out_holidays(horizon)
    offers = (
        Offer.objects.filter(
            state__in=[State.PUBLISHED, State.PAUSED], schedules__in=Schedule.objects.exclude(rrule="")
        )
        .distinct()
        .order_by("pk")
        .prefetch_related(Prefetch("schedules", Schedule.objects.exclude(rrule="")))
    )
    failed = []
    for start in range(0, len(ids := list(offers.values_list("pk", flat=True))), CHUNK):
        chunk = list(offers.filter(pk__in=ids[start : start + CHUNK]))
        problems = _extend(chunk, horizon)
        failed += sorted(problems)
        _note_problems(chunk, problems)
    if failed:
        logger.error("%d offers got no new dates in the night: %s", len(failed), failed)
    return failed


def leave_out_holidays(until: date) -> None:
    """Take away dates on days that became holidays since they were written, and correct when offers end with it."""
    today = timezone.localdate()
    flagged = Schedule.objects.exclude(off=[])
    if not flagged.exists():
        return
    for off in Off.values:
        gone = Occurrence.objects.filter(
            schedule__off__contains=[off], first_date__in=holidays_between(off, today, until)
        )
        if gone.exists():
            gone.delete()
    ending = Offer.objects.filter(schedules__in=flagged, ends_at__gt=timezone.now()).distinct()
    for offer in ending.prefetch_related("schedules").iterator(CHUNK):
        ends_at = end_of(offer.schedules.all())
        if ends_at != offer.ends_at:
            Offer.objects.filter(pk=offer.pk).update(ends_at=ends_at)


def _extend(offers: Sequence[Offer], horizon: date) -> dict[int, str]:
    """All at once, and where that fails one by one; returns what is wrong with which offer."""
    try:
        with transaction.atomic():
            write_occurrences((rule for offer in offers for rule in offer.schedules.all()), horizon=horizon)
    except Exception as error:
        if len(offers) == 1:
            logger.exception("The dates of offer %s cannot be expanded.", offers[0].pk)
            return {offers[0].pk: f"{type(error).__name__}: {error}"[:LONGEST_PROBLEM]}
        problems: dict[int, str] = {}
        middle = len(offers) // 2
        for part in (offers[:middle], offers[middle:]):
            problems |= _extend(part, horizon)
        return problems
    return {}


def _note_problems(offers: Iterable[Offer], problems: dict[int, str]) -> None:
    for offer in offers:
        problem = problems.get(offer.pk, "")
        if problem != offer.dates_problem:
            Offer.objects.filter(pk=offer.pk).update(dates_problem=problem)
            record("dates_problem", offer, by=None, changes={"dates_problem": [offer.dates_problem, problem]})


def _oldest_kept() -> datetime:
    return timezone.now() - settings.KEEP_PAST_DATES


def forget_past_occurrences() -> int:
    """Remove dates that ended too long ago for anybody to ask; the nightly job. Returns how many.

    The rules stay, and with them what an offer's page and its calendar file say of the past.
    """
    past = Occurrence.objects.filter(ends_at__lt=_oldest_kept())
    # A statement that removes nothing tells every process all the same that something changed.
    return past.delete()[0] if past.exists() else 0


def change_state(
    offer: Offer, state: State, *, by: Any, reason: str = "", trusted: bool = False, only_from: State | None = None
) -> None:
    """Move an offer to another state, and note who did it (see `portal.providers.services.actors_of`).

    Raises ValidationError where that step does not exist, PermissionDenied where it is somebody else's. When it was
    first public stays, whatever happens to it in between: what comes back is not new to residents. `only_from`: the
    one state the verb starts from; where it is there already, nothing happens.
    """
    with transaction.atomic():
        locked = Offer.objects.select_for_update().get(pk=offer.pk)
        if only_from is not None and locked.state == state:
            return
        MACHINE.check(only_from or locked.state, state, actors_of(by, locked.provider, trusted=trusted))
        if only_from is not None and locked.state != only_from:
            raise ValidationError(MACHINE.refused(), params={"old": State(locked.state).label, "new": state.label})
        enter_state(locked, state, by=by, reason=reason)
    for name in ("state", "state_reason", "published_at", "taken_down_at"):
        setattr(offer, name, getattr(locked, name))


def enter_state(locked: Offer, state: State, *, by: Any, reason: str = "") -> None:
    """Write another state to a locked row and note who did it; whether that is allowed, the caller has found out."""
    old = locked.state
    locked.save(update_fields=_moved_to(locked, state, by=by, reason=reason))
    if state == State.PUBLISHED:
        refresh_search_text([locked])
    record("state", locked, by=by, changes={"state": [old, state]})


def enter_state_of_many(locked: Sequence[Offer], state: State, *, by: Any) -> None:
    """As `enter_state` of each, in a few statements for all."""
    old = [row.state for row in locked]
    columns = {name for row in locked for name in _moved_to(row, state, by=by)}
    write_columns(locked, sorted(columns))
    if state == State.PUBLISHED:
        refresh_search_text(locked)
    told = [(row, {"state": [before, state]}) for row, before in zip(locked, old, strict=True)]
    record_many("state", told, by=by)


def _moved_to(row: Offer, state: State, *, by: Any, reason: str = "") -> list[str]:
    """Let the unsaved row be in another state; returns the columns to be written."""
    row.state = state
    row.state_reason = reason
    row.updated_at = timezone.now()
    looked_at: list[str] = []
    if state == State.PUBLISHED:
        row.published_at = row.published_at or timezone.now()
        row.taken_down_at = None
        looked_at = freshness.looked_at(row)
    elif state == State.BLOCKED or (state == State.RETURNED and acts_for_the_editors(by)):
        # The editors took it down: from now on it counts as never public, also when it is archived afterwards.
        # (Its own administrators may return a text to their members.)
        row.taken_down_at = timezone.now()
    return ["state", "state_reason", "published_at", "taken_down_at", "updated_at", *looked_at]


def publish(offer: Offer, *, by: Any, trusted: bool = False) -> None:
    """Make an offer public."""
    change_state(offer, State.PUBLISHED, by=by, trusted=trusted)
