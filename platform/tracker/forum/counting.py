"""What a poll amounts to: by its dates, points and questions; each municipality counts once."""

from collections import defaultdict
from dataclasses import dataclass, field

from core.ordering import ByName
from tracker.forum.models import AgendaItem, DateAnswer, Option, Poll, PollDate, Question
from tracker.tickets.models import Participant


@dataclass(slots=True)
class DateCount:
    """A date and who said what."""

    date: PollDate
    yes: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)
    no: list[str] = field(default_factory=list)
    best: bool = False


@dataclass(frozen=True, slots=True)
class OptionCount:
    """An answer and who chose it."""

    option: Option
    towns: list[str]


@dataclass(frozen=True, slots=True)
class Result:
    """All of a poll."""

    dates: list[DateCount]
    items: list[tuple[AgendaItem, list[str]]]
    questions: list[tuple[Question, list[OptionCount]]]
    answered: int


def result_of(poll: Poll) -> Result:
    """Counted anew: a poll has a few hundred answers at most."""
    said: set[int] = set()
    return Result(_dates(poll, said), _items(poll, said), _questions(poll, said), answered=len(said))


def _dates(poll: Poll, said: set[int]) -> list[DateCount]:
    counts = {date.pk: DateCount(date) for date in poll.dates.all()}
    answers = DateAnswer.objects.filter(date__poll=poll).select_related("participant")
    for each in answers.order_by(ByName("participant__name"), "pk"):
        said.add(each.participant_id)
        getattr(counts[each.date_id], each.answer).append(each.participant.town)
    # Who says no rarest, then who says yes most often.
    ranked = [(len(count.yes) + len(count.maybe), len(count.yes)) for count in counts.values()]
    best = max(ranked, default=(0, 0))
    for count, rank in zip(counts.values(), ranked, strict=True):
        count.best = rank == best != (0, 0)
    return list(counts.values())


def _items(poll: Poll, said: set[int]) -> list[tuple[AgendaItem, list[str]]]:
    found = []
    for item in poll.items.select_related("participant").prefetch_related("supports__participant"):
        towns = [each.participant for each in item.supports.all()]
        said |= {each.pk for each in towns}
        found.append((item, _names(towns)))
    return sorted(found, key=lambda pair: -len(pair[1]))


def _questions(poll: Poll, said: set[int]) -> list[tuple[Question, list[OptionCount]]]:
    found = []
    for question in poll.questions.prefetch_related("options"):
        towns: dict[int, list[Participant]] = defaultdict(list)
        for choice in question.choices.select_related("participant"):
            said.add(choice.participant_id)
            towns[choice.option_id].append(choice.participant)
        found.append((question, [OptionCount(each, _names(towns[each.pk])) for each in question.options.all()]))
    return found


def _names(towns: list[Participant]) -> list[str]:
    return [each.town for each in sorted(towns, key=lambda each: (each.town, each.pk))]
