"""All states of a thing in their order: which number each has, which one holds, and what held before each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.revisions.models import Revision, State


@dataclass(frozen=True, slots=True)
class Place:
    """A state among the others."""

    pk: int
    at: datetime
    applied: bool


@dataclass(frozen=True, slots=True)
class Order:
    """All states of a thing, the oldest first: their numbers, which is the one that counts, what was before each."""

    places: Sequence[Place]

    @property
    def numbers(self) -> dict[int, int]:
        """Number of each state by its id."""
        return {place.pk: number for number, place in enumerate(self.places, 1)}

    @property
    def current(self) -> int | None:
        """The last that was taken over."""
        return next((place.pk for place in reversed(self.places) if place.applied), None)

    def before(self) -> dict[int, int]:
        """For each state the one that was taken over last before it."""
        found, last = dict[int, int](), None
        for place in self.places:
            if last is not None:
                found[place.pk] = last
            if place.applied:
                last = place.pk
        return found


def order_of_states(kind: str, pk: int) -> Order:
    """The order of all states of a thing but those still being written. One statement, without their texts."""
    rows = Revision.objects.of(kind, pk).history().order_by("settled_at", "pk")
    found = rows.values_list("pk", "settled_at", "state")
    return Order([Place(number, at, state == State.APPLIED) for number, at, state in found if at is not None])
