"""What is drawn: a line over time, bars, a table of fields, districts on a map."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.figures.charts import top_of
from portal.planning.charts import Scale, along
from portal.planning.drawing.canvas import DARK, EDGE, Canvas
from portal.planning.maps import Map
from portal.planning.words import number, short

# More bars are no picture any more; the table has all.
MOST_BARS = 30
_HIGH = 260
_TICKS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """Values over time, and those a year before (None where nothing is known); `ticks` name each."""

    values: Sequence[float | None]
    before: Sequence[float | None]
    ticks: Sequence[str]
    label: str
    before_label: str = ""

    def draw(self, canvas: Canvas) -> None:
        """The axis, both lines, what they are."""
        self._keys(canvas)
        known = [each for each in (*self.values, *self.before) if each is not None]
        top, look = top_of(max(known, default=0)), canvas.look
        left, right, begin = EDGE + 60, canvas.width - EDGE - 20, canvas.y + 10
        for part in (0.0, 0.5, 1.0):
            y = begin + _HIGH * (1 - part)
            canvas.add("path", d=f"M{left} {y:.1f}H{right}", stroke=look.line, stroke_width=1.0, fill="none")
            canvas.words(number(top * part), left - 8, y + 5, size=13, fill=look.muted, text_anchor="end")
        for values, how in ((self.before, _dotted(look.text)), (self.values, _solid(look.action))):
            if any(each is not None for each in values):
                canvas.add("polyline", points=_points(values, top, left, right, begin), fill="none", **how)
        last = max(1, len(self.ticks) - 1)
        every = max(1, -(-len(self.ticks) // _TICKS))
        for at in range(0, len(self.ticks), every):
            x = left + (right - left) * at / last
            canvas.words(self.ticks[at], x, begin + _HIGH + 22, size=13, fill=look.muted, text_anchor="middle")
        canvas.y = begin + _HIGH + 34

    def _keys(self, canvas: Canvas) -> None:
        x, y = float(EDGE), canvas.y + 12
        before = self.before_label if any(each is not None for each in self.before) else ""
        for label, how in ((self.label, _solid(canvas.look.action)), (before, _dotted(canvas.look.text))):
            if label:
                canvas.add("path", d=f"M{x:.0f} {y - 4}h30", fill="none", **how)
                canvas.words(label, x + 38, y, size=13)
                x += 38 + 8 * len(label) + 24
        canvas.y += 26


def _solid(colour: str) -> dict[str, Any]:
    return {"stroke": colour, "stroke_width": 3.0, "stroke_linejoin": "round"}


def _dotted(colour: str) -> dict[str, Any]:
    return {"stroke": colour, "stroke_width": 2.0, "stroke_dasharray": "1 5", "stroke_linecap": "round"}


def _points(values: Sequence[float | None], top: int, left: float, right: float, begin: float) -> str:
    return " ".join(
        f"{left + (right - left) * at:.1f},{begin + _HIGH * (1 - each / top):.1f}" for at, each in along(values)
    )


@dataclass(frozen=True, slots=True)
class Bars:
    """A value for each label; `more` says what is not drawn."""

    rows: Sequence[tuple[str, float, str]]

    def draw(self, canvas: Canvas) -> None:
        """A row each: label, bar, number."""
        left, look = 320, canvas.look
        widest = canvas.width - EDGE - 90 - left
        most = max((value for _label, value, _said in self.rows), default=0) or 1
        for label, value, said in self.rows[:MOST_BARS]:
            lines = textwrap.wrap(label, canvas.letters(left - EDGE - 12, 14))[:2] or [""]
            for at, line in enumerate(lines):
                canvas.words(line, EDGE, canvas.y + 16 + 17 * at)
            canvas.add("rect", x=float(left), y=canvas.y + 4.0, width=widest * value / most, height=16.0, rx=2.0,
                       fill=look.action)  # fmt: skip
            canvas.words(said, left + widest * value / most + 8, canvas.y + 17)
            canvas.y += 12 + 17 * len(lines)


@dataclass(frozen=True, slots=True)
class Fields:
    """A table whose fields are the stronger the more they hold."""

    corner: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[float]]]
    scale: Scale
    legend: Sequence[dict[str, Any]]

    def draw(self, canvas: Canvas) -> None:
        """Legend, heads, rows."""
        canvas.legend(self.legend)
        left = 220
        wide = (canvas.width - EDGE - left) / max(1, len(self.heads))
        size = 12 if wide > 55 else 9
        wrapped = [textwrap.wrap(head, canvas.letters(wide - 4, size))[:3] for head in self.heads]
        high = 15 * max(map(len, wrapped), default=1)
        canvas.words(self.corner, EDGE, canvas.y + high - 3, size=12, font_weight="bold")
        for at, lines in enumerate(wrapped):
            for place, line in enumerate(lines):
                y = canvas.y + high - 3 - 15 * (len(lines) - 1 - place)
                canvas.words(line, left + wide * (at + 0.5), y, size=size, font_weight="bold", text_anchor="middle")
        canvas.y += high + 4
        for label, values in self.rows:
            canvas.words(textwrap.shorten(label, canvas.letters(left - EDGE - 8, 13), placeholder="…"), EDGE,
                         canvas.y + 20, size=13)  # fmt: skip
            for at, value in enumerate(values):
                step = self.scale.step(value)
                canvas.field(left + wide * at + 1.5, canvas.y, wide - 3, 28, step)
                fill = canvas.look.ground if step >= DARK else canvas.look.text
                canvas.words(short(value), left + wide * (at + 0.5), canvas.y + 19, size=size + 1, fill=fill,
                             text_anchor="middle")  # fmt: skip
            canvas.y += 31


@dataclass(frozen=True, slots=True)
class Districts:
    """Districts in steps, or circles; the numbers in the outlines are those of `rows` beside the map."""

    map: Map
    legend: Sequence[dict[str, Any]] = ()
    rows: Sequence[tuple[str, str]] = field(default_factory=tuple)

    def draw(self, canvas: Canvas) -> None:
        """Legend, map to the left, the list of districts to the right."""
        if self.legend:
            canvas.legend(self.legend)
        # Half of the width where a list stands beside it.
        scale = ((canvas.width - 3 * EDGE) * (0.55 if self.rows else 1)) / self.map.width
        scale = min(scale, 640 / self.map.height)
        group = canvas.add("g", transform=f"translate({EDGE} {canvas.y}) scale({scale:.4f})")
        self._outlines(canvas, group)
        end = canvas.y + self.map.height * scale
        if self.rows:
            self._list(canvas, EDGE * 2 + self.map.width * scale)
        canvas.y = round(max(end, canvas.y)) + 16

    def _outlines(self, canvas: Canvas, group: Any) -> None:
        look = canvas.look
        for each in self.map.districts:
            fill = look.soft if each.step is None else look.steps[each.step]
            dashes = {"stroke_dasharray": "4 3"} if each.step == 0 else {}
            rim = look.muted if each.step is None else look.heading
            path = canvas.add("path", within=group, d=each.path, fill=fill, stroke=rim, stroke_width=1.5,
                              stroke_linejoin="round", **dashes)  # fmt: skip
            canvas.add("title", within=path).text = each.words
        for each in self.map.districts:
            if each.marked:
                for colour, wide in ((look.text, 5.0), (look.accent, 2.5)):
                    canvas.add("path", within=group, d=each.path, fill="none", stroke=colour, stroke_width=wide)
        for each in self.map.districts:
            if each.number:
                canvas.add("circle", within=group, cx=each.x, cy=each.y, r=9.0, fill=look.ground, stroke=look.heading)
                place = {"x": each.x, "y": str(float(each.y) + 4), "text_anchor": "middle", "fill": look.text}
                label = canvas.add("text", within=group, font_size=11.0, font_weight="bold", **place)
                label.text = str(each.number)
        for circle in self.map.circles:
            canvas.add("circle", within=group, cx=circle.x, cy=circle.y, r=circle.r, fill=look.action,
                       fill_opacity=0.75, stroke=look.ground, stroke_width=0.75)  # fmt: skip

    def _list(self, canvas: Canvas, left: float) -> None:
        letters = canvas.letters(canvas.width - EDGE - left - 70, 13)
        for label, said in self.rows:
            canvas.words(textwrap.shorten(label, letters, placeholder="…"), left, canvas.y + 14, size=13)
            canvas.words(said, canvas.width - EDGE, canvas.y + 14, size=13, text_anchor="end")
            canvas.y += 20
