"""What happens to messages of residents, and to the accessibility statement."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from core.access import is_editor
from core.states import Actor
from portal.feedback import letters
from portal.feedback.models import AccessibilityStatement, Answer, Case, Kind, State, Topic
from portal.feedback.models.case import CLOSED, MACHINE, TIME_TO_ANSWER
from portal.feedback.targets import Target

VISITOR = "visitor"


@transaction.atomic
def pass_on(target: Target, *, name: str, email: str, message: str, copy: bool) -> None:
    """Send a visitor's message to whoever offers something; no row of ours keeps it (see mail's `fleeting`)."""
    letters.contact(to=target.email, title=target.title, url=target.url, name=name, email=email, message=message)
    if copy:
        letters.contact_copy(to=email, title=target.title, url=target.url, message=message)


@transaction.atomic
def open_case(
    kind: Kind,
    *,
    text: str,
    topic: str = "",
    page: str = "",
    target: Target | None = None,
    name: str = "",
    email: str = "",
) -> Case:
    """Write a case down and tell the editors; of wrong information also the provider, without the sender's name.

    What is reported as forbidden goes to the editors alone: they decide what the provider learns of it.
    """
    now = timezone.now()
    case = Case.objects.create(
        kind=kind,
        topic=topic,
        text=text,
        page=page,
        about=target.title if target else "",
        offer=target.offer if target else None,
        provider=target.provider if target else None,
        sender_name=name,
        sender_email=email,
        received_at=now,
        due_at=now + TIME_TO_ANSWER if kind == Kind.BARRIER else None,
    )
    record("case.opened", case, by=VISITOR)
    letters.received(case)
    if target and target.email and topic != Topic.INAPPROPRIATE:
        letters.wrong(case, to=target.email)
    return case


@transaction.atomic
def change_state(case: Case, state: State, *, by: Any) -> None:
    """Move a case on. Raises ValidationError where that step does not exist, PermissionDenied for all but editors."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    MACHINE.check(locked.state, state, {Actor.EDITOR} if is_editor(by) else set())
    old = locked.state
    locked.state = state
    locked.handled_by_id = by.pk
    locked.closed_at = timezone.now() if state in CLOSED else None
    locked.save(update_fields=["state", "handled_by", "closed_at"])
    record("case.state", locked, by=by, changes={"state": [old, str(state)]})


@transaction.atomic
def answer(case: Case, text: str, *, by: Any) -> Answer:
    """Write back to the sender; a new case is in progress from then on."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    written = Answer.objects.create(case=locked, text=text, by_id=by.pk)
    if locked.state == State.NEW:
        change_state(locked, State.IN_PROGRESS, by=by)
    letters.answer(locked, text=text, reply_to=next(iter(letters.editors(kind=locked.kind)), ""))
    record("case.answered", locked, by=by)
    return written


@transaction.atomic
def set_note(case: Case, note: str, *, by: Any) -> None:
    """Keep what the editors noted. The audit log learns that, not what: it never forgets."""
    Case.objects.filter(pk=case.pk, forgotten_at__isnull=True).update(note=note)
    record("case.noted", case, by=by)


@transaction.atomic
def save_statement(statement: AccessibilityStatement, barriers: Any, *, by: Any) -> None:
    """Save the accessibility statement with its known barriers (a valid formset)."""
    before = AccessibilityStatement.objects.filter(pk=1).first() or AccessibilityStatement()
    names = ("status", "made_on", "reviewed_on", "method", "land")
    changes = {
        name: [str(getattr(before, name) or ""), str(getattr(statement, name) or "")]
        for name in names
        if getattr(before, name) != getattr(statement, name)
    }
    statement.save()
    barriers.instance = statement
    barriers.save()
    record("statement.saved", statement, by=by, changes=changes)


@transaction.atomic
def remind_of_overdue() -> int:
    """Write the editors one mail about all cases that became overdue, and return how many they are."""
    locked = Case.objects.select_for_update().overdue().filter(reminded_at__isnull=True).order_by("pk")
    late = sorted(locked, key=lambda each: each.due_at or timezone.now())
    if late:
        letters.overdue(late)
        Case.objects.filter(pk__in=[case.pk for case in late]).update(reminded_at=timezone.now())
    return len(late)


@transaction.atomic
def remind_of_review() -> bool:
    """Write the editors when the accessibility statement is missing or a year old; again after three months."""
    statement = AccessibilityStatement.objects.select_for_update().filter(pk=1).first() or AccessibilityStatement()
    today = timezone.localdate()
    lately = statement.reminded_on is not None and (today - statement.reminded_on).days < REMIND_AGAIN_DAYS
    if lately or not statement.is_out_of_date(today):
        return False
    letters.review()
    statement.reminded_on = today
    statement.save()
    return True


REMIND_AGAIN_DAYS = 90
