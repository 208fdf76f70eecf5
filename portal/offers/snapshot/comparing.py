"""What differs between two texts of an offer, in words for people."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.offers.choices import ScheduleKind
from portal.offers.languages import language_name
from portal.offers.models import Offer, OfferImage
from portal.offers.schedule_words import schedule_sentences
from portal.offers.snapshot.checking import schedule_of
from portal.offers.snapshot.content import scalars
from portal.revisions.fielding import (
    chosen_difference,
    lines_difference,
    names_of,
    picture_difference,
    plain_differences,
)
from portal.revisions.kinds import Content, Difference
from portal.taxonomy.models import Category, District, Marker, TargetGroup

# Dates are put into words as if on this day: all exceptions are told, also those that are over.
_LONG_AGO = date(1970, 1, 1)


def differences(a: Content, b: Content) -> list[Difference]:
    """Everything that differs, in the order of the offer's fields; empty only for the same text."""
    found = plain_differences(scalars, a, b, besides=("schedule_kind", "languages"))
    found += _languages(a, b)
    found += _dates(a, b)
    found += _places(a["locations"], b["locations"])
    found += chosen_difference("categories", _("categories"), a["categories"], b["categories"], names_of(Category))
    groups = (a["target_groups"], b["target_groups"])
    found += chosen_difference("target_groups", _("target groups"), *groups, names_of(TargetGroup))
    found += chosen_difference("markers", _("markers"), a["markers"], b["markers"], names_of(Marker))
    kinds = dict(OfferImage.Kind.choices)
    return found + picture_difference(a["images"], b["images"], kinds)


def _languages(a: Content, b: Content) -> list[Difference]:
    if a["languages"] == b["languages"]:
        return []
    old, new = (list(map(language_name, each["languages"])) for each in (a, b))
    label = str(Offer._meta.get_field("languages").verbose_name)
    return [lines_difference("languages", label, "list", old, new)]


def _dates(a: Content, b: Content) -> list[Difference]:
    if (a["schedule_kind"], a["schedules"]) == (b["schedule_kind"], b["schedules"]):
        return []
    old, new = _date_lines(a), _date_lines(b)
    if old == new:
        # What the sentences leave out, such as the order of the rules.
        old, new = (tuple(map(_written, each["schedules"])) for each in (a, b))
    return [lines_difference("schedules", _("dates"), "dates", old, new)]


def _date_lines(content: Content) -> tuple[str, ...]:
    kind = str(ScheduleKind(content["schedule_kind"]).label)
    if not content["schedules"]:
        return (kind,)
    return (kind, *_sentences(content["schedules"]))


def _sentences(rules: list[dict[str, Any]]) -> list[str]:
    """In words where they are complete; as written where a rule cannot be understood."""
    try:
        return schedule_sentences([schedule_of(rule) for rule in rules if rule["first_date"]], today=_LONG_AGO)
    except (ValueError, TypeError):
        return [_written(rule) for rule in rules]


def _written(rule: dict[str, Any]) -> str:
    days = [date_format(date.fromisoformat(each), "SHORT_DATE_FORMAT") for each in
            (rule["first_date"], rule["last_date"]) if each]  # fmt: skip
    times = [each for each in (rule["start_time"], rule["end_time"]) if each]
    except_on = ", ".join(date_format(date.fromisoformat(each), "SHORT_DATE_FORMAT") for each in rule["exdates"])
    parts = [
        "–".join(days),
        "–".join(times),
        rule["rrule"],
        _("not on %(days)s") % {"days": except_on} if except_on else "",
    ]
    return ", ".join(part for part in parts if part)


def _places(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Difference]:
    if old == new:
        return []
    districts = names_of(District)
    lines = tuple(tuple(_place(place, districts) for place in places) for places in (old, new))
    if lines[0] == lines[1]:
        lines = tuple(
            tuple(f"{line} ({_point(place)})" for line, place in zip(told, places, strict=True))
            for told, places in zip(lines, (old, new), strict=True)
        )
    return [lines_difference("locations", _("places"), "places", *lines)]


def _place(place: dict[str, Any], districts: Any) -> str:
    town = f"{place['postcode']} {place['city']}".strip()
    parts = [place["name"], place["street"], town, place["note"]]
    if place["district"] is not None:
        parts += districts([place["district"]])
    if place["hide_exact_address"]:
        parts.append(_("only the district is shown"))
    return ", ".join(part for part in parts if part) or _("a place without address")


def _point(place: dict[str, Any]) -> str:
    if place["latitude"] is None:
        return _("without a point on the map")
    return _("on the map at %(latitude)s, %(longitude)s") % {
        "latitude": f"{place['latitude']:.6f}",
        "longitude": f"{place['longitude']:.6f}",
    }
