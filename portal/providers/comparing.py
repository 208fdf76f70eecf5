"""What differs between two texts of a profile, in words for people."""

from html import escape
from typing import Any

from django.utils.translation import gettext as _

from core.html import plain_text
from portal.providers.models import Carrier, Provider, ProviderImage, Weekday
from portal.providers.snapshot import scalars
from portal.revisions.fielding import (
    chosen_difference,
    lines_difference,
    names_of,
    picture_difference,
    plain_differences,
)
from portal.revisions.kinds import Content, Difference
from portal.revisions.wording import compare_markup
from portal.taxonomy.models import Category, District

LINKED = {"carrier": Carrier, "district": District}


def differences(a: Content, b: Content) -> list[Difference]:
    """Everything that differs, in the order of the profile's fields; empty only for the same text."""
    found = plain_differences(scalars, a, b, besides=LINKED)
    for name, model in LINKED.items():
        label = Provider._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        old, new = ([each[name]] if each[name] is not None else [] for each in (a, b))
        found += chosen_difference(name, label, old, new, names_of(model))
    found += chosen_difference("categories", _("categories"), a["categories"], b["categories"], names_of(Category))
    if a["opening_hours"] != b["opening_hours"]:
        old_hours, new_hours = (tuple(map(_hours, each["opening_hours"])) for each in (a, b))
        found.append(lines_difference("opening_hours", _("opening hours"), "hours", old_hours, new_hours))
    if a["opening_notes"] != b["opening_notes"]:
        old_notes, new_notes = (tuple(map(_note, each["opening_notes"])) for each in (a, b))
        label = _("notes on single weekdays")
        found.append(lines_difference("opening_notes", label, "list", old_notes, new_notes))
    found += _facts(a["facts"], b["facts"])
    return found + picture_difference(a["images"], b["images"], dict(ProviderImage.Kind.choices))


def _hours(each: dict[str, Any]) -> str:
    return f"{Weekday(each['weekday']).label} {each['opens'] or '?'}–{each['closes'] or '?'}"


def _note(each: dict[str, Any]) -> str:
    return f"{Weekday(each['weekday']).label}: {each['text']}"


def _facts(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[Difference]:
    if old == new:
        return []
    before, after = (tuple(f"{fact['label']}: {plain_text(fact['text'])}" for fact in facts) for facts in (old, new))
    markup = ("".join(f"<p><strong>{escape(fact['label'])}</strong></p>{fact['text']}" for fact in facts)
              for facts in (old, new))  # fmt: skip
    return [Difference("facts", _("facts"), "facts", before, after, compare_markup(*markup))]
