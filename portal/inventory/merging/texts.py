"""The profile that two entries become: field by field, what is the same or only there once needs no choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.providers.kind import KIND
from portal.providers.snapshot import ADDRESS, CONTACT
from portal.revisions.kinds import Content

STAYS, OTHER, BOTH = "a", "b", "beide"
Choices = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """What is chosen as one; with `both` the two can stand together."""

    name: str
    label: Promise
    keys: tuple[str, ...]
    both: Callable[[Any, Any], Any] | None = None


def _united(one: list[int], other: list[int]) -> list[int]:
    return sorted({*one, *other})


def _facts(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*one, *(each for each in other if each not in one)]


def _pictures(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All of both; of what there can be one of (logo, portrait), that of the entry that stays."""
    taken = {each["kind"] for each in one if each["kind"] != "content"}
    shown = {each["media"] for each in one}
    return [*one, *(each for each in other if each["kind"] not in taken and each["media"] not in shown)]


PARTS = (
    Part("name", _("Name"), ("name",)),
    Part("tagline", _("Line below the name"), ("tagline",)),
    Part("summary", _("Short description"), ("summary",)),
    Part("description", _("Description"), ("description",)),
    Part("carrier", _("Kind of carrier"), ("carrier",)),
    Part("categories", _("Topics"), ("categories",), _united),
    Part("address", _("Address"), (*ADDRESS, "district")),
    Part("contact", _("Contact person"), CONTACT),
    Part("email", _("E-mail"), ("email",)),
    Part("phone", _("Phone"), ("phone", "phone_2")),
    Part("website", _("Website"), ("website",)),
    Part(
        "hours",
        _("Opening hours"),
        ("opening_hours", "opening_notes", "opening_hours_note", "closed_on_holidays", "closed_in_school_holidays"),
    ),
    Part("facts", _("Facts"), ("facts",), _facts),
    Part("images", _("Pictures"), ("images",), _pictures),
    Part("employees", _("Number of employees"), ("employees",)),
    Part("volunteering", _("Volunteering possible"), ("volunteering",)),
)


def is_empty(content: Content, part: Part) -> bool:
    """Whether an entry says nothing on it."""
    return not any(content[key] for key in part.keys)


def usual(one: Content, other: Content, part: Part) -> str:
    """What is proposed: nothing is lost where both can stand, gaps are filled, else the entry that stays wins."""
    if is_empty(other, part):
        return STAYS
    if is_empty(one, part):
        return OTHER
    return BOTH if part.both is not None else STAYS


def differs(one: Content, other: Content, part: Part) -> bool:
    """Whether there is anything to choose."""
    return any(one[key] != other[key] for key in part.keys)


def merged(one: Content, other: Content, choices: Choices) -> Content:
    """The text of both, as it was chosen; what was not chosen goes the usual way."""
    found = dict(one)
    for part in PARTS:
        chosen = choices.get(part.name, "")
        if chosen not in (STAYS, OTHER, *([BOTH] if part.both is not None else [])):
            chosen = usual(one, other, part)
        for key in part.keys:
            if chosen == OTHER:
                found[key] = other[key]
            elif chosen == BOTH and part.both is not None:
                found[key] = part.both(one[key], other[key])
    return KIND.canonical(found)


def every_key() -> set[str]:
    """All keys that the parts cover."""
    return {key for part in PARTS for key in part.keys}
