"""What becomes of the two colours a municipality chose, in numbers: what is used as it is, what was moved so that it
can be read, and what is not used. Pure functions beside `theming.tokens`; rooms above put it into sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from theming.tokens import BLACK, KERN_SURFACES, MIXES, WHITE, Palette, contrast, mix, on, palette

# What WCAG 2.2 asks of text (1.4.3, AA).
NEEDED = 4.5
# Below this an ornament is all but gone beside the ground.
FAINT = 1.3


class Fate(StrEnum):
    """What became of a colour in one of its uses."""

    KEPT = "kept"
    DARKER = "darker"
    LIGHTER = "lighter"
    UNUSED = "unused"
    FAINT = "faint"


class Use(StrEnum):
    """What a colour is used for."""

    ACTION = "action"
    SURFACE = "surface"
    ACCENT = "accent"
    ACCENT_TEXT = "accent_text"
    DARK_ACTION = "dark_action"


@dataclass(frozen=True, slots=True)
class Finding:
    """One use: the colour that was chosen and the one that is used, `ground` what it stands on or carries, and the
    lowest ratio it has there, before and after. `other` is the ratio of the text that was not taken."""

    use: Use
    fate: Fate
    chosen: str
    used: str
    ground: str
    before: float
    after: float
    other: float = 0.0


def rounded(ratio: float) -> float:
    """With one decimal, and never better than it is."""
    return floor(ratio * 10 + 1e-9) / 10


def _lowest(colour: str, found: Palette, *, dark: bool) -> float:
    """The lowest contrast of a colour as link on every ground and as button under its label, also while it is
    pressed."""
    grounds = (found.ground, found.soft, found.tint, KERN_SURFACES[dark])
    pressed = (mix(colour, BLACK if dark else WHITE, share) for share in (0.0, *MIXES[dark]))
    return min(_ratios(colour, grounds, pressed, found.on_action))


def _ratios(colour: str, grounds: Iterable[str], pressed: Iterable[str], label: str) -> Iterable[float]:
    yield from (contrast(colour, ground) for ground in grounds)
    yield from (contrast(label, each) for each in pressed)


def _action(use: Use, brand: str, found: Palette, *, dark: bool) -> Finding:
    kept = found.action == brand.lower()
    fate = Fate.KEPT if kept else Fate.LIGHTER if dark else Fate.DARKER
    before, after = (_lowest(each, found, dark=dark) for each in (brand, found.action))
    return Finding(use, fate, brand, found.action, found.ground, before, after)


def _surface(use: Use, colour: str, ground: str) -> Finding:
    text = on(colour)
    other = contrast(WHITE if text == BLACK else BLACK, colour)
    fate = Fate.FAINT if contrast(colour, ground) < FAINT else Fate.KEPT
    return Finding(use, fate, colour, text, ground, contrast(colour, ground), contrast(text, colour), other)


def findings(brand: str, accent: str, *, dark_allowed: bool) -> list[Finding]:
    """All uses of both colours, in the order in which people ask."""
    light = palette(brand, accent, dark=False)
    told = [
        _action(Use.ACTION, brand, light, dark=False),
        _surface(Use.SURFACE, brand, light.ground),
        _surface(Use.ACCENT, accent, light.ground),
        Finding(
            Use.ACCENT_TEXT, Fate.UNUSED, accent, light.action, light.ground, contrast(accent, light.ground),
            contrast(light.action, light.ground),
        ),
    ]  # fmt: skip
    if dark_allowed:
        told.append(_action(Use.DARK_ACTION, brand, palette(brand, accent, dark=True), dark=True))
    return told
