"""How a municipality's mails look and who they say they are from. Rooms above say it; the operator's side has none."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings

from tenants.running.context import PUBLIC, current_schema


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that is sent along: PNG, shown at this size in pixels."""

    data: bytes = field(repr=False)
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Colours:
    """Of one display mode, "#rrggbb" each, readable on each other."""

    text: str = "#1d1d1f"
    muted: str = "#55585f"
    ground: str = "#ffffff"
    soft: str = "#f3f4f7"
    line: str = "#c9ccd3"
    action: str = "#1d5a8f"
    on_action: str = "#ffffff"
    brand: str = "#1d5a8f"


DARK = Colours("#f3f4f7", "#b9bcc6", "#15171c", "#1f2229", "#444853", "#8ec1ee", "#10131a", "#8ec1ee")


@dataclass(frozen=True, slots=True)
class Look:
    """What the frame of every mail shows. `lines` are the address below it."""

    portal: str
    lines: tuple[str, ...] = ()
    logo: Logo | None = None
    light: Colours = field(default_factory=Colours)
    dark: Colours = DARK


_source: list[Callable[[], Look]] = []


def said_by(source: Callable[[], Look]) -> None:
    """Let `source()` say the look of the municipality we are inside. Called once, when the room's app is ready."""
    _source[:] = [source]


def current_look() -> Look:
    """The municipality's; on the operator's side a plain one."""
    if _source and current_schema() != PUBLIC:
        return _source[0]()
    return Look(portal=settings.BASE_DOMAIN)
