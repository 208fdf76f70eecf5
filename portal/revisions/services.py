"""The engine: what happens to a text between the first key and the public page, for every kind alike.

Each verb is one transaction under the lock of the subject's row; row, revision and audit entry are written in it
together or not at all. Rooms with a kind wrap these verbs for their own rows (`portal.offers.editing`).
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.revisions import bulk, steps, subject
from portal.revisions.errors import (
    LONGEST_REASON,
    AlreadyDecidedError,
    ChangedMeanwhileError,
    IncompleteError,
    MovedOnError,
    ReasonMissingError,
    ReasonTooLongError,
)
from portal.revisions.kinds import Kind, Problem
from portal.revisions.merging import Standing, saved_onto
from portal.revisions.models import Desk, Revision, State
from portal.revisions.results import Draft, Outcome, Saved
from portal.revisions.signals import Event
from portal.revisions.tokens import Base, Content, marks_of, read


def begin(kind: Kind, pk: int, *, by: Any) -> Draft:
    """What a form of this subject starts from for this person. Writes nothing."""
    with transaction.atomic():
        row = _editable(kind, pk, by)
        head = subject.head_of(kind, row, by)
        working = subject.working_of(kind, row, by)
        place = subject.standing_of(kind, head, working)
        return Draft(
            content=place.content,
            base=_base(working, place.content),
            typed=working.typed if working else {},
            revision=working or head.revision,
            current=place.current,
            conflicts=place.clashing,
            reason=head.reason,
        )


def autosave(
    kind: Kind, pk: int, changes: Mapping[str, Any], *, by: Any, base: str, typed: Mapping[str, Any] | None = None
) -> Saved:
    """Keep what somebody has typed so far: `changes` is any part of a snapshot, `typed` what could not be understood.

    One working revision per person, changed in place. A row that was never public follows. Raises MovedOnError, with
    nothing written, where this would overwrite what the person has not seen.
    """
    with transaction.atomic():
        row = _editable(kind, pk, by)
        head = subject.head_of(kind, row, by)
        working = subject.working_of(kind, row, by)
        before = subject.standing_of(kind, head, working)
        clean = kind.canonical(changes)
        mine = {name: clean[name] for name in changes}
        after, overwritten = saved_onto(before, mine, read(base).marks)
        if overwritten:
            raise _moved_on(working, before, after, overwritten)
        revision = _kept(kind, row, working, before, after, by=by, typed=typed, head=head)
        return Saved(revision, after.content, _base(revision, after.content), after.theirs)


def _kept(
    kind: Kind,
    row: Any,
    working: Revision | None,
    before: Standing,
    after: Standing,
    *,
    by: Any,
    typed: Mapping[str, Any] | None,
    head: subject.Head,
) -> Revision | None:
    """The working revision with its new content, or None where nothing was ever changed."""
    kept_typed = dict(typed) if typed is not None else (working.typed if working else {})
    if working is None:
        if after.content == before.content and not kept_typed:
            return None
        working = Revision(kind=kind.name, subject_id=row.pk, **subject.authored(by), based_on=head.revision)
    elif (after.content, after.marks, kept_typed) == (subject.stored(kind, working), working.marks, working.typed):
        return working
    else:
        working.version += 1
    working.content, working.format, working.typed = after.content, kind.format, kept_typed
    working.marks = after.marks
    if kind.rules.follows(row):
        kind.rules.written_by(row, working.author_id)
        working.marks = steps.follow(kind, row, after)
    working.updated_at = timezone.now()
    working.save()
    return working


def submit(kind: Kind, pk: int, *, by: Any, base: str = "", note: str = "") -> Outcome:
    """Hand in what this person wrote: it waits, or is applied at once, as the rules say. Twice is once."""
    with transaction.atomic():
        row = kind.rules.lock(pk)
        _require(kind.rules.may_submit(by, row))
        started = read(base)
        working = subject.working_of(kind, row, by)
        if working is None:
            done = subject.already_submitted(kind, row, by, started)
            if done is not None:
                return done
        _require(kind.rules.is_editable(row))
        if working is not None and started.revision == working.pk and started.version != working.version:
            raise ChangedMeanwhileError(working)
        revision = _handed_in(kind, row, working, by)
        _complete(kind, row, revision.content, revision.typed)
        revision.note = note
        return steps.enter(kind, row, revision, by=by)


def change(
    kind: Kind, pk: int, edit: Callable[[Content], Mapping[str, Any]], *, by: Any, note: str = "", new_too: bool = False
) -> Outcome:
    """A change by one click, past what the person is still writing: `edit` is told the text that stands there for them
    (what waits, else the row) and says which keys become what. It waits or is applied as everything handed in. What
    says nothing new leaves nothing behind, so twice is once. Only for rows that are public or may become so as they
    stand: a text that was never decided on is changed where it is written; `new_too` hands that in, for programs, which
    have no other place to write.
    """
    with transaction.atomic():
        row = kind.rules.lock(pk)
        _require(kind.rules.may_submit(by, row) and kind.rules.is_editable(row))
        _require(new_too or kind.rules.is_bound(row))
        head = subject.head_of(kind, row, by)
        content = kind.canonical({**head.content, **edit(head.content)})
        if content == head.content and not kind.rules.follows(row):
            return Outcome(head.revision, already=True, unchanged=True)
        _complete(kind, row, content)
        marks = head.revision.marks if head.revision is not None else marks_of(head.content)
        revision = Revision(
            kind=kind.name, subject_id=row.pk, content=content, format=kind.format, marks=marks, note=note,
            based_on=head.revision, **subject.authored(by),
        )  # fmt: skip
        return steps.enter(kind, row, revision, by=by)


def _handed_in(kind: Kind, row: Any, working: Revision | None, by: Any) -> Revision:
    """The text to submit, with everything that moved meanwhile; without a working one, the row as it stands."""
    head = subject.head_of(kind, row, by)
    if working is None:
        content = head.content
        return Revision(
            kind=kind.name, subject_id=row.pk, content=content, format=kind.format, marks=marks_of(content),
            based_on=head.revision, **subject.authored(by),
        )  # fmt: skip
    place = subject.standing_of(kind, head, working)
    if place.clashing:
        raise _moved_on(working, place, place, place.clashing)
    working.content, working.format, working.marks = place.content, kind.format, place.marks
    return working


def make_waiting(kind: Kind, pk: int) -> None:
    """What a row that waits without a revision says becomes one, so that somebody can decide on it."""
    with transaction.atomic():
        row = kind.rules.lock(pk)
        if row.state == State.SUBMITTED and subject.waiting_for(kind, pk) is None:
            text = kind.take(row)
            bulk.let_wait(kind, {pk: text}, by=None, desks={pk: Desk.EDITORS}, rows={pk: text})


def withdraw(kind: Kind, revision: Revision, *, by: Any) -> Outcome:
    """Take a waiting text back; it goes on as the person's own working text."""
    with transaction.atomic():
        row, found = _locked(kind, revision)
        if found.state == State.WITHDRAWN:
            return Outcome(found, already=True)
        _require(kind.rules.may_edit(by, row))
        _still_waiting(found)
        _settle(found, State.WITHDRAWN, by)
        kind.rules.entered(row, Event.WITHDRAWN, by=by)
        if not kind.rules.follows(row) and subject.working_of(kind, row, by) is None:
            subject.continued(kind, found, by).save()
        steps.note(row, found, Event.WITHDRAWN, by=by)
        return Outcome(found)


