"""An answer arrives: numbers go up, and it is gone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from portal.surveys import marks
from portal.surveys.models import (
    NO_ANSWER,
    CrossTally,
    FreeText,
    Kind,
    Participation,
    PersonalLink,
    Question,
    State,
    Survey,
    Tally,
    WeekTally,
)


class NotTakenError(Exception):
    """Nothing was counted."""


class OverError(NotTakenError):
    """The survey ended while it was answered."""


class ChangedError(NotTakenError):
    """Its questions are others by now."""


class TwiceError(NotTakenError):
    """This account or link has answered before."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: what was chosen, by question; nothing chosen is an empty list. Texts stand apart."""

    chosen: dict[int, list[int]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def take(survey: Survey, said: Said, *, by: User | None = None, token: str = "") -> None:
    """Count an answer. Who answers one survey waits for the other here, so that no number is lost."""
    kept = Survey.objects.select_for_update().get(pk=survey.pk)
    if kept.state is not State.RUNNING:
        raise OverError
    questions = list(kept.questions.all())
    if {each.pk for each in questions} != said.chosen.keys() | said.texts.keys():
        raise ChangedError
    _once(kept, by, token)
    today = timezone.localdate()
    count_up(kept, questions, [said], {today - timedelta(days=today.weekday()): 1})


def count_up(survey: Survey, questions: Sequence[Question], answers: Sequence[Said], weeks: Mapping[date, int]) -> None:
    """Raise the numbers by these answers; `weeks` says in which they came, by their Mondays."""
    single, crossed = Counter[Any](), Counter[Any]()
    for said in answers:
        _count(questions, said, single, crossed)
    _add(Tally, ("question_id", "value"), single)
    _add(CrossTally, ("question_id", "value", "by_id", "by_value"), crossed)
    FreeText.objects.bulk_create(
        FreeText(question_id=question, text=text) for said in answers for question, text in said.texts.items() if text
    )
    _add(WeekTally, ("survey_id", "monday"), {(survey.pk, monday): number for monday, number in weeks.items()})


def _once(survey: Survey, by: User | None, token: str) -> None:
    if by is not None:
        mark = marks.mark_of(survey, by)
        if not Participation.objects.get_or_create(survey=survey, mark=mark)[1]:
            raise TwiceError
    if token and not PersonalLink.objects.filter(survey=survey, digest=marks.digest_of(token)).delete()[0]:
        raise TwiceError


def _count(questions: Sequence[Question], said: Said, single: Counter[Any], crossed: Counter[Any]) -> None:
    values = {pk: chosen or [NO_ANSWER] for pk, chosen in said.chosen.items()}
    values |= {pk: [] if text else [NO_ANSWER] for pk, text in said.texts.items()}
    single.update((pk, value) for pk, chosen in values.items() for value in chosen)
    crossed.update(
        (question.pk, value, by.pk, by_value)
        for by in questions
        if by.breaks_down
        for question in questions
        if not question.breaks_down and question.kind not in {Kind.TEXT, Kind.NUMBER}
        for value in values[question.pk]
        for by_value in values[by.pk]
    )


def _add(table: type[Tally | CrossTally | WeekTally], columns: tuple[str, ...], numbers: Mapping[Any, int]) -> None:
    """Raise numbers, in one statement; rows in order, so that nobody waits in a circle."""
    if not numbers:
        return
    rows = sorted(numbers.items(), key=lambda pair: str(pair[0]))
    names, holes = ", ".join(columns), ", ".join(["%s"] * (len(columns) + 1))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table._meta.db_table} AS kept ({names}, count) "  # noqa: S608 (our own names, no value)
            f"VALUES {', '.join([f'({holes})'] * len(rows))} "
            f"ON CONFLICT ({names}) DO UPDATE SET count = kept.count + excluded.count",
            [each for key, number in rows for each in (*key, number)],
        )
