"""Pictures of tables: a line over time with a dotted one for before, and bars in the rows of a table.

Only geometry in percent; colours, patterns and sizes are the style sheet's. Words stand beside the picture in HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.figures.charts import few, percent, top_of

# From which part of the largest value on a field is drawn in which step; 0 is a class of its own.
STEPS = 5
# Which of them are taken where there are so many limits between them.
_STEPS_OF = ((3,), (1, 4), (1, 3, 5), (1, 2, 4, 5), (1, 2, 3, 4, 5))


@dataclass(frozen=True, slots=True)
class Plot:
    """What `planning/_plot.html` draws: two lines as points, the marks of the axis and the ticks below it."""

    now: str
    before: str
    top: int
    half: int
    ticks: list[str]


def plot(values: Sequence[int | None], before: Sequence[int | None], ticks: Sequence[str]) -> Plot:
    """Lines of these values; the one of before may be missing, and both may begin later (None: nothing is known)."""
    top = top_of(max((each for each in (*values, *before) if each is not None), default=0))
    return Plot(_points(values, top), _points(before, top), top, top // 2, few(ticks))


def _points(values: Sequence[int | None], top: int) -> str:
    return " ".join(f"{percent(100 * at)},{percent(100 - 100 * each / top)}" for at, each in along(values))


def along(values: Sequence[float | None]) -> list[tuple[float, float]]:
    """Where each known value of a line stands, 0 at its beginning to 1 at its end. A single one is a line, too: a point
    alone would not be seen."""
    both = [*values, *values] if len(values) == 1 else values
    last = max(1, len(both) - 1)
    found = [(at / last, each) for at, each in enumerate(both) if each is not None]
    if len(found) != 1:
        return found
    [(at, each)], half = found, 0.4 / last
    return [(max(0.0, at - half), each), (min(1.0, at + half), each)]


def widths(values: Sequence[float]) -> list[str]:
    """How wide the bar of each value is, in percent of the widest."""
    most = max(values, default=0)
    return [percent(100 * each / most) if most else "0" for each in values]


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps of lightness for the fields of a heat map: up to which value each goes. Step 0 is none at all. Where there
    are few, they lie far apart, so that they are told from each other in grey as well."""

    limits: tuple[float, ...]

    def step(self, value: float) -> int:
        """0 for none, else 1 (light) to 5 (strong)."""
        if not value:
            return 0
        return _STEPS_OF[len(self.limits)][sum(value > limit for limit in self.limits)]

    def legend(self) -> list[tuple[int, float | None]]:
        """Each step that there is, and up to which value it goes; the last one is open."""
        return list(zip(_STEPS_OF[len(self.limits)], (*self.limits, None), strict=True))


def scale_of(values: Sequence[int]) -> Scale:
    """Round limits, so that about as many fields lie in each step: 4, 9, 24, 74 where values go into the hundreds."""
    found = sorted(each for each in values if each)
    if not found:
        return Scale(())
    limits: list[int] = []
    for part in range(1, STEPS):
        limit = _round(found[min(len(found) - 1, len(found) * part // STEPS)])
        if limit < found[-1] and (not limits or limit > limits[-1]):
            limits.append(limit)
    return Scale(tuple(limits))


def shares_of(values: Sequence[float]) -> Scale:
    """As `scale_of`, for values with a comma: limits with two digits."""
    found = sorted(each for each in values if each)
    limits: list[float] = []
    for part in range(1, STEPS):
        limit = float(f"{found[min(len(found) - 1, len(found) * part // STEPS)]:.2g}") if found else 0.0
        if found and limit < found[-1] and (not limits or limit > limits[-1]):
            limits.append(limit)
    return Scale(tuple(limits))


def _round(value: int) -> int:
    """Just below a round number: 4, 9, 24, 49, 99 …"""
    size = 1
    while True:
        for each in (2, 3, 5, 7, 10, 15):
            if value < each * size:
                return each * size - 1
        size *= 10
