"""Where the names of districts stand on a drawn map: each inside its shape, none over another or over a circle."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.maps.geometry import Frame, Ring
from portal.maps.outlines import Area

# In units of the drawing: the size of the letters, and how wide one is on average.
LETTER = 12.0
_WIDE = 0.56
# Where a name is tried, in lines above or below the middle of its shape.
_LINES = (0.0, -1.2, 1.2, -2.4, 2.4, -3.6, 3.6)


@dataclass(frozen=True, slots=True)
class Label:
    """A name with the middle of its line."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle by its middle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: "Spot") -> bool:
        """Whether the two cover one another."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


def middle_of(ring: Ring) -> tuple[float, float, float]:
    """The centre of gravity of a ring as longitude and latitude, and its size in square degrees."""
    doubled = east = north = 0.0
    for (lon, lat), (next_lon, next_lat) in itertools.pairwise(ring):
        cross = lon * next_lat - next_lon * lat
        doubled += cross
        east += (lon + next_lon) * cross
        north += (lat + next_lat) * cross
    if not doubled:
        return (*ring[0], 0.0)
    return east / (3 * doubled), north / (3 * doubled), abs(doubled) / 2


def labels_of(shapes: Sequence[Area], frame: Frame, taken: Iterable[Spot]) -> list[Label]:
    """The names that find room, those of the largest districts first; the others are told when one points at them."""
    spots, labels = list(taken), []
    for area, (lon, lat, _size) in _largest_first(shapes):
        x, y = frame.place(lat, lon)
        width = len(area.name) * LETTER * _WIDE
        for lines in _LINES:
            spot = Spot(x, y + lines * LETTER, width, LETTER * 1.1)
            if _is_shown(spot, frame) and not any(spot.meets(other) for other in spots):
                spots.append(spot)
                labels.append(Label(area.name, round(spot.x, 1), round(spot.y, 1)))
                break
    return labels


def _largest_first(shapes: Sequence[Area]) -> list[tuple[Area, tuple[float, float, float]]]:
    named = [(area, max(map(middle_of, area.rings), key=lambda middle: middle[2])) for area in shapes if area.name]
    return sorted(named, key=lambda each: -each[1][2])


def _is_shown(spot: Spot, frame: Frame) -> bool:
    across = spot.width / 2 <= spot.x <= frame.width - spot.width / 2
    return across and spot.height <= spot.y <= frame.height - spot.height
