"""Writing and sending mail."""

import smtplib
from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone

from mail.models import OutboxMessage

MAX_ERROR = 500
# How long the outbox remembers: long enough to find out why a mail did not arrive.
KEEP = timedelta(days=30)
KEEP_FLEETING = timedelta(days=1)


def post(
    *, to: str, subject: str, body: str, sender: str = "", reply_to: str = "", fleeting: bool = False
) -> OutboxMessage:
    """Write a mail into the outbox and queue its delivery, both in the caller's transaction.

    If the change that causes the mail is rolled back, the mail was never written. A `fleeting` mail passes on what
    somebody else wrote: its text is gone as soon as it is sent.
    """
    from mail.tasks import deliver_later

    message = OutboxMessage.objects.create(
        to=to,
        subject=" ".join(subject.split()),
        body=body,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        reply_to=reply_to,
        fleeting=fleeting,
        message_id=make_msgid(domain=settings.BASE_DOMAIN),
    )
    deliver_later.defer(message_id=message.pk)
    return message


def deliver(message: OutboxMessage) -> None:
    """Hand one locked, queued mail to the mail server and note it. Raises what the server says, for a later retry."""
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=message.sender,
        to=[message.to],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attempts += 1
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        # The server will never take this address: another attempt is of no use.
        message.state = OutboxMessage.State.FAILED
        message.last_error = str(refused)[:MAX_ERROR]
    else:
        message.state = OutboxMessage.State.SENT
        message.sent_at = timezone.now()
        if message.fleeting:
            message.body = message.reply_to = ""
    message.save(update_fields=["attempts", "state", "last_error", "sent_at", "body", "reply_to"])


def forget_old_mail() -> int:
    """Remove old mails from the outbox, whatever became of them, and return how many."""
    now = timezone.now()
    old = Q(created_at__lt=now - KEEP) | Q(fleeting=True, sent_at__lt=now - KEEP_FLEETING)
    return OutboxMessage.objects.filter(old).delete()[0]
