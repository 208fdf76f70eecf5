"""What a message says: the shared part of a ticket and what happened to it, nothing internal and nobody's name."""

import json
from typing import Any

from tenants.running.context import inside, inside_public
from tenants.urls import own_address
from tracker.channels import events
from tracker.channels.models import Delivery, Event, Hook
from tracker.channels.places import ticket_path
from tracker.tickets.models import Ticket


def body(delivery: Delivery) -> bytes:
    """The bytes that are signed and sent."""
    said = _of_event(delivery.event, delivery.hook) if delivery.event else _test(delivery)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _test(delivery: Delivery) -> dict[str, Any]:
    return {"type": "ping", "timestamp": delivery.created_at.isoformat(), "data": {}}


def _of_event(event: Event, hook: Hook) -> dict[str, Any]:
    data: dict[str, Any] = {
        "ticket": _ticket(event.ticket, hook),
        "by": events.who(event),
        "sentence": events.sentence(event),
        "text": events.quoted(event),
    }
    data |= {name: event.data[name] for name in ("old", "new", "version") if event.data.get(name)}
    if event.only is not None:
        data["municipality"] = event.only.town
    return {"type": f"ticket.{event.name}", "timestamp": event.at.isoformat(), "data": data}


def _ticket(ticket: Ticket, hook: Hook) -> dict[str, Any]:
    return {
        "number": ticket.pk,
        "reference": ticket.reference,
        "kind": ticket.kind,
        "title": ticket.title,
        "state": ticket.state,
        "reporter": ticket.author,
        "url": f"{_address(hook)}{ticket_path(ticket.pk, operator=hook.participant is None)}",
    }


def _address(hook: Hook) -> str:
    if hook.participant is not None and hook.participant.municipality is not None:
        with inside(hook.participant.municipality):
            return own_address()
    with inside_public():
        return own_address()
