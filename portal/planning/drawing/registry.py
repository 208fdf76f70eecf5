"""Which pictures there are, and how one becomes a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.planning.asking import Asked
from portal.planning.drawing.canvas import WIDTH, Canvas
from theming.services import current_theme


class Shape(Protocol):
    """What can be drawn."""

    def draw(self, canvas: Canvas) -> None:
        """Put it onto the canvas, from its `y` on."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart or a map. `summary` says in words what it shows; `notes` stand below it; `width` in pixels."""

    title: str
    summary: str
    shape: Shape
    notes: Sequence[str] = ()
    width: int = WIDTH


# None where there is nothing to draw (no district has an outline, no figures yet).
Maker = Callable[[Asked], Picture | None]
_makers: dict[str, Maker] = {}


def register(name: str, maker: Maker) -> None:
    """Let a picture be taken along under this name; one of a table has the table's."""
    if name in _makers:
        raise ValueError(f"There is a picture “{name}” already.")
    _makers[name] = maker


def is_drawn(name: str) -> bool:
    """Whether there is a picture of this name."""
    return name in _makers


def names() -> list[str]:
    """All pictures that can be taken along."""
    return sorted(_makers)


def picture_of(name: str, asked: Asked) -> Picture:
    """The picture of this name as asked for; Http404 where there is none."""
    picture = _makers[name](asked) if name in _makers else None
    if picture is None:
        raise Http404
    return picture


def as_svg(picture: Picture, asked: Asked) -> str:
    """The picture as a file of its own, with what was counted and asked for, and where it is from."""
    canvas = Canvas(picture.title, picture.summary, picture.width)
    picture.shape.draw(canvas)
    return canvas.finished([*picture.notes, *_source(asked)])


def as_part(picture: Picture, *, titled: bool) -> str:
    """The picture for a page that says all of that around it."""
    canvas = Canvas(picture.title, picture.summary, picture.width, titled=titled)
    picture.shape.draw(canvas)
    return canvas.finished(())


def _source(asked: Asked) -> list[str]:
    said = f"{asked.period.label}. {asked.in_words}." if asked.is_narrowed else f"{asked.period.label}."
    made = _("%(portal)s, made on %(day)s, counted without cookies: %(host)s") % {
        "portal": current_theme().portal_name,
        "day": date_format(timezone.localdate(), "DATE_FORMAT"),
        "host": asked.host.partition("://")[2],
    }
    return [said, made]
