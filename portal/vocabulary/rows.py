"""The entries of a list in order, and as a tree; loaded whole, because lists are small and order is about all of them.

What only topics have (a parent) every entry of the other lists has as well: none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.taxonomy.locking import lock_lists
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import Kind
from portal.vocabulary.words import gone

# Deeper trees nobody finds anything in, and every page draws them.
DEEPEST = 5


def lock_name(kind: Kind) -> str:
    """The trigger against circles takes the same lock for topics, so that nobody waits for it in another order."""
    return "categories" if kind.tree else f"vocabulary.{kind.slug}"


def lock(kind: Kind) -> None:
    """Let one change of a list after the other happen, until the transaction ends."""
    lock_lists([lock_name(kind)])


def parent_of(row: Any) -> int | None:
    """The number of what stands above; None in lists without levels."""
    return getattr(row, "parent_id", None)


@dataclass
class Rows:
    """All entries by number, and those below each in their order (below None: the top)."""

    by_pk: dict[int, Any]
    below: dict[int | None, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Rows":
        """From rows in their order."""
        found = cls({row.pk: row for row in rows})
        for pk, row in found.by_pk.items():
            found.below.setdefault(parent_of(row), []).append(pk)
        return found

    def get(self, pk: int) -> Any:
        """An entry; a sentence where it is gone."""
        if pk not in self.by_pk:
            raise RefusedError(gone())
        return self.by_pk[pk]

    def trail(self, pk: int) -> list[int]:
        """From the top down to it."""
        found: list[int] = []
        current: int | None = pk
        while current is not None and current not in found:
            found.insert(0, current)
            current = parent_of(self.by_pk[current])
        return found

    def walk(self, pk: int | None = None) -> Iterator[int]:
        """Everything below, in display order."""
        for each in self.below.get(pk, []):
            yield each
            yield from self.walk(each)

    def height(self, pk: int) -> int:
        """How many levels it takes with what is below it."""
        return 1 + max((self.height(each) for each in self.below.get(pk, [])), default=0)

    def path(self, pk: int) -> str:
        """Its name with those above."""
        return " › ".join(self.by_pk[each].name for each in self.trail(pk))


def load(kind: Kind) -> Rows:
    """The list as it is now."""
    return Rows.of(kind.model._default_manager.all())


def renumber(kind: Kind, rows: Rows, parent: int | None) -> None:
    """Write the places of the entries below one; equal numbers, from before this page existed, are mended too."""
    changed = []
    for place, pk in enumerate(rows.below.get(parent, [])):
        row = rows.by_pk[pk]
        if row.position != place:
            row.position = place
            changed.append(row)
    if changed:
        kind.model._default_manager.bulk_update(changed, ["position"], batch_size=500)
