"""Rows of an export, per viewer; every room adds its own and looks at who asks.

    register(Export("stimmen", _("Votes"), rows))

`rows(viewer)` gives flat dictionaries of JSON values with the same keys each. A municipality's export holds what
belongs to it and nothing of others; the operator's holds all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.task_cards import Words
from tracker.tickets.models import Viewer


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of row."""

    key: str
    label: Words
    rows: Callable[[Viewer], Iterable[dict[str, Any]]]
    order: int = 50


_exports: list[Export] = []


def register(export: Export) -> None:
    """Add a kind. Called once, when the room's app is ready."""
    if any(each.key == export.key for each in _exports):
        raise ValueError(f"There is an export {export.key} already.")
    _exports.append(export)
    _exports.sort(key=lambda each: each.order)


def exports() -> list[Export]:
    """All kinds, in order."""
    return list(_exports)
