"""The picture of a table: bars for one's own figures, a short line above each part for what is usual.

Only geometry in percent; colours, patterns and sizes are the style sheet's. Words stand beside the picture in HTML, so
that they keep their size on a telephone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

# What of a part's width is its bar.
_FILLED = 0.72
# At which number the axis ends, but for zeros; each has a half.
_NICE = (4, 6, 8, 10, 12, 16, 20, 24, 30)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it begins, how wide and how high it is, all in hundredths of the picture; `words` say the same."""

    x: str
    y: str
    width: str
    height: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is usual in a part: from where to where, and how high."""

    x1: str
    x2: str
    y: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What the component `chart` draws. `top` and `half` name the marks of the axis; `ticks` stand below it."""

    bars: list[Bar]
    lines: list[Line]
    top: int
    half: int
    ticks: list[str]


def chart(values: Sequence[int], usual: Sequence[float | None], labels: Sequence[str], ticks: Sequence[str]) -> Chart:
    """The picture of these values; `usual` is as long, with None where nothing is known."""
    top = top_of(max([*values, *(each for each in usual if each is not None)], default=0))
    wide = 100 / max(len(values), 1)
    bars = [
        Bar(percent((number + (1 - _FILLED) / 2) * wide), percent(100 - _high(value, top)), percent(wide * _FILLED),
            percent(_high(value, top)), f"{label}: {value}")
        for number, (value, label) in enumerate(zip(values, labels, strict=True))
    ]  # fmt: skip
    lines = [
        Line(percent(number * wide), percent((number + 1) * wide), percent(100 - _high(value, top)))
        for number, value in enumerate(usual)
        if value is not None
    ]
    return Chart(bars, lines, top, top // 2, few(ticks))


def top_of(largest: float) -> int:
    """The number at the top of the axis: round, and not below the largest value."""
    size = 1
    while True:
        for each in _NICE:
            if each * size >= largest:
                return each * size
        size *= 10


def _high(value: float, top: int) -> float:
    return 100 * value / top


def percent(value: float) -> str:
    """With a point, whatever the language."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def few(ticks: Sequence[str]) -> list[str]:
    """The first, the middle and the last: more collide on a telephone."""
    if len(ticks) < 3:
        return list(ticks)
    return [ticks[0], ticks[len(ticks) // 2], ticks[-1]]
