"""How many tickets there are of each combination of what the filters ask, and which fit it: of what is remembered of
all tickets (`common`), and of what the municipality that looks has to do with some.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tenants.running.changes import remembered
from tracker.board.asking import Asked, Ours
from tracker.board.common import Marks, Table, marks_of
from tracker.tickets.models import Concern, Participant, Ticket, Viewer
from tracker.voting.models import Vote

NOTHING: frozenset[Ours] = frozenset()


@dataclass(frozen=True, slots=True)
class Combination:
    """What some tickets have in common."""

    state: str
    area: str
    ours: frozenset[Ours]


Counted = Counter[Combination]


class Tie(NamedTuple):
    """What a ticket has to do with the municipality that looks; votes and points are those that count."""

    ours: frozenset[Ours] = NOTHING
    votes: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the filters ask of: of every ticket of a kind, and of those that are the municipality's in some way."""

    marks: Marks
    ties: Table[Tie]

    def counted(self, only: Collection[int] | None = None) -> Counted:
        """The tickets, or only these, by what they have in common."""
        marks = self.marks
        numbers = marks if only is None else [pk for pk in only if pk in marks]
        common = Counter(map(marks.__getitem__, numbers))
        found: Counted = Counter()
        for pk in self.ties.keys() & set(numbers):
            common[marks[pk]] -= 1
            found[Combination(*marks[pk], self.ties[pk].ours)] += 1
        for (state, area), number in common.items():
            if number:
                found[Combination(state, area, NOTHING)] += number
        return found

    def fitting(self, asked: Asked, numbers: Iterable[int]) -> list[int]:
        """Those of the numbers that fit all that is asked, in their order."""
        marks, ties = self.marks, self.ties
        # Of 5,000 tickets there are three dozen kinds: each is asked once.
        common = {mark for mark in set(marks.values()) if fits(asked, Combination(*mark, NOTHING))}
        theirs = {pk for pk in ties.keys() & marks.keys() if fits(asked, Combination(*marks[pk], ties[pk].ours))}
        return [pk for pk in numbers if pk in theirs or (pk not in ties and marks.get(pk) in common)]


def known_to(viewer: Viewer, kind: str) -> Known:
    """What there is of a kind for somebody who sees the tickets of all."""
    if not viewer.sees_all:
        raise ValueError("The board is for those who see all tickets.")
    return Known(marks_of(kind), ties_of(viewer.participant))


def ties_of(participant: Participant | None) -> Table[Tie]:
    """What tickets have to do with a municipality; the operator has none. Remembered as what all share is: it changes
    with the same tables."""
    if participant is None:
        return Table()
    name = f"board.ties.{participant.pk}"
    return remembered(name, lambda: _ties(participant), rooms=("tickets", "voting"), shared=True)


def _ties(participant: Participant) -> Table[Tie]:
    found: dict[int, set[Ours]] = defaultdict(set)
    for pk in Concern.objects.filter(participant=participant).values_list("ticket", flat=True):
        found[pk].add(Ours.CONCERNED)
    for pk in Ticket.objects.filter(reporter=participant).order_by().values_list("pk", flat=True):
        found[pk].add(Ours.REPORTED)
    votes, points = Counter[int](), Counter[int]()
    for vote in Vote.objects.filter(participant=participant):
        found[vote.ticket_id].add(Ours.VOTED)
        if vote.returned_at is None:
            votes[vote.ticket_id] += vote.votes
            points[vote.ticket_id] += vote.points
    # There are seven kinds of ties at most: each is kept once.
    kinds = {each: each for each in map(frozenset, found.values())}
    return Table((pk, Tie(kinds[frozenset(ours)], votes[pk], points[pk])) for pk, ours in found.items())


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
