"""What differs between two states of the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared_categories.values import Value

# What is compared field by field. `parent` is a move, `removed` and `replaced_by` say what became of the entry.
FIELDS = (
    "name",
    "definition",
    "position",
    "icon",
    "color",
    "min_age",
    "max_age",
    "words",
    "text",
    "translations",
    "mappings",
)


class Change(StrEnum):
    """What happened to an entry."""

    ADDED = "added"
    REMOVED = "removed"
    MERGED = "merged"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: of a change the `field`, of a move `parent`, of a merge `replaced_by`; empty otherwise.

    `old` and `new` are the whole values on both sides; `old` is None for what is new, but not for what was removed
    and is there again.
    """

    code: str
    change: Change
    field: str
    old: Value | None
    new: Value

    @property
    def before(self) -> Any:
        """What the field was; None where there was no such entry."""
        return getattr(self.old, self.field) if self.old is not None and self.field else None

    @property
    def after(self) -> Any:
        """What the field is."""
        return getattr(self.new, self.field) if self.field else None


def differences(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[Difference]:
    """What one has to do to what is `old` to get `new`, in the order of the new one.

    Of what is removed, merged or added only that is said, not its fields. What came and went in between is left out.
    """
    found: list[Difference] = []
    for code, value in new.items():
        found += _of_one(old.get(code), value)
    return found


def _of_one(old: Value | None, new: Value) -> Iterator[Difference]:
    if old is None or old.removed:
        what = _of_what_was_not_there(old, new)
    elif new.removed:
        what = [(Change.MERGED, "replaced_by") if new.replaced_by else (Change.REMOVED, "")]
    else:
        what = [(Change.MOVED, "parent")] if old.parent != new.parent else []
        what += [(Change.CHANGED, field) for field in FIELDS if getattr(old, field) != getattr(new, field)]
    for change, field in what:
        yield Difference(new.code, change, field, old, new)


def _of_what_was_not_there(old: Value | None, new: Value) -> list[tuple[Change, str]]:
    if not new.removed:
        return [(Change.ADDED, "")]
    # What it was merged into is itself merged into another now.
    led_on = old is not None and new.replaced_by and new.replaced_by != old.replaced_by
    return [(Change.MERGED, "replaced_by")] if led_on else []
