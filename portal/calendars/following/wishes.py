"""What the people of the organisation said of the events, once for all or for one: the part no calendar tells."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.text import fold
from portal.calendars.following.merging import KEYS
from portal.calendars.models import Calendar, CalendarEvent
from portal.offers import snapshot
from portal.offers.choices import CostKind
from portal.providers.models import Provider
from portal.taxonomy.tree import load_tree

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
    details = {**BLANK, **calendar.details, **_topics(event.content.get("labels", ())), **event.own}
    content = {**event.content, **{name: details[name] for name in DETAILS}}
    if not content.get("summary") and not content.get("description"):
        content["summary"] = details["sentence"]
    spelled = snapshot.canonical(content)
    return {key: spelled[key] for key in KEYS if key in content}


def _topics(labels: Iterable[str]) -> dict[str, Any]:
    """The topics that are called as the categories an event has in its calendar; nothing where there are none."""
    wanted = {fold(each) for each in labels}
    found = [node.id for node in load_tree().to_choose() if fold(node.name) in wanted] if wanted else []
    return {"categories": sorted(found)} if found else {}


def whole(provider: Provider, wish: Mapping[str, Any]) -> snapshot.Content:
    """A new offer's whole text: what the profile says, and over it what the calendar says."""
    return snapshot.canonical({**snapshot.blank(provider), **wish})


def lacking(provider: Provider, wish: Mapping[str, Any]) -> str:
    """What is missing before it could be an offer, in sentences; empty where nothing is."""
    return " ".join(dict.fromkeys(each.message for each in snapshot.missing(whole(provider, wish))))[:500]
