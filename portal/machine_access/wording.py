"""What a program says of an offer as a text of the engine, and the engine's sentences at the program's fields."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gazetteer.germany import in_order
from gazetteer.services import names_of
from portal.authoring.forms.where import point_of
from portal.interfaces.answering import RefusedError
from portal.offer_fields.reading import offer_fields
from portal.offers.choices import ScheduleKind
from portal.offers.languages import KNOWN as LANGUAGES
from portal.offers.models import Offer
from portal.providers.fields import Precision
from portal.revisions.kinds import Content, Problem
from portal.taxonomy.models import District, TargetGroup
from portal.taxonomy.tree import load_tree

PLAIN = (
    "title", "summary", "description", "min_age", "max_age", "languages", "venue", "online_url", "access",
    "accessibility", "accessibility_note", "conditions", "registration_url", "course_number", "capacity", "speaker",
    "format", "cooperation", "volunteering", "participate_note", "donate_note", "video_url", "schedule_kind",
    "schedule_note",
)  # fmt: skip
_CONTACT = {"name": "contact_name", "role": "contact_role", "phone": "contact_phone", "email": "contact_email"}
_PLACE = {"name": "name", "street": "street", "postcode": "postcode", "city": "city", "note": "note"}
# Everything of a text that a program may say; the rest (pictures, markers, own details) is for people.
KEYS = frozenset(
    {*PLAIN, "categories", "target_groups", "locations", "schedules", "cost_kind", "cost_amount", "cost_text"}
    | {*_CONTACT.values(), "contact_salutation"}
)
_FIELDS = {
    "categories": "category_ids",
    "target_groups": "target_group_ids",
    "cost_kind": "cost",
    "cost_amount": "cost",
    "cost_text": "cost",
    **dict.fromkeys(_CONTACT.values(), "contact"),
}
_KIND_OF = {
    "DAILY": ScheduleKind.DAILY,
    "WEEKLY": ScheduleKind.WEEKLY,
    "MONTHLY": ScheduleKind.MONTHLY,
    "YEARLY": ScheduleKind.MONTHLY,
}


def changes_of(said: Mapping[str, Any], before: Content) -> Content:
    """The keys of a text that this says; `before` is what stands there. RefusedError with what is wrong by field."""
    found: Content = {name: said[name] for name in PLAIN if name in said}
    errors: dict[str, list[str]] = {}
    _check_languages(said.get("languages", ()), before["languages"], errors)
    if "category_ids" in said:
        offered = {node.id for node in load_tree().to_choose(before["categories"])}
        found["categories"] = _known(said["category_ids"], offered, "category_ids", errors)
    if "target_group_ids" in said:
        offered = set(TargetGroup.objects.offered(before["target_groups"]).values_list("pk", flat=True))
        found["target_groups"] = _known(said["target_group_ids"], offered, "target_group_ids", errors)
    if "locations" in said:
        found["locations"] = _places(said["locations"], before, errors)
    if "schedules" in said:
        found["schedules"] = [_rule(each) for each in said["schedules"]]
        found.setdefault("schedule_kind", _kind_of(found["schedules"]))
    if "cost" in said:
        found |= _cost(said["cost"])
    contact = said.get("contact", {})
    found |= {_CONTACT[name]: value for name, value in contact.items()}
    if found.get("schedules") and found["schedule_kind"] == ScheduleKind.NONE:
        errors["schedule_kind"] = [_("With “none” there are no schedules.")]
    if errors:
        raise refused(errors)
    return found


def _check_languages(wanted: Iterable[str], before: Collection[str], errors: dict[str, list[str]]) -> None:
    """Codes nobody knows are slips; one that stands there from an old portal may be sent back as it is."""
    strange = sorted(set(wanted) - LANGUAGES - set(before))
    if strange:
        said = {"codes": ", ".join(strange), "known": ", ".join(sorted(LANGUAGES))}
        errors["languages"] = [_("No language here: %(codes)s. These are known: %(known)s") % said]


def _known(wanted: Iterable[int], offered: Collection[int], field: str, errors: dict[str, list[str]]) -> list[int]:
    chosen = list(wanted)
    strange = sorted(set(chosen) - set(offered))
    if strange:
        numbers = ", ".join(map(str, strange[:10]))
        errors[field] = [_("These do not exist here, or cannot be chosen any more: %(numbers)s") % {"numbers": numbers}]
    return chosen


def _places(said: Iterable[Mapping[str, Any]], before: Content, errors: dict[str, list[str]]) -> list[Content]:
    kept = [place["district"] for place in before["locations"] if place["district"] is not None]
    offered = set(District.objects.offered(kept).values_list("pk", flat=True))
    places = [_place(each, before["locations"]) for each in said]
    if any(_is_swapped(place) for place in places):
        errors["locations"] = [_("Latitude and longitude seem to have changed places.")]
    _known([place["district"] for place in places if place["district"] is not None], offered, "locations", errors)
    return places


def _is_swapped(place: Content) -> bool:
    point = place["latitude"], place["longitude"]
    return None not in point and in_order(*point) != point


def _place(said: Mapping[str, Any], before: Iterable[Content]) -> Content:
    place: Content = {name: said.get(given, "") for given, name in _PLACE.items()}
    if place["postcode"] and not place["city"]:
        place["city"] = next(iter(names_of(place["postcode"])), "")
    place |= {"district": said.get("district_id"), "hide_exact_address": bool(said.get("protected"))}
    latitude, longitude = said.get("latitude"), said.get("longitude")
    if latitude is not None and longitude is not None:
        return {**place, "latitude": latitude, "longitude": longitude, "precision": Precision.EXACT.value}
    written = ("street", "postcode", "city")
    same = next((each for each in before if all(each[name] == place[name] for name in written)), None)
    if same is not None:
        # A pin somebody moved by hand stays while the address does.
        return {**place, **{name: same[name] for name in ("latitude", "longitude", "precision")}}
    return {**place, **point_of(place["postcode"], place["city"])}


def _rule(said: Mapping[str, Any]) -> Content:
    return {
        "first_date": said.get("first_date"),
        "last_date": said.get("last_date"),
        "start_time": said.get("start_time"),
        "end_time": said.get("end_time"),
        "rrule": said.get("rrule", ""),
        "exdates": said.get("except_on", []),
        "off": said.get("except_holidays", []),
    }


def _kind_of(rules: list[Content]) -> str:
    """As the forms would call it."""
    if not rules:
        return ScheduleKind.NONE.value
    frequencies = {each["rrule"].partition(";")[0].removeprefix("FREQ=") for each in rules}
    kinds = {_KIND_OF[each] for each in frequencies if each in _KIND_OF}
    if kinds:
        return min(kinds, key=list(ScheduleKind).index).value
    if len(rules) == 1 and rules[0]["last_date"] not in {None, rules[0]["first_date"]}:
        return ScheduleKind.PERIOD.value
    return ScheduleKind.DATES.value


def _cost(said: Mapping[str, Any]) -> Content:
    amount = said.get("amount")
    return {
        "cost_kind": said.get("kind", "unknown"),
        "cost_amount": None if amount is None else str(amount),
        "cost_text": said.get("text", ""),
    }


def without_unasked(changes: Content) -> tuple[Content, list[str]]:
    """What of it the municipality does without is not taken over, and that is said."""
    unasked = [name for name in changes if name in offer_fields().left_out and changes[name] != _default(name)]
    sentence = _("“%(name)s” was not taken over: it is not asked in this municipality.")
    notes = [sentence % {"name": _FIELDS.get(name, name)} for name in unasked]
    return {name: value for name, value in changes.items() if name not in offer_fields().left_out}, notes


def _default(name: str) -> Any:
    return Offer._meta.get_field(name).get_default()  # type: ignore[union-attr]  # columns, no relations


def refused(errors: Mapping[str, Any]) -> RefusedError:
    """What is wrong, by the names of the fields."""
    return RefusedError(422, _("See “errors”, by the names of the fields."), errors=dict(errors))


def lacking(problems: Iterable[Problem]) -> RefusedError:
    """What the forms would say is missing."""
    errors: dict[str, list[str]] = {}
    for each in problems:
        sentences = errors.setdefault(_FIELDS.get(each.name, each.name), [])
        if each.message not in sentences:
            sentences.append(each.message)
    return refused(errors)
