"""Ways by which a provider's offers come in from elsewhere: a list that the page “Angebote aus einer Tabelle” shows.

Rooms that bring a way of their own (calendars) stand beside the room of the page and register here when they are ready:

    ways.register(Way("/konto/import/kalender/", _("From a calendar"), _("Name the address of …"), "calendar"))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Way:
    """`card` gives what stands there for this person: a template and its context (one statement at most), or None."""

    url: str
    label: Words
    sentence: Words
    icon: str
    order: int = 50
    card: Callable[[Any], tuple[str, dict[str, Any]] | None] | None = None


_ways: list[Way] = []


def register(way: Way) -> None:
    """Add a way. Called once, when the room's app is ready."""
    if any(each.url == way.url for each in _ways):
        raise ValueError(f"There is a way {way.url} already.")
    _ways.append(way)
    _ways.sort(key=lambda each: each.order)


def ways() -> tuple[Way, ...]:
    """All ways there are, in order."""
    return tuple(_ways)
