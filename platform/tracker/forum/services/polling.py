"""The yearly poll: the operator makes and closes it, each municipality answers with one voice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tracker.forum import words
from tracker.forum.models import AgendaItem, Choice, DateAnswer, Option, Poll, PollDate, Question, Support
from tracker.forum.services.talking import must_be_theirs
from tracker.tickets.models import Participant, Viewer

MOST_DATES, MOST_QUESTIONS, MOST_OPTIONS, MOST_ITEMS = 12, 6, 8, 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers to choose from."""

    text: str
    several: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a municipality says: by the numbers of dates, of points it wants too, and of answers it chose."""

    dates: Mapping[int, str] = field(default_factory=dict)
    points: frozenset[int] = frozenset()
    options: frozenset[int] = frozenset()


def _must_be_operator(by: Viewer) -> None:
    if not by.is_operator:
        raise PermissionDenied


@transaction.atomic
def ask(poll: Poll, *, dates: Sequence[tuple[datetime, str]], questions: Sequence[Asked] = (), by: Viewer) -> Poll:
    """Begin a poll."""
    _must_be_operator(by)
    poll.created_at = timezone.now()
    poll.save()
    PollDate.objects.bulk_create(PollDate(poll=poll, starts_at=at, place=place) for at, place in dates)
    for place, each in enumerate(questions):
        question = Question.objects.create(poll=poll, text=each.text, several=each.several, position=place)
        Option.objects.bulk_create(
            Option(question=question, text=text, position=number) for number, text in enumerate(each.options)
        )
    words.index_poll(poll)
    record("forum.written", poll, by=by.user)
    return poll


def _open(poll: Poll, by: Viewer) -> Participant:
    """The municipality, locked, if it may answer. Its row is what two browsers of one town hall wait for."""
    if by.participant is None or not by.sees_all:
        raise PermissionDenied
    participant = Participant.objects.select_for_update(no_key=True).get(pk=by.participant.pk)
    if not Poll.objects.get(pk=poll.pk).is_open():
        raise ValidationError(_("This poll is closed: no more answers are taken."))
    return participant


@transaction.atomic
def vote(poll: Poll, ballot: Ballot, *, by: Viewer) -> None:
    """Answer, or change the answer of one's municipality: what was said before is replaced.

    ValidationError where the poll is closed or something else was answered than was asked.
    """
    participant = _open(poll, by)
    _answer_dates(poll, participant, ballot.dates)
    _support(poll, participant, ballot.points)
    _choose(poll, participant, ballot.options)
    record("forum.voted", poll, by=by.user)


def _answer_dates(poll: Poll, participant: Participant, given: Mapping[int, str]) -> None:
    known = set(poll.dates.values_list("pk", flat=True))
    if not set(given) <= known or not set(given.values()) <= set(DateAnswer.Answer.values):
        raise ValidationError(_("Please answer only what is asked."))
    DateAnswer.objects.filter(date__poll=poll, participant=participant).delete()
    DateAnswer.objects.bulk_create(
        DateAnswer(date_id=pk, participant=participant, answer=answer) for pk, answer in given.items()
    )


def _support(poll: Poll, participant: Participant, wanted: frozenset[int]) -> None:
    if not wanted <= set(poll.items.values_list("pk", flat=True)):
        raise ValidationError(_("Please answer only what is asked."))
    Support.objects.filter(item__poll=poll, participant=participant).delete()
    Support.objects.bulk_create(Support(item_id=pk, participant=participant) for pk in sorted(wanted))


def _choose(poll: Poll, participant: Participant, chosen: frozenset[int]) -> None:
    options = list(Option.objects.filter(question__poll=poll, pk__in=chosen).select_related("question"))
    alone = [each.question_id for each in options if not each.question.several]
    if len(options) != len(chosen) or len(alone) != len(set(alone)):
        raise ValidationError(_("Please answer only what is asked."))
    Choice.objects.filter(question__poll=poll, participant=participant).delete()
    Choice.objects.bulk_create(
        Choice(question=each.question, option=each, participant=participant, alone=not each.question.several)
        for each in options
    )


@transaction.atomic
def propose(poll: Poll, title: str, text: str, *, by: Viewer) -> AgendaItem:
    """Name a point to talk about; the municipality that does wants it. The operator may name some too."""
    participant = None
    if not by.is_operator:
        participant = _open(poll, by)
        if poll.items.filter(participant=participant).count() >= MOST_ITEMS:
            raise ValidationError(_("Your municipality has named %(most)d points already.") % {"most": MOST_ITEMS})
    item = AgendaItem.objects.create(
        poll=poll, title=title, text=text, participant=participant, person=by.person, created_at=timezone.now()
    )
    if participant is not None:
        Support.objects.create(item=item, participant=participant)
    words.index_poll(poll)
    record("forum.written", item, by=by.user)
    return item


@transaction.atomic
def take_back(item: AgendaItem, *, by: Viewer) -> None:
    """Take a point of one's own back, as long as the poll is open; the operator any."""
    must_be_theirs(item, by)
    if not by.is_operator and not item.poll.is_open():
        raise ValidationError(_("This poll is closed: no more answers are taken."))
    record("forum.removed", item, by=by.user)
    poll = item.poll
    item.delete()
    words.index_poll(poll)


@transaction.atomic
def close(poll: Poll, *, meeting: PollDate | None, outcome: str, by: Viewer) -> Poll:
    """End it (or say more of what came of it): the day of the meeting, and what was decided."""
    _must_be_operator(by)
    if meeting is not None and meeting.poll_id != poll.pk:
        raise ValidationError(_("Please answer only what is asked."))
    poll.meeting, poll.outcome = meeting, outcome
    poll.closed_at = poll.closed_at or timezone.now()
    poll.save(update_fields=["meeting", "outcome", "closed_at"])
    words.index_poll(poll)
    record("forum.poll_closed", poll, by=by.user)
    return poll


@transaction.atomic
def change(poll: Poll, *, by: Viewer) -> Poll:
    """Other words, or more time: a poll that ended by its day alone goes on."""
    _must_be_operator(by)
    poll.save(update_fields=["title", "text", "closes_on"])
    words.index_poll(poll)
    record("forum.changed", poll, by=by.user)
    return poll
