"""Writing mail, and sending again what could not be sent."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mail.answering import current_sender, sender_line
from mail.kinds import kind_of
from mail.models import OutboxMessage, OutboxQuerySet
from mail.reachable import is_unreachable
from mail.rendering import Letter
from mail.tasks import deliver_later
from mail.wanting import is_wanted
from mail.wording import language_of, worded
from tenants.running.context import current_schema


@dataclass(slots=True)
class Held:
    """Mails that wait until a moment, by their numbers."""

    until: datetime
    messages: list[int] = field(default_factory=list)


_held: ContextVar[Held | None] = ContextVar("held_mail", default=None)


def post_kind(
    key: str,
    *,
    to: str,
    values: Mapping[str, Any],
    language: str = "",
    reply_to: str = "",
    fleeting: bool = False,
    headers: Mapping[str, str] | None = None,
) -> OutboxMessage | None:
    """Write a mail of a declared kind (mail.kinds) into the outbox, as the municipality words it.

    `values` fill its placeholders; those of every mail (portal, address) fill themselves. None: a kind this
    municipality does without, or a reminder held back from an address that mail comes back from. KeyError for a kind
    nobody declared.
    """
    kind = kind_of(key)
    if not is_wanted(kind) or (kind.reminder and is_unreachable(to)):
        return None
    return post_letter(
        key,
        worded(key, values, language=language),
        to=to,
        language=language_of(kind, language),
        reply_to=reply_to,
        fleeting=fleeting,
        headers=headers,
    )


def post_letter(
    key: str,
    letter: Letter,
    *,
    to: str,
    language: str = "",
    reply_to: str = "",
    fleeting: bool = False,
    headers: Mapping[str, str] | None = None,
) -> OutboxMessage:
    """Write a mail that is worded already: a test with its marked subject."""
    return _write(
        to=to,
        kind=key,
        language=language or settings.LANGUAGE_CODE,
        subject=letter.subject,
        body=letter.text,
        html=letter.html,
        reply_to=reply_to,
        fleeting=fleeting,
        headers=headers,
    )


@dataclass(frozen=True, slots=True)
class Addressed:
    """A mail that is worded already, and to whom it goes."""

    to: str
    letter: Letter
    language: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def post_many(key: str, mails: Sequence[Addressed], *, reply_to: str = "") -> list[OutboxMessage]:
    """Write many mails of one kind into the outbox, in a number of statements that does not grow with them, and queue
    their delivery behind everything else. All of it is one with the caller's transaction. Answers go to `reply_to`;
    without one to where they usually go."""
    usual = current_sender()
    line = sender_line(usual)
    with transaction.atomic():
        messages = OutboxMessage.objects.bulk_create(
            OutboxMessage(
                to=each.to,
                kind=key,
                language=each.language or settings.LANGUAGE_CODE,
                subject=" ".join(each.letter.subject.split()),
                body=each.letter.text,
                html=each.letter.html,
                headers=dict(each.headers),
                sender=line,
                reply_to=reply_to or usual.reply_to,
                message_id=make_msgid(idstring=current_schema(), domain=settings.BASE_DOMAIN),
            )
            for each in mails
        )
        deliver_later.defer_many([{"message_id": each.pk} for each in messages])
    return messages


def _write(*, reply_to: str, sender: str = "", headers: Mapping[str, str] | None, **fields: Any) -> OutboxMessage:
    """Into the outbox, with the job of its delivery, both in the caller's transaction.

    If the change that causes the mail is rolled back, the mail was never written. A `fleeting` mail passes on what
    somebody else wrote: its text is gone as soon as it is sent. `headers` are further lines such as List-Unsubscribe.
    """
    held, usual = _held.get(), current_sender()
    with transaction.atomic():
        message = OutboxMessage.objects.create(
            **{**fields, "subject": " ".join(fields["subject"].split())},
            sender=sender or sender_line(usual),
            reply_to=reply_to or usual.reply_to,
            headers=dict(headers or {}),
            # Which municipality it is of is told by a bounce that names nothing else.
            message_id=make_msgid(idstring=current_schema(), domain=settings.BASE_DOMAIN),
            next_try_at=held.until if held is not None else None,
        )
        if held is None:
            deliver_later.defer(message_id=message.pk)
        else:
            held.messages.append(message.pk)
            deliver_later.defer_anew(at=held.until, message_id=message.pk)
    return message


@contextmanager
def holding(until: datetime) -> Iterator[Held]:
    """Keep every mail that is written within back until then, so that whoever caused it may think again."""
    held = Held(until)
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)


def recall(numbers: Collection[int]) -> bool:
    """Take mails out of the outbox before they leave: all of them, or none where one of them is on its way or gone.

    Whoever sends takes the same lock to count an attempt, so a mail is either recalled or sent, never both.
    """
    with transaction.atomic():
        found = list(OutboxMessage.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
        waits = all(each.state == OutboxMessage.State.QUEUED and not each.attempts for each in found)
        if len(found) != len(set(numbers)) or not waits:
            return False
        OutboxMessage.objects.filter(pk__in=numbers).delete()
    return True


def resend(messages: OutboxQuerySet) -> int:
    """Try these mails again at once, with all attempts before them, and return how many there were.

    Those that were sent meanwhile, or whose text was forgotten, are left out. The Message-ID stays: who got the mail
    after all sees it once.
    """
    with transaction.atomic():
        found = list(messages.sendable().select_for_update().order_by("pk"))
        for message in found:
            message.state, message.attempts = OutboxMessage.State.QUEUED, 0
            message.failed_at, message.next_try_at = None, timezone.now()
            message.save(update_fields=["state", "attempts", "failed_at", "next_try_at"])
            deliver_later.defer_anew(message_id=message.pk)
    return len(found)
