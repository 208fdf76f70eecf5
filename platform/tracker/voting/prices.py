"""What votes cost: their square, so that many small wishes weigh more than a large one. No tables."""

from math import isqrt
from typing import NamedTuple

BUDGET = 100
"""Points of each municipality in a year, however large it is."""
MOST = 5
"""Votes that may be set on one wish. A merge may bring more together."""


class Held(NamedTuple):
    """What a municipality has on a wish this year: votes, and the points they took."""

    votes: int = 0
    points: int = 0


NOTHING = Held()


class Choice(NamedTuple):
    """One of the numbers to choose from: what it would cost in all, and how many points are missing for it."""

    votes: int
    points: int
    missing: int


def points_for(votes: int, held: Held = NOTHING) -> int:
    """What so many votes cost in all. Where a merge brought votes together, no fewer of them cost more than all do."""
    usual = votes * votes
    return min(usual, held.points) if votes <= held.votes else usual


def joined(one: Held, other: Held) -> Held:
    """Both together after a merge: every vote stays, and nobody pays more than they had paid."""
    return Held(one.votes + other.votes, one.points + other.points)


def affordable(held: Held, left: int) -> Held:
    """What of it can be set again with so many points: all, or as many votes as they buy."""
    if held.points <= left:
        return held
    votes = min(isqrt(max(left, 0)), held.votes)
    return Held(votes, points_for(votes, held))


def choices(held: Held, left: int) -> list[Choice]:
    """Every number of votes with its price. `left` are the points nobody has spent; what is held comes free again."""
    free = left + held.points
    numbers = [*range(MOST + 1), *([held.votes] if held.votes > MOST else [])]
    return [Choice(each, points_for(each, held), max(points_for(each, held) - free, 0)) for each in numbers]
