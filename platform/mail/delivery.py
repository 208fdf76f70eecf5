"""One attempt to hand a mail to the mail server, and what became of it.

No transaction is open while the server is spoken to, and the attempt is counted before: neither a refusal nor the end
of the process takes that back. A mail is tried for a good four days; who runs the server may take a weekend to notice.
"""

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from functools import partial

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from mail.bouncing.notices import says_gone
from mail.bouncing.noting import note_gone
from mail.composing import Composed, composed
from mail.handing import OnceBackend
from mail.kinds import is_known, kind_of
from mail.models import OutboxMessage
from tenants.running.context import current_schema

# The pause after the first, second, third … attempt; after the last one the mail is given up.
PAUSES = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480)),
    *(timedelta(hours=12),) * 7,
)
MAX_ERROR = OutboxMessage._meta.get_field("last_error").max_length or 500
_PERMANENT = range(500, 600)
logger = logging.getLogger(__name__)


class Verdict(Enum):
    """What an attempt led to."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True)
class Answer:
    """The verdict, and what the mail server (or the way to it) said."""

    verdict: Verdict
    said: str = ""
    # There is no such mailbox: reminders to it stop.
    gone: bool = False


@contextmanager
def only_one(message_id: int) -> Iterator[bool]:
    """Whether this process may send the mail now; False while another one does.

    The lock belongs to the database session: it ends with the process, however that ends, and needs no transaction.
    """
    name = f"mail:{current_schema()}:{message_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])


def begin(message_id: int) -> OutboxMessage | None:
    """Count the attempt and return the mail; None when it is not to be sent (any more)."""
    with transaction.atomic():
        message = OutboxMessage.objects.select_for_update().waiting().filter(pk=message_id).first()
        if message is None:
            return None
        if message.attempts > len(PAUSES):
            # Every attempt ended the process before there was an answer.
            give_up(message, said=message.last_error or "no attempt came to an end")
            return None
        message.attempts += 1
        message.save(update_fields=["attempts"])
    return message


def hand_over(message: OutboxMessage) -> Answer:
    """Give the mail to the mail server. What goes wrong is an answer, not an exception."""
    try:
        return Answer(Verdict.SENT) if _sent(composed(message), message) else Answer(Verdict.NEVER, "no recipient")
    except smtplib.SMTPRecipientsRefused as refused:
        answer = _refused(list(refused.recipients.values()))
        return replace(answer, gone=answer.verdict is Verdict.NEVER and says_gone(answer.said))
    except smtplib.SMTPDataError as refused:
        return _refused([(refused.smtp_code, refused.smtp_error)])
    except OSError as error:
        # Also a refused sender or sign-in: that is the operator's to mend, and the mail goes out afterwards.
        return Answer(Verdict.LATER, _text(error))
    except ValueError as error:
        return Answer(Verdict.NEVER, _text(error))
    except Exception as error:
        logger.exception("Mail %s of %s: the attempt failed.", message.pk, current_schema())
        return Answer(Verdict.LATER, _text(error))


def _sent(mail: Composed, message: OutboxMessage) -> bool:
    if is_known(message.kind) and kind_of(message.kind).once and isinstance(get_connection(), EmailBackend):
        # No transaction around it: what is written down before the last dot must outlive us.
        mail.connection = OnceBackend(partial(_count_as_sent, message))
        return bool(mail.send())
    # The demo's postbox writes into the database: what it could not finish is taken back.
    with transaction.atomic():
        return bool(mail.send())


def _count_as_sent(message: OutboxMessage) -> None:
    """Until the mail server's answer is noted, and for good where that finds nobody any more."""
    sent = {"state": OutboxMessage.State.SENT, "sent_at": timezone.now()}
    OutboxMessage.objects.filter(pk=message.pk).update(**sent)


def _refused(answers: list[tuple[int, bytes | str]]) -> Answer:
    """5xx is said for good, 4xx for now (greylisting, a full mailbox)."""
    said = "; ".join(
        f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}" for code, text in answers
    )
    for_good = bool(answers) and all(code in _PERMANENT for code, _text in answers)
    return Answer(Verdict.NEVER if for_good else Verdict.LATER, said)


def _text(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused([(error.smtp_code, error.smtp_error)]).said
    return f"{type(error).__name__}: {error}"


def note(message: OutboxMessage, answer: Answer) -> None:
    """Write down what became of the attempt. A mail to be tried again says when."""
    now = timezone.now()
    pause = PAUSES[message.attempts - 1] if message.attempts <= len(PAUSES) else None
    if answer.verdict is Verdict.SENT:
        message.state, message.sent_at = OutboxMessage.State.SENT, now
        message.next_try_at, message.last_error = None, ""
        if message.fleeting:
            message.body = message.html = message.reply_to = ""
    elif answer.verdict is Verdict.LATER and pause is not None:
        message.next_try_at, message.last_error = now + pause, answer.said[:MAX_ERROR]
    else:
        give_up(message, said=answer.said)
        if answer.gone:
            note_gone(message.to, answer.said)
        return
    message.save(update_fields=["state", "sent_at", "next_try_at", "last_error", "body", "html", "reply_to"])


def give_up(message: OutboxMessage, *, said: str) -> None:
    """Nobody tries any more until somebody asks for it; the page of mails shows it."""
    message.state, message.failed_at = OutboxMessage.State.FAILED, timezone.now()
    message.next_try_at, message.last_error = None, said[:MAX_ERROR]
    message.save(update_fields=["state", "sent_at", "failed_at", "next_try_at", "last_error"])
