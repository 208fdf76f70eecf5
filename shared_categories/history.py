"""What was done to an entry, from the audit log of the operator's side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.models import Entry as Note
from shared_categories.models import Entry

MOST_SHOWN = 50
DEEDS: dict[str, Promise] = {
    "catalogue.created": _("added"),
    "catalogue.changed": _("changed"),
    "catalogue.linked": _("links to vocabularies changed"),
    "catalogue.moved": _("moved"),
    "catalogue.removed": _("removed"),
    "catalogue.restored": pgettext_lazy("an entry of the catalogue", "taken back"),
    "catalogue.merged": _("merged into another"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the history: fields with what they were and became, as text."""

    at: datetime
    who: str
    what: Any
    changes: tuple[tuple[Any, str, str], ...]


def history_of(entry: Entry) -> list[Deed]:
    """The newest first."""
    notes = Note.objects.filter(target_type=Entry._meta.label_lower, target_id=str(entry.pk)).order_by("-pk")
    return [
        Deed(note.at, note.actor, DEEDS.get(note.action, note.action), _changes(note)) for note in notes[:MOST_SHOWN]
    ]


def _changes(note: Note) -> tuple[tuple[Any, str, str], ...]:
    names = {field.name: field.verbose_name for field in Entry._meta.get_fields() if hasattr(field, "verbose_name")}
    names |= {"place": pgettext_lazy("of an entry", "place"), "into": _("into"), "mappings": _("links to vocabularies")}
    return tuple(
        (names.get(field, field), _text(sides[0]), _text(sides[1]))
        for field, sides in note.changes.items()
        if isinstance(sides, list) and len(sides) == 2
    )


def _text(value: Any) -> str:
    """A value of the log as people read it."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(_text(each) for each in value if each not in ("", None))
    return "" if value is None else str(value)
