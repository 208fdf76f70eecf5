"""A pin to move: by buttons without scripts, by drag and arrow keys with them. For any place with coordinates.

A page shows `components/pin.html` with `pin_of`, and gives what was sent to `moved`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gazetteer.geocoding import is_in_germany
from gazetteer.services import middle_of
from portal.maps import tiles
from portal.maps.drawing import SmallMap, small_map
from portal.maps.models import MapSettings
from portal.maps.outlines import areas
from portal.preferences.models import Preferences
from portal.providers.fields import Precision

STEPS = (25, 100, 500)
_METRES_A_DEGREE = 111_190
# Which way each button moves: to the north, to the east.
_WAYS = {"n": (1, 0), "s": (-1, 0), "o": (0, 1), "w": (0, -1)}
Place = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pin:
    """What the page shows: where the pin is, how far a button moves it, the drawing, the tiles if there are any."""

    latitude: float
    longitude: float
    exact: bool
    step: int
    drawing: SmallMap | None
    tiles: tiles.Rules | None
    attribution: str


def start_of(place: Place) -> tuple[float, float] | None:
    """Where a pin begins: at the place, else in the middle of its postcode, else of the municipality."""
    if place.get("latitude") is not None:
        return place["latitude"], place["longitude"]
    middle = middle_of(place["postcode"]) if place.get("postcode") else None
    names = Preferences.current()
    if middle is None and names.latitude is not None and names.longitude is not None:
        return names.latitude, names.longitude
    return middle


def pin_of(place: Place, step: str = "") -> Pin | None:
    """The pin of a place; None where nobody knows where to begin."""
    spot = start_of(place)
    if spot is None:
        return None
    allowed = tiles.rules()
    source = MapSettings.objects.values_list("attribution", flat=True).first() if allowed else ""
    return Pin(
        *spot,
        exact=place.get("precision") == Precision.EXACT,
        step=int(step) if step.isdecimal() and int(step) in STEPS else 100,
        drawing=small_map(*spot, areas()),
        tiles=allowed,
        attribution=source or "",
    )


def moved(place: Place, sent: Mapping[str, Any]) -> Place | None:
    """The place with its pin where somebody put it; None where nothing was moved, or out of the country."""
    spot = start_of(place)
    if "mitte" in sent:
        middle = middle_of(place["postcode"]) if place.get("postcode") else None
        return {**place, **_point(middle, Precision.POSTCODE)} if middle else None
    if sent.get("nach") in _WAYS and spot is not None:
        spot = _shifted(spot, str(sent["nach"]), str(sent.get("schritt") or ""))
    else:
        spot = _written(sent)
    if spot is None or not is_in_germany(*spot):
        return None
    return {**place, **_point(spot, Precision.EXACT)}


def _point(spot: tuple[float, float], precision: Precision) -> Place:
    return {"latitude": round(spot[0], 6), "longitude": round(spot[1], 6), "precision": precision.value}


def _shifted(spot: tuple[float, float], way: str, step: str) -> tuple[float, float]:
    metres = int(step) if step.isdecimal() and int(step) in STEPS else 100
    north, east = _WAYS[way]
    squeeze = math.cos(math.radians(spot[0]))
    return (
        spot[0] + north * metres / _METRES_A_DEGREE,
        spot[1] + east * metres / (_METRES_A_DEGREE * squeeze),
    )


def _written(sent: Mapping[str, Any]) -> tuple[float, float] | None:
    try:
        return float(sent["lat"]), float(sent["lon"])
    except (KeyError, ValueError, TypeError):
        return None
