"""The tracker's messages on their way: what of them `courier` does not know."""

from datetime import datetime

from courier import delivering
from courier.delivering import Answer, explain, note
from tracker.channels.models import Delivery
from tracker.channels.outgoing.payloads import body

__all__ = ["Answer", "begin", "explain", "hand_over", "lost", "note"]


def begin(delivery_id: int, now: datetime) -> Delivery | None:
    """Count an attempt, with what the message is made of."""
    related = ("hook__participant__municipality", "event__ticket__reporter", "event__participant", "event__only")
    return delivering.begin(Delivery.objects.select_related("hook", "event", *related), delivery_id, now)


def hand_over(delivery: Delivery, now: datetime) -> Answer:
    """Ask the other server to take it."""
    return delivering.hand_over(delivery, body(delivery), now)


def lost(now: datetime) -> list[int]:
    """Messages that wait without a job."""
    return delivering.lost(Delivery.objects.all(), now)
