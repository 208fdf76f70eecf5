"""The map of a block: numbered pins on the municipality's shapes, drawn on the server like every small map."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from portal.maps.drawing import DrawnArea, draw_areas
from portal.maps.geometry import Box, Frame
from portal.maps.outlines import Area, box_of
from portal.maps.templatetags.maps import ROUTE
from portal.search.places import find_area

WIDTH = 640
_SPOT = re.compile(r"\s*(-?\d{1,2}[.]\d{1,9})\s*[,; ]\s*(-?\d{1,3}[.]\d{1,9})\s*")
# Between the words of a place and where it is.
_AT = " @ "


@dataclass(frozen=True, slots=True)
class Pin:
    """A place of the map. `x`, `y`: in units of the drawing; not there where the municipality has no shapes."""

    number: int
    name: str
    address: str
    route_url: str
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The drawing; without shapes it is a list of places only."""

    width: int
    height: int
    areas: list[DrawnArea]
    pins: list[Pin]


def spot_of(place: str) -> tuple[float, float] | None:
    """Latitude and longitude of what a block keeps as a place."""
    found = _SPOT.fullmatch(place.rpartition(_AT)[2])
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def words_of(place: str) -> str:
    """What an editor typed for it."""
    return place.partition(_AT)[0]


def kept(words: str) -> str | None:
    """What a block keeps of what an editor typed; None where nobody knows that place."""
    if spot_of(words) is not None:
        return words
    area = find_area(words, None) if words else None
    return f"{words}{_AT}{area.latitude:.5f}, {area.longitude:.5f}" if area is not None else None


def plan_of(places: list[dict[str, str]], shapes: list[Area]) -> Plan | None:
    """The map of these places; None where none of them can be shown."""
    spots = [(each, spot) for each in places if (spot := spot_of(each.get("place", ""))) is not None]
    if not spots:
        return None
    box = box_of(shapes)
    if box is None:
        return Plan(0, 0, [], [_pin(number, each, spot) for number, (each, spot) in enumerate(spots, 1)])
    for _each, (latitude, longitude) in spots:
        box = box.together(Box(latitude, longitude, latitude, longitude))
    frame = Frame(box.widened(0.06), width=WIDTH, lowest=280, highest=560)
    pins = [_pin(number, each, spot, frame) for number, (each, spot) in enumerate(spots, 1)]
    return Plan(frame.width, frame.height, draw_areas(shapes, frame), pins)


def _pin(number: int, each: dict[str, str], spot: tuple[float, float], frame: Frame | None = None) -> Pin:
    x, y = frame.place(*spot) if frame is not None else (0.0, 0.0)
    route = ""
    if _AT not in each["place"]:
        route = f"{ROUTE}?{urlencode({'to': f'{spot[0]:.5f},{spot[1]:.5f}'})}"
    return Pin(number, each["name"], each.get("address", ""), route, round(x, 1), round(y, 1))
