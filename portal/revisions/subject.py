"""Where a subject stands: what waits, what was returned, what a person is writing, what was there before."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from core.acting import name_of
from portal.revisions.kinds import Kind
from portal.revisions.merging import Standing, standing
from portal.revisions.models import Desk, Revision, State
from portal.revisions.results import Outcome
from portal.revisions.tokens import Base, Content, marks_of


@dataclass(frozen=True, slots=True)
class Head:
    """What the next change of a person builds upon, and the revision it stands in (None: the row itself)."""

    content: Content
    revision: Revision | None = None
    reason: str = ""


def waiting_for(kind: Kind, pk: int) -> Revision | None:
    """The one revision of a subject that waits for a decision."""
    return Revision.objects.of(kind.name, pk).waiting().first()


def returned_to(kind: Kind, pk: int) -> Revision | None:
    """The returned revision that is still open: nobody submitted anything after it, nor put it aside."""
    return Revision.objects.of(kind.name, pk).still_returned().order_by("-settled_at", "-id").first()


def working_of(kind: Kind, row: Any, by: Any) -> Revision | None:
    """What this person is writing on the subject."""
    if not isinstance(by, Model):
        return None
    return Revision.objects.of(kind.name, row.pk).filter(state=State.WORKING, author=by.pk).first()


def head_of(kind: Kind, row: Any, by: Any) -> Head:
    """What waits; what was returned; else the row. Whoever need not wait builds upon the row, which they change."""
    if kind.rules.follows(row):
        last = returned_to(kind, row.pk)
        return Head(kind.take(row), last, last.reason if last else "")
    if kind.rules.desk(row, by) != Desk.NOBODY:
        waiting = waiting_for(kind, row.pk)
        if waiting is not None:
            return Head(kind.content_of(waiting), waiting)
        last = returned_to(kind, row.pk)
        if last is not None:
            # The row may have moved since; what the returned text does not touch follows.
            place = standing(kind.take(row), kind.content_of(last), last.marks)
            return Head(place.content, last, last.reason)
    return Head(kind.take(row))


def standing_of(kind: Kind, head: Head, working: Revision | None) -> Standing:
    """How a working revision stands on the head."""
    if working is None:
        return standing(head.content)
    return standing(head.content, kind.content_of(working), working.marks)


def stored(kind: Kind, revision: Revision) -> Content:
    """What stands in the table, in the present format."""
    return kind.content_of(revision)


def authored(by: Any) -> dict[str, Any]:
    """The columns that say who wrote a revision; `by` is a user or the name of a command."""
    return {"author": by if isinstance(by, Model) else None, "author_name": name_of(by)[:254]}


def continued(kind: Kind, revision: Revision, by: Any) -> Revision:
    """A settled revision's text as a working one of this person's."""
    return Revision(
        kind=kind.name,
        subject_id=revision.subject_id,
        content=kind.content_of(revision),
        format=kind.format,
        marks=revision.marks,
        based_on=revision,
        **authored(by),
    )


def last_applied(kind: Kind, pk: int) -> Revision | None:
    """The newest text that was taken over."""
    return Revision.objects.of(kind.name, pk).filter(state=State.APPLIED).order_by("-settled_at", "-id").first()


def applied_before(revision: Revision) -> Revision | None:
    """What was public before a settled revision was decided on."""
    earlier = Revision.objects.of(revision.kind, revision.subject_id).filter(state=State.APPLIED)
    if revision.settled_at is not None:
        earlier = earlier.filter(settled_at__lte=revision.settled_at)
    return earlier.exclude(pk=revision.pk).order_by("-settled_at", "-id").first()


def already_submitted(kind: Kind, row: Any, by: Any, started: Base) -> Outcome | None:
    """What a second click on “submit” is told; None where there is something to submit."""
    own = Revision.objects.of(kind.name, row.pk).exclude(state=State.WORKING)
    own = own.filter(author=by.pk) if isinstance(by, Model) else own.none()
    found = own.filter(pk=started.revision).first() if started.revision else None
    found = found or own.waiting().first()
    if found is not None:
        return Outcome(found, applied=found.state == State.APPLIED, waiting=Desk(found.waits_for), already=True)
    if kind.rules.follows(row):
        return None
    return Outcome(last_applied(kind, row.pk), already=True, unchanged=True)


def already_approved(kind: Kind, row: Any, revision: Revision, by: Any, version: int) -> Outcome | None:
    """What a second click on “approve” is told; None where it is still to be decided."""
    if revision.state == State.APPLIED:
        return Outcome(revision, applied=True, already=True)
    if revision.state == State.REPLACED:
        instead = Revision.objects.filter(based_on=revision, state__in=[State.APPLIED, State.SUBMITTED])
        found = instead.filter(author=by.pk).first() if isinstance(by, Model) else None
        if found is not None:
            return Outcome(found, applied=found.state == State.APPLIED, waiting=Desk(found.waits_for), already=True)
    handed_on = revision.state == State.SUBMITTED and revision.waits_for == Desk.EDITORS
    own = kind.rules.may_edit(by, row) and not kind.rules.may_decide(by, row, revision)
    if handed_on and own and version == revision.version - 1:
        return Outcome(revision, waiting=Desk.EDITORS, already=True)
    return None


def changed_elsewhere(kind: Kind, row: Any) -> Content | None:
    """The row's text where the history does not have it: it was written past the engine, or before there was one."""
    now = kind.take(row)
    last = last_applied(kind, row.pk)
    if last is not None and kind.content_of(last) == now:
        return None
    return now


def rebased(kind: Kind, revision: Revision, head: Content) -> bool:
    """Let a waiting text stand on a row that moved: what it does not touch follows. True if that changed it."""
    place = standing(head, kind.content_of(revision), revision.marks)
    changed: bool = place.content != revision.content
    revision.content, revision.format, revision.marks = place.content, kind.format, marks_of(head)
    revision.version += changed
    return changed
