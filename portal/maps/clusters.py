"""Points that lie too close to each other in a drawing, put together until no two circles overlap."""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

CELL = 34.0
_GAP = 2.0


@dataclass(slots=True, eq=False)
class Cluster:
    """Some points in one circle; `members` are what the caller gave, each thing once."""

    x: float
    y: float
    weight: int
    members: set[Hashable] = field(default_factory=set)

    @property
    def radius(self) -> float:
        """Larger with more members; never too small to be pressed on a phone, nor so large that it hides the map."""
        return min(27.0, 17.0 + 1.3 * math.log2(max(1, len(self.members))))

    def overlaps(self, other: "Cluster") -> bool:
        """Whether the two circles touch."""
        return math.hypot(self.x - other.x, self.y - other.y) < self.radius + other.radius + _GAP

    def join(self, other: "Cluster") -> None:
        """Take over the other's points; the middle moves by weight."""
        total = self.weight + other.weight
        self.x = (self.x * self.weight + other.x * other.weight) / total
        self.y = (self.y * self.weight + other.y * other.weight) / total
        self.weight = total
        self.members |= other.members


def clusters(
    points: Iterable[tuple[float, float, Hashable]], fields: Iterable[Hashable] | None = None
) -> list[Cluster]:
    """Circles for (x, y, member) points, the largest first. No two overlap.

    Points of one field are always in one circle: those of a square of the drawing, unless `fields` names another one
    for each point.
    """
    placed = list(points)
    cells = fields if fields is not None else ((math.floor(x / CELL), math.floor(y / CELL)) for x, y, _each in placed)
    grid: dict[Hashable, Cluster] = {}
    for (x, y, member), cell in zip(placed, cells, strict=True):
        single = Cluster(x, y, 1, {member})
        if cell in grid:
            grid[cell].join(single)
        else:
            grid[cell] = single
    done: list[Cluster] = []
    waiting = sorted(grid.values(), key=lambda each: (len(each.members), each.x, each.y))
    while waiting:
        current = waiting.pop()
        touching = next((each for each in done if each.overlaps(current)), None)
        if touching is None:
            done.append(current)
            continue
        # The joined circle is larger and has moved: it must be looked at again.
        done.remove(touching)
        touching.join(current)
        waiting.append(touching)
    return sorted(done, key=lambda each: (-len(each.members), each.x, each.y))
