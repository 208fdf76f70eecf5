"""Where programs with a token write: the addresses are those for reading, so they and their shapes stand here.

What is done there a room above says (`portal.machine_access`), which may use the services of the forms.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse

Way = Callable[..., HttpResponse]
_ways: dict[str, Way] = {}


def register(ways: Mapping[str, Way]) -> None:
    """`create`, `change`, `withdraw` and `state`; each is given the request, the last three the offer's number."""
    _ways.update(ways)


def done(what: str, request: Any, **about: int) -> HttpResponse:
    """Do it; the answer."""
    return _ways[what](request, **about)
