"""What planners do with surveys. Each verb is one transaction with its entry in the log; the log learns no answers."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from core import positions
from core.text import slug_of
from portal.planning.models import FigureNote
from portal.surveys import marks
from portal.surveys.models import Access, FreeText, Question, State, Survey, WeekTally
from portal.surveys.models.questions import FROM_LISTS, MOST_QUESTIONS, list_of
from portal.surveys.starters import Starter

LONGEST_SLUG = 50
USUAL_DAYS = 28
NOTE = "umfrage-"


def has_answers(survey: Survey) -> bool:
    """Whether somebody has answered: then the questions stay what they are."""
    return WeekTally.objects.filter(survey=survey).exists()


def _locked(survey: Survey, *, without_answers: bool = False) -> Survey:
    kept = Survey.objects.select_for_update().get(pk=survey.pk)
    if without_answers and has_answers(kept):
        raise ValidationError(_("Somebody has answered already: the questions stay what they are."))
    return kept


def _free_slug(title: str) -> str:
    """An address nobody has; with a number where the title was used before."""
    begin = slug_of(title, fallback="umfrage")[:LONGEST_SLUG].strip("-")
    taken = set(Survey.objects.filter(slug__startswith=begin).values_list("slug", flat=True))
    return next(each for each in (begin, *(f"{begin}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)


@transaction.atomic
def create(starter: Starter, *, by: Any) -> Survey:
    """A draft, with the questions of a template."""
    today = timezone.localdate()
    survey = Survey.objects.create(
        title=starter.title,
        slug=_free_slug(starter.title),
        introduction=starter.introduction,
        thanks=starter.thanks,
        access=starter.access,
        first_day=today,
        last_day=today + timedelta(days=USUAL_DAYS),
    )
    Question.objects.bulk_create(
        Question(survey=survey, position=place, **values) for place, values in enumerate(starter.questions)
    )
    record("survey.created", survey, by=by)
    return survey


@transaction.atomic
def copy(survey: Survey, *, by: Any) -> Survey:
    """A draft with the same questions, to ask again."""
    questions, today = list(survey.questions.all()), timezone.localdate()
    title = _("%(title)s (copy)") % {"title": survey.title[:100]}
    made = Survey.objects.create(
        title=title,
        slug=_free_slug(title),
        introduction=survey.introduction,
        thanks=survey.thanks,
        access=survey.access,
        first_day=today,
        last_day=today + timedelta(days=USUAL_DAYS),
        keep_months=survey.keep_months,
    )
    for each in questions:
        each.pk, each.survey, each.listed = None, made, []
        each._state.adding = True
    Question.objects.bulk_create(questions)
    record("survey.created", made, by=by)
    return made


@transaction.atomic
def save(survey: Survey, *, by: Any) -> Survey:
    """Keep what a survey says of itself and when it runs. One that is over ends no later any more: its results are
    told, and two results would tell what a few people answered."""
    kept = _locked(survey)
    if kept.state is State.OVER and survey.last_day != kept.last_day:
        raise ValidationError({"last_day": _("The survey is over. Copy it to ask once more.")})
    fixed = ("access", "first_day", "keep_months") if has_answers(kept) else ()
    for name in (*fixed, "released_at", "ended_at", "forgotten_on", "secret", "slug"):
        setattr(survey, name, getattr(kept, name))
    survey.full_clean()
    survey.save()
    record("survey.changed", survey, by=by)
    return survey


@transaction.atomic
def save_question(question: Question, *, by: Any) -> Question:
    """Keep a question. After the first answer only its words can change (the form sees to it, and so does this)."""
    survey = _locked(question.survey, without_answers=question.pk is None)
    if question.pk is None:
        if survey.questions.count() >= MOST_QUESTIONS:
            raise ValidationError(
                _("A survey has %(most)d questions at most: longer ones are given up.") % {"most": MOST_QUESTIONS}
            )
        last = survey.questions.aggregate(last=Max("position"))["last"]
        question.position = 0 if last is None else last + 1
    elif has_answers(survey):
        _words_only(question, Question.objects.get(pk=question.pk))
    question.full_clean()
    question.save()
    if survey.released_at:
        _list_choices(survey)
    record("survey.changed", survey, by=by)
    return question


def _words_only(question: Question, kept: Question) -> None:
    for name in ("kind", "required", "breakdown", "listed", "position"):
        setattr(question, name, getattr(kept, name))
    if len(question.options) != len(kept.options):
        raise ValidationError(_("Somebody has answered already: the number of answers stays the same."))


@transaction.atomic
def move_question(question: Question, *, steps: int, by: Any) -> None:
    """One place up (-1) or down (1)."""
    survey = _locked(question.survey, without_answers=True)
    if positions.move(question, survey.questions.all(), steps=steps):
        record("survey.changed", survey, by=by)


@transaction.atomic
def remove_question(question: Question, *, by: Any) -> None:
    """Take a question out."""
    survey = _locked(question.survey, without_answers=True)
    question.delete()
    record("survey.changed", survey, by=by)


@transaction.atomic
def release(survey: Survey, *, by: Any) -> Survey:
    """Let it be answered from its first day on."""
    kept = _locked(survey)
    if kept.state is not State.DRAFT:
        return kept
    if not kept.questions.exists():
        raise ValidationError(_("It has no question yet."))
    if kept.last_day < timezone.localdate():
        raise ValidationError(_("Its last day is over. Please choose another one."))
    for question in kept.questions.filter(kind__in=FROM_LISTS):
        if not list_of(question.kind):
            raise ValidationError(_("“%(question)s”: the list to choose from is empty.") % {"question": question.text})
    kept.released_at, kept.secret = timezone.now(), marks.new_secret()
    kept.save(update_fields=["released_at", "secret"])
    _list_choices(kept)
    record("survey.released", kept, by=by)
    return kept


def _list_choices(survey: Survey) -> None:
    for question in survey.questions.filter(kind__in=FROM_LISTS):
        if not question.listed:
            question.listed = [list(each) for each in list_of(question.kind)]
            question.save(update_fields=["listed"])


@transaction.atomic
def withdraw(survey: Survey, *, by: Any) -> None:
    """Make it a draft again, as long as nobody has answered."""
    kept = _locked(survey, without_answers=True)
    if kept.state in {State.PLANNED, State.RUNNING}:
        kept.links.all().delete()
        kept.questions.update(listed=[])
        kept.released_at, kept.secret = None, ""
        kept.save(update_fields=["released_at", "secret"])
        record("survey.withdrawn", kept, by=by)


@transaction.atomic
def end(survey: Survey, *, by: Any) -> None:
    """Nobody can answer from now on, and the results are told. For good."""
    kept = _locked(survey)
    if kept.state is State.RUNNING:
        kept.ended_at = timezone.now()
        kept.save(update_fields=["ended_at"])
        forget_who(kept)
        record("survey.ended", kept, by=by)


def forget_who(survey: Survey) -> None:
    """Throw away what was needed to let everybody answer once."""
    survey.participations.all().delete()
    survey.links.all().delete()
    Survey.objects.filter(pk=survey.pk).update(secret="")


@transaction.atomic
def delete(survey: Survey, *, by: Any) -> None:
    """Take it away with all answers and its note."""
    kept = _locked(survey)
    record("survey.deleted", kept, by=by)
    FigureNote.objects.filter(figure=note_of(kept)).delete()
    kept.delete()


@transaction.atomic
def make_links(survey: Survey, number: int, *, by: Any) -> list[str]:
    """New personal links; they are told this once."""
    kept = _locked(survey)
    if kept.access != Access.LINK or kept.state not in {State.PLANNED, State.RUNNING}:
        raise ValidationError(_("Personal links belong to a survey that is released for them."))
    record("survey.links", kept, by=by, changes={"number": number})
    return marks.new_links(kept, number)


@transaction.atomic
def remove_text(text: FreeText, *, by: Any) -> None:
    """Take out a text that names somebody. What it said is not noted."""
    record("survey.text_removed", text.question.survey, by=by)
    text.delete()


def note_of(survey: Survey) -> str:
    """Under which name the planners' note on the results is kept."""
    return f"{NOTE}{survey.pk}"


def forgotten_from(survey: Survey) -> date:
    """From which day on the answers are deleted."""
    months = survey.end_day.month - 1 + survey.keep_months
    return date(survey.end_day.year + months // 12, months % 12 + 1, 1) + timedelta(days=survey.end_day.day - 1)
