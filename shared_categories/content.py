"""How the working copy becomes what is issued: a list of plain values, each in the shape of `values.Value`."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from core.ordering import name_key
from shared_categories import reading
from shared_categories.comparing import differences
from shared_categories.models import Entry, Kind
from shared_categories.values import Value, parsed

_ORDER = {kind: place for place, kind in enumerate(Kind)}


def working_copy() -> Mapping[str, Value]:
    """The working copy as it would be issued now."""
    return parsed(written())


def written() -> list[dict[str, Any]]:
    """The working copy as plain values in the order of the catalogue, what is removed or merged too."""
    entries = sorted(
        Entry.objects.select_related("parent", "replaced_by").prefetch_related("mappings"),
        key=lambda entry: (_ORDER[Kind(entry.kind)], entry.position, name_key(entry.name), entry.code),
    )
    return [_plain(entry) for entry in entries]


def _plain(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "kind": entry.kind,
        "name": entry.name,
        "definition": entry.definition,
        "parent": entry.parent.code if entry.parent else "",
        "position": entry.position,
        "icon": entry.icon,
        "color": entry.color,
        "min_age": entry.min_age,
        "max_age": entry.max_age,
        "words": list(entry.words),
        "text": entry.text,
        "translations": entry.translations,
        "mappings": [
            {"vocabulary": each.vocabulary, "code": each.code, "relation": each.relation}
            for each in entry.mappings.all()
        ],
        "replaced_by": entry.replaced_by.code if entry.replaced_by else "",
        "removed": not entry.is_present,
    }


def open_changes() -> int:
    """How many entries would be new or other with the next release."""
    newest = reading.newest()
    return len({each.code for each in differences(newest.values if newest else {}, working_copy())})


def digest_of(content: list[dict[str, Any]]) -> str:
    """The same content has the same digest."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def faults(values: Mapping[str, Value]) -> list[str]:
    """Codes of values that may not be issued: below one that is not there, below themselves, merged in a ring."""
    return [code for code, value in values.items() if _is_lost(value, values) or _is_merged_badly(value, values)]


def _is_lost(value: Value, values: Mapping[str, Value]) -> bool:
    """Whether the way up from a value that is there does not end at the top over values that are there."""
    seen = {value.code}
    while value.parent and not value.removed:
        above = values.get(value.parent)
        if above is None or above.removed or above.kind != value.kind or above.code in seen:
            return True
        seen.add(above.code)
        value = above
    return False


def _is_merged_badly(value: Value, values: Mapping[str, Value]) -> bool:
    if not value.replaced_by:
        return False
    into = values.get(value.replaced_by)
    return into is None or not value.removed or bool(into.replaced_by) or into.kind != value.kind
