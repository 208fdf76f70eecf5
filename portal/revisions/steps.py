"""What a verb is made of: settling, entering, applying, and noting each step for the audit log and the mails."""

from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from audit.services import record
from core.acting import name_of
from portal.revisions import subject
from portal.revisions.kinds import Kind
from portal.revisions.merging import Standing
from portal.revisions.models import Desk, Revision, State
from portal.revisions.results import Outcome
from portal.revisions.signals import Event, moved
from portal.revisions.tokens import Content, Marks, mark_of, marks_of


def settle(revision: Revision, state: State, by: Any) -> None:
    """Decide on a revision; it is not saved here."""
    now = timezone.now()
    revision.state, revision.waits_for = state, Desk.NOBODY
    revision.decided_at = revision.settled_at = now
    revision.decided_by_id = by.pk if isinstance(by, Model) else None
    revision.decided_by_name = name_of(by)[:254]
    revision.submitted_at = revision.submitted_at or now
    revision.typed = {}


def follow(kind: Kind, row: Any, after: Standing) -> Marks:
    """Write a save to the row of a draft, as far as the row can hold it, and return what the row has then.

    What cannot be stored yet (an amount still missing) stays in the working revision only; so do the words where
    somebody else's stand in the row.
    """
    changed = [
        name for name, value in after.content.items() if name not in after.clashing and value != after.head.get(name)
    ]
    if changed:
        now = kind.apply(row, after.content, changed).content
        _carried_along(kind, row, now)
        return {**after.marks, **{name: mark_of(now[name]) for name in changed}}
    return after.marks


def _carried_along(kind: Kind, row: Any, now: Content) -> None:
    """What waited when the row was taken down still waits, and goes on standing on the row: decided on later, it must
    not bring back what was written over meanwhile."""
    waiting = subject.waiting_for(kind, row.pk)
    if waiting is not None and subject.rebased(kind, waiting, now):
        waiting.save()


def enter(kind: Kind, row: Any, revision: Revision, *, by: Any, approved: bool = False) -> Outcome:
    """Let a text wait where it must, else apply it."""
    desk = kind.rules.desk(row, by)
    if desk == Desk.NOBODY:
        return apply(kind, row, revision, by=by, approved=approved)
    return _wait(kind, row, revision, desk, by=by, handed_on=approved)


def _wait(kind: Kind, row: Any, revision: Revision, desk: Desk, *, by: Any, handed_on: bool) -> Outcome:
    bound = kind.rules.is_bound(row)
    if bound:
        now_public = kind.take(row)
        if not handed_on and revision.content == now_public:
            return _nothing_new(kind, row, revision)
        # What it changes is what differs from the row, also where somebody before wished it: see `subject.rebased`.
        revision.marks = marks_of(now_public)
    _replace_waiting(kind, row, revision, by)
    now = timezone.now()
    left_out: tuple[str, ...] = ()
    if not bound:
        kind.rules.written_by(row, revision.author_id)
        left_out = kind.apply(row, revision.content, None).left_out
    revision.version += handed_on
    revision.state, revision.waits_for, revision.typed = State.SUBMITTED, desk, {}
    revision.submitted_at, revision.settled_at = revision.submitted_at or now, now
    revision.save()
    _close_returned(kind, row, revision)
    event = Event.HANDED_ON if handed_on else Event.SUBMITTED
    kind.rules.entered(row, event, by=by)
    note(row, revision, event, by=by)
    return Outcome(revision, waiting=desk, left_out=left_out)


def _nothing_new(kind: Kind, row: Any, revision: Revision) -> Outcome:
    """A text that is what residents see already leaves nothing behind."""
    if revision.pk:
        revision.delete()
    return Outcome(subject.last_applied(kind, row.pk), unchanged=True)


def _replace_waiting(kind: Kind, row: Any, revision: Revision, by: Any) -> None:
    waiting = subject.waiting_for(kind, row.pk)
    if waiting is not None and waiting.pk != revision.pk:
        settle(waiting, State.REPLACED, by)
        waiting.save()
        revision.based_on = revision.based_on or waiting


def apply(kind: Kind, row: Any, revision: Revision, *, by: Any, approved: bool) -> Outcome:
    """Make the row what the revision says, keep what it was, and let the row's state follow."""
    bound = kind.rules.is_bound(row)
    before = subject.changed_elsewhere(kind, row) if bound else None
    if bound and not approved and revision.content == (before or kind.take(row)):
        return _nothing_new(kind, row, revision)
    if before is not None:
        _keep_what_was(kind, row, before)
    kind.rules.written_by(row, revision.author_id)
    applied = kind.apply(row, kind.content_of(revision), None)
    revision.content, revision.format = applied.content, kind.format
    waiting = subject.waiting_for(kind, row.pk)
    _settle_applied(kind, revision, by)
    if not (bound and kind.rules.is_editor(by) and not approved):
        _close_returned(kind, row, revision)
    kind.rules.entered(row, Event.APPLIED, by=by, approved=approved)
    if waiting is not None and waiting.pk != revision.pk:
        _after_another(kind, waiting, revision, by, within=not bound)
    note(row, revision, Event.APPLIED, by=by)
    return Outcome(revision, applied=True, left_out=applied.left_out)


def _settle_applied(kind: Kind, revision: Revision, by: Any) -> None:
    settle(revision, State.APPLIED, by)
    revision.informed = not kind.rules.is_editor(by)
    revision.save()


def _keep_what_was(kind: Kind, row: Any, content: Content) -> None:
    """A text that came past the engine becomes history before it is overwritten."""
    was = Revision(kind=kind.name, subject_id=row.pk, content=content, format=kind.format, marks=marks_of(content))
    settle(was, State.APPLIED, None)
    was.settled_at = was.settled_at - timedelta(microseconds=1) if was.settled_at else None
    was.save()


def _close_returned(kind: Kind, row: Any, revision: Revision) -> None:
    """What was returned before is answered by what comes now."""
    open_ones = Revision.objects.of(kind.name, row.pk).still_returned().exclude(pk=revision.pk)
    open_ones.update(seen_at=timezone.now())


def _after_another(kind: Kind, waiting: Revision, applied: Revision, by: Any, *, within: bool) -> None:
    """Somebody's own newer text takes the place of what they had waiting; others' go on, standing on the new row.

    `within`: the row was not public, so that what waited stood in it already and became public with it.
    """
    if within or (waiting.author_id == applied.author_id and waiting.author_id is not None):
        settle(waiting, State.REPLACED, by)
    else:
        subject.rebased(kind, waiting, kind.content_of(applied))
    waiting.save()


def note(row: Any, revision: Revision, event: Event, *, by: Any) -> None:
    """One audit entry and one signal for each step, in its transaction."""
    record(f"revision.{event}", row, by=by, changes=changes_of(revision))
    moved.send(Revision, revision=revision, event=event, by=by)


def changes_of(revision: Revision) -> dict[str, Any]:
    """What the audit log says of a step."""
    changes: dict[str, Any] = {"revision": [revision.based_on_id, revision.pk]}
    if revision.waits_for:
        changes["waits_for"] = ["", revision.waits_for]
    return changes
