"""Sending messages: each attempt is counted before it is made, without a transaction around the other server's answer.

Killed in the middle, the message goes again after its pause, under the same name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.lazy import lazy
from courier.backoff import is_given_up, next_try
from courier.models import Message, MessageState
from courier.signing import signed

if TYPE_CHECKING:
    from core import outgoing as door
else:
    door = lazy("core.outgoing")

Sent = TypeVar("Sent", bound=Message)
# The address says itself that nobody wants anything any more.
_GONE = 410
_LAST_PAUSE = timedelta(hours=1)
_MOST_LOST = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other server said (`status`), or why it said nothing."""

    status: int | None
    error: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the message has arrived."""
        return self.status is not None and 200 <= self.status < 300


@transaction.atomic
def begin(messages: QuerySet[Sent], pk: int, now: datetime) -> Sent | None:
    """Count an attempt; None where there is nothing to do (any more, or yet). `messages` has what the body is made of
    beside it."""
    waiting = messages.select_for_update(of=("self",), skip_locked=True).filter(pk=pk)
    row = waiting.filter(state=MessageState.WAITING, hook__active=True).first()
    if row is None or (row.next_try_at is not None and row.next_try_at > now):
        return None
    row.attempts += 1
    # Should this process be killed: the message is found again after its pause.
    row.next_try_at = next_try(row.attempts, now) or now + _LAST_PAUSE
    row.save(update_fields=["attempts", "next_try_at"])
    return row


def hand_over(delivery: Any, said: bytes, now: datetime) -> Answer:
    """Ask the other server to take it."""
    headers = {"Content-Type": "application/json", **signed(delivery.message, now, said, delivery.hook.secret)}
    limits = door.Limits(connect=5, read=15, total=20, most_bytes=1000)
    try:
        with door.Outgoing(limits, internal_hosts=settings.LINK_INTERNAL_HOSTS) as outgoing:
            answer = outgoing.ask("POST", delivery.hook.url, headers=headers, body=said, contents=False)
    except door.OutgoingError as error:
        return Answer(None, str(error)[:300])
    return Answer(answer.status, "" if 200 <= answer.status < 300 else f"HTTP {answer.status}")


@transaction.atomic
def note(delivery: Any, answer: Answer, now: datetime) -> bool:
    """Write down how it went; True when the address was given up with that."""
    hook = type(delivery.hook).objects.select_for_update().get(pk=delivery.hook_id)
    delivery.status, delivery.error = answer.status, answer.error
    if answer.is_good:
        delivery.state, delivery.done_at, delivery.next_try_at = MessageState.SENT, now, None
        hook.first_failure = hook.last_failure = None
    else:
        delivery.next_try_at = next_try(delivery.attempts, now)
        if delivery.next_try_at is None:
            delivery.state = MessageState.FAILED
        hook.first_failure, hook.last_failure = hook.first_failure or now, now
    delivery.save(update_fields=["status", "error", "state", "done_at", "next_try_at"])
    over: bool = not answer.is_good and hook.active and _is_over(hook, answer, now)
    if over:
        hook.active, hook.given_up_at = False, now
    hook.save(update_fields=["first_failure", "last_failure", "active", "given_up_at"])
    return over


def _is_over(hook: Any, answer: Answer, now: datetime) -> bool:
    first, last = hook.first_failure, hook.last_failure
    return answer.status == _GONE or (first is not None and last is not None and is_given_up(first, last, now))


def lost(messages: QuerySet[Any], now: datetime) -> list[int]:
    """Messages that wait without a job: their process was killed, or their address was off."""
    rows = messages.filter(state=MessageState.WAITING, hook__active=True)
    return list(rows.filter(next_try_at__lt=now - timedelta(minutes=5)).values_list("pk", flat=True)[:_MOST_LOST])


def explain(delivery: Any) -> str:
    """What became of it, in words."""
    if delivery.state != MessageState.WAITING:
        return str(delivery.get_state_display())
    if delivery.next_try_at is not None and delivery.next_try_at > timezone.now():
        return _("tried again later")
    return pgettext("a message", "on its way")
