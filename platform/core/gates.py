"""What somebody must do before they may go on: set up a second factor, agree to new terms.

Rooms register a gate; `core.middleware` asks them for every page behind the sign-in. Pages that must stay open before
a gate say so: those on which one does what is asked, one's own data, and signing out (which is open to everybody).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from core.acting import acting_of
from core.support import visiting_of

View = TypeVar("View", bound=Callable[..., Any])
# The address of the page that leads on; None for who may pass.
Gate = Callable[[HttpRequest], str | None]
_ATTRIBUTE = "open_before_gates"
_gates: list[tuple[int, str, Gate]] = []


def register(name: str, gate: Gate, *, order: int) -> None:
    """Ask `gate` before every page behind the sign-in. Called once, when the room's app is ready."""
    _gates.append((order, name, gate))
    _gates.sort(key=lambda each: each[0])


def open_before(*names: str) -> Callable[[View], View]:
    """Let a view be used by those whom these gates hold up."""

    def declare(view: View) -> View:
        setattr(view, _ATTRIBUTE, frozenset(names))
        return view

    return declare


def _opened(view: Callable[..., Any]) -> frozenset[str]:
    current: Any = view
    while current is not None:
        declared: frozenset[str] | None = getattr(current, _ATTRIBUTE, None)
        if declared is not None:
            return declared
        current = getattr(current, "__wrapped__", None)
    return frozenset()


def held_up(request: HttpRequest, view: Callable[..., Any]) -> str | None:
    """Where the person must go first; None when nothing stands in the way.

    Who acts for somebody else passed these gates as themselves, and must neither be held up by those of the other
    person nor go through them in their name. An operator who is let in to help passed those of the operator's side.
    """
    if acting_of(request) is not None or visiting_of(request) is not None:
        return None
    opened = _opened(view)
    for _order, name, gate in _gates:
        address = None if name in opened else gate(request)
        if address is not None:
            return address
    return None
