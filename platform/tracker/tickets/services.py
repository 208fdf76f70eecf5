"""What happens to tickets: each a verb, one transaction, one entry in the audit log.

All of them act on the ticket that a merged one leads to. Whether the viewer may see it at all was asked before, of
`Ticket.objects.visible_to(viewer)`.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tracker.tickets import endings, happenings
from tracker.tickets.happenings import Happening, tell
from tracker.tickets.models import (
    ENDED,
    Area,
    Attachment,
    Comment,
    Concern,
    Context,
    Kind,
    Participant,
    State,
    Step,
    Ticket,
    Viewer,
    Watch,
)
from tracker.tickets.searching import write_search
from tracker.tickets.states import MACHINE

SEVERAL = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the screen that was painted over and written anew (`tracker.tickets.pictures`)."""

    file: "File[Any]"
    width: int
    height: int
    blackened: int = 0


def final(ticket: Ticket) -> Ticket:
    """The ticket this one was merged into in the end, or itself."""
    for _hop in range(SEVERAL):
        if ticket.merged_into is None:
            return ticket
        ticket = ticket.merged_into
    raise ValidationError(_("This ticket was merged in a ring."))


def lock(ticket: Ticket) -> Ticket:
    """The ticket this one leads to, as it is now, kept for the running transaction."""
    while True:
        ticket = Ticket.objects.select_for_update(of=("self",)).select_related("reporter").get(pk=ticket.pk)
        if ticket.merged_into_id is None:
            return ticket
        ticket = Ticket(pk=ticket.merged_into_id)


@transaction.atomic
def report(
    *,
    by: Viewer,
    kind: str,
    title: str,
    happened: str = "",
    expected: str = "",
    area: str = Area.OTHER,
    context: dict[str, str] | None = None,
    picture: Picture | None = None,
) -> Ticket:
    """Make a ticket; its reporter is concerned by it and watches it."""
    ticket = Ticket(
        kind=kind,
        title=title,
        happened=happened,
        expected=expected,
        area=area,
        reporter=by.participant,
        person=by.person,
        by_provider=by.is_provider,
    )
    ticket.full_clean(exclude=["search"])
    ticket.save()
    write_search([ticket])
    Step.objects.create(ticket=ticket, new=ticket.state, participant=by.participant)
    if context:
        Context.objects.create(ticket=ticket, **context)
    if picture:
        _keep(ticket, picture)
    _join(ticket, by)
    record("tickets.reported", ticket, by=by.user)
    tell(Happening(happenings.REPORTED, ticket, by))
    return ticket


def _keep(ticket: Ticket, picture: Picture) -> None:
    Attachment.objects.create(
        ticket=ticket,
        file=picture.file,
        width=picture.width,
        height=picture.height,
        blackened=picture.blackened,
    )


def _join(ticket: Ticket, by: Viewer) -> bool:
    """They are concerned and watch; False where they were concerned before."""
    fresh = False
    if by.participant is not None:
        _row, fresh = Concern.objects.get_or_create(ticket=ticket, participant=by.participant)
    if by.person is not None:
        Watch.objects.get_or_create(ticket=ticket, participant=by.participant, person=by.person)
    return fresh


def _moved(ticket: Ticket) -> None:
    ticket.changed_at = timezone.now()
    Ticket.objects.filter(pk=ticket.pk).update(changed_at=ticket.changed_at)


@transaction.atomic
def comment(ticket: Ticket, text: str, *, by: Viewer, about: Participant | None = None) -> Comment:
    """Say something to everybody, or (`about`) as a note between that municipality and the operator."""
    ticket = lock(ticket)
    if about is not None and not (by.is_operator or (by.sees_all and by.participant == about)):
        raise PermissionDenied(_("You may not do this. Please ask the editors."))
    said = Comment(
        ticket=ticket,
        participant=by.participant,
        person=by.person,
        by_provider=by.is_provider,
        text=text,
        internal=about is not None,
        about=about,
    )
    said.full_clean()
    if not said.text.strip():
        raise ValidationError(_("Please write something first."))
    said.save()
    if about is None:
        _moved(ticket)
    name = happenings.COMMENTED if about is None else happenings.NOTED
    record(f"tickets.{name}", ticket, by=by.user)
    tell(Happening(name, ticket, by, {"comment": said}, only=about))
    return said


@transaction.atomic
def withdraw(comment: Comment, *, by: Viewer) -> None:
    """Take a text back: the operator any, a municipality its own. That something was said stays visible."""
    if not (by.is_operator or (by.may_decide and by.participant == comment.participant)):
        raise PermissionDenied(_("You may not do this. Please ask the editors."))
    Comment.objects.filter(pk=comment.pk).update(text="")
    record("tickets.withdrawn", comment.ticket, by=by.user)


