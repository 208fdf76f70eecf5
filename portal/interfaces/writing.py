"""Where programs with a token write: the addresses are those for reading, so they and their shapes stand here.

What is done there a room above says (`portal.machine_access`), which may use the services of the forms.
"""

from typing import Any, Protocol

from django.http import HttpResponse


class Ways(Protocol):
    """What the room above does; each is given the request, the last three the offer's number, too."""

    def create(self, request: Any) -> HttpResponse:
        """One more offer."""

    def change(self, request: Any, pk: int) -> HttpResponse:
        """Some fields of it."""

    def withdraw(self, request: Any, pk: int) -> HttpResponse:
        """Put it away."""

    def state(self, request: Any, pk: int) -> HttpResponse:
        """Where it stands."""


_ways: list[Ways] = []


def register(ways: Ways) -> None:
    """Say who does it; once."""
    _ways[:] = [ways]


def done(what: str, request: Any, **about: int) -> HttpResponse:
    """Do it; the answer."""
    answer: HttpResponse = getattr(_ways[0], what)(request, **about)
    return answer
