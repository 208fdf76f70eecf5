"""An operator helps inside a municipality for a while: who that is, for whatever happens meanwhile.

The room `support` begins and ends it and finds out at each request; it stands above all rooms that must know (audit,
gates, the menus, the frame of every page), so these ask here, and `support` installs its answers when it is ready.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

# What an entry of the audit log says among its changes where it was made in the course of a visit: its number.
VISIT = "support"


@dataclass(frozen=True, slots=True)
class Visiting:
    """One stretch of support access. `pk` is its row (support.models.Visit), `name` who it is: “Support (Olga)”."""

    pk: int
    name: str
    reason: str
    ends_at: datetime
    writes: bool

    @property
    def is_over(self) -> bool:
        """Whether its time has run out since it was found."""
        return self.ends_at <= timezone.now()


_current: ContextVar[Visiting | None] = ContextVar("visiting", default=None)
# Whether a request is being answered that forgets at its end.
_in_a_request: ContextVar[bool] = ContextVar("visiting_in_a_request", default=False)
# Who a request's session belongs to by a visit; which addresses a visitor finds; who visits this municipality now.
Find = Callable[[HttpRequest], Any]
Opened = Callable[[str], bool]
Here = Callable[[], Sequence[Visiting]]


@dataclass(slots=True)
class _Answers:
    find: Find = lambda _request: None
    opened: Opened = lambda _route: True
    here: Here = tuple


_answers = _Answers()


def install(*, find: Find, opened: Opened, here: Here) -> None:
    """Called once, when the room's app is ready."""
    _answers.find, _answers.opened, _answers.here = find, opened, here


@contextmanager
def request_of_its_own() -> Iterator[None]:
    """Nobody visits until it is found out; and nothing of it outlives the request."""
    tokens = _current.set(None), _in_a_request.set(True)
    try:
        yield
    finally:
        _current.reset(tokens[0])
        _in_a_request.reset(tokens[1])


def note(request: HttpRequest, visiting: Visiting | None) -> None:
    """From here on in this request. None: it is over."""
    request.visiting = visiting  # type: ignore[attr-defined]  # ours, for this request
    if _in_a_request.get():
        # Who looks only when the answer is made (something around it) leaves nothing behind.
        _current.set(visiting)


def visiting_now() -> Visiting | None:
    """The visit in whose course something is done."""
    return _current.get()


def visiting_of(request: HttpRequest) -> Visiting | None:
    """The visit this request belongs to; finds out if nobody did yet."""
    if not request.user.is_authenticated:
        return None
    found: Visiting | None = getattr(request, "visiting", None)
    return found


def visitor_of(request: HttpRequest) -> Any:
    """The account this request is meant for by a running visit, or None."""
    return _answers.find(request)


def shown_to_visitors(route: str) -> bool:
    """Whether a visitor may look at the page of this route."""
    return _answers.opened(route)


def visitors_here() -> Sequence[Visiting]:
    """Who visits the municipality we are inside at this moment."""
    return [each for each in _answers.here() if not each.is_over]
