"""What is new, for the people of a municipality's town hall."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from tracker.releases import deadlines, reading
from tracker.releases.arriving import is_concerned
from tracker.releases.forms import StillForm
from tracker.releases.models import Arrival, Release
from tracker.tickets.models import State, Ticket, Viewer
from tracker.tickets.participating import participant_of, viewer_of
from tracker.tickets.services import reopen
from tracker.tickets.showing import page

_TAB = "releases:news"
# More stand behind “all versions”.
_EARLIER = 6


@require_safe
@allow(Role.EDITOR, Role.ADMIN, Role.PLANNER)
def news(request: HttpRequest) -> HttpResponse:
    """The newest version this municipality has, and what comes next."""
    arrivals = reading.arrivals_of(participant_of(request))
    return _notes(request, arrivals, arrivals[0] if arrivals else None)


@require_safe
@allow(Role.EDITOR, Role.ADMIN, Role.PLANNER)
def release(request: HttpRequest, version: str) -> HttpResponse:
    """The notes of one version."""
    arrivals = reading.arrivals_of(participant_of(request))
    chosen = next((each for each in arrivals if each.release.version == version), None)
    if chosen is None:
        raise Http404
    return _notes(request, arrivals, chosen)


def _notes(request: HttpRequest, arrivals: list[Arrival], shown: Arrival | None) -> HttpResponse:
    participant = participant_of(request)
    chapters = reading.chapters(shown.release, participant) if shown else []
    notes = [note for chapter in chapters for note in chapter.notes]
    year = timezone.localdate().year
    record = deadlines.record_of(year)
    context = {
        "shown": shown,
        "is_newest": shown is not None and shown == arrivals[0],
        "chapters": chapters,
        "number": len(notes),
        "ours": sum(note.ours for note in notes),
        "to_do": reading.to_do(shown.release) if shown else [],
        "unread": reading.unread(participant.municipality_id, request.user.pk),
        "earlier": [each for each in arrivals if each != shown],
        "most_earlier": _EARLIER,
        "next": Release.objects.to_come().first(),
        "rules": deadlines.worded_rules(),
        "year": year,
        "record": record,
        "total": deadlines.total(record),
    }
    crumbs = [(_("News"), "")]
    if shown is not None and not context["is_newest"]:
        crumbs = [(_("News"), "/plattform/neuigkeiten/"), (shown.release.version, "")]
    return page(request, "releases/news.html", context, tab=_TAB, crumbs=crumbs)


@require_POST
@allow(Role.EDITOR, Role.ADMIN, Role.PLANNER)
def read(request: HttpRequest, version: str) -> HttpResponse:
    """They have read it; on to where they came from."""
    viewer = viewer_of(request)
    arrivals = reading.arrivals_of(participant_of(request))
    if not any(each.release.version == version for each in arrivals):
        raise Http404
    reading.mark_read(arrivals, viewer)
    return redirect("/redaktion/" if request.POST.get("zurueck") == "redaktion" else "releases:news")


def _theirs(viewer: Viewer, pk: int) -> Ticket:
    """A ticket that was rolled out and concerns the viewer's municipality."""
    ticket = get_object_or_404(Ticket.objects.visible_to(viewer).filter(state=State.ROLLED_OUT), pk=pk)
    if viewer.participant is None or not is_concerned(ticket, viewer.participant):
        raise Http404
    return ticket


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def still(request: HttpRequest, pk: int) -> HttpResponse:
    """“Bei uns immer noch”: the ticket goes on, with the words of who says so."""
    viewer = viewer_of(request)
    ticket = _theirs(viewer, pk)
    form = StillForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen(ticket, by=viewer, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(ticket)s is open again. The operator was told.") % {"ticket": ticket.reference})
            return redirect("releases:news")
    crumbs = [(_("News"), "/plattform/neuigkeiten/"), (ticket.reference, "")]
    context = {"ticket": ticket, "form": form}
    return page(request, "releases/still.html", context, tab=_TAB, crumbs=crumbs, status=400 if form.errors else 200)
