"""Sending an issue to thousands: in the background, in parts, held and gone on with, to nobody twice.

A part is one transaction: mails in the outbox, who has them, the jobs of their delivery and the job of the next part.
Killed in the middle, nothing of it is there and the queue starts it again; killed after it, the job has its receipt
(`jobs.declare`). What a reader has is a row (`Delivery`, once by a constraint). From there on each mail is the outbox's
(`mail.delivery`): tried again, refused for good, come back. No part is written while many mails still wait, so that
holding a mailing takes back nearly all that is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from audit.services import record
from mail.models import OutboxMessage
from mail.services import post_many
from portal.newsletter import letters, showing
from portal.newsletter.models import Delivery, Issue, Mailing, Reader

PART = 200
# So many mails of one mailing may wait in the outbox before the next part is written.
MOST_WAITING = 400
# How long the next part waits then, in seconds.
PATIENCE = 10
# Who had which issue is of use as long as mail may come back.
KEEP_DELIVERIES = timedelta(days=90)
STILL_SENDING = timedelta(hours=1)
_State = Mailing.State
OPEN = (_State.PLANNED, _State.RUNNING, _State.HELD)


def readers_of(issue: Issue) -> QuerySet[Reader]:
    """Whom an issue would go to now."""
    return issue.newsletter.readers.getting()


def plan(issue: Issue, *, at: datetime, by: Any, version: int) -> Mailing:
    """Send it at that moment. Raises ValidationError where there is nothing or nobody, or where somebody changed the
    issue since it was looked at. Twice is once."""
    with transaction.atomic():
        locked = Issue.objects.select_for_update(of=("self",)).select_related("newsletter").get(pk=issue.pk)
        found = Mailing.objects.filter(issue=locked).first()
        if found is not None:
            return found
        if locked.version != version:
            raise ValidationError(_("Somebody has changed this issue meanwhile. Please look at it once more."))
        _check(locked)
        mailing = Mailing.objects.create(issue=locked, state=_State.PLANNED, starts_at=at, by=by)
        Issue.objects.filter(pk=locked.pk).update(called_off_at=None)
        record("newsletter.planned", locked, by=by, changes={"at": at.isoformat()})
    return mailing


def is_empty(issue: Issue) -> bool:
    """Whether nothing stands in it: no offer that is online, no words of the editors."""
    entries = showing.entries_of(issue, issue.items.filter(chosen=True).select_related("offer"))
    return all(each.gone for each in entries) and not (issue.preface or issue.closing)


def _check(issue: Issue) -> None:
    if is_empty(issue):
        raise ValidationError(_("This issue is empty: no offer is chosen, and there are no words of yours."))
    if not readers_of(issue).exists():
        raise ValidationError(_("This newsletter has no readers yet, so there is nobody to send it to."))


def unplan(mailing: Mailing, *, by: Any) -> bool:
    """Take a plan back before it begins: the issue is a draft again. False where it has begun."""
    with transaction.atomic():
        locked = Mailing.objects.select_for_update(of=("self",)).select_related("issue").get(pk=mailing.pk)
        if locked.state != _State.PLANNED:
            return False
        record("newsletter.unplanned", locked.issue, by=by)
        locked.delete()
    return True


def begin(pk: int, *, now: datetime) -> bool:
    """Freeze the words, put the issue into the archive, and let the first part be written. False where its time has not
    come or it has begun, and where nothing is left of it: then it is a draft again, and waits on the desk."""
    with transaction.atomic():
        mailing = _locked(pk)
        if mailing is None or mailing.state != _State.PLANNED or mailing.starts_at > now:
            return False
        issue = mailing.issue
        if is_empty(issue):
            _call_off(mailing, now=now)
            return False
        showing.freeze(issue)
        issue.published_at = now
        issue.save(update_fields=["published_at", "updated_at"])
        mailing.state, mailing.started_at = _State.RUNNING, now
        mailing.recipients = _left(mailing).count()
        mailing.save(update_fields=["state", "started_at", "recipients"])
        record("newsletter.begun", issue, by=mailing.by, changes={"readers": mailing.recipients})
    return True


def _call_off(mailing: Mailing, *, now: datetime) -> None:
    issue = mailing.issue
    record("newsletter.called_off", issue, by=None)
    mailing.delete()
    issue.called_off_at = now
    issue.save(update_fields=["called_off_at", "updated_at"])


def _locked(pk: int) -> Mailing | None:
    rows = Mailing.objects.select_for_update(of=("self",)).select_related("issue__newsletter", "by")
    return rows.filter(pk=pk).first()


def _left(mailing: Mailing) -> QuerySet[Reader]:
    """Who was a reader when it began and has it not yet."""
    has_it = Delivery.objects.filter(mailing=mailing, reader__isnull=False).values("reader")
    return readers_of(mailing.issue).filter(confirmed_at__lte=mailing.started_at).exclude(pk__in=has_it).order_by("pk")


def write_part(pk: int, *, now: datetime) -> int | None:
    """Write the next mails into the outbox. Returns after how many seconds the next part is to be written; None when
    there is none (any more). Called in the transaction of a job."""
    mailing = _locked(pk)
    if mailing is None or mailing.state != _State.RUNNING:
        return None
    # What the mail server wants later is not waited for: it may want that for days.
    if _waiting(mailing).filter(attempts=0).count() >= MOST_WAITING:
        return PATIENCE
    readers = list(_left(mailing).select_related("newsletter")[:PART])
    if not readers:
        mailing.state, mailing.ended_at = _State.DONE, now
        mailing.save(update_fields=["state", "ended_at"])
        record("newsletter.done", mailing.issue, by=mailing.by)
        return None
    newsletter = mailing.issue.newsletter
    made = {
        language: letters.template(mailing.issue, newsletter, language)
        for language in {each.language for each in readers}
    }
    mails = post_many(
        letters.ISSUE,
        [letters.addressed(each, made[each.language]) for each in readers],
        reply_to=newsletter.contact_email,
    )
    Delivery.objects.bulk_create(
        Delivery(mailing=mailing, reader=reader, mail=mail) for reader, mail in zip(readers, mails, strict=True)
    )
    return 0


def _waiting(mailing: Mailing) -> QuerySet[OutboxMessage]:
    numbers = Delivery.objects.filter(mailing=mailing, mail__isnull=False).values("mail")
    return OutboxMessage.objects.waiting().filter(pk__in=numbers)


def hold(mailing: Mailing, *, by: Any) -> int | None:
    """Stop for now, and take back what is not on its way. Returns how many mails that were; None where it does not
    run."""
    with transaction.atomic():
        locked = _locked(mailing.pk)
        if locked is None or locked.state not in {_State.RUNNING, _State.DONE}:
            return None
        # Who sends takes the same lock to count an attempt: a mail is taken back or sent, never both.
        waits = _waiting(locked).filter(attempts=0).select_for_update(skip_locked=True)
        numbers = list(waits.values_list("pk", flat=True))
        if locked.state == _State.DONE and not numbers:
            return None
        Delivery.objects.filter(mailing=locked, mail__in=numbers).delete()
        OutboxMessage.objects.filter(pk__in=numbers).delete()
        locked.state, locked.ended_at = _State.HELD, None
        locked.save(update_fields=["state", "ended_at"])
        record("newsletter.held", locked.issue, by=by)
    return len(numbers)


def go_on(mailing: Mailing, *, by: Any) -> bool:
    """Go on with a held one; whoever has it already gets nothing more. False where it is not held."""
    return _changed(mailing, _State.RUNNING, "newsletter.resumed", by=by)


def end(mailing: Mailing, *, by: Any, now: datetime) -> bool:
    """Leave it at what was sent. False where it is not held."""
    return _changed(mailing, _State.ENDED, "newsletter.ended", by=by, ended_at=now)


def _changed(mailing: Mailing, state: str, action: str, *, by: Any, ended_at: datetime | None = None) -> bool:
    with transaction.atomic():
        locked = _locked(mailing.pk)
        if locked is None or locked.state != _State.HELD:
            return False
        locked.state, locked.ended_at = state, ended_at
        locked.save(update_fields=["state", "ended_at"])
        record(action, locked.issue, by=by)
    return True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a mailing is: who is to get it, whose mail was sent, waits, was refused, came back."""

    recipients: int
    sent: int
    waiting: int
    failed: int
    bounced: int
    done: bool = False

    @property
    def percent(self) -> int:
        """Of those who are to get it, how many were dealt with; who left meanwhile is missed no more at the end."""
        if self.done and not self.waiting:
            return 100
        return min(100, 100 * (self.sent + self.failed) // self.recipients) if self.recipients else 100


def progress(mailing: Mailing) -> Progress:
    """How far one is."""
    return progress_of([mailing])[mailing.pk]


def progress_of(mailings: Sequence[Mailing]) -> dict[int, Progress]:
    """How far each is, in one statement: counted from the outbox; as it was kept where that has forgotten its rows."""
    state = OutboxMessage.State
    rows = Delivery.objects.filter(mailing__in=[each.pk for each in mailings]).values("mailing").order_by()
    counted = {
        row["mailing"]: row
        for row in rows.annotate(
            sent=Count("pk", filter=Q(mail__state=state.SENT)),
            waiting=Count("pk", filter=Q(mail__state=state.QUEUED)),
            failed=Count("pk", filter=Q(mail__state=state.FAILED)),
            bounced=Count("pk", filter=Q(mail__bounced_at__isnull=False)),
            forgotten=Count("pk", filter=Q(mail__isnull=True)),
        )
    }
    return {each.pk: _progress(each, counted.get(each.pk)) for each in mailings}


def _progress(mailing: Mailing, counted: Mapping[str, Any] | None) -> Progress:
    done = mailing.state == _State.DONE
    if counted is None:
        return Progress(mailing.recipients, mailing.sent, 0, mailing.failed, mailing.bounced, done)
    kept = (mailing.sent, mailing.failed, mailing.bounced)
    seen = (counted["sent"], counted["failed"], counted["bounced"])
    sent, failed, bounced = map(max, kept, seen) if counted["forgotten"] else seen
    return Progress(mailing.recipients, sent, counted["waiting"], failed, bounced, done)


def keep_figures(*, now: datetime) -> None:
    """Write down what became of the mails while the outbox knows it, and empty the texts of those that were sent: they
    are all alike, and stand in the archive. Who had an old issue is forgotten."""
    known = Exists(Delivery.objects.filter(mailing=OuterRef("pk"), mail__isnull=False))
    for pk, found in progress_of(list(Mailing.objects.filter(known))).items():
        Mailing.objects.filter(pk=pk).update(sent=found.sent, failed=found.failed, bounced=found.bounced)
    # One that is just being handed over may be refused yet, and needs its text then.
    sent = OutboxMessage.objects.filter(
        kind=letters.ISSUE, state=OutboxMessage.State.SENT, sent_at__lt=now - STILL_SENDING
    )
    sent.exclude(body="").update(body="", html="")
    Delivery.objects.filter(mailing__ended_at__lt=now - KEEP_DELIVERIES).delete()
