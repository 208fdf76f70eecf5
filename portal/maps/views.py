"""The tile proxy, the nearest place to a visitor, and the editors' page."""

import math
import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from gazetteer.services import nearest_postcode
from portal.maps import tiles
from portal.maps.forms import MapForm
from portal.maps.models import MapSettings
from portal.maps.outlines import areas
from portal.maps.services import save_map

_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,8})?", re.ASCII)
RETRY_SECONDS = "30"
A_DAY = "public, max-age=86400"


@csrf_exempt
@require_POST
@allow(Role.VISITOR)
def around(request: HttpRequest) -> JsonResponse:
    """The postcode nearest to where a visitor is. The position comes in the body, so that it stands in no log;
    nothing is kept. Without CSRF protection because nothing is changed."""
    spot = [_degrees(request.POST.get(name, ""), most) for name, most in (("lat", 90), ("lon", 180))]
    if spot[0] is None or spot[1] is None:
        return _answer({"fehler": _("This position cannot be understood.")}, 400)
    found = nearest_postcode(spot[0], spot[1])
    if found is None:
        return _answer({"fehler": _("We know no German town near your position.")}, 404)
    return _answer({"ort": str(found)}, 200)


def _answer(content: dict[str, str], status: int) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


def _degrees(text: str, most: int) -> float | None:
    if not _DEGREES.fullmatch(text.strip()):
        return None
    value = float(text)
    return round(value, 2) if math.isfinite(value) and abs(value) <= most else None


@require_safe
@allow(Role.VISITOR)
def tile(request: HttpRequest, z: str, x: str, y: str) -> HttpResponse:
    """One piece of the background map; 404 for what is not ours to show, 503 while the source is down."""
    allowed = tiles.rules()
    numbers = int(z), int(x), int(y)
    if allowed is None or not allowed.allows(*numbers):
        raise Http404
    found = tiles.tile(allowed, *numbers)
    if found is None:
        return HttpResponse(status=503, headers={"Cache-Control": "no-store", "Retry-After": RETRY_SECONDS})
    return HttpResponse(found.content, content_type=found.kind, headers={"Cache-Control": A_DAY})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit(request: HttpRequest) -> HttpResponse:
    """Background, source note, outlines."""
    form = MapForm(request.POST or None, request.FILES or None, instance=MapSettings.load())
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        save_map(
            form.instance,
            by=request.user,
            changed=form.changed_data,
            outline=given["outline_file"],
            districts=given["districts_file"],
            remove_outlines=given["remove_outlines"],
        )
        messages.success(request, _("The map has been changed."))
        for note in form.notes:
            messages.warning(request, note)
        return redirect("maps:edit")
    context = {"form": form, "shapes": _shapes_line(), "crumbs": _crumbs(), "map_url": "/angebote/?ansicht=karte"}
    return render(request, "maps/edit.html", context)


def _shapes_line() -> str:
    shapes = areas()
    return _("Present outlines: %(whole)s of the municipality, %(districts)d of districts.") % {
        "whole": sum(area.district_id is None for area in shapes),
        "districts": sum(area.district_id is not None for area in shapes),
    }


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Map"), "url": ""}]
