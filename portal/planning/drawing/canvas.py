"""An SVG that is right without the portal around it: colours of the town's look as attributes, words as text."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from portal.figures.charts import percent
from theming.services import current_theme
from theming.tokens import mix, palette

NAMESPACE = "http://www.w3.org/2000/svg"
WIDTH, EDGE = 900, 24
# As in planning.css: how much of the heading's colour is in each step.
STRENGTH = (0.0, 0.07, 0.2, 0.38, 0.72, 1.0)
# Fields of these steps are dark: words on them are light.
DARK = 4
FONT = "Paper, 'Fira Sans', 'Atkinson Hyperlegible', sans-serif"
# About how wide a letter is, in parts of its size; a little generous.
_LETTER = 0.55


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a municipality on white paper; `steps` are those of fields, from none to strong."""

    ground: str
    text: str
    muted: str
    line: str
    heading: str
    action: str
    accent: str
    soft: str
    steps: tuple[str, ...]

    @classmethod
    def current(cls) -> "Look":
        theme = current_theme()
        found = palette(theme.brand_color, theme.accent_color, dark=False)
        steps = tuple(mix(found.heading, found.ground, 1 - part) for part in STRENGTH)
        return cls(found.ground, found.text, found.muted, found.line, found.heading, found.action, found.accent,
                   found.soft, steps)  # fmt: skip


class Canvas:
    """A drawing that grows downwards; `y` is where the next thing may begin."""

    def __init__(self, title: str, summary: str, width: int = WIDTH, *, titled: bool = True) -> None:
        self.look, self.width, self.y = Look.current(), width, EDGE
        self.root = ET.Element("svg", {"xmlns": NAMESPACE, "role": "img", "lang": "de", "font-family": FONT})
        ET.SubElement(self.root, "title").text = title
        ET.SubElement(self.root, "desc").text = summary
        self.ground = self.add("rect", width="100%", height="100%", fill=self.look.ground)
        for line in textwrap.wrap(title, self.letters(width - 2 * EDGE, 20)) if titled else ():
            self.words(line, EDGE, self.y + 18, size=20, font_weight="bold", fill=self.look.heading)
            self.y += 26
        self.y += 10 if titled else 0

    @staticmethod
    def letters(width: float, size: float) -> int:
        """How many letters of a size fit into a width."""
        return max(4, int(width / (size * _LETTER)))

    def add(self, name: str, *, within: ET.Element | None = None, **attributes: Any) -> ET.Element:
        """A shape; `stroke_width` becomes stroke-width."""
        said = {
            key.replace("_", "-"): value if isinstance(value, str) else percent(value)
            for key, value in attributes.items()
        }
        return ET.SubElement(self.root if within is None else within, name, said)

    def words(self, text: str, x: float, y: float, *, size: float = 14, **attributes: Any) -> None:
        """A line of words; `y` is their base line."""
        self.add("text", x=x, y=y, font_size=size, **{"fill": self.look.text, **attributes}).text = text

    def paragraph(self, text: str, *, size: float = 13, fill: str = "") -> None:
        """Words in as many lines as they need, at the next place."""
        for line in textwrap.wrap(text, self.letters(self.width - 2 * EDGE, size)):
            self.words(line, EDGE, self.y + size, size=size, fill=fill or self.look.text)
            self.y += round(size * 1.4)

    def legend(self, steps: Sequence[dict[str, object]]) -> None:
        """What the steps of fields mean, in lines as wide as the drawing."""
        x = EDGE
        for each in steps:
            label, step = str(each["label"]), int(str(each["step"]))
            wide = 34 + 13 * _LETTER * len(label) + 18
            if x + wide > self.width - EDGE and x > EDGE:
                x, self.y = EDGE, self.y + 24
            self.field(x, self.y, 26, 16, step)
            self.words(label, x + 34, self.y + 13, size=13)
            x += round(wide)
        self.y += 30

    def field(self, x: float, y: float, width: float, height: float, step: int) -> None:
        """A field of a step; none at all has a broken rim."""
        dashes: dict[str, Any] = {"stroke_dasharray": "3 2"} if step == 0 else {}
        self.add("rect", x=x, y=y, width=width, height=height, rx=3.0, fill=self.look.steps[step],
                 stroke=self.look.muted, stroke_width=0.75, **dashes)  # fmt: skip

    def finished(self, lines: Sequence[str]) -> str:
        """The drawing with the lines below it: what was counted, when, and where it is from."""
        self.y += 8
        for each in lines:
            self.paragraph(each, size=12, fill=self.look.muted)
        height = round(self.y + EDGE / 2)
        self.root.attrib |= {"width": str(self.width), "height": str(height), "viewBox": f"0 0 {self.width} {height}"}
        return ET.tostring(self.root, encoding="unicode")
