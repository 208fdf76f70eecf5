"""A pin on a map that people move, whatever it marks: by buttons, by drag, by arrow keys (components/pin.html)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from core.numbers import whole_number
from portal.maps.drawing import SmallMap, small_map
from portal.maps.models import MapSettings
from portal.maps.outlines import areas

if TYPE_CHECKING:
    from portal.maps import tiles
else:
    tiles = lazy("portal.maps.tiles")

STEPS = (25, 100, 500)
USUAL_STEP = 100
_METRES_A_DEGREE = 111_190
# Which way each button moves: to the north, to the east.
WAYS = {"n": (1, 0), "s": (-1, 0), "o": (0, 1), "w": (0, -1)}
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pin:
    """What the page shows: where the pin is, how far a button moves it, the drawing, the tiles if there are any."""

    latitude: float
    longitude: float
    exact: bool
    step: int
    drawing: SmallMap | None
    tiles: "tiles.Rules | None"
    attribution: str


def pin_at(spot: Spot, *, exact: bool, step: str = "", steps: tuple[int, ...] = STEPS, usual: int = USUAL_STEP) -> Pin:
    """A pin at a place."""
    allowed = tiles.rules()
    source = MapSettings.objects.values_list("attribution", flat=True).first() if allowed else ""
    return Pin(
        *spot,
        exact=exact,
        step=step_of(step, steps, usual),
        drawing=small_map(*spot, areas()),
        tiles=allowed,
        attribution=source or "",
    )


def step_of(sent: str, steps: tuple[int, ...] = STEPS, usual: int = USUAL_STEP) -> int:
    """How many metres a button moves, as it was sent."""
    step = whole_number(sent)
    return step if step is not None and step in steps else usual


def shifted(spot: Spot, way: str, metres: int) -> Spot:
    """A place some metres to one side."""
    north, east = WAYS[way]
    squeeze = math.cos(math.radians(spot[0]))
    return (
        spot[0] + north * metres / _METRES_A_DEGREE,
        spot[1] + east * metres / (_METRES_A_DEGREE * squeeze),
    )


def written(sent: Mapping[str, Any]) -> Spot | None:
    """The place that the page sent."""
    try:
        return float(sent["lat"]), float(sent["lon"])
    except (KeyError, ValueError, TypeError):
        return None
