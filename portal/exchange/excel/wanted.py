"""Plans as snapshots, so that a workbook changes an offer on the same ways as a form does."""

from typing import Any

from portal.exchange.excel.mapping import Plan
from portal.exchange.excel.merging import CONTENT_OF
from portal.exchange.excel.places import Gazetteer
from portal.offers.choices import Venue
from portal.offers.kind import KIND
from portal.offers.models import Offer, Schedule
from portal.offers.snapshot.content import rule_said
from portal.revisions.kinds import Content
from portal.revisions.models import Desk

_PLACE = ("street", "postcode", "city", "note")


def wanted(plan: Plan, now: Content, gazetteer: Gazetteer) -> Content:
    """What the offer shall say: what it says now, with what the workbook's columns tell (`plan.keys`: some of them)."""
    told = {
        **plan.fields,
        "categories": plan.categories,
        "target_groups": plan.target_groups,
        "schedules": [rule_said(Schedule(**rule)) for rule in plan.rules],
        "locations": _places(plan, now["locations"], gazetteer),
    }
    if now["venue"] == Venue.BOTH and told["venue"] == Venue.ON_SITE:
        # No column can say “both”.
        told["venue"] = now["venue"]
    if plan.keys is not None:
        kept = {name for key in plan.keys for name in CONTENT_OF[key]}
        told = {name: value for name, value in told.items() if name in kept}
    filled = {name: value for name, value in plan.fill.items() if not now[name]}
    return KIND.canonical({**now, **told, **filled})


def _places(plan: Plan, now: list[dict[str, Any]], gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """The plan's place; where it is the one that is there, that stays, with its exact coordinates."""
    if plan.location is None:
        return []
    given = {name: plan.location[name] for name in _PLACE} | {"district": plan.location["district_id"]}
    if len(now) == 1 and all(now[0][name] == value for name, value in given.items()):
        return now
    # No column says that an address is not for everybody: whoever asked for that keeps it.
    hidden = {"hide_exact_address": True} if any(place["hide_exact_address"] for place in now) else {}
    return [{**given, **hidden, **gazetteer.coordinates(plan.location["postcode"])}]


class Desks:
    """Where changes of one provider's offers must wait, asked once for each kind of offer instead of for each."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self._known: dict[tuple[object, ...], Desk] = {}

    def of(self, offer: Offer) -> Desk:
        key = (offer.provider_id, offer.state, offer.published_at is None, offer.taken_down_at is None)
        if key not in self._known:
            self._known[key] = KIND.rules.desk(offer, self.by)
        return self._known[key]
