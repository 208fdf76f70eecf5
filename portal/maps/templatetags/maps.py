"""A small map for the pages of other rooms."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import RequestContext

from portal.maps.drawing import small_map as draw
from portal.maps.outlines import Area, areas

register = template.Library()
ROUTE = "https://www.openstreetmap.org/directions"
_KEPT = "shapes_of_small_maps"


def _shapes(context: RequestContext) -> list[Area]:
    """The shapes, asked for once per page however many small maps it has."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return areas()
    kept: list[Area] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = areas()
        setattr(request, _KEPT, kept)
    return kept


@register.inclusion_tag("maps/_small.html", takes_context=True)
def small_map(
    context: RequestContext, latitude: float | None, longitude: float | None, label: str = "", exact: bool = True
) -> dict[str, Any]:
    """A pin on the municipality's shapes and the link to plan the way; nothing where the place is unknown.

    `label` names the place. With `exact` false (only the postcode is known, or the address is protected) a ring
    shows the surroundings and there is no way to plan.
    """
    if latitude is None or longitude is None:
        return {"map": None, "route_url": ""}
    target = {"to": f"{latitude:.5f},{longitude:.5f}"}
    return {
        "map": draw(latitude, longitude, _shapes(context)),
        "label": label,
        "exact": exact,
        "route_url": f"{ROUTE}?{urlencode(target)}" if exact else "",
    }
