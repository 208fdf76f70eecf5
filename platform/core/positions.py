"""Rows that stand in an order somebody gave them by hand (`position`)."""

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def move(row: Row, among: models.QuerySet[Row], *, steps: int) -> tuple[int, int] | None:
    """Move a row up (-1) or down (1) among its like; the first and the last stay where they are. The old and the new
    place, or None where nothing moved. Inside a transaction: locks the rows.

    All rows are numbered anew, so that equal numbers, left by two people at once, are mended too.
    """
    list(among.select_for_update().order_by("pk").values_list("pk"))
    rows = list(among)
    old = next(place for place, each in enumerate(rows) if each.pk == row.pk)
    new = min(max(old + steps, 0), len(rows) - 1)
    if new == old:
        return None
    rows.insert(new, rows.pop(old))
    for place, each in enumerate(rows):
        each.position = place  # type: ignore[attr-defined]  # such rows have it
    type(row)._default_manager.bulk_update(rows, ["position"])
    return old, new
