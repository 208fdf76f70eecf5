"""A survey as planners see it: how it goes, how people get to it, what came out, and the same as files."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, Role, allow, may
from portal.offers.qr import qr_file, qr_inline
from portal.planning.charts import widths
from portal.planning.models import FigureNote
from portal.planning.words import number as in_words
from portal.surveys import editing
from portal.surveys.answering import SurveyAnswerForm
from portal.surveys.few import rounded
from portal.surveys.forms import LinksForm
from portal.surveys.groups import by_groups
from portal.surveys.models import Access, FreeText, State, Survey
from portal.surveys.results import Outcome, Results, mean_of, number_of, results_of
from portal.surveys.sources import Speaker
from portal.surveys.tables import as_download
from portal.surveys.views.frame import METHODS, known, page, public_address
from portal.translation.texts import Shown


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; its results when it is over."""
    found = known(pk)
    noted = editing.note_of(found)
    context: dict[str, Any] = {
        "state": found.state,
        "access": Access,
        "address": public_address(request, found),
        "noted": noted,
        "note": FigureNote.objects.filter(figure=noted).first() or FigureNote(figure=noted),
        "forgotten_from": editing.forgotten_from(found),
        "prints": may(request.user, Permission.CONTENT),
    }
    if found.state is State.OVER and not found.forgotten_on:
        context |= _results(results_of(found))
    elif found.state is not State.DRAFT:
        number = number_of(found)
        context |= {"number": in_words(rounded(number)), "few": not rounded(number), "answered": number > 0}
        context["qr"] = qr_inline(context["address"])
    return page(request, "survey", found.title, survey=found, **context)


def _results(results: Results) -> dict[str, Any]:
    weeks = [{"first": first, "last": last, "number": number} for first, last, number in results.weeks]
    drawn = widths([number for _first, _last, number in results.weeks])
    return {
        "results": results,
        "weeks": [each | {"width": width} for each, width in zip(weeks, drawn, strict=True)],
        "outcomes": [_outcome(each) for each in results.outcomes] if results.is_told else [],
        "groups": by_groups(results) if results.is_told else [],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    mean = mean_of(outcome)
    drawn = widths([row.number or 0 for row in outcome.rows])
    return {
        "outcome": outcome,
        "rows": [
            {"row": row, "width": width, "share": in_words(row.share)}
            for row, width in zip(outcome.rows, drawn, strict=True)
        ],
        "mean": None if mean is None else in_words(mean, 1),
    }


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def result_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All results as one table."""
    found = known(pk)
    if found.state is not State.OVER or found.forgotten_on:
        raise Http404
    return as_download(results_of(found), public_address(request, found), kind)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As people see it; nothing is sent."""
    found = known(pk)
    plain = Speaker(Shown("", 0, ""))
    form = SurveyAnswerForm(None, questions=list(found.questions.all()), speaker=plain)
    return page(request, "preview", _("Preview"), survey=found, last=_("Preview"), shown=form)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR code as a drawing for print shops."""
    found = _reachable(pk)
    return HttpResponse(
        qr_file(public_address(request, found)),
        content_type="image/svg+xml",
        headers={"Content-Disposition": f'attachment; filename="umfrage-{found.slug}.svg"'},
    )


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet with title, code and address, to print and put up."""
    found = _reachable(pk)
    address = public_address(request, found)
    typed = address.partition("://")[2].rstrip("/")
    return page(
        request,
        "poster",
        _("Sheet to put up"),
        survey=found,
        last=_("Sheet to put up"),
        qr=qr_inline(address),
        typed=typed,
    )


def _reachable(pk: int) -> Survey:
    found = known(pk)
    if found.state not in {State.PLANNED, State.RUNNING} or found.access == Access.LINK:
        raise Http404
    return found


@require_http_methods(METHODS)
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """New personal links, shown this once as a sheet to cut up."""
    found = known(pk)
    if found.access != Access.LINK or found.state not in {State.PLANNED, State.RUNNING}:
        raise Http404
    form, made = LinksForm(request.POST if request.method == "POST" else None), list[dict[str, str]]()
    if request.method == "POST" and form.is_valid():
        try:
            tokens = editing.make_links(found, form.cleaned_data["number"], by=request.user)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
        else:
            begin = public_address(request, found)
            urls = [f"{begin}mit/{token}/" for token in tokens]
            made = [{"url": url, "typed": url.partition("://")[2], "qr": qr_inline(url)} for url in urls]
    unused = found.links.count()
    title = _("Personal links")
    return page(request, "links", title, survey=found, last=title, form=form, made=made, unused=unused)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def remove_text(request: HttpRequest, key: str) -> HttpResponse:
    """Take out a text that names somebody."""
    text = get_object_or_404(FreeText.objects.select_related("question__survey"), pk=key)
    if text.question.survey.state is not State.OVER:
        raise Http404
    editing.remove_text(text, by=request.user)
    messages.success(request, _("The text is gone."))
    return redirect("surveys:survey", text.question.survey_id)
