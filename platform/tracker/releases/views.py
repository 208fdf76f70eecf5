"""What is new, for the people of a municipality's town hall."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.announcing import PAGES
from tracker.releases import deadlines, reading
from tracker.releases.models import Arrival, Release
from tracker.tickets.participating import participant_of, viewer_of
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
    crumbs = [(pgettext("of the platform", "News"), "")]
    if shown is not None and not context["is_newest"]:
        crumbs = [(pgettext("of the platform", "News"), "/plattform/neuigkeiten/"), (shown.release.version, "")]
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
    back = request.POST.get("zurueck", "")
    return redirect(back if back in PAGES else "releases:news")