def approve(
    kind: Kind, revision: Revision, *, by: Any, version: int, content: Mapping[str, Any] | None = None
) -> Outcome:
    """Apply exactly what was looked at (`version`), or with changes of one's own (`content`). Twice is once."""
    with transaction.atomic():
        row, found = _locked(kind, revision)
        done = subject.already_approved(kind, row, found, by, version)
        if done is not None:
            return done
        _require(kind.rules.may_decide(by, row, found) and kind.rules.is_editable(row))
        _still_waiting(found, version)
        if content is not None:
            found = _changed_by_decider(kind, row, found, content, by)
        return steps.enter(kind, row, found, by=by, approved=True)


def _changed_by_decider(kind: Kind, row: Any, found: Revision, content: Mapping[str, Any], by: Any) -> Revision:
    wanted = kind.canonical({**kind.content_of(found), **content})
    if wanted == kind.content_of(found):
        return found
    _complete(kind, row, wanted)
    _settle(found, State.REPLACED, by)
    return Revision(
        kind=kind.name, subject_id=found.subject_id, content=wanted, format=kind.format, marks=found.marks,
        based_on=found, **subject.authored(by),
    )  # fmt: skip


def send_back(kind: Kind, revision: Revision, *, by: Any, version: int, reason: str) -> Outcome:
    """Return a text to whoever wrote it, saying why. Twice is once."""
    if not reason.strip():
        raise ReasonMissingError
    if len(reason) > LONGEST_REASON:
        raise ReasonTooLongError
    with transaction.atomic():
        row, found = _locked(kind, revision)
        if found.state == State.RETURNED and found.reason == reason.strip():
            return Outcome(found, already=True)
        _require(kind.rules.may_decide(by, row, found))
        _still_waiting(found, version)
        found.reason = reason.strip()
        _settle(found, State.RETURNED, by)
        kind.rules.entered(row, Event.RETURNED, by=by, reason=found.reason)
        steps.note(row, found, Event.RETURNED, by=by)
        return Outcome(found)


