"""How many tickets there are of each combination of what the filters ask: one statement for every number of the board.

As `portal.listing.reading` does it for the lists of a municipality.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, Value, When

from tracker.board.asking import Asked, Ours
from tracker.tickets.models import Concern, TicketQuerySet, Viewer
from tracker.voting.models import Vote


@dataclass(frozen=True, slots=True)
class Combination:
    """What some tickets have in common."""

    state: str
    area: str
    ours: frozenset[Ours]


Counted = Counter[Combination]


def ours_of(viewer: Viewer) -> dict[Ours, Q]:
    """What a ticket may have to do with the municipality that looks; the operator has none."""
    if viewer.participant is None:
        return {}
    mine = {"participant": viewer.participant}
    return {
        Ours.CONCERNED: Q(pk__in=Concern.objects.filter(**mine).values("ticket")),
        Ours.VOTED: Q(pk__in=Vote.objects.filter(**mine).values("ticket")),
        Ours.REPORTED: Q(reporter=viewer.participant),
    }


def counted(rows: TicketQuerySet, viewer: Viewer) -> Counted:
    """The tickets among `rows`, by what they have in common."""
    known = ours_of(viewer)
    marks = {
        f"is_{each.value}": Case(When(fits, then=Value(True)), default=Value(False), output_field=BooleanField())
        for each, fits in known.items()
    }
    found: Counted = Counter()
    groups = rows.order_by().annotate(**marks).values_list("state", "area", *marks)
    for state, area, *flags, number in groups.annotate(number=Count("pk")):
        ours = frozenset(each for each, flag in zip(known, flags, strict=True) if flag)
        found[Combination(state, area, ours)] += number
    return found


def fits(asked: Asked, each: Combination, but: str = "") -> bool:
    """Whether such tickets fit what is chosen; `but` leaves one filter out, to count its options."""
    return (
        (but == "stand" or each.state in asked.wanted_states)
        and (but == "bereich" or not asked.areas or each.area in asked.areas)
        and (but == "uns" or not asked.ours or bool(each.ours.intersection(asked.ours)))
    )


def total(asked: Asked, found: Counted) -> int:
    """How many fit all of it."""
    return sum(number for each, number in found.items() if fits(asked, each))


def by_state(asked: Asked, found: Counted) -> Counter[str]:
    """How many there are of each state under what else is chosen."""
    numbers: Counter[str] = Counter()
    for each, number in found.items():
        if fits(asked, each, "stand"):
            numbers[each.state] += number
    return numbers


def by_area(asked: Asked, found: Counted) -> Counter[str]:
    """The same for the parts of the portal."""
    numbers: Counter[str] = Counter()
    for each, number in found.items():
        if fits(asked, each, "bereich"):
            numbers[each.area] += number
    return numbers


def by_ours(asked: Asked, found: Counted) -> Counter[Ours]:
    """The same for what a ticket has to do with the municipality; one may count more than once."""
    numbers: Counter[Ours] = Counter()
    for each, number in found.items():
        if fits(asked, each, "uns"):
            for mark in each.ours:
                numbers[mark] += number
    return numbers
