"""The one small style sheet that makes a portal look like its municipality: properties and colour classes.

Rooms above hand in the colours of their own things (a category, a target group) through `register`; they
are painted here because only this room may know a colour. No Django, so that it can be tried alone.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import NamedTuple

from theming.tokens import HEX, Palette, palette, readable_pair

CLASS_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")

FONT_STACKS = {
    "fira": '"Fira Sans","Fira Sans stand-in",system-ui,"Segoe UI",Roboto,Arial,sans-serif',
    "atkinson": '"Atkinson Hyperlegible","Atkinson stand-in",system-ui,"Segoe UI",Roboto,Arial,sans-serif',
    "system": 'system-ui,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif',
}
# In this order for: fields and badges; buttons; cards and pictures; chips.
CORNERS = {
    "eckig": ("0", "0", "0", "0"),
    "leicht": ("0.25rem", "0.375rem", "0.75rem", "0.375rem"),
    "rund": ("0.625rem", "1.5rem", "1.25rem", "1.5rem"),
}


class Look(NamedTuple):
    """What a municipality chose: two "#rrggbb" colours, keys of FONT_STACKS and CORNERS, dark allowed."""

    brand: str = "#1d5a8f"
    accent: str = "#f2a900"
    font: str = "fira"
    corner: str = "leicht"
    dark_allowed: bool = False


class ColorClass(NamedTuple):
    """A CSS class that gives its element and all within --c-tint, --c-ink, --c-strong and --c-line."""

    name: str
    colour: str


class Stylesheet(NamedTuple):
    text: str
    hash: str


Provider = Callable[[], Iterable[ColorClass]]
# With the room whose tables it reads.
_providers: dict[Provider, str] = {}


def register(provider: Provider, *, room: str = "theming") -> Provider:
    """Call from an app's ready(). `provider` is asked inside the municipality whenever the sheet is built: after a
    table of `room` changed."""
    _providers.setdefault(provider, room)
    return provider


def rooms_with_colours() -> set[str]:
    """The rooms whose changes change the sheet."""
    return set(_providers.values())


def color_class(name: str, colour: str) -> ColorClass:
    """A checked class, for example color_class("kategorie-12", "#e2001a"). ValueError names what is wrong.

    Checked here because both end up in a style sheet: a brace in a name would let data write CSS.
    """
    if not CLASS_NAME.match(name):
        raise ValueError(f"Not a CSS class name (a-z, 0-9, -): {name!r}")
    if not HEX.match(colour):
        raise ValueError(f"Not a colour of the form #rrggbb: {colour!r}")
    return ColorClass(name, colour)


def registered_classes() -> list[ColorClass]:
    """What every registered room wants painted, in a stable order."""
    return [one for provider in _providers for one in provider()]


def stylesheet(look: Look, classes: Iterable[ColorClass] = ()) -> Stylesheet:
    """Text and its hash; the hash names the file, so the text may be cached for ever."""
    classes = list(classes)
    parts = [_root(":root,[data-kern-theme=light]", look, dark=False)]
    parts += [_rule(f".{one.name}", _pair(one.colour, dark=False)) for one in classes]
    if look.dark_allowed:
        system = [_root(":root:not([data-kern-theme=light])", look, dark=True)]
        system += [
            _rule(f":root:not([data-kern-theme=light]) .{one.name}", _pair(one.colour, dark=True)) for one in classes
        ]
        parts.append("@media screen and (prefers-color-scheme:dark){" + "".join(system) + "}")
        parts.append(_root("[data-kern-theme=dark]", look, dark=True))
        parts += [_rule(f"[data-kern-theme=dark] .{one.name}", _pair(one.colour, dark=True)) for one in classes]
    text = "\n".join(parts) + "\n"
    return Stylesheet(text, hashlib.sha256(text.encode()).hexdigest()[:12])


def properties(look: Look, *, dark: bool) -> dict[str, str]:
    """Custom property to value for one display mode: KERN's own names and, as --t-…, ours."""
    colours = palette(look.brand, look.accent, dark=dark)
    ours = {f"--t-{name.replace('_', '-')}": value for name, value in asdict(colours).items()}
    return ours | _kern(colours) | _shape(look)


def _kern(c: Palette) -> dict[str, str]:
    return {
        "--kern-color-action-default": c.action,
        "--kern-color-action-on-default": c.on_action,
        "--kern-color-action-visited": c.action,
        "--kern-color-action-focus-default": c.heading,
        "--kern-color-decorative-brand-default": c.brand,
        "--kern-color-layout-text-default": c.text,
        "--kern-color-layout-text-muted": c.muted,
        "--kern-color-layout-background-default": c.ground,
        "--kern-color-layout-background-default-surface": c.soft,
        "--kern-color-layout-border": c.line,
        "--kern-color-form-input-border": c.muted,
    }


def _shape(look: Look) -> dict[str, str]:
    small, default, large, pill = CORNERS[look.corner]
    return {
        "--kern-typography-font-family-default": FONT_STACKS[look.font],
        "--kern-metric-border-radius-small": small,
        "--kern-metric-border-radius-default": default,
        "--kern-metric-border-radius-large": large,
        "--t-radius-pill": pill,
    }


def _pair(colour: str, *, dark: bool) -> dict[str, str]:
    pair = readable_pair(colour, dark=dark)
    return {
        "--c-tint": pair.background,
        "--c-ink": pair.foreground,
        "--c-strong": pair.strong,
        "--c-line": pair.line,
    }


def _root(selector: str, look: Look, *, dark: bool) -> str:
    scheme = {"color-scheme": "dark" if dark else "light"}
    return _rule(selector, scheme | properties(look, dark=dark) | _pair(look.brand, dark=dark))


def _rule(selector: str, declarations: dict[str, str]) -> str:
    return selector + "{" + ";".join(f"{name}:{value}" for name, value in declarations.items()) + "}"