def restore(kind: Kind, revision: Revision, *, by: Any, only: Collection[str] | None = None) -> Outcome:
    """Make an old text (or these keys of it) the new one, on the same way as any other change; the history only
    grows."""
    with transaction.atomic():
        row, found = _locked(kind, revision)
        _require(kind.rules.may_submit(by, row) and kind.rules.is_editable(row))
        content = kind.content_of(found)
        now = kind.take(row)
        if only is not None:
            content = kind.canonical({**now, **{name: content[name] for name in only if name in content}})
        if content == now:
            return Outcome(found, already=True, unchanged=True)
        if kind.rules.follows(row):
            place = subject.standing_of(kind, subject.head_of(kind, row, by), subject.working_of(kind, row, by))
            saved = autosave(kind, row.pk, content, by=by, base=_base(None, place.current))
            return Outcome(saved.revision)
        again = Revision(
            kind=kind.name, subject_id=row.pk, content=content, format=kind.format, marks=marks_of(now),
            based_on=found, **subject.authored(by),
        )  # fmt: skip
        return steps.enter(kind, row, again, by=by)


def discard_working(kind: Kind, pk: int, *, by: Any) -> bool:
    """Forget what this person has not submitted. A row that was never public keeps what it has."""
    with transaction.atomic():
        row = kind.rules.lock(pk)
        working = subject.working_of(kind, row, by)
        if working is not None:
            working.delete()
        return working is not None


def put_aside(kind: Kind, revision: Revision, *, by: Any) -> None:
    """A returned text is not wanted any more; or an editor has looked at what was applied without approval."""
    with transaction.atomic():
        row, found = _locked(kind, revision)
        for_provider = found.state == State.RETURNED and kind.rules.may_edit(by, row)
        for_editor = found.state == State.APPLIED and found.informed and kind.rules.is_editor(by)
        _require(for_provider or for_editor)
        Revision.objects.filter(pk=found.pk, seen_at__isnull=True).update(seen_at=timezone.now())


def differences_of(kind: Kind, revision: Revision, row: Any) -> list[Any]:
    """What a revision changes: an open one against the row as it is, a settled one against what it was based on."""
    content = kind.content_of(revision)
    if revision.is_open:
        return kind.differences(kind.take(row), content)
    before = subject.applied_before(revision)
    return kind.differences(kind.content_of(before) if before else kind.canonical({}), content)


def _editable(kind: Kind, pk: int, by: Any) -> Any:
    row = kind.rules.lock(pk)
    _require(kind.rules.may_edit(by, row) and kind.rules.is_editable(row))
    return row


def _locked(kind: Kind, revision: Revision) -> tuple[Any, Revision]:
    """The subject under its lock, and the revision as it is now."""
    row = kind.rules.lock(revision.subject_id)
    return row, Revision.objects.get(pk=revision.pk, kind=kind.name)


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _still_waiting(revision: Revision, version: int | None = None) -> None:
    if revision.state != State.SUBMITTED:
        raise AlreadyDecidedError(revision)
    if version is not None and version != revision.version:
        raise ChangedMeanwhileError(revision)


def _complete(kind: Kind, row: Any, content: Content, typed: Mapping[str, Any] | None = None) -> None:
    unclear = _("What was entered here could not be understood. Please enter it again.")
    problems = [*(Problem(name, unclear) for name in typed or ()), *kind.missing(content), *kind.open_points(row)]
    if problems:
        raise IncompleteError(problems)


def _settle(revision: Revision, state: State, by: Any) -> None:
    steps.settle(revision, state, by)
    revision.save()


def _base(revision: Revision | None, content: Content) -> str:
    pk, version = (revision.pk, revision.version) if revision is not None else (0, 0)
    return Base(pk, version, marks_of(content)).written()


def _moved_on(working: Revision | None, before: Standing, after: Standing, conflicts: tuple[str, ...]) -> MovedOnError:
    current = before.current
    mine = {**current, **{name: after.content[name] for name in conflicts}}
    merged = {**after.content}
    return MovedOnError(current=current, mine=mine, merged=merged, conflicts=conflicts, base=_base(working, current))
