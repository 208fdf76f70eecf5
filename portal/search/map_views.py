"""What the map's script asks for."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.maps.outlines import areas
from portal.offers.cards import card_rows, cards
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.search.map import points_data
from portal.search.results import answer
from portal.search.views import choices, read_search

A_MINUTE = "public, max-age=60"


@require_safe
@allow(Role.VISITOR)
def points(request: HttpRequest) -> JsonResponse:
    """All places of everything that is found, in as few bytes as it takes."""
    search, _names, _ignored = read_search(request)
    return JsonResponse(
        points_data(answer(search)),
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
        headers={"Cache-Control": A_MINUTE, "X-Robots-Tag": "noindex"},
    )


@require_safe
@allow(Role.VISITOR)
def outlines(request: HttpRequest) -> JsonResponse:
    """The municipality's shapes as GeoJSON (RFC 7946)."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": area.name, "whole": area.district_id is None},
            "geometry": area.geometry,
        }
        for area in areas()
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features},
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
        headers={"Cache-Control": A_MINUTE, "X-Robots-Tag": "noindex"},
    )


@require_safe
@allow(Role.VISITOR)
def bubble(request: HttpRequest, pk: str) -> HttpResponse:
    """What is written in the bubble of one offer; a part of a page."""
    found = card_rows(Offer.objects.current().filter(pk=int(pk)))
    if not found:
        raise Http404
    card = cards(found.values(), tree=choices().tree, names=Preferences.current())[0]
    # Without the request, whose context processors would ask for menu and theme, which no bubble shows.
    return HttpResponse(render_to_string("search/_bubble.html", {"card": card}), headers={"X-Robots-Tag": "noindex"})
