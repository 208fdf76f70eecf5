"""What planners keep: views under a name, and notes that stay with a figure."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from audit.services import record
from core.access import Role, allow
from portal.planning.models import LONGEST_QUERY, FigureNote, SavedView

# Which figures may have a note, and on which page each stands.
NOTED = {"verlauf": "planning:overview", "angebot": "planning:supply", "matrix": "planning:matrix",
         "luecken": "planning:gaps"}  # fmt: skip
# Of rooms above: the address of the page a figure stands on, or none where it is not one of theirs.
_of_rooms: list[Callable[[str], str]] = []


def noted_on(address: Callable[[str], str]) -> None:
    """Let the figures of a room have notes."""
    _of_rooms.append(address)


def _page_of(figure: str) -> str:
    """Where a figure stands. 404 where there is no such figure."""
    if figure in NOTED:
        return reverse(NOTED[figure])
    found = next(filter(None, (address(figure) for address in _of_rooms)), "")
    if not found:
        raise Http404
    return found


class ViewForm(forms.Form):
    """A name for what is shown."""

    name = forms.CharField(max_length=80)
    path = forms.RegexField(r"^/auswertung/[a-z/-]*$", max_length=100)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False)
    shared = forms.BooleanField(required=False)


class NoteForm(forms.Form):
    """What is to be said about a figure; empty takes the note away."""

    text = forms.CharField(max_length=FigureNote.LONGEST, required=False)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the page with its filters; the same name again changes what is kept under it."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please give the view a name of at most 80 letters."))
        return redirect("planning:overview")
    given = form.cleaned_data
    kept = {"path": given["path"], "query": given["query"], "shared": given["shared"]}
    view, _new = SavedView.objects.update_or_create(owner=cast("User", request.user), name=given["name"], defaults=kept)
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return redirect(view.address)


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Only one's own."""
    view = get_object_or_404(SavedView, pk=pk, owner=cast("User", request.user))
    view.delete()
    messages.success(request, _("The view “%(name)s” is gone.") % {"name": view.name})
    return redirect("planning:overview")


@require_POST
@allow(Role.PLANNER, Role.EDITOR, Role.ADMIN)
def write_note(request: HttpRequest, figure: str) -> HttpResponse:
    """Write, change or empty the note of a figure."""
    page = _page_of(figure)
    form = NoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A note may have at most 2,000 letters. Nothing was changed."))
        return redirect(page)
    by = cast("User", request.user)
    with transaction.atomic():
        before = FigureNote.objects.select_for_update().filter(figure=figure).first()
        kept = {"text": form.cleaned_data["text"].strip(), "written_by": by, "written_at": timezone.now()}
        note, _new = FigureNote.objects.update_or_create(figure=figure, defaults=kept)
        record("figure_note", note, by=by, changes={"text": [before.text if before else "", note.text]})
    messages.success(request, _("The note is kept.") if note.text else _("The note is gone."))
    return redirect(f"{page}#notiz")
