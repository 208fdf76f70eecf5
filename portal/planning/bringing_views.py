"""The pages on which planners bring tables: figures of small areas, and travel times. Both work alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from portal.listing.workbooks import XLSX
from portal.planning import areas, travel
from portal.planning.asking import asked_by
from portal.planning.frame import page
from portal.planning.models import Source
from portal.planning.words import number
from portal.vocabulary.errors import RefusedError


class Brought(Protocol):
    """What was understood of a file, or what is wrong with it."""

    problems: list[Any]
    rows: list[Any]


class TakeOver(Protocol):
    """Keeps all of a file or nothing of it."""

    def __call__(
        self, upload: Any, *, name: str, as_of: date, replace: bool, by: Any
    ) -> tuple[Source | None, Brought]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of table that can be brought: its page, and what is done with it. `said` tells how many were taken."""

    view: str
    title: Promise
    template: str
    replace: Promise
    take_over: TakeOver
    sources: Callable[[], list[dict[str, Any]]]
    said: Callable[[int], str]


class BringForm(forms.Form):
    """A file, and where it comes from."""

    name = forms.CharField(label=gettext_lazy("Source"), max_length=200)
    as_of = forms.DateField(
        label=gettext_lazy("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    file = forms.FileField(label=gettext_lazy("File (.xlsx or .csv, at most 5 MB)"))
    replace = forms.BooleanField(required=False)


FIGURES = Table(
    "planning:figures",
    gettext_lazy("Figures of the districts"),
    "planning/figures.html",
    gettext_lazy("Replace figures of the same year"),
    areas.take_over,
    areas.sources,
    lambda many: ngettext("%(number)s figure was taken over.", "%(number)s figures were taken over.", many),
)
TRAVEL = Table(
    "planning:travel",
    gettext_lazy("Travel times"),
    "planning/travel.html",
    gettext_lazy("Replace times of the same districts"),
    travel.take_over,
    travel.sources,
    lambda many: ngettext("%(number)s travel time was taken over.", "%(number)s travel times were taken over.", many),
)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def figures(request: HttpRequest) -> HttpResponse:
    """Which figures there are, and taking over more."""
    return _bring(request, FIGURES)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def times(request: HttpRequest) -> HttpResponse:
    """Of which districts there are travel times, and taking over more."""
    return _bring(request, TRAVEL)


def _bring(request: HttpRequest, table: Table) -> HttpResponse:
    form = BringForm(request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate()})
    form.fields["replace"].label = str(table.replace)
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given, by = form.cleaned_data, cast("User", request.user)
        try:
            source, read = table.take_over(
                given["file"], name=given["name"], as_of=given["as_of"], replace=given["replace"], by=by
            )
        except RefusedError as error:
            form.add_error("file", str(error))
        else:
            problems = read.problems
            if source is not None:
                many = len(read.rows)
                messages.success(request, table.said(many) % {"number": number(many)})
                return redirect(table.view)
    context: dict[str, Any] = {"form": form, "problems": problems, "sources": table.sources()}
    return page(request, table.template, asked_by(request), str(table.title), **context)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def figures_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return _workbook(areas.template(), "zahlen-vorlage.xlsx")


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def travel_template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return _workbook(travel.template(), "wegezeiten-vorlage.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def figures_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the figures of a file."""
    source = get_object_or_404(Source.objects.filter(starts=None), pk=pk)
    areas.remove(source, by=cast("User", request.user))
    messages.success(request, _("The figures of “%(name)s” are deleted.") % {"name": source.name})
    return redirect("planning:figures")


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def travel_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete the travel times of a file."""
    source = get_object_or_404(Source.objects.exclude(starts=None), pk=pk)
    travel.remove(source, by=cast("User", request.user))
    messages.success(request, _("The travel times of “%(name)s” are deleted.") % {"name": source.name})
    return redirect("planning:travel")
