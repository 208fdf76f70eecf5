"""The verbs of `manage catalogue` that are this room's: release and diff."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_categories import reading, services, start, verbs
from shared_categories.content import working_copy
from shared_categories.differing import WORDS, Shown, shown
from shared_categories.models import Entry, Release
from shared_categories.values import Value
from tenants.running.context import inside_public

BY = "manage catalogue"
WORKING_COPY = "arbeit"


def _release_arguments(parser: CommandParser) -> None:
    parser.add_argument("--note", required=True, metavar="TEXT", help="what municipalities read beside the differences")


def release(**options: Any) -> str:
    """Issue the working copy; an empty one is filled with what the product brings before."""
    with inside_public(), transaction.atomic():
        filled = start.begin(by=BY) if not Entry.objects.exists() else 0
        issued = services.issue_release(options["note"], by=BY)
        newest = len([value for value in reading.release(issued.number).values.values() if not value.removed])
    said = _("Release %(number)d is issued: %(entries)d entries.") % {"number": issued.number, "entries": newest}
    return f"{said} {_('The catalogue was empty and began with what the product brings.')}" if filled else said


def _diff_arguments(parser: CommandParser) -> None:
    parser.add_argument("old", nargs="?", metavar="OLD", type=int, help="a release; without it the last one")
    parser.add_argument("new", nargs="?", metavar="NEW", type=int, help="a release; without it the working copy")
    parser.add_argument("--json", action="store_true", help="as JSON")


def diff(**options: Any) -> str:
    """What differs between two releases, or the last one and the working copy."""
    with inside_public():
        last = options["old"] if options["old"] is not None else reading.newest_number()
        found = shown(_values(last) if last else {}, _values(options["new"]), {})
    return _as_json(found) if options["json"] else _as_lines(found)


def _values(number: int | None) -> Mapping[str, Value]:
    if number is None:
        return working_copy()
    try:
        return reading.release(number).values
    except Release.DoesNotExist as error:
        raise ValidationError(_("There is no release %(number)d of the catalogue.") % {"number": number}) from error


def _as_lines(found: list[Shown]) -> str:
    lines = [f"{each.value.code} {each.value.name}: {WORDS[each.change]}{_sides(each)}" for each in found]
    return "\n".join([*lines, _("%(number)d entries differ.") % {"number": len(found)}])


def _sides(each: Shown) -> str:
    return "".join(f"\n    {side.label}: {_one_line(side.before)} → {_one_line(side.after)}" for side in each.sides)


def _one_line(text: str) -> str:
    return text.replace("\n", "; ")


def _as_json(found: list[Shown]) -> str:
    rows = [
        {
            "code": each.value.code,
            "name": each.value.name,
            "change": each.change.value,
            "fields": {str(side.label): [side.before, side.after] for side in each.sides},
        }
        for each in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


verbs.register(
    "release", verbs.Verb(gettext_lazy("issues the working copy of the catalogue"), _release_arguments, release)
)
verbs.register("diff", verbs.Verb(gettext_lazy("shows what differs between two releases"), _diff_arguments, diff))
