"""What of an offer cannot be stored, and what is missing before it may be submitted."""

from collections.abc import Collection
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.media.snapshot import storable_images
from portal.offer_fields import answers
from portal.offer_fields.reading import offer_fields
from portal.offers.choices import CostKind, ScheduleKind, Venue
from portal.offers.models import OfferImage, Schedule
from portal.offers.models.schedule import MOST_EXCEPTIONS
from portal.offers.rules import FIRST_YEAR, LAST_YEAR
from portal.offers.snapshot.content import place_scalars, scalars
from portal.preferences.models import Preferences
from portal.revisions.kinds import Content, Problem

Told = list[tuple[str, str]]
CREDITED = frozenset(OfferImage.Kind.values)


def missing(content: Content) -> list[Problem]:
    """The friendly list: what an offer needs before anybody else may see it. Empty: it may be submitted."""
    found = []
    if not content["title"]:
        found.append(Problem("title", _("Please give the offer a name.")))
    if not (content["summary"] or content["description"]):
        found.append(Problem("summary", _("Please say in one or two sentences what it is about.")))
    if not content["categories"]:
        found.append(Problem("categories", _("Please choose at least one topic.")))
    if content["schedule_kind"] != ScheduleKind.NONE and not content["schedules"]:
        found.append(Problem("schedules", _("Please say when it takes place, or choose “without date”.")))
    if _needs_place(content):
        found.append(Problem("locations", _("Please say where it takes place.")))
    found += scalars.problems(content)
    found += [Problem("locations", each.message) for place in content["locations"] for each in
              place_scalars.problems(place)]  # fmt: skip
    found += [Problem(name, sentence) for name, sentence in storable(content)[1]]
    return found


def _needs_place(content: Content) -> bool:
    if content["venue"] == Venue.ONLINE:
        return False
    if any(place["street"] or place["postcode"] or place["city"] for place in content["locations"]):
        return False
    return not Preferences.current().offers_without_address


def storable(content: Content, names: Collection[str] | None = None) -> tuple[Content, Told]:
    """What the tables can hold of an offer, and what they cannot, with a sentence each. A draft is often so.

    `names`: only these keys are wanted.
    """
    kept, told = dict(content), Told()
    _costs(kept, told)
    _ages(kept, told)
    if names is None or "schedules" in names:
        _dates(kept, told)
    _places(kept, told)
    if kept["extras"] and (names is None or "extras" in names):
        told += [("extras", sentence) for sentence in answers.too_long(kept["extras"], offer_fields())]
    kept["images"], pictures = storable_images(content["images"], credited=CREDITED)
    return kept, told + [("images", sentence) for sentence in pictures]


def _costs(kept: Content, told: Told) -> None:
    kind, amount = kept["cost_kind"], kept["cost_amount"]
    if kind == CostKind.AMOUNT and (amount is None or Decimal(amount) <= 0):
        told.append(("cost_amount", _("Please give an amount above zero, or say that it is free of charge.")))
        kept["cost_kind"], kept["cost_amount"] = CostKind.UNKNOWN.value, None
    elif kind == CostKind.TEXT and not kept["cost_text"]:
        told.append(("cost_text", _("Please say what the costs depend on.")))
        kept["cost_kind"], kept["cost_amount"] = CostKind.UNKNOWN.value, None
    elif kind != CostKind.AMOUNT:
        kept["cost_amount"] = None


def _ages(kept: Content, told: Told) -> None:
    low, high = kept["min_age"], kept["max_age"]
    if low is not None and high is not None and low > high:
        told.append(("max_age", _("The lowest age must not be above the highest.")))
        kept["min_age"] = kept["max_age"] = None


def _dates(kept: Content, told: Told) -> None:
    if kept["schedule_kind"] == ScheduleKind.NONE:
        kept["schedules"] = []
        return
    possible = []
    for each in kept["schedules"]:
        sentence = wrong_with(each)
        if sentence:
            told.append(("schedules", sentence))
        else:
            possible.append(each)
    kept["schedules"] = possible


def wrong_with(rule: dict[str, Any]) -> str:
    """Why a rule cannot be stored, in a sentence; empty where it can. Asks no database."""
    if rule["first_date"] is None:
        return _("Please give the day on which it takes place or begins.")
    made = schedule_of(rule)
    try:
        # The tables' own rules are looked at here: Django would ask the database about each of them.
        made.full_clean(exclude=["offer"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        return " ".join(error.messages)
    return _against_the_tables(made)


def _against_the_tables(rule: Schedule) -> str:
    days = [day for day in (rule.first_date, rule.last_date, *rule.exdates) if day is not None]
    if len(rule.exdates) > MOST_EXCEPTIONS or any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        return _("One of the days is in a year that cannot be right, or there are too many.")
    if rule.last_date is not None and (rule.last_date < rule.first_date or rule.rrule):
        return _("The last day must not be before the first.")
    if rule.end_time is not None and rule.start_time is None:
        return _("Please say when it begins, or leave out when it ends.")
    return ""


def schedule_of(rule: dict[str, Any], position: int = 0) -> Schedule:
    """The rule as an unsaved row."""
    made = Schedule(rrule=rule["rrule"], position=position)
    for name in ("first_date", "last_date", "start_time", "end_time"):
        convert = date.fromisoformat if name.endswith("date") else time.fromisoformat
        setattr(made, name, convert(rule[name]) if rule[name] else None)
    made.exdates = [date.fromisoformat(each) for each in rule["exdates"]]
    made.off, made.reasons = list(rule.get("off", ())), dict(rule.get("reasons", {}))
    return made


def _places(kept: Content, told: Told) -> None:
    places = []
    for place in kept["locations"]:
        if place["postcode"] and not (len(place["postcode"]) == 5 and place["postcode"].isdecimal()):
            told.append(("locations", _("A postcode has five digits.")))
            place = {**place, "postcode": ""}  # noqa: PLW2901 - the same place, as it can be kept
        places.append(place)
    kept["locations"] = places
