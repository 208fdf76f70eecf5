"""Which lists of the municipality the catalogue fills: a registry, filled by the rooms that keep them.

Languages, accessibility and age phases of the catalogue have no lists here: the portal knows them by codes of the
product (`portal.offers`), which no municipality changes.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from portal.taxonomy.adoption.engine.town import Shape


def nobody(pks: Collection[int]) -> set[int]:
    """Nothing hangs on any of them."""
    return set()


def no_lock() -> None:
    """Nobody else changes the list."""


def unheard(pks: Collection[int]) -> None:
    """Nobody has to know."""


@dataclass(frozen=True)
class Adoptable:
    """One kind of the catalogue and its table here.

    `columns`: of each field of the shape the columns it stands in (a field of several is a list of their values).
    `used` says on which rows something hangs, `written` hears of rows that have other names or places, `merge` puts one
    row into another (with the name the first one had), `lock` keeps others from changing the list until the transaction
    ends, `fresh` gives columns that a new row needs besides.
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
    lock: Callable[[], None] = no_lock
    # How its fields are called where differences are told.
    words: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50

    def rows(self) -> Sequence[Any]:
        """All rows in their order."""
        return list(self.model._default_manager.all())

    def values_of(self, row: Any) -> dict[str, Any]:
        """The fields of a row, as JSON knows them."""
        found: dict[str, Any] = {}
        for name, columns in self.columns.items():
            values = [getattr(row, column) for column in columns]
            one = list(values[0]) if isinstance(values[0], list | tuple) else values[0]
            found[name] = values if len(columns) > 1 else one
        return found

    def put(self, row: Any, values: Mapping[str, Any]) -> None:
        """Write fields into a row."""
        for name, value in values.items():
            columns = self.columns[name]
            for column, each in zip(columns, value if len(columns) > 1 else [value], strict=True):
                setattr(row, column, each)

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
