"""How dates, prices, ages and places are put into words. Pure functions: no query, no clock but the given one."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple, Protocol

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.offers.choices import CostKind
from portal.offers.schedule_words import (
    Times,
    enumerate_words,
    goes_on,
    is_night,
    schedule_sentences,
    span_words,
    through_words,
    times_line,
)
from portal.preferences.models import Preferences

__all__ = [
    "Times",
    "age_line",
    "cost_line",
    "day_line",
    "next_date_line",
    "occurrence_line",
    "place_line",
    "schedule_sentences",
    "target_line",
    "times_line",
]


class Moment(Protocol):
    """A date as it is put into words: an Occurrence, or what a search knows of one."""

    @property
    def offer_id(self) -> int: ...
    @property
    def first_date(self) -> date: ...
    @property
    def last_date(self) -> date: ...
    @property
    def start_time(self) -> time | None: ...
    @property
    def end_time(self) -> time | None: ...


class Priced(Protocol):
    """An offer, or what a card knows of one."""

    @property
    def cost_kind(self) -> str: ...
    @property
    def cost_amount(self) -> Decimal | None: ...
    @property
    def cost_text(self) -> str: ...


class Held(Protocol):
    """An offer, or what a card knows of one."""

    @property
    def is_online(self) -> bool: ...


class Place(Protocol):
    """A Location, or what a card knows of one."""

    @property
    def district_name(self) -> str: ...
    @property
    def hide_exact_address(self) -> bool: ...
    @property
    def postcode(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def name(self) -> str: ...


class Day(NamedTuple):
    """A day in the wording of a card and, if it is near, its everyday name."""

    text: str
    near: bool


def day_line(day: date, *, today: date) -> Day:
    """“Today”, “Tomorrow”, else weekday and date; the year only where it is not the present one."""
    if day == today:
        return Day(_("Today"), near=True)
    if day == today + timedelta(days=1):
        return Day(_("Tomorrow"), near=True)
    return Day(_named_day(day, today=today), near=False)


def _named_day(day: date, *, today: date) -> str:
    # Translators: a Django date format; German writes "D., d.m."
    pattern = _("D, d/m") if day.year == today.year else _("D, d/m/Y")
    return date_format(day, pattern)


def _short_day(day: date) -> str:
    return date_format(day, _("d/m/Y"))


def next_date_line(occurrence: Moment | None, *, now: datetime) -> str:
    """When to come next, for a card; empty without a date."""
    if occurrence is None:
        return ""
    today = timezone.localdate(now)
    first, last, times = occurrence.first_date, occurrence.last_date, hours_of(occurrence)
    if last - first > timedelta(days=1):
        return _stretch_line(occurrence, today=today)
    if first == last or is_night(first, last, times):
        days = day_line(first, today=today).text
    elif first < today:
        return _stretch_line(occurrence, today=today)
    elif goes_on(first, last, times):
        return through_words(day_line(first, today=today).text, _named_day(last, today=today), times)
    else:
        days = enumerate_words([day_line(first, today=today).text, _named_day(last, today=today)])
    return ", ".join(part for part in (days, times_line([times])) if part)


def hours_of(occurrence: Moment) -> Times:
    """Its time of day."""
    return Times(occurrence.start_time, occurrence.end_time)


def _stretch_line(occurrence: Moment, *, today: date) -> str:
    """A stretch of several days, before it began and while it lasts."""
    if occurrence.first_date <= today:
        return _("until %(day)s") % {"day": _short_day(occurrence.last_date)}
    return _("%(first)s to %(last)s") % {
        "first": _short_day(occurrence.first_date),
        "last": _short_day(occurrence.last_date),
    }


def occurrence_line(occurrence: Moment) -> str:
    """One date in full, for the list of dates on an offer's page."""
    return span_words(occurrence.first_date, occurrence.last_date, hours_of(occurrence))


def cost_line(offer: Priced) -> str:
    """What it costs; empty where nobody said."""
    if offer.cost_kind == CostKind.FREE:
        return _("free of charge")
    if offer.cost_kind == CostKind.AMOUNT and offer.cost_amount is not None:
        whole = offer.cost_amount == offer.cost_amount.to_integral_value()
        amount = number_format(offer.cost_amount, decimal_pos=0 if whole else 2)
        return _("€%(amount)s") % {"amount": amount}
    return offer.cost_text if offer.cost_kind == CostKind.TEXT else ""


def age_line(low: int | None, high: int | None) -> str:
    """For which ages; empty where everybody may come."""
    if low is not None and high is not None:
        if low == high:
            return ngettext("%(age)d year", "%(age)d years", low) % {"age": low}
        ages = {"low": low, "high": high}
        return ngettext("%(low)d to %(high)d year", "%(low)d to %(high)d years", high) % ages
    if low:
        return ngettext("from %(age)d year", "from %(age)d years", low) % {"age": low}
    return ngettext("up to %(age)d year", "up to %(age)d years", high) % {"age": high} if high is not None else ""


def target_line(low: int | None, high: int | None, groups: Sequence[str], *, most: int = 2) -> str:
    """For whom, on a card: the ages, else the first target groups."""
    ages = age_line(low, high)
    if ages:
        return ages
    more = f" +{len(groups) - most}" if len(groups) > most else ""
    return ", ".join(groups[:most]) + more


def _short_place(place: Place) -> str:
    if place.district_name:
        return place.district_name
    if place.hide_exact_address:
        return ""
    return " ".join(part for part in (place.postcode, place.city) if part) or place.name


def place_line(offer: Held, locations: Iterable[Place], *, names: Preferences) -> str:
    """Where, on a card: districts or towns, “online”, or the whole area. `locations` come with their district."""
    return place_words(offer, locations) or names.whole_area_name


def place_words(offer: Held, locations: Iterable[Place]) -> str:
    """The same without the whole area: empty where nothing is said."""
    places = list(dict.fromkeys(filter(None, map(_short_place, locations))))
    if offer.is_online:
        places.append(_("online"))
    return ", ".join(places)
