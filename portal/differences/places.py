"""Places before and after on one map, and how far it is from one to the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gazetteer.loading import distance_km
from portal.maps.drawing import DrawnArea, draw_areas
from portal.maps.geometry import Box, Frame
from portal.maps.outlines import areas

WIDTH, LOWEST, HIGHEST = 640, 220, 320
# About two kilometres around: streets are not drawn, the shapes of districts tell where it is.
LEAST = 0.02
# Differences of less are the same spot for whoever goes there.
SAME_PLACE_KM = 0.02
MOST_PINS = 40

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """A place in the units of the drawing; `kind`: old, new, same."""

    x: float
    y: float
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class PinMap:
    """Both versions in one drawing. `line` joins the one place that moved with where it was."""

    width: int
    height: int
    areas: list[DrawnArea]
    pins: tuple[Pin, ...]
    line: tuple[Pin, Pin] | None
    sentence: str


def spots(content: Mapping[str, Any]) -> list[Spot]:
    """Points of the places of an offer, or of a profile's address."""
    places = content.get("locations", [content])
    known = ((place.get("latitude"), place.get("longitude")) for place in places)
    return [(lat, lon) for lat, lon in known if lat is not None and lon is not None][:MOST_PINS]


def moved_by(before: Sequence[Spot], after: Sequence[Spot]) -> float | None:
    """Kilometres, where one place went and one came; None else."""
    gone, new = _changed(before, after)
    if len(gone) != 1 or len(new) != 1:
        return None
    return distance_km(gone[0], new[0])


def distance_in_words(kilometres: float) -> str:
    """“1.4 km away from before”, by a person's measure."""
    if kilometres < SAME_PLACE_KM:
        return _("the same spot")
    if kilometres < 1:
        return _("%(metres)d m further") % {"metres": max(10, round(kilometres * 100) * 10)}
    digits = 1 if kilometres < 20 else 0
    return _("%(kilometres)s km further") % {"kilometres": number_format(round(kilometres, digits), digits)}


def _changed(before: Sequence[Spot], after: Sequence[Spot]) -> tuple[list[Spot], list[Spot]]:
    return [spot for spot in before if spot not in after], [spot for spot in after if spot not in before]


def pin_map(before: Sequence[Spot], after: Sequence[Spot]) -> PinMap | None:
    """The drawing; None where nothing moved, or the municipality has no shapes to show it on."""
    gone, new = _changed(before, after)
    shapes = areas()
    if not (gone or new) or not shapes:
        return None
    shown = [*before, *after]
    box = Box.around([(lon, lat) for lat, lon in shown])
    if box is None:
        return None
    frame = Frame(box.widened(0.3, least=LEAST), width=WIDTH, lowest=LOWEST, highest=HIGHEST)
    pins = [_pin(frame, spot, "same", "") for spot in before if spot in after]
    pins += [_pin(frame, spot, "old", _("before")) for spot in gone]
    pins += [_pin(frame, spot, "new", pgettext("a place on the map", "new")) for spot in new]
    line = (pins[-2], pins[-1]) if len(gone) == len(new) == 1 else None
    sentence = _sentence(gone, new)
    return PinMap(frame.width, frame.height, draw_areas(shapes, frame), tuple(pins), line, sentence)


def _pin(frame: Frame, spot: Spot, kind: str, label: str) -> Pin:
    x, y = frame.place(*spot)
    return Pin(round(x, 1), round(y, 1), kind, label)


def _sentence(gone: Sequence[Spot], new: Sequence[Spot]) -> str:
    far = moved_by(gone, new)
    if far is not None:
        return _("Map: the new place, %(far)s than before") % {"far": distance_in_words(far)}
    return _("Map: %(old)d places before, %(new)d afterwards") % {"old": len(gone), "new": len(new)}
