"""A town with surveys, with as little as the database accepts; answers as they come."""

from datetime import date, timedelta

from django.utils import timezone

from portal.surveys import editing
from portal.surveys.models import Access, Kind, Question, Survey
from portal.surveys.starters import EMPTY
from portal.surveys.taking import Said, take

OPTIONS = ["Kurse", "Treffpunkte", "Beratung"]


def a_survey(title="Was fehlt?", *, access=Access.EVERYBODY, released=True, kinds=(Kind.YES_NO,), **fields):
    """A survey that runs today with a question of each kind; by `breakdown` the questions about people break down."""
    survey = editing.create(EMPTY, by=None)
    today = timezone.localdate()
    values = {"title": title, "access": access, "first_day": today, "last_day": today + timedelta(days=9), **fields}
    values.setdefault("slug", f"umfrage-{survey.pk}")
    Survey.objects.filter(pk=survey.pk).update(**values)
    survey.refresh_from_db()
    for place, kind in enumerate(kinds):
        options = OPTIONS if kind in {Kind.ONE, Kind.MANY} else []
        Question.objects.create(survey=survey, position=place, kind=kind, text=f"Frage {place + 1}?", options=options,
                                breakdown=kind in {Kind.AGE, Kind.DISTRICT, Kind.GROUP})  # fmt: skip
    return editing.release(survey, by=None) if released else survey


def said(survey, *values):
    """An answer: a number, a list of numbers, words, or None for each question in its order."""
    answer = Said()
    for question, value in zip(survey.questions.all(), values, strict=True):
        if question.is_text:
            answer.texts[question.pk] = value or ""
        else:
            answer.chosen[question.pk] = [] if value is None else value if isinstance(value, list) else [value]
    return answer


def answered(survey, rows, **how):
    """These answers arrive one after the other."""
    for row in rows:
        take(survey, said(survey, *row), **how)
    return survey


def over(survey):
    """The same when its last day is past; nothing else happens that day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Survey.objects.filter(pk=survey.pk).update(last_day=yesterday, first_day=yesterday - timedelta(days=9))
    survey.refresh_from_db()
    return survey


def monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)
