"""From the two colours a municipality chooses to every colour its pages need, readable by construction.

Why: editors choose the colour of the coat of arms, not one that passes WCAG. Each colour is taken into
OKLCH (perceived lightness, chroma, hue; Björn Ottosson 2020) and only its lightness is moved until the
contrast holds against every ground it can stand on. Colours are "#rrggbb" strings at the border of this
module; `dark` asks for the set of the dark display mode. Pure functions, no Django.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")

# WCAG 2.2 asks 4.5; the margin covers the 8-bit rounding and browsers' own mixing of the hover colours.
TEXT = 4.6
STRONG_TEXT = 7.0
# How much white (light mode) or black (dark mode) KERN mixes into a button when hovered and pressed.
MIXES = {False: (0.08, 0.16), True: (0.12, 0.24)}
# KERN's neutral-025 and neutral-900, its grounds of input fields; not altered by us.
KERN_SURFACES = {False: "#f3f4f7", True: "#1f2136"}
# Lightness and most chroma of page, soft panel and hero.
GROUND_STEPS = {
    False: ((1.0, 0.0), (0.98, 0.006), (0.952, 0.024)),
    True: ((0.17, 0.012), (0.215, 0.016), (0.27, 0.03)),
}
WHITE, BLACK = "#ffffff", "#000000"


class Oklch(NamedTuple):
    """Lightness 0–1, chroma 0–about 0.37, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@dataclass(frozen=True)
class Palette:
    """Every colour of one municipality in one display mode, "#rrggbb" each."""

    action: str
    on_action: str
    brand: str
    on_brand: str
    accent: str
    on_accent: str
    accent_tint: str
    ground: str
    soft: str
    tint: str
    line: str
    text: str
    muted: str
    heading: str
    deep: str
    on_deep: str


class ReadablePair(NamedTuple):
    """What a category needs of its colour; foreground is readable on background and page, strong more so."""

    background: str
    foreground: str
    strong: str
    line: str


def oklch(colour: str) -> Oklch:
    """Raise ValueError for anything but "#rrggbb"."""
    if not HEX.match(colour):
        raise ValueError(f"Not a colour of the form #rrggbb: {colour!r}")
    r, g, b = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    l_ = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    m_ = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s_ = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_
    a = 1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_
    b_ = 0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_
    return Oklch(lightness, math.hypot(a, b_), math.degrees(math.atan2(b_, a)) % 360)


