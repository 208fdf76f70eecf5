"""Delivery as a job, and tidying up."""

import logging

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from mail import delivery, upkeep
from mail.bouncing.mailbox import MailboxError, read_mailbox
from mail.models import OutboxMessage
from tenants.running.context import current_schema, every

logger = logging.getLogger(__name__)


@job(atomic=False)
def deliver_later(message_id: int) -> None:
    """Try to send one mail of the outbox, unless it is sent or just being sent; if that fails, see to the next try."""
    with delivery.only_one(message_id) as mine:
        message = delivery.begin(message_id) if mine else None
        if message is None:
            return
        answer = delivery.hand_over(message)
        with transaction.atomic():
            delivery.note(message, answer)
            if message.state == OutboxMessage.State.QUEUED:
                deliver_later.defer_anew(at=message.next_try_at, message_id=message_id)


def requeue_lost_mail() -> int:
    """Find mails that wait without a job, on the operator's side and in every municipality; return how many.

    A job can be gone: given up by a release that did not know better, deleted with the queue, or not restored with
    the municipality.
    """
    under_way = {
        schema: {each["message_id"] for each in arguments} for schema, arguments in deliver_later.under_way().items()
    }
    found = 0
    for place in every():
        try:
            found += _requeue_here(under_way.get(place.schema_name, set()))
        except DatabaseError:
            # A schema that waits for its rollout, say: the others go on.
            logger.exception("Looking for lost mail in “%s” failed.", place.schema_name)
    return found


def _requeue_here(under_way: set[int]) -> int:
    now = timezone.now()
    found = 0
    with transaction.atomic():
        for message in upkeep.lost_mail(under_way, now=now).select_for_update(skip_locked=True):
            found += 1
            if not upkeep.give_up_if_too_old(message, now=now):
                deliver_later.defer_anew(message_id=message.pk)
    if found:
        logger.warning("%d mails in “%s” waited without a job.", found, current_schema())
    return found


@app.periodic(cron="*/20 * * * *")
@app.task(name="mail.find_lost", queueing_lock="mail.find_lost")
def find_lost(timestamp: int) -> None:
    """Every twenty minutes: no mail waits for ever."""
    requeue_lost_mail()


@app.periodic(cron="*/5 * * * *")
@app.task(name="mail.read_mailbox", queueing_lock="mail.read_mailbox", lock="mail.read_mailbox")
def read_what_came_back(timestamp: int) -> None:
    """Every five minutes, where the operator named a mailbox: which mails came back."""
    if not settings.BOUNCE_IMAP_HOST:
        return
    try:
        found = read_mailbox()
    except MailboxError:
        logger.exception("The mailbox of mail that came back cannot be read.")
        return
    if found:
        logger.info("%d mails came back.", found)


@app.periodic(cron="47 3 * * *")
@app.task(name="mail.forget_everywhere", queueing_lock="mail.forget_everywhere")
def forget_everywhere(timestamp: int) -> None:
    """Every night: old mails go, on the operator's side and in every municipality, suspended and archived ones too."""
    for place in every():
        try:
            upkeep.forget_old_mail()
        except DatabaseError:
            logger.exception("Forgetting old mail in “%s” failed.", place.schema_name)
