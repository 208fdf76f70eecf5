"""What the people of the organisation said of the events, once for all or for one: the part no calendar tells."""

from collections.abc import Mapping
from typing import Any

from portal.calendars.following.merging import KEYS
from portal.calendars.models import Calendar, CalendarEvent
from portal.offers import snapshot
from portal.offers.choices import CostKind
from portal.providers.models import Provider

DETAILS = ("categories", "target_groups", "cost_kind", "cost_amount", "cost_text")
BLANK: dict[str, Any] = {
    "categories": [],
    "target_groups": [],
    "cost_kind": CostKind.UNKNOWN.value,
    "cost_amount": None,
    "cost_text": "",
    "sentence": "",
}


def wished(calendar: Calendar, event: CalendarEvent) -> dict[str, Any]:
    """The part of the offer's text that comes from the calendar and from what was said of it, in one spelling."""
    details = {**BLANK, **calendar.details, **event.own}
    content = {**event.content, **{name: details[name] for name in DETAILS}}
    if not content.get("summary") and not content.get("description"):
        content["summary"] = details["sentence"]
    spelled = snapshot.canonical(content)
    return {key: spelled[key] for key in KEYS if key in content}


def whole(provider: Provider, wish: Mapping[str, Any]) -> snapshot.Content:
    """A new offer's whole text: what the profile says, and over it what the calendar says."""
    return snapshot.canonical({**snapshot.blank(provider), **wish})


def lacking(provider: Provider, wish: Mapping[str, Any]) -> str:
    """What is missing before it could be an offer, in sentences; empty where nothing is."""
    return " ".join(dict.fromkeys(each.message for each in snapshot.missing(whole(provider, wish))))[:500]
