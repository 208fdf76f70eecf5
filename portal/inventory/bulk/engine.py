"""Doing a deed with thousands of rows: in parts, each one job, until all are done or somebody stops it.

A part is one transaction: its rows, what they were (`BulkItem`), the counters and the job of the next part. Killed in
the middle, nothing of it stays and the queue starts it again; killed after the commit, its receipt stops the second
start (`jobs.declare`). So each row is changed once, whatever happens to the process or to the browser.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core.access import is_editor
from jobs.declare import job
from portal.inventory.bulk import letters
from portal.inventory.bulk.deeds import ChangedSinceError, Deed, Done, Params
from portal.inventory.bulk.offer_deeds import OFFER_DEEDS
from portal.inventory.bulk.provider_deeds import PROVIDER_DEEDS
from portal.inventory.models import BulkItem, BulkRun, Subject
from portal.revisions.errors import EditingError

PART = 50
"""Rows in one transaction: about a second of work, and as long as “stop” waits at most."""
BATCH = 2000
LONGEST_REASON = 300
DEEDS: dict[Subject, dict[str, Deed]] = {
    Subject.OFFERS: {deed.name: deed for deed in OFFER_DEEDS},
    Subject.PROVIDERS: {deed.name: deed for deed in PROVIDER_DEEDS},
}
_REFUSALS = (ValidationError, PermissionDenied, EditingError, ObjectDoesNotExist)


def deed_of(run: BulkRun) -> Deed:
    """What a run does."""
    return DEEDS[Subject(run.subject)][run.deed]


def start(
    deed: Deed, ids: Sequence[int], *, by: Any, key: str, params: Params, reason: str = "", tells: bool = False
) -> tuple[BulkRun, bool]:
    """Begin to do a deed with these rows; the same key once more is the same run. Whether it is a new one."""
    with transaction.atomic():
        run, fresh = BulkRun.objects.get_or_create(
            key=key,
            defaults={
                "subject": deed.subject,
                "deed": deed.name,
                "params": dict(params),
                "reason": reason,
                "tells": tells and deed.tells,
                "total": len(ids),
                "started_by": by,
                "started_by_name": str(by)[:254],
            },
        )
        if fresh:
            items = (BulkItem(run=run, subject_id=pk) for pk in ids)
            BulkItem.objects.bulk_create(items, batch_size=BATCH)
            record("bulk.start", run, by=by, changes={"deed": deed.name, "number": len(ids), **dict(params)})
            go_on(run)
    return run, fresh


def go_on(run: BulkRun) -> None:
    """Queue the next part."""
    do_part.defer(run=run.pk)


def stop(run: BulkRun, *, by: Any) -> bool:
    """Let it end after the part that runs now. False where it had ended."""
    with transaction.atomic():
        stopped = BulkRun.objects.filter(pk=run.pk, state=BulkRun.State.RUNNING).update(
            state=BulkRun.State.STOPPED, ended_at=timezone.now()
        )
        if stopped:
            record("bulk.stop", run, by=by)
    return bool(stopped)


def resume(run: BulkRun, *, by: Any) -> bool:
    """Go on where it was stopped."""
    with transaction.atomic():
        found = BulkRun.objects.filter(pk=run.pk, state=BulkRun.State.STOPPED)
        if not found.update(state=BulkRun.State.RUNNING, ended_at=None):
            return False
        record("bulk.resume", run, by=by)
        go_on(run)
    return True


def take_back(run: BulkRun, *, by: Any) -> bool:
    """Bring back what it did, row by row; what was changed since stays. False where that is not possible (any more)."""
    with transaction.atomic():
        locked = BulkRun.objects.select_for_update().get(pk=run.pk)
        if not may_take_back(locked):
            return False
        # Who was not told that it was done need not be told that it was undone.
        locked.tells = locked.tells and locked.state == BulkRun.State.DONE
        locked.back, locked.back_by = True, by
        locked.state, locked.ended_at = BulkRun.State.RUNNING, None
        locked.save(update_fields=["tells", "back", "back_by", "state", "ended_at"])
        record("bulk.take_back", locked, by=by)
        go_on(locked)
    return True


def may_take_back(run: BulkRun) -> bool:
    """Seven days long, once it has ended, and where the deed knows the way back."""
    return not run.is_running and not run.back and run.is_recent and run.done > 0 and deed_of(run).goes_back


@job()
def do_part(run: int) -> None:
    """The next rows of a run, and the job of those after them. (The worker finds it by `tasks.py`.)"""
    found = BulkRun.objects.select_for_update().filter(pk=run).first()
    if found is not None and found.is_running:
        _next_part(found)


def _next_part(run: BulkRun) -> None:
    by = run.back_by if run.back else run.started_by
    if by is None or not is_editor(by):
        # Whoever began it is no editor any more: nobody answers for the rest.
        _end(run, BulkRun.State.STOPPED)
        return
    wanted = BulkItem.State.DONE if run.back else BulkItem.State.PENDING
    items = list(run.items.filter(state=wanted).order_by("subject_id")[:PART])
    for item in items:
        _undone(run, item, by) if run.back else _done(run, item, by)
    BulkItem.objects.bulk_update(items, ["state", "reason", "before", "after"])
    if len(items) < PART:
        _end(run, BulkRun.State.DONE)
        return
    run.save(update_fields=["done", "refused", "returned", "kept"])
    go_on(run)


def _end(run: BulkRun, state: BulkRun.State) -> None:
    run.state, run.ended_at = state, timezone.now()
    run.save(update_fields=["done", "refused", "returned", "kept", "state", "ended_at"])
    if state == BulkRun.State.DONE and run.tells:
        letters.tell(run, deed_of(run))


def _done(run: BulkRun, item: BulkItem, by: Any) -> None:
    deed = deed_of(run)
    try:
        with transaction.atomic():
            done = deed.act(item.subject_id, run.params, by)
    except _REFUSALS as error:
        done, item.reason = None, _said(error)
    if done is None:
        item.state = BulkItem.State.REFUSED
        item.reason = item.reason or _("It is so already.")
        run.refused += 1
    else:
        item.state, item.before, item.after = BulkItem.State.DONE, done.before, done.after
        run.done += 1


def _undone(run: BulkRun, item: BulkItem, by: Any) -> None:
    revert = deed_of(run).revert
    try:
        with transaction.atomic():
            if revert is not None:
                revert(item.subject_id, Done(item.before, item.after), by)
    except ChangedSinceError:
        item.state, item.reason = BulkItem.State.KEPT, _("It was changed since.")
    except _REFUSALS as error:
        item.state, item.reason = BulkItem.State.KEPT, _said(error)
    else:
        item.state = BulkItem.State.BACK
    run.returned += item.state == BulkItem.State.BACK
    run.kept += item.state == BulkItem.State.KEPT


def _said(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)[:LONGEST_REASON]
    if isinstance(error, ObjectDoesNotExist):
        return _("It does not exist any more.")
    if isinstance(error, PermissionDenied):
        return _("That is not possible in its present state.")
    return str(error)[:LONGEST_REASON]
