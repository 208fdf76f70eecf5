"""What a release says of its entries, read once for all municipalities that take it."""

from threading import Lock
from typing import Any, NamedTuple

from portal.taxonomy.adoption.engine.town import Release, Shape

# Releases, the last ones asked for, with what was read of them; kept with them, so that no other has their identity.
_known: dict[int, tuple[Release, dict[str, "Said"]]] = {}
MOST_KEPT = 8
_turn = Lock()


class Said(NamedTuple):
    """The fields of an entry as they would stand in a row, and its names in other languages. Nobody may change them."""

    values: dict[str, Any]
    names: dict[str, str]


def said(release: Release, value: Any, shape: Shape) -> Said:
    """What a release says of one of its entries."""
    kept = _known.get(id(release))
    if kept is None or kept[0] is not release:
        with _turn:
            while len(_known) >= MOST_KEPT:
                _known.pop(next(iter(_known)))
            kept = _known[id(release)] = (release, {})
    found = kept[1].get(value.code)
    if found is None:
        found = kept[1][value.code] = Said(shape.read(value), spoken(value))
    return found


def spoken(value: Any) -> dict[str, str]:
    """The names of an entry in other languages."""
    return {language: parts["name"] for language, parts in sorted(value.translations.items()) if parts.get("name")}