@transaction.atomic
def change_state(ticket: Ticket, new: str, *, by: Viewer, reason: str = "") -> Ticket:
    """Bring it into another state; to the same one is nothing. ValidationError where that cannot be."""
    ticket = lock(ticket)
    old, new = State(ticket.state), State(new)
    if old == new:
        return ticket
    MACHINE.check(old, new, {by.actor})
    now = timezone.now()
    ticket.state, ticket.changed_at = new, now
    ticket.reason = reason if new == State.DECLINED else ""
    ticket.ended_at = now if new in ENDED else None
    ticket.full_clean(exclude=["search"])
    ticket.save(update_fields=["state", "reason", "ended_at", "changed_at"])
    Step.objects.create(ticket=ticket, old=old, new=new, participant=by.participant, at=now)
    if new in ENDED:
        endings.has_ended(ticket)
    elif old in ENDED:
        endings.is_reopened(ticket)
    record("tickets.state", ticket, by=by.user, changes={"state": [old, new]})
    details = {"old": old, "new": new, "reason": ticket.reason}
    tell(Happening(happenings.STATE_CHANGED, ticket, by, details))
    return ticket


@transaction.atomic
def reopen(ticket: Ticket, *, by: Viewer, text: str = "") -> Ticket:
    """It is not over after all: back to confirmed, with the words of who says so."""
    ticket = lock(ticket)
    if not ticket.is_over:
        raise ValidationError(_("This ticket is open."))
    change_state(ticket, State.CONFIRMED, by=by)
    _join(ticket, by)
    if text.strip():
        comment(ticket, text, by=by)
    return lock(ticket)


@transaction.atomic
def sort_in(
    ticket: Ticket, *, by: Viewer, kind: str | None = None, severity: str | None = None, area: str | None = None
) -> Ticket:
    """Say what it is, how bad, and what it is about; None leaves it as it is. The operator's alone."""
    if not by.is_operator:
        raise PermissionDenied(_("You may not do this. Please ask the editors."))
    ticket = lock(ticket)
    old = {"kind": ticket.kind, "severity": ticket.severity, "area": ticket.area}
    ticket.kind = kind if kind is not None else ticket.kind
    ticket.area = area if area is not None else ticket.area
    ticket.severity = severity if severity is not None else ticket.severity
    if ticket.kind != Kind.BUG:
        ticket.severity = ""
    ticket.full_clean(exclude=["search"])
    new = {"kind": ticket.kind, "severity": ticket.severity, "area": ticket.area}
    changes = {key: [old[key], new[key]] for key in old if old[key] != new[key]}
    if changes:
        ticket.save(update_fields=[*changes])
        record("tickets.sorted", ticket, by=by.user, changes=changes)
        tell(Happening(happenings.SORTED, ticket, by, {"changes": changes}))
    return ticket


@transaction.atomic
def reword(ticket: Ticket, *, by: Viewer, title: str, happened: str, expected: str) -> Ticket:
    """Write its shared texts anew: the operator's, and those of the municipality that reported it."""
    ticket = lock(ticket)
    if not may_reword(ticket, by):
        raise PermissionDenied(_("You may not do this. Please ask the editors."))
    ticket.title, ticket.happened, ticket.expected = title, happened, expected
    ticket.full_clean(exclude=["search"])
    ticket.save(update_fields=["title", "happened", "expected"])
    write_search([ticket])
    record("tickets.reworded", ticket, by=by.user)
    return ticket


def may_reword(ticket: Ticket, viewer: Viewer) -> bool:
    """Whether the texts are theirs to change."""
    return viewer.is_operator or (viewer.may_decide and ticket.reporter_id == getattr(viewer.participant, "pk", 0))


@transaction.atomic
def concern(ticket: Ticket, *, by: Viewer) -> bool:
    """“Betrifft uns auch”; False when it was said before. Who says so watches the ticket."""
    if by.participant is None:
        return False
    ticket = lock(ticket)
    fresh = _join(ticket, by)
    if fresh:
        record("tickets.concerned", ticket, by=by.user)
        tell(Happening(happenings.CONCERNED, ticket, by))
    return fresh


@transaction.atomic
def unconcern(ticket: Ticket, *, by: Viewer) -> bool:
    """It does not concern us after all."""
    ticket = lock(ticket)
    gone, _kinds = Concern.objects.filter(ticket=ticket, participant=by.participant).delete()
    if gone:
        record("tickets.unconcerned", ticket, by=by.user)
    return bool(gone)


@transaction.atomic
def watch(ticket: Ticket, *, by: Viewer) -> bool:
    """Be told of it."""
    if by.person is None:
        return False
    ticket = lock(ticket)
    _row, fresh = Watch.objects.get_or_create(ticket=ticket, participant=by.participant, person=by.person)
    return fresh


@transaction.atomic
def unwatch(ticket: Ticket, *, by: Viewer) -> bool:
    """Be told no longer."""
    if by.person is None:
        return False
    ticket = lock(ticket)
    gone, _kinds = Watch.objects.filter(ticket=ticket, participant=by.participant, person=by.person).delete()
    return bool(gone)
