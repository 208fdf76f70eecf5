"""Shapes on a flat map: GeoJSON in degrees (WGS 84, longitude first) to the units of a drawing. No tables."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from portal.maps import mending, projections
from portal.maps.errors import OutlineError

__all__ = ["OutlineError"]
Ring = list[tuple[float, float]]
MOST_CORNERS = 20_000
# About a metre; official outlines come with a millimetre's digits, which nobody sees and everybody downloads.
DIGITS = 5


@dataclass(slots=True)
class Outline:
    """What was read: a clean Polygon or MultiPolygon, and sentences on what was left out or put right."""

    geometry: dict[str, Any]
    notes: list[str]


# Where municipalities of this service can be, a little generous: south, west, north, east.
_GERMANY = (46.9, 5.4, 55.5, 15.6)
_METRES = 1000
# Square degrees; a square metre is a bit more.
_LEAST_AREA = 1e-10
_LESS = {"Point", "MultiPoint", "LineString", "MultiLineString"}


def _kind(thing: Any) -> str:
    kind = thing.get("type") if isinstance(thing, dict) else ""
    return kind if isinstance(kind, str) else ""


@dataclass(slots=True)
class _Found:
    """Polygons as they stand in the file, and how many things are none."""

    polygons: list[Any]
    points: int = 0
    empty: int = 0

    def add(self, thing: Any) -> None:
        kind = _kind(thing)
        if kind == "FeatureCollection" and isinstance(thing.get("features"), list):
            for each in thing["features"]:
                self.add(each)
        elif kind == "GeometryCollection" and isinstance(thing.get("geometries"), list):
            for each in thing["geometries"]:
                self.add(each)
        elif kind == "Feature":
            self._add_geometry(thing.get("geometry"))
        else:
            self._add_geometry(thing)

    def _add_geometry(self, thing: Any) -> None:
        kind = _kind(thing)
        coordinates = thing.get("coordinates") if isinstance(thing, dict) else None
        if thing is None or (kind in ("Polygon", "MultiPolygon") and coordinates in (None, [])):
            self.empty += 1
        elif kind in _LESS:
            self.points += 1
        elif kind == "GeometryCollection":
            self.add(thing)
        elif kind == "Polygon" and isinstance(coordinates, list):
            self._add_polygon(coordinates)
        elif kind == "MultiPolygon" and isinstance(coordinates, list):
            for each in coordinates:
                self._add_polygon(each)
        else:
            raise OutlineError(_("This is no GeoJSON with polygons."))

    def _add_polygon(self, polygon: Any) -> None:
        if not isinstance(polygon, list):
            raise OutlineError(_("This is no GeoJSON with polygons."))
        if not any(polygon):
            self.empty += 1
        else:
            self.polygons.append([ring for ring in polygon if ring])

    def notes(self) -> list[str]:
        said = []
        if self.points:
            said.append(_("Left out, because they are no areas: %(count)d points or lines.") % {"count": self.points})
        if self.empty:
            said.append(_("Left out, because they are empty: %(count)d areas.") % {"count": self.empty})
        return said


def _numbers(ring: Any) -> list[tuple[float, float]]:
    try:
        points = [(float(each[0]), float(each[1])) for each in ring]
    except (TypeError, ValueError, IndexError, KeyError, OverflowError):
        raise OutlineError(_("The outline has coordinates that are not numbers.")) from None
    if not all(math.isfinite(number) for point in points for number in point):
        raise OutlineError(_("The outline has coordinates that are not numbers."))
    return points


def _closed(ring: list[tuple[float, float]]) -> list[list[float]]:
    points = [[round(lon, DIGITS), round(lat, DIGITS)] for lon, lat in ring]
    points = [each for number, each in enumerate(points) if number == 0 or each != points[number - 1]]
    if points and points[0] != points[-1]:
        points.append(points[0])
    return points


def _is_german(points: list[tuple[float, float]]) -> bool:
    south, west, north, east = _GERMANY
    return all(west <= lon <= east and south <= lat <= north for lon, lat in points)


def _corners(polygon: list[Ring]) -> Ring:
    return [point for ring in polygon for point in ring]


def _turned(polygon: list[Ring]) -> list[Ring]:
    return [[(lat, lon) for lon, lat in ring] for ring in polygon]


def _has_area(ring: list[list[float]]) -> bool:
    """Whether a closed ring is more than a line: the triangles with its first corner, whichever way round each is."""
    (west, south), *_rest = ring
    sides = [(lon - west, lat - south) for lon, lat in ring]
    return sum(abs(x * next_y - next_x * y) / 2 for (x, y), (next_x, next_y) in pairwise(sides)) > _LEAST_AREA


def _placed(
    polygons: list[list[list[tuple[float, float]]]], notes: list[str], crs: int | None, near: tuple[float, float] | None
) -> list[list[list[tuple[float, float]]]]:
    """The same with longitude first; a file with latitude first says so by lying where no municipality is, one in
    metres by its numbers."""
    points = [point for polygon in polygons for point in _corners(polygon)]
    if _is_german(points):
        return polygons
    if any(abs(number) > _METRES for point in points for number in point):
        polygons, code = projections.in_degrees(polygons, crs, near, is_ours=_is_german)
        notes.append(
            _("The coordinates were metres (EPSG:%(code)d); they were converted. Please look at the map.")
            % {"code": code}
        )
        return polygons
    # Files put together from several may have one area the other way round.
    wrong = [each for each in polygons if not _is_german(_corners(each)) and not _is_german(_corners(_turned(each)))]
    if not wrong:
        notes.append(
            _("Latitude and longitude had changed places in the file; they were put right. Please look at the map.")
        )
        return [each if _is_german(_corners(each)) else _turned(each) for each in polygons]
    strange = next(point for point in _corners(wrong[0]) if not _is_german([point]))
    raise OutlineError(
        _(
            "The outline does not lie in Germany (a corner is at latitude %(lat)s, longitude %(lon)s). The coordinates "
            "must be longitude and latitude in degrees (WGS 84), longitude first."
        )
        % {"lat": f"{strange[1]:.4g}", "lon": f"{strange[0]:.4g}"}
    )


def outline_of(geojson: Any, *, crs: int | None = None, near: tuple[float, float] | None = None) -> Outline:
    """The polygons of any GeoJSON as one clean geometry. Raises OutlineError with a sentence.

    `crs` is the reference system the file around it names (EPSG); `near`, a latitude and longitude of the
    municipality, tells apart systems whose numbers look alike.
    """
    found = _Found([])
    found.add(geojson)
    notes = found.notes()
    if not found.polygons:
        raise OutlineError(_("This is no GeoJSON with polygons."))
    named = crs or projections.named(geojson)
    numbers = _placed([[_numbers(ring) for ring in polygon] for polygon in found.polygons], notes, named, near)
    closed = [[_closed(ring) for ring in polygon] for polygon in numbers]
    polygons = [[ring for ring in polygon if _has_area(ring)] for polygon in closed if _has_area(polygon[0])]
    if not polygons:
        raise OutlineError(_("An outline needs at least three corners."))
    if len(polygons) < len(closed):
        count = len(closed) - len(polygons)
        notes.append(_("Left out, because they have less than three corners: %(count)d areas.") % {"count": count})
    if sum(len(ring) for polygon in polygons for ring in polygon) > MOST_CORNERS:
        raise OutlineError(
            _("The outline has more than %(most)d corners. Please simplify it first (in QGIS: Vector, Simplify).")
            % {"most": MOST_CORNERS}
        )
    geometry, crossed = mending.mended(polygons)
    if crossed:
        notes.append(_("An outline crossed itself; that was mended. Please look at the map."))
    return Outline(geometry, notes)


def polygon_of(geojson: Any) -> dict[str, Any]:
    """The geometry alone, for what is there already."""
    return outline_of(geojson).geometry


def has_area(feature: Any) -> bool:
    """Whether a feature holds at least one polygon. Raises OutlineError for what is no GeoJSON."""
    found = _Found([])
    found.add(feature)
    return bool(found.polygons)


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
