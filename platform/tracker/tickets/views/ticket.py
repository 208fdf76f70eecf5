"""The page of a ticket, on both hosts: what it is about, the talk, what stays inside, what rooms above add."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.ordering import name_key
from tracker.tickets import sections, services
from tracker.tickets.forms import CommentForm, MergeForm, NoteForm, SortForm, StateForm
from tracker.tickets.models import (
    Attachment,
    Context,
    Kind,
    State,
    Ticket,
    Viewer,
)
from tracker.tickets.models.tickets import author_name
from tracker.tickets.participating import town_count, viewer_of
from tracker.tickets.showing import page

WAY = (State.NEW, State.CONFIRMED, State.PLANNED, State.IN_PROGRESS, State.ROLLED_OUT)
TOWNS_NAMED = 12
TABS = {Kind.WISH: "board:wishes", Kind.BUG: "board:errors", Kind.QUESTION: "board:wishes"}


def seen(viewer: Viewer, pk: int) -> Ticket:
    """The ticket, if this viewer may see it."""
    rows = Ticket.objects.visible_to(viewer).select_related("reporter", "merged_into", "standing")
    return get_object_or_404(rows, pk=pk)


@require_safe
@allow(Role.SIGNED_IN)
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """One ticket. One that was merged leads on to the other, where the viewer may see that."""
    viewer = viewer_of(request)
    found = seen(viewer, pk)
    last = services.final(found)
    if last != found and Ticket.objects.visible_to(viewer).filter(pk=last.pk).exists():
        return redirect("tickets:ticket", last.pk)
    return show(request, viewer, found)


def show(request: HttpRequest, viewer: Viewer, found: Ticket, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page; `forms` are those that came back with errors."""
    merged = list(found.merged.order_by("pk"))
    context = {
        "ticket": found,
        "last": services.final(found),
        "way": _way(found),
        "comments": found.comments.shared().select_related("participant"),
        "inside": _inside(found, viewer, forms.get("note_form")),
        **_along([found, *merged], viewer),
        "watching": found.watches.filter(participant=viewer.participant, person=viewer.person or 0).exists(),
        "merged": merged,
        "parts": sections.sections_of(found, viewer),
        "facts": sections.facts_of(found, viewer),
        "has_mistake": bool(forms),
        "comment_form": CommentForm(),
        "speaks_as": author_name(viewer.participant, by_provider=viewer.is_provider),
        "may_reword": services.may_reword(found, viewer),
        "may_reopen": found.state == State.ROLLED_OUT and viewer.sees_all,
        **_concerned(found, viewer),
        **(_operating(found) if viewer.is_operator else {}),
        **forms,
    }
    return page(
        request, "tickets/ticket.html", context, tab=_tab(found, viewer), crumbs=_trail(found, viewer), status=status
    )


def _tab(found: Ticket, viewer: Viewer) -> str:
    return TABS[Kind(found.kind)] if viewer.sees_all else "tickets:mine"


def _trail(found: Ticket, viewer: Viewer) -> list[tuple[str, str]]:
    if viewer.is_provider:
        return [(_("My reports"), reverse("tickets:mine")), (found.reference, "")]
    return [(found.reference, "")]


def _along(tickets: list[Ticket], viewer: Viewer) -> dict[str, Any]:
    """What went along with it and with what was merged into it; each row is for its own reporter and the operator."""
    rows = Context.objects.visible_to(viewer).filter(ticket__in=tickets)
    pictures = Attachment.objects.visible_to(viewer).filter(ticket__in=tickets)
    return {
        "along": list(rows.select_related("ticket__reporter")),
        "pictures": list(pictures.select_related("ticket")),
    }


def _way(found: Ticket) -> list[dict[str, Any]]:
    """The states on the way, each with the day it was last reached."""
    reached = {step.new: step for step in found.steps.select_related("participant")}
    here = WAY.index(State(found.state)) if found.state in WAY else -1
    return [
        {
            "label": _("reported") if state == State.NEW else state.label,
            "step": reached.get(state) if at <= here or found.state == State.DECLINED else None,
            "mark": "now" if at == here else "done" if at < here else "",
            "number": at + 1,
        }
        for at, state in enumerate(WAY)
    ]


def _concerned(found: Ticket, viewer: Viewer) -> dict[str, Any]:
    """How many municipalities, whether ours, and some of their names."""
    rows = list(found.concerns.select_related("participant"))
    names = sorted((row.participant.name for row in rows if row.participant.left_at is None), key=name_key)
    return {
        "concerned": len(rows),
        "towns": names[:TOWNS_NAMED],
        "towns_more": max(0, len(names) - TOWNS_NAMED),
        "towns_former": len(rows) - len(names),
        "everybody": town_count(),
        "ours": next((row for row in rows if row.participant == viewer.participant), None),
    }


def _inside(found: Ticket, viewer: Viewer, returned: NoteForm | None) -> list[dict[str, Any]]:
    """The boxes with what stays inside: for a municipality its own, for the operator one for each that has notes."""
    notes = list(found.comments.internal_to(viewer).select_related("participant", "about"))
    if viewer.is_operator:
        towns = {note.about for note in notes} | ({found.reporter} if found.reporter else set())
        about = sorted((town for town in towns if town and not town.left_at), key=lambda town: name_key(town.name))
    else:
        about = [viewer.participant] if viewer.sees_all and viewer.participant else []
    whose = getattr(returned, "about", None)
    return [
        {
            "about": town,
            "notes": [note for note in notes if note.about_id == town.pk],
            "form": returned if returned is not None and whose == town else NoteForm(auto_id=f"id_{town.pk}_%s"),
        }
        for town in about
    ]


def _operating(found: Ticket) -> dict[str, Any]:
    return {
        "state_form": StateForm(ticket=found),
        "sort_form": SortForm(initial={"kind": found.kind, "severity": found.severity, "area": found.area}),
        "merge_form": MergeForm(),
    }


@require_safe
@allow(Role.SIGNED_IN)
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A picture that went along, for those who may see it."""
    found = get_object_or_404(Attachment.objects.visible_to(viewer_of(request)), pk=pk)
    try:
        stream = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    kind = "image/jpeg" if str(found.file.name).endswith(".jpg") else "image/png"
    headers = {"Cache-Control": "private, max-age=3600", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return FileResponse(stream, content_type=kind, headers=headers)
