"""Districts from GeoJSON: read, shown on a map, and only then taken over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from portal.maps.geometry import Box, Frame, rings_of
from portal.maps.outlines import areas as known_areas
from portal.maps.outlines import home_box
from portal.preferences.models import Preferences
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.forms import FileForm
from portal.vocabulary.kinds import DISTRICTS
from portal.vocabulary.models import Upload
from portal.vocabulary.outlines import applying, planning, reading
from portal.vocabulary.uploads import keep, kept
from portal.vocabulary.views.lists import crumbs

KIND = "umrisse"
WIDTH = 640


def _near() -> tuple[float, float] | None:
    """About where the municipality is."""
    box = home_box(known_areas(), Preferences.current())
    return ((box.south + box.north) / 2, (box.west + box.east) / 2) if box else None


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def outlines(request: HttpRequest) -> HttpResponse:
    """Choose a file."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            read = reading.read(form.cleaned_data["file"], near=_near())
        except RefusedError as refused:
            form.add_error("file", str(refused))
        else:
            upload = keep(KIND, {"areas": read.areas, "notes": read.notes}, by=request.user)
            return redirect("vocabulary:outlines_look", upload.pk)
    context = {"kind": DISTRICTS, "form": form, "crumbs": crumbs(DISTRICTS, _("Read outlines"))}
    return render(request, "vocabulary/outlines.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def outlines_look(request: HttpRequest, key: UUID) -> HttpResponse:
    """The map with what would change; then do it."""
    upload = kept(KIND, key)
    areas = upload.content["areas"]
    properties = reading.properties_of(areas)
    asked = (request.POST if request.method == "POST" else request.GET).get("eigenschaft", "")
    name_from = asked if asked in properties else (properties[0] if properties else "")
    if request.method == "POST":
        return _take_over(request, upload, name_from)
    made = planning.plan(areas, name_from)
    context = {
        "kind": DISTRICTS,
        "plan": made,
        "notes": [*upload.content["notes"], *made.notes, *_far(areas)],
        "properties": [(each, _sample(areas, each)) for each in properties],
        "name_from": name_from,
        "map": _map(made, areas),
        "crumbs": crumbs(DISTRICTS, _("What would change")),
    }
    return render(request, "vocabulary/outlines_look.html", context)


def _sample(areas: list[dict[str, Any]], name: str) -> str:
    return ", ".join([each["names"][name] for each in areas if each["names"].get(name)][:3])


def _far(areas: list[dict[str, Any]]) -> list[str]:
    """A word where nothing of the file lies near the municipality."""
    home = home_box(known_areas(), Preferences.current())
    box = Box.around([point for area in areas for ring in rings_of(area["outline"]) for point in ring])
    if home is None or box is None:
        return []
    wide = home.widened(1, least=0.3)
    apart = box.south > wide.north or box.north < wide.south or box.west > wide.east or box.east < wide.west
    return [_("These outlines lie far away from your municipality. Is this the right file?")] if apart else []


def _map(made: planning.Plan, areas: list[dict[str, Any]]) -> dict[str, Any] | None:
    box = Box.around([point for area in areas for ring in rings_of(area["outline"]) for point in ring])
    if box is None:
        return None
    frame = Frame(box.widened(0.04), width=WIDTH, lowest=200, highest=520)
    marks = {"new": made.new, "changed": made.changed, "same": made.same}
    drawn = [
        {"path": frame.path(rings_of(part.outline)), "name": part.name, "mark": mark}
        for mark, parts in marks.items()
        for part in parts
    ]
    gone = [
        {"path": frame.path(rings_of(each.outline)), "name": each.name, "mark": "gone"}
        for each in made.missing
        if each.outline
    ]
    return {"width": frame.width, "height": frame.height, "areas": [*gone, *drawn]}


def _take_over(request: HttpRequest, upload: Upload, name_from: str) -> HttpResponse:
    areas, assign = upload.content["areas"], request.POST.get("zuordnen") == "1"
    try:
        made = applying.take_over(
            areas, name_from, seen=request.POST.get("gesehen", ""), assign=assign, by=request.user
        )
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    upload.delete()
    count = len([part for part in made.parts if not part.same])
    messages.success(
        request,
        ngettext("%(number)d outline was taken over.", "%(number)d outlines were taken over.", count)
        % {"number": count},
    )
    return redirect(DISTRICTS.url)
