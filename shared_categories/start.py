"""What an installation's catalogue begins with: the files in `start_content/`, one for each kind.

They fill an empty working copy, once, when the operator says so. From then on the catalogue is the operator's: a newer
version of the product changes nothing of it, because codes it would bring may be somebody else's by then. So no
migration loads them either. docs/CATALOGUE.md says where they come from.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record_many
from shared_categories.models import Entry, Kind, Mapping
from shared_categories.services import GAP, wait_for_turn

CONTENT = Path(__file__).parent / "start_content"


def entries_of(kind: Kind) -> list[dict[str, Any]]:
    """What the file of a kind says, in its order."""
    with (CONTENT / f"{kind}.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["entry"]
    return found


@transaction.atomic
def begin(*, by: Any) -> int:
    """Fill the empty working copy; returns with how many entries. ValidationError where there are entries already."""
    wait_for_turn()
    if Entry.objects.exists():
        raise ValidationError(_("The catalogue has entries already; it begins only once."))
    made = [entry for kind in Kind for entry in _of_kind(kind)]
    record_many("catalogue.created", [(entry, {"name": [None, entry.name]}) for entry in made], by=by)
    return len(made)


def _of_kind(kind: Kind) -> list[Entry]:
    """All of one file, those above before those below: a row needs the one above it. The tables' own constraints look
    at every row; asking for each before would be thousands of questions."""
    known: dict[str, Entry] = {}
    waiting = _read(kind)
    while waiting:
        ready = [each for each in waiting if not each.parent or each.parent in known]
        if not ready:
            raise ValueError(f"{kind}.toml: what stands above {waiting[0].entry.code} is not there.")
        for each in ready:
            each.entry.parent = known[each.parent] if each.parent else None
        known |= {entry.code: entry for entry in Entry.objects.bulk_create([each.entry for each in ready])}
        Mapping.objects.bulk_create(mapping for each in ready for mapping in each.mappings())
        waiting = [each for each in waiting if each.entry.code not in known]
    return list(known.values())


@dataclass(frozen=True, slots=True)
class _Said:
    """What a file says of an entry: the row, the code of what stands above it, its links."""

    entry: Entry
    parent: str
    links: list[str]

    def mappings(self) -> Iterator[Mapping]:
        """The rows of its links, looked at; it has a number by now."""
        for link in self.links:
            vocabulary, code, relation = link.split()
            mapping = Mapping(entry=self.entry, vocabulary=vocabulary, code=code, relation=relation)
            mapping.full_clean(exclude=["entry"], validate_unique=False, validate_constraints=False)
            yield mapping


def _read(kind: Kind) -> list[_Said]:
    last: dict[str, int] = {}
    found = []
    for said in entries_of(kind):
        parent, links = said.pop("parent", ""), said.pop("links", [])
        translations = {language: {"name": name} for language, name in said.pop("names", {}).items()}
        last[parent] = last.get(parent, 0) + GAP
        entry = Entry(kind=kind, position=last[parent], translations=translations, **said)
        entry.full_clean(validate_unique=False, validate_constraints=False)
        found.append(_Said(entry, parent, links))
    return found
