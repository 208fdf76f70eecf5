"""Setting votes, and what becomes of them when their wish ends, goes on or is merged.

Whatever changes votes locks the ticket first and then the participants, in their order. The participant is locked
because there may be no vote and no purse yet that could be.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from audit.services import record
from tracker.tickets.happenings import Happening, tell
from tracker.tickets.merging import Moved
from tracker.tickets.models import Kind, Participant, Ticket, Viewer
from tracker.tickets.services import lock
from tracker.voting.models import Purse, Vote, this_year
from tracker.voting.prices import BUDGET, MOST, NOTHING, Held, affordable, joined, points_for

VOTED = "voted"


class OverBudgetError(Exception):
    """More points are wanted than are left; nothing was changed."""

    def __init__(self, points: int, free: int) -> None:
        super().__init__(points, free)
        self.points = points
        self.free = free


class Left(NamedTuple):
    """A municipality's points of a year."""

    spent: int
    year: int

    @property
    def left(self) -> int:
        """What can still be spent."""
        return BUDGET - self.spent


def purse_of(participant: Participant, year: int | None = None) -> Left:
    """What a municipality has spent of this year's points, or of another's."""
    wanted = year or this_year()
    rows = Purse.objects.filter(participant=participant, year=wanted).order_by()
    spent = next(iter(rows.values_list("spent", flat=True)), 0)
    return Left(spent, wanted)


def held_of(ticket: Ticket, participant: Participant) -> Held:
    """What it has on this wish of this year's points."""
    found = Vote.objects.held().filter(ticket=ticket, participant=participant, year=this_year()).first()
    return found.as_held if found else NOTHING


def may_vote(ticket: Ticket) -> bool:
    """Whether votes can be set on it: wishes that have not ended."""
    return ticket.kind == Kind.WISH and ticket.merged_into_id is None and not ticket.is_over


@transaction.atomic
def cast(ticket: Ticket, votes: int, *, by: Viewer) -> Held:
    """Have so many votes on a wish; 0 takes them back. OverBudgetError where points are missing, ValidationError where
    this cannot be voted on."""
    locked = lock(ticket)
    if by.participant is None or not may_vote(locked):
        raise ValidationError(_("Votes can only be set on wishes that have not ended."))
    participant = _lock([by.participant.pk])[0]
    held = held_of(locked, participant)
    if votes not in {*range(MOST + 1), held.votes}:
        raise ValidationError(_("Please choose one of the numbers of votes."))
    wanted = Held(votes, points_for(votes, held))
    free = purse_of(participant).left + held.points
    if wanted.points > free:
        raise OverBudgetError(wanted.points, free)
    if wanted != held:
        _write(locked, participant, wanted)
        record("tracker.voted", locked, by=by.user, changes={"votes": [held.votes, votes]})
        tell(Happening(VOTED, locked, by))
    return wanted


def _lock(participants: Iterable[int]) -> list[Participant]:
    rows = Participant.objects.filter(pk__in=set(participants)).order_by("pk")
    return list(rows.select_for_update(no_key=True))


def _write(ticket: Ticket, participant: Participant, wanted: Held) -> None:
    mine: dict[str, Any] = {"ticket": ticket, "participant": participant, "year": this_year()}
    if not wanted.votes:
        Vote.objects.filter(**mine).delete()
        return
    said = {"votes": wanted.votes, "points": wanted.points, "set_at": timezone.now(), "returned_at": None}
    Vote.objects.update_or_create(**mine, defaults=said)


def give_back(ticket: Ticket) -> None:
    """It has ended: the points come back, and the votes are its history."""
    held = Vote.objects.held().filter(ticket=ticket)
    _lock(held.values_list("participant", flat=True))
    held.update(returned_at=timezone.now())


def take_again(ticket: Ticket) -> None:
    """It goes on: votes are set again as far as what is left of each year's points buys them."""
    rows = list(Vote.objects.filter(ticket=ticket, returned_at__isnull=False))
    _lock(row.participant_id for row in rows)
    purses = {
        (each.participant_id, each.year): each.spent
        for each in Purse.objects.filter(participant__in=[row.participant_id for row in rows])
    }
    for row in rows:
        again = affordable(row.as_held, BUDGET - purses.get((row.participant_id, row.year), 0))
        if again.votes:
            row.votes, row.points, row.returned_at = again.votes, again.points, None
            row.save()
        else:
            row.delete()


def move(source: Ticket, target: Ticket) -> list[Moved]:
    """Bring all votes along. A municipality that voted for both keeps the votes of both for what it had paid."""
    theirs = list(Vote.objects.filter(ticket=source).order_by("participant_id", "year"))
    _lock(row.participant_id for row in theirs)
    there = {(row.participant_id, row.year): row for row in Vote.objects.filter(ticket=target)}
    moved = sum(_bring(row, there.get((row.participant_id, row.year)), target) for row in theirs)
    return [Moved(moved, ngettext_lazy("%(count)s vote", "%(count)s votes", "count"))]


def _bring(row: Vote, other: Vote | None, target: Ticket) -> int:
    """How many came along. What had come back stays history, unless the municipality has votes on the other wish that
    count; on what cannot be voted on, all votes are history."""
    ended = row.returned_at or (None if may_vote(target) else timezone.now())
    votes = row.votes
    if other is None:
        row.ticket, row.returned_at = target, ended
        row.save()
        return votes
    # First it is taken back: in between, nothing may seem to be paid twice.
    row.delete()
    if (other.returned_at is None) == (ended is None):
        other.votes, other.points = joined(other.as_held, row.as_held)
    elif ended is None:
        other.votes, other.points, other.returned_at = row.votes, row.points, None
    else:
        return 0
    other.save()
    return votes