def to_hex(colour: Oklch) -> str:
    """The nearest colour a screen can show: the same lightness and hue, chroma lowered as far as needed."""
    lightness = min(max(colour.lightness, 0.0), 1.0)
    low, high = 0.0, colour.chroma
    if _in_gamut(_srgb(Oklch(lightness, high, colour.hue))):
        low = high
    while high - low > 0.0005:
        middle = (low + high) / 2
        fits = _in_gamut(_srgb(Oklch(lightness, middle, colour.hue)))
        low, high = (middle, high) if fits else (low, middle)
    channels = _srgb(Oklch(lightness, low, colour.hue))
    return "#" + "".join(f"{round(min(max(c, 0.0), 1.0) * 255):02x}" for c in channels)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`share` (0–1) of white or black mixed into `colour`, as CSS color-mix(in oklch) does."""
    ours, theirs = oklch(colour), oklch(other)
    return to_hex(
        Oklch(
            ours.lightness + (theirs.lightness - ours.lightness) * share,
            ours.chroma * (1 - share) + theirs.chroma * share,
            ours.hue,
        )
    )


def on(colour: str) -> str:
    """Black or white, whichever reads better on `colour`: never below 4.58."""
    return max(WHITE, BLACK, key=lambda text: contrast(text, colour))


@lru_cache(maxsize=4096)
def palette(brand: str, accent: str, *, dark: bool) -> Palette:
    """All colours of a municipality for one display mode."""
    own = oklch(brand)
    grounds = _grounds(own, dark=dark)
    action = _readable(brand, (*grounds, KERN_SURFACES[dark]), TEXT, dark=dark, label=BLACK if dark else WHITE)
    deep = to_hex(Oklch(0.2 if dark else 0.27, min(own.chroma, 0.02 if dark else 0.075), own.hue))
    accent_own = oklch(accent)
    return Palette(
        action=action,
        on_action=BLACK if dark else WHITE,
        brand=brand,
        on_brand=on(brand),
        accent=accent,
        on_accent=on(accent),
        accent_tint=to_hex(Oklch(0.3 if dark else 0.94, min(accent_own.chroma, 0.05), accent_own.hue)),
        ground=grounds[0],
        soft=grounds[1],
        tint=grounds[2],
        line=to_hex(Oklch(0.38 if dark else 0.89, min(own.chroma, 0.015), own.hue)),
        text=to_hex(Oklch(0.95 if dark else 0.24, min(own.chroma, 0.015), own.hue)),
        muted=to_hex(Oklch(0.8 if dark else 0.43, min(own.chroma, 0.02), own.hue)),
        heading=_heading(own, grounds, dark=dark),
        deep=deep,
        on_deep=to_hex(Oklch(0.96, min(own.chroma, 0.012), own.hue)),
    )


@lru_cache(maxsize=4096)
def readable_pair(colour: str, *, dark: bool = False) -> ReadablePair:
    """A soft ground and readable text in any colour; `line` is the colour itself, kept visible on a page."""
    own = oklch(colour)
    background = to_hex(Oklch(0.28 if dark else 0.95, min(own.chroma * 0.35, 0.05 if dark else 0.04), own.hue))
    grounds = (background, BLACK, "#333333") if dark else (background, WHITE, "#eeeeee")
    foreground = _readable(colour, grounds, TEXT, dark=dark)
    strong = _readable(foreground, (background,), STRONG_TEXT, dark=dark)
    lightness = max(own.lightness, 0.5) if dark else min(own.lightness, 0.82)
    return ReadablePair(background, foreground, strong, to_hex(Oklch(lightness, own.chroma, own.hue)))


def _grounds(own: Oklch, *, dark: bool) -> tuple[str, str, str]:
    """Page, soft panel and hero: white or near black, with a breath of the brand's hue against coldness."""
    steps = GROUND_STEPS[dark]
    ground, soft, tint = (to_hex(Oklch(light, min(own.chroma * 0.3, most), own.hue)) for light, most in steps)
    return ground, soft, tint


def _heading(own: Oklch, grounds: tuple[str, ...], *, dark: bool) -> str:
    start = to_hex(Oklch(0.9, min(own.chroma, 0.05), own.hue) if dark else Oklch(0.34, min(own.chroma, 0.12), own.hue))
    return _readable(start, grounds, STRONG_TEXT, dark=dark)


def _readable(colour: str, grounds: tuple[str, ...], least: float, *, dark: bool, label: str = "") -> str:
    """Move lightness away from the grounds, by 0.4 % a step, until `least` holds on all of them.

    `label` is the text on a button of this colour: it must hold on the hovered and pressed mixes too.
    """
    own = oklch(colour)
    mixed_with = BLACK if dark else WHITE
    candidate = colour.lower()
    for step in range(1, 252):
        over_label = (mix(candidate, mixed_with, share) for share in (0, *MIXES[dark])) if label else ()
        if all(contrast(candidate, g) >= least for g in grounds) and all(
            contrast(label, c) >= least for c in over_label
        ):
            return candidate
        lightness = own.lightness + (0.004 if dark else -0.004) * step
        candidate = to_hex(Oklch(lightness, own.chroma, own.hue))
    return WHITE if dark else BLACK


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _gamma(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _srgb(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _in_gamut(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)


def _luminance(colour: str) -> float:
    r, g, b = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
