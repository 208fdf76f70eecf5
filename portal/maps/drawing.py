"""Maps as SVG, drawn on the server: they need no script, no tiles and no other host, and they print."""

from dataclasses import dataclass

from portal.maps.geometry import Box, Frame, is_inside
from portal.maps.outlines import Area, box_of

SMALL_WIDTH = 320


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """A shape in the drawing; `here` where it is the one that matters."""

    name: str
    path: str
    here: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class SmallMap:
    """A pin on the municipality's shapes. `x` and `y` are the pin's tip in the units of the drawing."""

    width: int
    height: int
    areas: list[DrawnArea]
    x: float
    y: float
    district: str


def draw_areas(shapes: list[Area], frame: Frame, *, here: Area | None = None) -> list[DrawnArea]:
    """The shapes as paths."""
    drawn = [DrawnArea(area.name, frame.path(area.rings), area is here, area.district_id is None) for area in shapes]
    return [each for each in drawn if each.path]


def small_map(latitude: float, longitude: float, shapes: list[Area]) -> SmallMap | None:
    """Where a place is within the municipality; None where there are no shapes to show it on."""
    box = box_of(shapes)
    if box is None:
        return None
    districts = (area for area in shapes if area.district_id is not None)
    here = next((area for area in districts if is_inside(latitude, longitude, area.rings)), None)
    shown = box.together(Box(latitude, longitude, latitude, longitude)).widened(0.06)
    frame = Frame(shown, width=SMALL_WIDTH, lowest=180, highest=320)
    x, y = frame.place(latitude, longitude)
    drawn = draw_areas(shapes, frame, here=here)
    return SmallMap(frame.width, frame.height, drawn, round(x, 1), round(y, 1), here.name if here else "")
