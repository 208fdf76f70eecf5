"""Figures on a map: the outlines of districts in five steps of lightness, and where offers are as circles."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from portal.figures.charts import percent
from portal.maps.geometry import Frame
from portal.maps.labels import middle_of
from portal.maps.outlines import Area, areas, box_of

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazy("numpy")

WIDTH, LOWEST, HIGHEST = 360, 240, 400
# How many fields the drawing is cut into each way: offers in one of them are one circle.
CELLS = 48


@dataclass(frozen=True, slots=True)
class District:
    """A district as it is drawn. `step` is the class of its value, None where nothing is known of it; `number` is its
    place in the table."""

    path: str
    step: int | None
    words: str
    number: int
    x: str
    y: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """Where some offers are, in units of the drawing."""

    x: str
    y: str
    r: str


@dataclass(frozen=True, slots=True)
class Map:
    """What `planning/_map.html` draws."""

    width: int
    height: int
    districts: list[District]
    circles: list[Circle] = field(default_factory=list)


def _frame(shapes: list[Area]) -> Frame | None:
    box = box_of(shapes)
    return Frame(box.widened(0.03), width=WIDTH, lowest=LOWEST, highest=HIGHEST) if box else None


def by_district(
    values: Mapping[int, float | None],
    step: Callable[[float], int],
    say: Callable[[float | None], str],
    numbers: Mapping[int, int],
    marked: Collection[int] = (),
) -> Map | None:
    """Districts by their values; `numbers` are their places in the table. None where no district has an outline."""
    shapes = [area for area in areas() if area.district_id in numbers]
    frame = _frame(shapes)
    if frame is None:
        return None
    drawn = []
    for area in shapes:
        pk = area.district_id or 0
        value = values.get(pk)
        lon, lat, _size = max(map(middle_of, area.rings), key=lambda middle: middle[2])
        x, y = frame.place(lat, lon)
        drawn.append(
            District(
                frame.path(area.rings),
                None if value is None else step(value),
                f"{numbers[pk]} {area.name}: {say(value)}",
                numbers[pk],
                percent(x),
                percent(y),
                pk in marked,
            )
        )
    return Map(frame.width, frame.height, drawn)


def points(latitudes: Any, longitudes: Any) -> Map | None:
    """Where offers are: those near each other as one circle whose area says how many they are."""
    shapes = [area for area in areas() if area.district_id]
    frame = _frame(shapes)
    if frame is None:
        return None
    placed = [frame.place(lat, lon) for lat, lon in zip(latitudes.tolist(), longitudes.tolist(), strict=True)]
    inside = [(x, y) for x, y in placed if 0 <= x <= frame.width and 0 <= y <= frame.height]
    outlines = [District(frame.path(area.rings), None, area.name, 0, "0", "0", False) for area in shapes]
    return Map(frame.width, frame.height, outlines, _circles(inside, frame.width / CELLS))


def _circles(placed: list[tuple[float, float]], size: float) -> list[Circle]:
    if not placed:
        return []
    at = np.array(placed)
    cells, which = np.unique((at // size).astype(np.int64) @ np.array([10_000, 1]), return_inverse=True)
    counts = np.bincount(which, minlength=len(cells))
    middles = [np.bincount(which, at[:, axis]) / counts for axis in (0, 1)]
    return [
        Circle(percent(x), percent(y), percent(min(14, 1.5 + sqrt(count))))
        for x, y, count in zip(*(each.tolist() for each in middles), counts.tolist(), strict=True)
    ]
