"""Organisations as Integreat's import of places reads them (`import_places_from_csv` of integreat-cms).

That import ends at the first line it refuses, with those before it taken over. So only what it accepts stands here: a
full address, a number with the country before it, one stretch of time a day.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import time
from itertools import groupby
from operator import attrgetter
from typing import Any

from core.phones import phones_in
from portal.providers.models import OpeningHours, Provider

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ABOUT = ("start", "end", "all_day", "closed", "appointment_only")
# `location_on_map` is what versions before 2026 called `place_on_map`; each reads its own.
COLUMNS = (
    "name", "street_address", "postal_code", "city", "country", "latitude", "longitude", "place_on_map",
    "location_on_map", "website", "email", "phone_number", "appointment_url", "category", "barrier_free",
    "temporarily_closed", *(f"{day}_{about}" for day in WEEKDAYS for about in _ABOUT),
)  # fmt: skip
# The longest of each that Integreat keeps.
_LONGEST = {"street": 250, "postcode": 10, "city": 250, "website": 250}
# A category of every CMS; the editors there choose a better one before they publish the place.
_CATEGORY = "Sonstiges"
# What spreadsheets take for the beginning of a formula; somebody will look into the file before it is imported.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def places(providers: Iterable[Any]) -> Iterator[str]:
    """The lines of the file. `providers`: published ones with their opening hours."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for provider in providers:
        if _has_address(provider):
            writer.writerow(place(provider))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _has_address(provider: Provider) -> bool:
    parts = [(name, getattr(provider, name).strip()) for name in ("street", "postcode", "city")]
    return all(said and len(said) <= _LONGEST[name] for name, said in parts)


def place(provider: Any) -> dict[str, Any]:
    """One organisation by the names of the columns; what is not known is left out."""
    somewhere = provider.latitude is not None and provider.longitude is not None
    website = provider.website if len(provider.website) <= _LONGEST["website"] else ""
    return {
        "name": _said(provider.name),
        "street_address": _said(provider.street),
        "postal_code": _said(provider.postcode),
        "city": _said(provider.city),
        "country": "Deutschland",
        "latitude": provider.latitude if somewhere else "",
        "longitude": provider.longitude if somewhere else "",
        "place_on_map": "yes" if somewhere else "no",
        "location_on_map": "yes" if somewhere else "no",
        "website": website,
        "phone_number": _dialled(provider.phone) or _dialled(provider.phone_2),
        "category": _CATEGORY,
        "temporarily_closed": "no",
        **_hours(provider.opening_hours.all()),
    }


def _said(text: str) -> str:
    """On one line, and nothing a spreadsheet would run."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULA) else line


def _dialled(written: str) -> str:
    """`0049681905`: the country before it, digits alone; empty where it is in doubt which number is meant."""
    uri = next((phone.uri for phone in phones_in(written) if phone.international), "")
    digits = uri.removeprefix("tel:+").split(";")[0]
    return f"00{digits}" if uri.startswith("tel:+") and digits.isdecimal() else ""


def _hours(stretches: Iterable[OpeningHours]) -> dict[str, str]:
    """The longest stretch of each day, for there is room for one: nobody who believes it stands before a closed door.
    On days without any, and where nothing is known, it takes the place for closed."""
    told: dict[str, str] = {}
    for weekday, stretch in groupby(sorted(stretches, key=attrgetter("weekday", "opens")), key=attrgetter("weekday")):
        longest = max(stretch, key=lambda each: _minutes(each.closes) - _minutes(each.opens))
        name = WEEKDAYS[weekday - 1]
        if f"{longest.opens:%H:%M}" < f"{longest.closes:%H:%M}":
            told |= {f"{name}_start": f"{longest.opens:%H:%M}", f"{name}_end": f"{longest.closes:%H:%M}"}
    return told


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
