"""Outlines that cross themselves or overlap, put right."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.lazy import lazy
from portal.maps.errors import OutlineError

if TYPE_CHECKING:
    import shapely
    from shapely import geometry
else:
    shapely, geometry = lazy("shapely"), lazy("shapely.geometry")

Rings = list[list[list[float]]]
DIGITS = 5


def mended(polygons: list[Rings]) -> tuple[dict[str, Any], bool]:
    """One geometry of these polygons, and whether one of them had to be mended. What is right stays as it is."""
    shapes = [geometry.Polygon(rings[0], rings[1:]) for rings in polygons]
    crossed = not all(shape.is_valid for shape in shapes)
    whole = geometry.MultiPolygon(shapes) if not crossed else None
    if whole is not None and whole.is_valid:
        kind = "Polygon" if len(polygons) == 1 else "MultiPolygon"
        return {"type": kind, "coordinates": polygons[0] if len(polygons) == 1 else polygons}, False
    return joined([shapely.make_valid(shape) for shape in shapes]), crossed


def joined(shapes: list[Any]) -> dict[str, Any]:
    """The areas of some shapes (shapely's, or GeoJSON) as one Polygon or MultiPolygon."""
    made = [geometry.shape(shape) if isinstance(shape, dict) else shape for shape in shapes]
    whole = shapely.set_precision(shapely.union_all(made), 10**-DIGITS)
    parts = [part for part in getattr(whole, "geoms", [whole]) if part.geom_type in {"Polygon", "MultiPolygon"}]
    areas = [area for part in parts for area in getattr(part, "geoms", [part]) if not area.is_empty]
    if not areas:
        raise OutlineError(_("An outline needs at least three corners."))
    polygons = [[_ring(area.exterior), *(_ring(hole) for hole in area.interiors)] for area in areas]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def _ring(ring: Any) -> list[list[float]]:
    return [[round(x, DIGITS), round(y, DIGITS)] for x, y in ring.coords]
