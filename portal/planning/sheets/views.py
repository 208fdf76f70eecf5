"""The pages of comparisons: all of them, one with its maps and types, the form, its files."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from audit.services import record
from core.access import Role, allow
from portal.planning.asking import asked_by
from portal.planning.drawing.png import as_png
from portal.planning.drawing.registry import as_svg
from portal.planning.frame import page, shown
from portal.planning.models import DistrictSheet
from portal.planning.pictures.views import KINDS as PICTURES
from portal.planning.sheets.forms import SheetForm, initial_of
from portal.planning.sheets.making import made_of
from portal.planning.tables import as_download


def _found(pk: int) -> DistrictSheet:
    return get_object_or_404(DistrictSheet, pk=pk)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def sheets(request: HttpRequest) -> HttpResponse:
    """All comparisons."""
    return page(
        request, "planning/sheets.html", asked_by(request), _("Districts compared"),
        sheets=list(DistrictSheet.objects.all()),
    )  # fmt: skip


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A comparison: maps beside each other, words, types, table."""
    found, asked = _found(pk), asked_by(request)
    made = made_of(found, asked)
    figure = shown(made.table, asked)
    figure["files"] = {kind: f"{reverse('planning:sheet_file', args=[pk, kind])}?{asked.query()}"
                       for kind in ("csv", "xlsx")}  # fmt: skip
    panels = [{"panel": each, "pictures": _pictures(pk, at, asked.query())} for at, each in enumerate(made.all_panels)]
    return page(
        request, "planning/sheet.html", asked, found.name, sheet=found, types=made.types, figure=figure, gone=made.gone,
        panels=panels, of_last_day=True,
    )  # fmt: skip


def _pictures(pk: int, at: int, query: str) -> dict[str, str]:
    return {kind: f"{reverse('planning:sheet_picture', args=[pk, at, kind])}?{query}" for kind in PICTURES}


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def sheet_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Its table to take along."""
    asked = asked_by(request)
    return as_download(made_of(_found(pk), asked).table, asked, kind)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def sheet_picture(request: HttpRequest, pk: int, at: int, kind: str) -> HttpResponse:
    """One of its maps to take along, with the planner's words."""
    found, asked = _found(pk), asked_by(request)
    panels = made_of(found, asked).all_panels
    picture = panels[at].picture(found.text) if at < len(panels) else None
    if kind not in PICTURES or picture is None:
        raise Http404
    svg = as_svg(picture, asked)
    head = {"Content-Disposition": f'attachment; filename="ortsteile-{pk}-{at + 1}.{kind}"'}
    return HttpResponse(as_png(svg) if kind == "png" else svg, content_type=PICTURES[kind], headers=head)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a comparison."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _form(request, _found(pk))


def _form(request: HttpRequest, found: DistrictSheet | None) -> HttpResponse:
    initial = initial_of(found) if found else {"indicators": ["angebote"]}
    form = SheetForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        by = cast("User", request.user)
        with transaction.atomic():
            kept: dict[str, Any] = {**form.kept(), "written_by": by, "changed_at": timezone.now()}
            made = found or DistrictSheet()
            for name, value in kept.items():
                setattr(made, name, value)
            made.save()
            record("district_sheet", made, by=by)
        return redirect("planning:sheet", pk=made.pk)
    title = _("Change “%(title)s”") % {"title": found.name} if found else _("New comparison")
    answer = page(request, "planning/sheet_form.html", asked_by(request), title, form=form, sheet=found)
    answer.status_code = 400 if form.is_bound else 200
    return answer


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one."""
    found = _found(pk)
    with transaction.atomic():
        record("district_sheet_removed", found, by=cast("User", request.user))
        found.delete()
    messages.success(request, _("“%(title)s” is deleted.") % {"title": found.name})
    return redirect("planning:sheets")
