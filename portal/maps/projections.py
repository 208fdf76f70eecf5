"""Outlines in metres, as land surveys give them, to degrees.

GeoJSON today knows degrees only; older files name another system (`crs`), and many name none: then the size of the
numbers tells, and where two systems look alike, which of them lies near the municipality.
"""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from core.lazy import lazy
from portal.maps.errors import OutlineError

if TYPE_CHECKING:
    import pyproj
    from pyproj import exceptions
else:
    pyproj, exceptions = lazy("pyproj"), lazy("pyproj.exceptions")

Point = tuple[float, float]
Polygons = list[list[list[Point]]]
_CODE = re.compile(r"(?i)epsg:+(?:[0-9.]*:)?([0-9]{4,5})$")
_NORTHING = (5_200_000, 6_150_000)
# Reference systems in use in Germany and where their numbers lie: easting, northing.
_KNOWN: tuple[tuple[int, tuple[float, float], tuple[float, float]], ...] = (
    (25832, (250_000, 950_000), _NORTHING),
    (25833, (200_000, 650_000), _NORTHING),
    (4647, (32_250_000, 32_950_000), _NORTHING),
    (5650, (33_200_000, 33_650_000), _NORTHING),
    (31466, (2_450_000, 2_800_000), _NORTHING),
    (31467, (3_250_000, 3_950_000), _NORTHING),
    (31468, (4_250_000, 4_950_000), _NORTHING),
    (31469, (5_250_000, 5_650_000), _NORTHING),
    (3857, (600_000, 1_750_000), (5_900_000, 7_450_000)),
)


def named(geojson: Any) -> int | None:
    """The EPSG code a file names in its `crs`; None where it names none, or degrees."""
    crs = geojson.get("crs") if isinstance(geojson, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    found = _CODE.search(name[:100]) if isinstance(name, str) else None
    code = int(found[1]) if found else None
    return None if code in (4326, 4258) else code


def in_degrees(
    polygons: Polygons, crs: int | None, near: Point | None, *, is_ours: Callable[[list[Point]], bool]
) -> tuple[Polygons, int]:
    """Longitudes and latitudes, and the system they were in. Raises OutlineError where nobody knows it."""
    points = [point for polygon in polygons for ring in polygon for point in ring]
    if not _candidates(points) and _candidates(_turned(points)):
        points = _turned(points)
    found: list[tuple[float, int, list[Point]]] = []
    for place, code in enumerate([crs] if crs is not None else _candidates(points)):
        placed = _converted(code, points)
        if placed and is_ours(placed):
            found.append((_distance(placed[0], near) if near else place, code, placed))
    if not found:
        raise OutlineError(_not_known(crs))
    _far, code, placed = min(found)
    there = iter(placed)
    return [[[next(there) for _point in ring] for ring in polygon] for polygon in polygons], code


def _turned(points: list[Point]) -> list[Point]:
    return [(y, x) for x, y in points]


def _candidates(points: list[Point]) -> list[int]:
    return [
        code
        for code, (west, east), (south, north) in _KNOWN
        if all(west <= x <= east and south <= y <= north for x, y in points)
    ]


def _converted(code: int, points: list[Point]) -> list[Point]:
    try:
        transformer = pyproj.Transformer.from_crs(code, 4326, always_xy=True)
        lons, lats = transformer.transform([x for x, _y in points], [y for _x, y in points])
    except exceptions.ProjError:
        return []
    return [(lon, lat) for lon, lat in zip(lons, lats, strict=True) if math.isfinite(lon) and math.isfinite(lat)]


def _distance(point: Point, near: Point) -> float:
    lon, lat = point
    return math.hypot(lat - near[0], (lon - near[1]) * 0.63)


def _not_known(crs: int | None) -> str:
    what = f"EPSG:{crs}" if crs is not None else _("which is not named")
    return _(
        "The coordinates are metres of a coordinate system we cannot convert (%(what)s), or do not lie in Germany. "
        "Please export the outline in WGS 84 (EPSG:4326) or ETRS89/UTM (EPSG:25832); in QGIS: Export, Save Features "
        "As, CRS."
    ) % {"what": what}
