"""Shapes on a flat map: GeoJSON in degrees (WGS 84, longitude first) to the units of a drawing. No tables."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

Ring = list[tuple[float, float]]
MOST_CORNERS = 20_000
# About a metre; official outlines come with a millimetre's digits, which nobody sees and everybody downloads.
DIGITS = 5


class OutlineError(ValueError):
    """A text that holds no usable polygon; the message is for the person who gave it."""


def _closed(ring: Any) -> list[list[float]]:
    try:
        points = [[round(float(each[0]), DIGITS), round(float(each[1]), DIGITS)] for each in ring]
    except (TypeError, ValueError, IndexError, KeyError):
        raise OutlineError(_("The outline has coordinates that are not numbers.")) from None
    if not all(abs(lon) <= 180 and abs(lat) <= 85 for lon, lat in points):
        raise OutlineError(_("The coordinates must be longitude and latitude in degrees (WGS 84)."))
    points = [each for number, each in enumerate(points) if number == 0 or each != points[number - 1]]
    if points and points[0] != points[-1]:
        points.append(points[0])
    if len(points) < 4:
        raise OutlineError(_("An outline needs at least three corners."))
    return points


def _polygons(thing: Any) -> list[Any]:
    kind = thing.get("type") if isinstance(thing, dict) else None
    if kind == "FeatureCollection" and isinstance(thing.get("features"), list):
        return [polygon for feature in thing["features"] for polygon in _polygons(feature)]
    if kind == "Feature":
        return _polygons(thing.get("geometry"))
    if kind == "GeometryCollection" and isinstance(thing.get("geometries"), list):
        return [polygon for each in thing["geometries"] for polygon in _polygons(each)]
    coordinates = thing.get("coordinates") if kind in ("Polygon", "MultiPolygon") else None
    if not isinstance(coordinates, list) or not coordinates:
        raise OutlineError(_("This is no GeoJSON with polygons."))
    return [coordinates] if kind == "Polygon" else coordinates


def polygon_of(geojson: Any) -> dict[str, Any]:
    """Any GeoJSON made of polygons as one clean Polygon or MultiPolygon. Raises OutlineError with a sentence."""
    polygons = []
    for polygon in _polygons(geojson):
        if not isinstance(polygon, list) or not polygon:
            raise OutlineError(_("This is no GeoJSON with polygons."))
        polygons.append([_closed(ring) for ring in polygon])
    if not polygons:
        raise OutlineError(_("This is no GeoJSON with polygons."))
    if sum(len(ring) for polygon in polygons for ring in polygon) > MOST_CORNERS:
        raise OutlineError(
            _("The outline has more than %(most)d corners. Please simplify it first (in QGIS: Vector, Simplify).")
            % {"most": MOST_CORNERS}
        )
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def rings_of(geojson: dict[str, Any]) -> list[Ring]:
    """All rings of a stored Polygon or MultiPolygon, holes included."""
    polygons = [geojson["coordinates"]] if geojson["type"] == "Polygon" else geojson["coordinates"]
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


def is_inside(latitude: float, longitude: float, rings: Iterable[Ring]) -> bool:
    """Whether a point lies within the rings (even-odd rule, so that holes are outside)."""
    inside = False
    for ring in rings:
        for (lon, lat), (next_lon, next_lat) in pairwise(ring):
            if (lat > latitude) != (next_lat > latitude):
                crossing = lon + (latitude - lat) / (next_lat - lat) * (next_lon - lon)
                inside ^= longitude < crossing
    return inside


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the globe in degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def around(cls, points: Sequence[tuple[float, float]]) -> "Box | None":
        """The smallest box that holds (longitude, latitude) pairs; None without any."""
        if not points:
            return None
        lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
        return cls(min(lats), min(lons), max(lats), max(lons))

    def widened(self, share: float, *, least: float = 0.0) -> "Box":
        """With a margin of `share` of its size on every side, at least `least` degrees of latitude."""
        tall = max((self.north - self.south) * share, least)
        middle = math.cos(math.radians((self.north + self.south) / 2))
        wide = max((self.east - self.west) * share, least / max(0.1, middle))
        return Box(
            max(-85.0, self.south - tall),
            max(-180.0, self.west - wide),
            min(85.0, self.north + tall),
            min(180.0, self.east + wide),
        )

    def together(self, other: "Box | None") -> "Box":
        """The smallest box around both."""
        if other is None:
            return self
        return Box(
            min(self.south, other.south),
            min(self.west, other.west),
            max(self.north, other.north),
            max(self.east, other.east),
        )

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point is within."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def mercator(latitude: float, longitude: float) -> tuple[float, float]:
    """Web Mercator, the whole world being 1 wide and 1 high, (0, 0) in the north-west."""
    squeezed = math.radians(max(-85.0, min(85.0, latitude)))
    return longitude / 360 + 0.5, 0.5 - math.asinh(math.tan(squeezed)) / (2 * math.pi)


class Frame:
    """A box fitted into a drawing `width` units wide; its height follows, within limits."""

    def __init__(self, box: Box, *, width: int, lowest: int, highest: int) -> None:
        west, north = mercator(box.north, box.west)
        east, south = mercator(box.south, box.east)
        wide, tall = max(east - west, 1e-9), max(south - north, 1e-9)
        self.width = width
        self.height = round(min(highest, max(lowest, width * tall / wide)))
        self._scale = min(self.width / wide, self.height / tall)
        self._left = west - (self.width / self._scale - wide) / 2
        self._top = north - (self.height / self._scale - tall) / 2

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Where a point is in the drawing."""
        x, y = mercator(latitude, longitude)
        return (x - self._left) * self._scale, (y - self._top) * self._scale

    def zoom_for(self, wide: float) -> int:
        """The zoom at which a map tile is about so wide in the drawing."""
        return max(1, round(math.log2(self._scale / wide)))

    def path(self, rings: Iterable[Ring]) -> str:
        """Rings as an SVG path; steps smaller than half a unit are left out."""
        parts = []
        for ring in rings:
            last: tuple[float, float] | None = None
            steps = []
            for lon, lat in ring:
                x, y = self.place(lat, lon)
                if last is None or abs(x - last[0]) + abs(y - last[1]) >= 0.5:
                    steps.append(f"{x:.1f} {y:.1f}")
                    last = (x, y)
            if len(steps) > 2:
                parts.append("M" + "L".join(steps) + "Z")
        return "".join(parts)
