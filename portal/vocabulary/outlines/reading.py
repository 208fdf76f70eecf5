"""From a GeoJSON file to named outlines, or one sentence on why not; bounded before it is read."""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.text import clean_text
from portal.maps import projections
from portal.maps.geometry import OutlineError, has_area, outline_of
from portal.vocabulary.errors import RefusedError

LARGEST = 8 * 2**20
MOST_FEATURES = 1000
MOST_CORNERS = 100_000
MOST_PROPERTIES = 25
# Properties that hold names, the likeliest first.
USUAL = ("name", "gen", "ortsteil", "stadtteil", "bezirk", "bezeichnung", "bez", "ot_name", "stt_name", "label")


@dataclass(slots=True)
class Outlines:
    """What the file holds: areas with their properties (names by property) and clean geometries."""

    areas: list[dict[str, Any]]
    notes: list[str]


def read(upload: Any, *, near: tuple[float, float] | None) -> Outlines:
    """The areas of a file. Raises RefusedError."""
    if (upload.size or 0) > LARGEST:
        raise RefusedError(
            _(
                "The file is larger than 8 MB. Districts need much less: please simplify the outlines "
                "(in QGIS: Vector, Simplify, 5 metres) and leave out everything but the districts."
            )
        )
    try:
        given = json.loads(upload.read(LARGEST + 1).decode("utf-8-sig"))
        return _areas(given, near)
    except OutlineError as problem:
        raise RefusedError(str(problem)) from problem
    except (ValueError, RecursionError):
        raise RefusedError(_("This is no GeoJSON file.")) from None


def _areas(given: Any, near: tuple[float, float] | None) -> Outlines:
    features = _features(given)
    if not isinstance(features, list) or not features:
        raise RefusedError(_("This is no GeoJSON collection with districts."))
    if len(features) > MOST_FEATURES:
        raise RefusedError(_("The file holds more than 1,000 areas. Are these streets or plots?"))
    with_area = [feature for feature in features if has_area(feature)]
    if not with_area:
        raise RefusedError(_("This is no GeoJSON with polygons."))
    found = Outlines([], [])
    if len(with_area) < len(features):
        left = _("Left out, because there is no area in them: %(count)d entries.")
        found.notes.append(left % {"count": len(features) - len(with_area)})
    crs, corners = projections.named(given), 0
    for feature in with_area:
        outline = outline_of(feature, crs=crs, near=near)
        found.notes += [note for note in outline.notes if note not in found.notes]
        corners += _corners(outline.geometry)
        if corners > MOST_CORNERS:
            raise RefusedError(
                _("The outlines have more than 100,000 corners. Please simplify them (in QGIS: Vector, Simplify).")
            )
        found.areas.append({"names": _names(feature), "outline": outline.geometry})
    return found


def _features(given: Any) -> Any:
    """The list of a collection; a single area is one as well."""
    if not isinstance(given, dict):
        return None
    if given.get("type") == "Feature":
        return [given]
    if given.get("type") in ("Polygon", "MultiPolygon"):
        return [{"type": "Feature", "geometry": given}]
    return given.get("features")


def _corners(geometry: dict[str, Any]) -> int:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return sum(len(ring) for polygon in polygons for ring in polygon)


def _names(feature: Any) -> dict[str, str]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return {}
    found = {}
    for key, value in list(properties.items())[:MOST_PROPERTIES]:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            found[str(key)[:60]] = " ".join(clean_text(str(value)).split())[:200]
    return found


def properties_of(areas: list[dict[str, Any]]) -> list[str]:
    """Properties that could hold names, the likeliest first: those with words come before those with numbers."""
    keys = list(dict.fromkeys(key for area in areas for key in area["names"]))

    def rank(key: str) -> tuple[int, int, int]:
        values = [area["names"].get(key, "") for area in areas]
        usual = USUAL.index(key.lower()) if key.lower() in USUAL else len(USUAL)
        words = sum(any(letter.isalpha() for letter in value) for value in values)
        return usual, -words, -len(set(values))

    return sorted(keys, key=rank)
