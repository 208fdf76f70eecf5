"""What the log of a webhook says of a message."""

from django import template

from tracker.channels import events
from tracker.channels.models import Delivery, Event
from tracker.channels.outgoing.delivering import explain

register = template.Library()


@register.filter
def told(event: Event) -> str:
    """What happened."""
    return events.sentence(event)


@register.filter
def became(delivery: Delivery) -> str:
    """How it went."""
    return explain(delivery)
