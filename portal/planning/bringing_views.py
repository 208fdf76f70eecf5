"""The pages of the tables that planners bring (`portal.planning.bringing`)."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from portal.listing.workbooks import XLSX
from portal.planning.asking import asked_by
from portal.planning.bringing import Table
from portal.planning.frame import page
from portal.planning.words import number
from portal.vocabulary.errors import RefusedError


class BringForm(forms.Form):
    """A file, and where it comes from."""

    name = forms.CharField(label=_("Source"), max_length=200)
    as_of = forms.DateField(label=_("As of"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    file = forms.FileField(label=_("File (.xlsx or .csv, at most 5 MB)"))
    replace = forms.BooleanField(required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def bring(request: HttpRequest, table: Table) -> HttpResponse:
    """What there is, and taking over more."""
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
    context: dict[str, Any] = {"table": table, "form": form, "problems": problems, "sources": table.sources()}
    return page(request, "planning/bringing.html", asked_by(request), str(table.title), **context)


@require_safe
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def template(request: HttpRequest, table: Table) -> HttpResponse:
    """The workbook to fill in."""
    headers = {"Content-Disposition": f'attachment; filename="{table.template_name}"'}
    return HttpResponse(table.template(), content_type=XLSX, headers=headers)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def remove(request: HttpRequest, table: Table, pk: int) -> HttpResponse:
    """Delete what a file brought."""
    source = get_object_or_404(table.own(), pk=pk)
    table.remove(source, by=cast("User", request.user))
    messages.success(request, str(table.gone) % {"name": source.name})
    return redirect(table.view)
