"""One thing that waits: who is in charge, who watches, and what colleagues noted. What is decided stands elsewhere."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from core.returning import way_back
from portal.editorial.desk import queue, tickets
from portal.editorial.desk.ages import age, days_waiting
from portal.editorial.desk.forms import NOBODY, AssignForm, NoteForm
from portal.editorial.desk.worklist import Line
from portal.editorial.models import DeskRules, Ticket


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _line(request: HttpRequest, kind: str, pk: int) -> Line | None:
    """The item, None where it does not wait any more but was spoken about; 404 where there never was any."""
    found = queue.list_of(request).one(kind, pk)
    if found is None and not Ticket.objects.filter(kind=kind, item=pk).exists():
        raise Http404
    return found


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Everything about one item that is not its decision."""
    return _page(request, kind, pk)


def _page(request: HttpRequest, kind: str, pk: int, **forms: Any) -> HttpResponse:
    line = _line(request, kind, pk)
    ticket = Ticket.objects.filter(kind=kind, item=pk).select_related("assignee").first()
    assignee = ticket.assignee if ticket else None
    days = days_waiting(line.since, timezone.localdate()) if line else 0
    title = str(line.item.title) if line else _("Settled")
    context = {
        "line": line,
        "kind": kind,
        "pk": pk,
        "title": title,
        "age": age(days),
        "late": line is not None and days > DeskRules.goal(),
        "assignee": assignee,
        "is_mine": assignee == _person(request),
        "watched": ticket is not None and ticket.watchers.filter(pk=_person(request).pk).exists(),
        "notes": tickets.notes_on(kind, pk),
        "note_form": NoteForm(),
        "assign_form": AssignForm(people=tickets.colleagues(), initial={"person": assignee.pk if assignee else NOBODY}),
        "crumbs": [{"label": _("Editorial desk"), "url": queue.DESK}, {"label": title, "url": ""}],
        **forms,
    }
    return render(request, "editorial/item.html", context, status=400 if forms else 200)


def _back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """To the list somebody pressed the button in, at that line; else to the item's page."""
    wanted = way_back(request, "")
    return redirect(f"{wanted}#aufgabe-{kind}-{pk}" if wanted else queue.item_address(kind, pk))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def assign(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Put somebody in charge: oneself, a colleague, nobody."""
    _line(request, kind, pk)
    data = {"person": str(_person(request).pk)} if "mir" in request.POST else request.POST
    form = AssignForm(data, people=tickets.colleagues())
    if not form.is_valid():
        return _page(request, kind, pk, assign_form=form)
    chosen = form.chosen()
    tickets.assign(kind, pk, chosen, by=_person(request))
    if chosen is None:
        messages.success(request, _("Nobody is in charge now."))
    elif chosen == _person(request):
        messages.success(request, _("You are in charge now."))
    else:
        messages.success(request, _("%(name)s is in charge now.") % {"name": chosen})
    return _back(request, kind, pk)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def note(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Tell colleagues something."""
    _line(request, kind, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, kind, pk, note_form=form)
    tickets.write_note(kind, pk, form.cleaned_data["text"], by=_person(request))
    messages.success(request, _("The note is saved."))
    return _back(request, kind, pk)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def watch(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Watch it, or no longer."""
    _line(request, kind, pk)
    wanted = request.POST.get("beobachten") == "1"
    tickets.watch(kind, pk, wanted=wanted, by=_person(request))
    messages.success(request, _("You watch it now.") if wanted else _("You do not watch it any more."))
    return _back(request, kind, pk)
