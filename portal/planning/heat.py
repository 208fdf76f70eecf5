"""A table whose fields are the stronger the more they hold, with its legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.planning.charts import Scale
from portal.planning.words import short


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its number, its step of lightness, where it leads and what it is called as a whole."""

    value: str
    step: int
    words: str
    url: str = ""
    current: bool = False


def fields(
    values: Sequence[float],
    scale: Scale,
    name: Callable[[int], str],
    url: Callable[[int], str] = lambda _place: "",
    current: int = -1,
) -> list[Field]:
    """A row of fields; `name` says what a place is."""
    made = []
    for place, value in enumerate(values):
        said = short(value)
        made.append(Field(said, scale.step(value), f"{name(place)}: {said}", url(place), place == current))
    return made


def legend(scale: Scale) -> list[dict[str, Any]]:
    """Each step in words: none, up to 4, up to 9 …, more than 74."""
    steps = [{"step": 0, "label": _("none")}]
    for step, high in scale.legend():
        if high is not None:
            steps.append({"step": step, "label": _("up to %(number)s") % {"number": short(high)}})
        elif scale.limits:
            steps.append({"step": step, "label": _("more than %(number)s") % {"number": short(scale.limits[-1])}})
        else:
            steps.append({"step": step, "label": _("some")})
    return steps
