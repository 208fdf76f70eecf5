"""The demo's surveys: one that is over with invented answers, one that is running, one among providers as a draft."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from portal.planning.models import FigureNote
from portal.surveys import editing
from portal.surveys.models import Kind, Question, Survey
from portal.surveys.starters import STARTERS
from portal.surveys.taking import Said, count_up

BY = "seed_demo"
NOTE = (
    "Erfundenes Beispiel: Der Wunsch nach Treffpunkten zieht sich durch alle Ortsteile. Im Jugendhilfeausschuss zeigen."
)
WISHES = (
    "Ein Treffpunkt für Jugendliche am Abend",
    "Mehr Bänke im Park",
    "Ein Sprachcafé am Vormittag",
    "Sport für ältere Menschen",
    "Ein Treffpunkt mit Kinderbetreuung",
    "Ein Reparaturcafé",
    "Schwimmkurse für Kinder",
    "Ein Treffpunkt im Stadtteil, auch am Wochenende",
)


def ask_around(today: date) -> None:
    """Nothing of it was answered by anybody."""
    portal, district, providers = STARTERS
    over = _released(editing.create(district, by=BY), first=today - timedelta(days=70), last=today - timedelta(days=30))
    _answers(over, 240, today - timedelta(days=70))
    FigureNote.objects.create(figure=editing.note_of(over), text=NOTE)
    running = _released(editing.create(portal, by=BY), first=today - timedelta(days=9), last=today + timedelta(days=40))
    _answers(running, 43, today - timedelta(days=9))
    editing.create(providers, by=BY)


def _released(survey: Survey, *, first: date, last: date) -> Survey:
    survey = editing.release(survey, by=BY)
    begun = timezone.now() - (timezone.localdate() - first)
    Survey.objects.filter(pk=survey.pk).update(first_day=first, last_day=last, created_at=begun, on_start=True)
    return survey


def _answers(survey: Survey, number: int, first: date) -> None:
    """The same each time: the dice are seeded."""
    dice, questions, weeks = Random(number), list(survey.questions.all()), dict[date, int]()
    answers = [_answer(dice, questions) for _each in range(number)]
    monday = first - timedelta(days=first.weekday())
    for _each in answers:
        week = monday + timedelta(days=7 * min(dice.randrange(5), dice.randrange(2 if number < 50 else 5)))
        weeks[week] = weeks.get(week, 0) + 1
    count_up(survey, questions, answers, weeks)


def _answer(dice: Random, questions: list[Question]) -> Said:
    said = Said()
    for question in questions:
        silent = not question.required and dice.random() < 0.12
        if question.kind == Kind.TEXT:
            said.texts[question.pk] = dice.choice(WISHES) if dice.random() < 0.3 else ""
        else:
            said.chosen[question.pk] = [] if silent else _chosen(dice, question)
    return said


def _chosen(dice: Random, question: Question) -> list[int]:
    values = [value for value, _words in question.choices()]
    if question.kind == Kind.MANY:
        return sorted(dice.sample(values, dice.randint(1, 3)))
    # What stands in the middle is chosen more often.
    return [values[min(len(values) - 1, int(dice.triangular(0, len(values), len(values) * 0.6)))]]
