"""Which lists of the municipality the catalogue fills: a registry, filled by the rooms that keep them.

Languages, accessibility and age phases of the catalogue have no lists here: the portal knows them by codes of the
product (`portal.offers`), which no municipality changes.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet

from portal.taxonomy.adoption.engine.town import Row, Shape


def nobody(pks: Collection[int]) -> set[int]:
    """Nothing hangs on any of them."""
    return set()


def unheard(pks: Collection[int]) -> None:
    """Nobody has to know."""


@dataclass(frozen=True)
class Adoptable:
    """One kind of the catalogue and its table here.

    `columns`: of each field of the shape the columns it stands in (a field of several is a list of their values).
    `used` says on which rows something hangs, `written` hears of rows that have other names or places, `merge` puts
    rows into others (pairs, and the names they had), `lock_name` is the lock (`portal.taxonomy.locking`) that keeps
    others from changing the list; where there is none, its rows are locked.
    """

    kind: str
    model: type[models.Model]
    shape: Shape
    columns: Mapping[str, tuple[str, ...]]
    title: Any
    url: Callable[[int], str]
    position: str = "position"
    used: Callable[[Collection[int]], set[int]] = nobody
    written: Callable[[Collection[int]], None] = unheard
    merge: Callable[..., Any] | None = None
    lock_name: str = ""
    # How its fields are called where differences are told.
    words: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50

    def rows(self, *, held: bool) -> QuerySet[Any, dict[str, Any]]:
        """What is read of all rows. `held`: until the transaction ends nobody changes them."""
        rows = self.model._default_manager.order_by().values("pk", *self.all_columns)
        return rows.select_for_update().order_by("pk") if held and not self.lock_name else rows

    def row(self, told: Mapping[str, Any]) -> Row:
        """A row as the engine knows it."""
        fields = {
            name: [told[each] for each in columns] if len(columns) > 1 else told[columns[0]]
            for name, columns in self.columns.items()
        }
        return Row(told["pk"], fields, told.get("parent"), told.get("retired", False))

    def told(self, row: Row) -> dict[str, Any]:
        """The other way round: what of a row stands in its columns, but for its place."""
        found: dict[str, Any] = {"retired": row.retired}
        for name, value in row.values.items():
            columns = self.columns[name]
            found |= zip(columns, value if len(columns) > 1 else [value], strict=True)
        return found

    @property
    def all_columns(self) -> list[str]:
        """Every column it writes."""
        names = [column for columns in self.columns.values() for column in columns]
        names += ["parent"] if self.shape.tree else []
        names += [self.position] if self.shape.ordered else []
        return names + (["retired"] if self.shape.retires else [])


_kinds: dict[str, Adoptable] = {}


def register(adoptable: Adoptable) -> None:
    """Add a kind. Called once, when the room's app is ready."""
    if adoptable.kind in _kinds:
        raise ValueError(f"There is a kind {adoptable.kind} already.")
    _kinds[adoptable.kind] = adoptable


def kinds() -> list[Adoptable]:
    """All of them, in the order they are shown."""
    return sorted(_kinds.values(), key=lambda each: (each.order, each.kind))


def kind(name: str) -> Adoptable | None:
    """One of them."""
    return _kinds.get(name)


def shapes() -> dict[str, Shape]:
    """For the engine."""
    return {each.kind: each.shape for each in kinds()}
