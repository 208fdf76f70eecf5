"""What a release says of its entries, read once for all municipalities that take it."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from portal.taxonomy.adoption.engine.town import Release, Shape

MOST_KEPT = 8
_turn = Lock()


class Said(NamedTuple):
    """The fields of an entry as they would stand in a row, and its names in other languages. Nobody may change them."""

    values: dict[str, Any]
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a release; kept with it, so that no other has its identity."""

    release: Release
    said: dict[str, Said] = field(default_factory=dict)
    orders: dict[str, tuple[Any, ...]] = field(default_factory=dict)


# Of the last releases asked for.
_known: dict[int, _Read] = {}


def _of(release: Release) -> _Read:
    kept = _known.get(id(release))
    if kept is None or kept.release is not release:
        with _turn:
            while len(_known) >= MOST_KEPT:
                _known.pop(next(iter(_known)))
            kept = _known[id(release)] = _Read(release)
    return kept


def said(release: Release, value: Any, shape: Shape) -> Said:
    """What a release says of one of its entries."""
    read = _of(release).said
    found = read.get(value.code)
    if found is None:
        found = read[value.code] = Said(shape.read(value), spoken(value))
    return found


def in_order(release: Release, kind: str) -> tuple[Any, ...]:
    """What there is of a kind, those above before those below."""
    read = _of(release).orders
    found = read.get(kind)
    if found is None:
        there = (value for value in release.values.values() if value.kind == kind and not value.removed)
        found = read[kind] = tuple(
            sorted(there, key=lambda value: (_depth(release, value), value.position, value.code))
        )
    return found


def _depth(release: Release, value: Any) -> int:
    seen: set[str] = set()
    while value is not None and value.code not in seen:
        seen.add(value.code)
        value = release.values.get(value.parent)
    return len(seen)


def spoken(value: Any) -> dict[str, str]:
    """The names of an entry in other languages."""
    return {language: parts["name"] for language, parts in sorted(value.translations.items()) if parts.get("name")}
