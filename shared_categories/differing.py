"""Differences as the pages and the command show them: one entry after the other, with what it was and is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shared_categories.comparing import Change, Difference, differences
from shared_categories.models import Entry
from shared_categories.uses import Usage
from shared_categories.values import Link, Value

WORDS: dict[Change, Promise] = {
    Change.ADDED: pgettext_lazy("an entry of the catalogue", "new"),
    Change.REMOVED: pgettext_lazy("an entry of the catalogue", "removed"),
    Change.MERGED: pgettext_lazy("an entry of the catalogue", "merged"),
    Change.MOVED: pgettext_lazy("an entry of the catalogue", "moved"),
    Change.CHANGED: pgettext_lazy("an entry of the catalogue", "changed"),
}
_BADGES = {Change.ADDED: "success", Change.REMOVED: "danger", Change.MERGED: "warning"}
_OWN_NAMES: dict[str, Promise] = {
    "mappings": gettext_lazy("links to vocabularies"),
    "parent": gettext_lazy("above it"),
    "replaced_by": gettext_lazy("merged into"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """A field with what it was and is, as text."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What differs of one entry; the first difference says what happened to it."""

    value: Value
    change: Change
    sides: tuple[Side, ...]
    usage: Usage

    @property
    def word(self) -> Any:
        """New, removed …"""
        return WORDS[self.change]

    @property
    def badge(self) -> str:
        """The kind of badge the word stands in."""
        return _BADGES.get(self.change, "info")


def shown(old: Mapping[str, Value], new: Mapping[str, Value], usage: Mapping[str, Usage]) -> list[Shown]:
    """All differences, by entry, in the order of the new side."""
    grouped: dict[str, list[Difference]] = {}
    for each in differences(old, new):
        grouped.setdefault(each.code, []).append(each)
    return [
        Shown(
            value=found[0].new,
            change=found[0].change,
            sides=tuple(_side(each, {**old, **new}) for each in found if each.field),
            usage=usage.get(code, Usage()),
        )
        for code, found in grouped.items()
    ]


def _side(difference: Difference, known: Mapping[str, Value]) -> Side:
    label = _OWN_NAMES.get(difference.field)
    return Side(
        label or Entry._meta.get_field(difference.field).verbose_name,  # type: ignore[union-attr]  # none of a relation
        text_of(difference.before, known),
        text_of(difference.after, known),
    )


def text_of(value: Any, known: Mapping[str, Value]) -> str:
    """A value of a field as people read it; codes with their names."""
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {text_of(each, {})}" for key, each in value.items())
    if isinstance(value, Link):
        return f"{value.vocabulary} {value.code} ({value.relation})"
    if isinstance(value, tuple):
        return "\n".join(text_of(each, known) for each in value)
    if isinstance(value, str) and value in known:
        return f"{value} {known[value].name}"
    return _("nothing") if value is None or value == "" else str(value)
