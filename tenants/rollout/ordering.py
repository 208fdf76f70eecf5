"""Asking for a rollout, for going on with it and for its end, without waiting for any of it.

Whoever does the work (a job, or `manage rollout`) calls `tenants.rollout.services.roll_out`.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.refused import RefusedError
from tenants.rollout.waves import check_wave
from tenants.rollout.wish import MOST_JOBS, Wish
from tenants.rollout_records import OPEN, UNFINISHED, Rollout, RolloutState, StopReason
from tenants.running.context import inside_public

MOST_PERCENT = 100
# Minutes: a day.
LONGEST_WATCH = 1440


class UnderWayError(RefusedError):
    """There is a rollout already; `rollout` is it."""

    def __init__(self, rollout: Rollout) -> None:
        super().__init__(_("Rollout %(number)d is under way already.") % {"number": rollout.pk})
        self.rollout = rollout


def open_rollout() -> Rollout | None:
    """The one that waits for its turn or is under way."""
    return Rollout.objects.filter(state__in=OPEN).first()


def order(wish: Wish, *, code: str, by: Any) -> Rollout:
    """Put a rollout in line; `code` is the release it was planned with. Raises UnderWayError when there is one, and
    RefusedError for what is impossible."""
    if not (0 <= wish.most_failures <= MOST_PERCENT and 0 <= wish.watch <= LONGEST_WATCH):
        raise RefusedError(_("Failures are given in percent from 0 to 100, the watch in minutes from 0 to 1440."))
    with inside_public():
        check_wave(wish.wave)
        return _put_in_line(
            Rollout(
                by=_name(by),
                state=RolloutState.WAITING,
                wave=wish.wave,
                jobs=max(1, min(wish.jobs, MOST_JOBS)),
                most_failures=wish.most_failures,
                watch=wish.watch,
                code=code,
            ),
            "rollout.order",
            by,
        )


def order_again(number: int, *, by: Any) -> Rollout:
    """Put the newest rollout, which did not end well, in line again. Raises UnderWayError and RefusedError."""
    with inside_public(), transaction.atomic():
        there = open_rollout()
        if there is not None:
            raise UnderWayError(there)
        rollout = Rollout.objects.select_for_update().filter(state__in=UNFINISHED).order_by("-pk").first()
        if rollout is None or rollout.pk != number:
            raise RefusedError(_("This rollout is over, or a later one took its place."))
        rollout.become(RolloutState.WAITING)
        rollout.take_up(timezone.now())
        rollout.ended_at = None
        return _put_in_line(rollout, "rollout.resume", by)


def _name(by: Any) -> str:
    """Of a person the address, else what acts."""
    return str(getattr(by, "email", "") or by)


def _put_in_line(rollout: Rollout, action: str, by: Any) -> Rollout:
    try:
        with transaction.atomic():
            rollout.save()
            record(action, rollout, by=by)
    except IntegrityError as error:
        there = open_rollout()
        if there is None:
            raise
        raise UnderWayError(there) from error
    return rollout


def ask_to_stop(*, by: Any, number: int | None = None) -> Rollout:
    """Have the rollout that is open stop: at once while it waits, else when the municipalities under way are done.

    Asked twice is once. Raises RefusedError when there is none, or none of this number.
    """
    with inside_public(), transaction.atomic():
        rollout = Rollout.objects.select_for_update().filter(state__in=OPEN).first()
        if rollout is None or number not in {None, rollout.pk}:
            raise RefusedError(_("There is no rollout to stop."))
        if rollout.stop_asked_at is not None:
            return rollout
        rollout.stop_asked_at, rollout.stop_asked_by = timezone.now(), _name(by)
        if rollout.state == RolloutState.WAITING:
            rollout.become(RolloutState.STOPPED)
            rollout.reason, rollout.ended_at = StopReason.ASKED, timezone.now()
        rollout.save()
        record("rollout.stop", rollout, by=by)
    return rollout


def note_dead(number: int) -> None:
    """Nobody works on this rollout any more, nor will by itself: it can be gone on with."""
    with inside_public(), transaction.atomic():
        rollout = Rollout.objects.select_for_update().filter(pk=number, state__in=OPEN).first()
        if rollout is None:
            return
        was_running = rollout.state == RolloutState.RUNNING
        rollout.become(RolloutState.INTERRUPTED if was_running else RolloutState.STOPPED)
        rollout.ended_at = timezone.now()
        rollout.save(update_fields=["state", "ended_at"])


def could_not_begin(number: int, why: str) -> None:
    """Its turn came and it was refused; one that has begun is left alone."""
    with inside_public():
        Rollout.objects.filter(pk=number, state=RolloutState.WAITING).update(
            state=RolloutState.STOPPED, reason=StopReason.REFUSED, remark=why, ended_at=timezone.now()
        )
