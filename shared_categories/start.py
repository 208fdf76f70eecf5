"""What an installation's catalogue begins with: the files in `start_content/`, one for each kind.

They fill an empty working copy, once, when the operator says so. From then on the catalogue is the operator's: a newer
version of the product changes nothing of it, because codes it would bring may be somebody else's by then. So no
migration loads them either. docs/CATALOGUE.md says where they come from.
"""

import tomllib
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
    known: dict[str, Entry] = {}
    last: dict[str, int] = {}
    for said in entries_of(kind):
        parent, links = said.pop("parent", ""), said.pop("links", [])
        translations = {language: {"name": name} for language, name in said.pop("names", {}).items()}
        last[parent] = last.get(parent, 0) + GAP
        entry = Entry(
            kind=kind,
            parent=known[parent] if parent else None,
            position=last[parent],
            translations=translations,
            **said,
        )
        entry.full_clean()
        entry.save(force_insert=True)
        known[entry.code] = entry
        _link(entry, links)
    return list(known.values())


def _link(entry: Entry, links: list[str]) -> None:
    for link in links:
        vocabulary, code, relation = link.split()
        mapping = Mapping(entry=entry, vocabulary=vocabulary, code=code, relation=relation)
        mapping.full_clean()
        mapping.save()
