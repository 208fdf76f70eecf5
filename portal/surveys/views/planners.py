"""The planners' list of surveys, and what they do with one of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from portal.surveys import editing
from portal.surveys.few import rounded
from portal.surveys.forms import QuestionForm, SurveyForm
from portal.surveys.models import Kind, Question, State, Survey
from portal.surveys.starters import EMPTY, STARTERS, starter_of
from portal.surveys.tables import numbers_of
from portal.surveys.views.frame import METHODS, known, page

STEPS = {"hoch": -1, "runter": 1}


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def overview(request: HttpRequest) -> HttpResponse:
    """All surveys, the newest first."""
    numbers = numbers_of(Survey.objects.all())
    rows = [
        {"survey": each, "state": each.state, "number": _told(each, numbers.get(each.pk, 0))}
        for each in Survey.objects.all()
    ]
    begin = [{"label": _("New survey"), "url": reverse("surveys:create")}]
    return page(request, "overview", _("Surveys"), rows=rows, begin=begin)


def _told(survey: Survey, number: int) -> int:
    return number if survey.state is State.OVER else rounded(number)


@require_http_methods(METHODS)
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def create(request: HttpRequest) -> HttpResponse:
    """A new survey, from a template."""
    if request.method == "POST":
        starter = starter_of(request.POST.get("vorlage", ""))
        if starter is None:
            messages.error(request, _("Please choose one of the templates."))
            return redirect("surveys:create")
        made = editing.create(starter, by=request.user)
        messages.success(request, _("A draft is made. Nobody else sees it before you release it."))
        return redirect("surveys:edit", made.pk)
    return page(request, "create", _("New survey"), last=_("New survey"), starters=[*STARTERS, EMPTY])


@require_http_methods(METHODS)
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the survey says of itself, its days, and its questions."""
    survey, kept = known(pk), known(pk)
    answered = editing.has_answers(survey)
    form = SurveyForm(request.POST if request.method == "POST" else None, instance=survey, answered=answered)
    if request.method == "POST" and form.is_valid():
        try:
            editing.save(form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, error if not hasattr(error, "error_dict") else ValidationError(error.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect("surveys:edit", pk)
    context: dict[str, Any] = {"form": form, "answered": answered, "questions": list(kept.questions.all())}
    return page(request, "edit", _("Edit"), survey=kept, last=_("Edit"), kinds=Kind.choices, **context)


@require_http_methods(METHODS)
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def add_question(request: HttpRequest, pk: int) -> HttpResponse:
    """A new question of the kind that was chosen."""
    kind = request.GET.get("art", "")
    if kind not in Kind.values:
        messages.error(request, _("Please choose how the question is answered."))
        return redirect("surveys:edit", pk)
    return _question(request, Question(survey=known(pk), kind=kind), _("New question"))


@require_http_methods(METHODS)
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def edit_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a question."""
    return _question(request, get_object_or_404(Question.objects.select_related("survey"), pk=pk), _("Edit question"))


def _question(request: HttpRequest, question: Question, label: str) -> HttpResponse:
    survey = question.survey
    answered = editing.has_answers(survey)
    form = QuestionForm(request.POST if request.method == "POST" else None, instance=question, answered=answered)
    if request.method == "POST" and form.is_valid():
        try:
            saved = editing.save_question(form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('surveys:edit', args=[survey.pk])}#frage-{saved.pk}")
    return page(request, "question", label, survey=survey, last=label, form=form, question=question, answered=answered)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def move_question(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    question = get_object_or_404(Question.objects.select_related("survey"), pk=pk)
    steps = STEPS.get(request.POST.get("richtung", ""), 0)
    _try(request, lambda: editing.move_question(question, steps=steps, by=request.user))
    return redirect(f"{reverse('surveys:edit', args=[question.survey_id])}#frage-{pk}")


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def remove_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a question out."""
    question = get_object_or_404(Question.objects.select_related("survey"), pk=pk)
    if _try(request, lambda: editing.remove_question(question, by=request.user)):
        messages.success(request, _("The question “%(text)s” is gone.") % {"text": question.text})
    return redirect("surveys:edit", question.survey_id)


def _try(request: HttpRequest, deed: Any) -> bool:
    """Do it, or say why not."""
    try:
        deed()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


# What is done with a survey by a button, and what is said then.
@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it be answered."""
    if _try(request, lambda: editing.release(known(pk), by=request.user)):
        messages.success(request, _("Released. From its first day on it can be answered at its address."))
        return redirect("surveys:survey", pk)
    return redirect("surveys:edit", pk)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it a draft again."""
    if _try(request, lambda: editing.withdraw(known(pk), by=request.user)):
        messages.success(request, _("It is a draft again: nobody can answer it."))
    return redirect("surveys:survey", pk)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The same questions once more."""
    made = editing.copy(known(pk), by=request.user)
    messages.success(request, _("This is the copy. Give it a title and its days."))
    return redirect("surveys:edit", made.pk)


@require_http_methods(METHODS)
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def sure(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """End or delete a survey: what cannot be taken back is asked first."""
    survey = known(pk)
    if deed == "beenden" and survey.state is not State.RUNNING:
        raise Http404
    if request.method == "POST":
        if deed == "beenden":
            editing.end(survey, by=request.user)
            messages.success(request, _("The survey is over. These are its results."))
            return redirect("surveys:survey", pk)
        editing.delete(survey, by=request.user)
        messages.success(request, _("“%(title)s” is deleted.") % {"title": survey.title})
        return redirect("surveys:overview")
    title = _("End the survey now?") if deed == "beenden" else _("Delete the survey?")
    return page(request, "sure", title, survey=survey, last=title, deed=deed)
