"""Forgetting old mails, and finding those that wait although nobody would come for them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from mail.answering import current_sender
from mail.delivery import give_up
from mail.models import OutboxMessage, Unreachable

# Somebody else's text, after it was sent and after it was given up (so long it may still be sent again).
KEEP_FLEETING = timedelta(days=1)
KEEP_FLEETING_FAILED = timedelta(days=3)
KEEP_UNREACHABLE = timedelta(days=365)
# A mail that is due for so long, without a job, has lost it.
OVERDUE = timedelta(minutes=5)
# What was found later than this is no news any more (and its links have run out): people decide about it.
TOO_OLD = timedelta(days=5)


def forget_old_mail() -> int:
    """Remove old mails from the outbox, and return how many. One that still waits is not old.

    How long the log is kept is the municipality's rule. Addresses that could not be reached are forgotten after a year:
    who is still written to then is asked anew.
    """
    now = timezone.now()
    given_up = OutboxMessage.objects.given_up().annotate(since=Coalesce("failed_at", "created_at"))
    given_up.filter(fleeting=True, since__lt=now - KEEP_FLEETING_FAILED).update(body="", html="", reply_to="")
    kept = timedelta(days=current_sender().keep_days)
    old = Q(created_at__lt=now - kept) | Q(fleeting=True, sent_at__lt=now - KEEP_FLEETING)
    Unreachable.objects.filter(since__lt=now - KEEP_UNREACHABLE).delete()
    return OutboxMessage.objects.exclude(state=OutboxMessage.State.QUEUED).filter(old).delete()[0]


def lost_mail(under_way: Collection[int], *, now: datetime) -> QuerySet[OutboxMessage]:
    """Mails that should have been sent by now, without a job of theirs among those `under_way`."""
    due = OutboxMessage.objects.waiting().annotate(due=Coalesce("next_try_at", "created_at"))
    return due.filter(due__lt=now - OVERDUE).exclude(pk__in=under_way).order_by("pk")


def give_up_if_too_old(message: OutboxMessage, *, now: datetime) -> bool:
    """Give up a mail that nobody ever tried and that is too old to go out without a person's word."""
    if message.created_at >= now - TOO_OLD:
        return False
    give_up(message, said=message.last_error or "waited too long without being tried")
    return True
