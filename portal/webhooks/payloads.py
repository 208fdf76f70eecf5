"""What a message says: the offer as the interface has it at the moment of sending, or that it is gone."""

from typing import Any

from portal.interfaces.answering import encode
from portal.interfaces.records import Record, Teller, moment
from portal.interfaces.rows import rows_of
from portal.offers.models import Offer
from portal.webhooks.models import Delivery, Event
from tenants.urls import own_address


def body(delivery: Delivery) -> bytes:
    """The bytes that are signed and sent."""
    said = _of_event(delivery) if delivery.event else {"type": "ping", "timestamp": moment(delivery.at), "data": {}}
    return encode(said).encode()


def _of_event(delivery: Delivery) -> dict[str, Any]:
    offer = delivery.offer or 0
    told = None if delivery.event == Event.ENDED else _record(offer)
    return {
        "type": f"offer.{delivery.event}",
        "timestamp": moment(delivery.at),
        "data": {"offer": told or _tombstone(delivery)},
    }


def _record(offer: int) -> Record | None:
    """As residents find it now; what was withdrawn since is told to nobody."""
    found = rows_of([offer], Offer.objects.current())
    return Teller.at(own_address().rstrip("/")).offer(found[offer]) if offer in found else None


def _tombstone(delivery: Delivery) -> Record:
    over = Offer.objects.over().filter(pk=delivery.offer or 0).exists()
    reason = "over" if over else "withdrawn"
    return {"id": delivery.offer, "deleted": True, "reason": reason, "at": moment(delivery.at)}
