"""Which rows of shared tables go along with a municipality that moves to another cell.

Rooms above say it once, when their app is ready:

    carry(Setting)

Their table has one key to the municipality and none to other rows of the old cell, whose numbers mean something else
in the new one. What every other shared table holds of a municipality, and what becomes of it in a move, is written
down in tests/cells/shared_tables.csv.
"""

from django.db import models

_carried: dict[str, type[models.Model]] = {}


def carry(*kinds: type[models.Model]) -> None:
    """Have the rows of these models go along; their field is called `municipality`."""
    for kind in kinds:
        _carried[kind._meta.label] = kind


def carried() -> dict[str, type[models.Model]]:
    """Them all, by what they are called in the luggage."""
    return dict(_carried)
