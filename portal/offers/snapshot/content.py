"""What an offer says, read from its row or from what a form gives, always in the same spelling."""

from collections.abc import Collection, Iterable, Mapping
from datetime import time
from typing import Any

from portal.media.snapshot import clean_images, take_images
from portal.offer_fields import answers
from portal.offers.models import Location, Offer, OfferImage, Schedule
from portal.offers.models.schedule import Off
from portal.offers.rules import RuleError, tidy
from portal.providers.models import Provider
from portal.providers.snapshot import ADDRESS, CONTACT, placed
from portal.revisions.children import link_ids
from portal.revisions.kinds import Content
from portal.revisions.scalars import Scalars, clock, day, ids, words

FORMAT = 1
# The longest reason of a day on which it does not take place.
REASON = 120
TEXTS = (
    "title",
    "summary",
    "description",
    "min_age",
    "max_age",
    "languages",
    "venue",
    "online_url",
    "cost_kind",
    "cost_amount",
    "cost_text",
    "access",
    "accessibility",
    "accessibility_note",
    "conditions",
    "registration_url",
    "course_number",
    "capacity",
    "speaker",
    "format",
    "cooperation",
    "volunteering",
    "participate_note",
    "donate_note",
    "video_url",
    "schedule_kind",
    "schedule_note",
    *CONTACT,
)
LINKS = ("categories", "target_groups", "markers")
PLACE = ("name", *ADDRESS, "note", "district", "hide_exact_address")
scalars = Scalars(Offer, TEXTS)
place_scalars = Scalars(Location, PLACE)
_RULE_TEXT = Scalars(Schedule, ("rrule",))


def take(offer: Offer) -> Content:
    """What the offer says now. Prefetch categories, target_groups, markers, schedules, locations, images for many."""
    return {
        **scalars.take(offer),
        **{name: link_ids(offer, name) for name in LINKS},
        "extras": answers.canonical(offer.extras),
        "schedules": [rule_said(rule) for rule in offer.schedules.all()],
        "locations": [place_said(place) for place in offer.locations.all()],
        "images": take_images(offer),
    }


def rule_said(rule: Schedule) -> dict[str, Any]:
    """One rule of the dates."""
    return {
        "first_date": day(rule.first_date),
        "last_date": day(rule.last_date),
        "start_time": clock(rule.start_time),
        "end_time": clock(rule.end_time),
        "rrule": rule.rrule,
        "exdates": sorted({each.isoformat() for each in rule.exdates}),
        **_besides(rule.off, rule.reasons, {each.isoformat() for each in rule.exdates}),
    }


def _besides(off: Iterable[str] | None, reasons: Mapping[str, str] | None, free: Collection[str]) -> dict[str, Any]:
    """What few rules say: holidays that are left out, reasons of single days. Other rules do not mention it, so that
    texts from before it was possible say the same, digest and all."""
    known = [each for each in Off.values if each in set(off or ())]
    why = {
        each: text for each, said in sorted((reasons or {}).items()) if each in free and (text := words(said)[:REASON])
    }
    return {**({"off": known} if known else {}), **({"reasons": why} if why else {})}


def place_said(place: Location) -> dict[str, Any]:
    """One place."""
    return place_scalars.take(place)


def canonical(content: Mapping[str, Any]) -> Content:
    """The same offer in one spelling, whatever of it is given; what is missing has its default."""
    return {
        **scalars.canonical(content),
        **{name: ids(content.get(name)) for name in LINKS},
        "extras": answers.canonical(content.get("extras")),
        "schedules": [_rule(each) for each in content.get("schedules") or ()],
        "locations": [placed(place_scalars.canonical(each)) for each in content.get("locations") or ()],
        "images": clean_images(content.get("images"), OfferImage),
    }


def _rule(each: Mapping[str, Any]) -> dict[str, Any]:
    free = sorted({found for given in each.get("exdates") or () if (found := day(given))})
    return {
        "first_date": day(each.get("first_date")),
        "last_date": day(each.get("last_date")),
        "start_time": clock(each.get("start_time")),
        "end_time": clock(each.get("end_time")),
        "rrule": _tidied(_RULE_TEXT.canonical(each)["rrule"], clock(each.get("start_time"))),
        "exdates": free,
        **_besides(each.get("off"), each.get("reasons"), free),
    }


def _tidied(rrule: str, start: str | None) -> str:
    """In our spelling; what cannot be understood stays as it was written, for `missing` to complain about."""
    try:
        return tidy(rrule, start=time.fromisoformat(start) if start else None) if rrule else ""
    except RuleError:
        return rrule


def blank(provider: Provider) -> Content:
    """A new offer of this provider's: its place and its contact, which are nearly always right; nothing else."""
    given = {name: getattr(provider, name) for name in CONTACT}
    place = {name: getattr(provider, name) for name in ADDRESS}
    known = place["street"] or place["postcode"] or place["city"]
    place |= {"district": provider.district_id, "name": ""}
    return canonical({**given, "locations": [place] if known or provider.district_id else []})
