"""What a portal keeps about a person with an account, and what becomes of it when they leave: a registry.

A room that keeps something says it here when its app is ready:

    register(Part("angebote", _("Offers you wrote"), gather, order=40, leaving=leaving))

`gather(user)` gives rows of values that JSON can hold, days and moments as such; it says all of what is kept, in words
of the room's own fields. Where that is
more than a person can read, `readable(user)` gives the same for the page.
A room above that knows better words for a part says so by `reword`.
`leaving(user)` gives sentences on what happens to it when the account is deleted, and `released(user)` does what must
be done just before. What the database removes along with the account (memberships, sessions) needs no `released`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.task_cards import Words

Row = dict[str, Any]


def _nothing(_user: Any) -> list[Any]:
    return []


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing that is kept about a person."""

    key: str
    label: Words
    gather: Callable[[Any], list[Row]]
    order: int = 50
    # Kept on the operator's side too, not only in municipalities.
    everywhere: bool = False
    leaving: Callable[[Any], list[Words]] = _nothing
    released: Callable[[Any], object] = _nothing
    readable: Callable[[Any], list[Row]] | None = None


_parts: list[Part] = []
_reworded: dict[tuple[str, bool], Callable[[Any], list[Row]]] = {}


def register(part: Part) -> None:
    """Add a part. Called once, when the room's app is ready."""
    if any(each.key == part.key for each in _parts):
        raise ValueError(f"There is a part {part.key} already.")
    _parts.append(part)
    _parts.sort(key=lambda each: each.order)


def reword(key: str, readable: Callable[[Any], list[Row]], *, in_municipality: bool) -> None:
    """Give the words in which a part of a room below is read, on one of the two sides."""
    _reworded[key, in_municipality] = readable


def _kept_at(request: Any) -> list[Part]:
    """The parts there are on the side of this request."""
    return [part for part in _parts if part.everywhere or getattr(request, "municipality", None) is not None]


def everything_about(user: Any, request: Any) -> list[tuple[Part, list[Row]]]:
    """All parts with their rows, in order."""
    return [(part, part.gather(user)) for part in _kept_at(request)]


def readable_about(user: Any, request: Any) -> list[tuple[Part, list[Row]]]:
    """The same for the eye."""
    there = getattr(request, "municipality", None) is not None
    return [
        (part, (_reworded.get((part.key, there)) or part.readable or part.gather)(user)) for part in _kept_at(request)
    ]


def when_leaving(user: Any, request: Any) -> list[Words]:
    """What happens to the things of somebody who leaves, sentence by sentence."""
    return [sentence for part in _kept_at(request) for sentence in part.leaving(user)]


def release(user: Any, request: Any) -> None:
    """Let every room do what must be done before the account goes."""
    for part in _kept_at(request):
        part.released(user)
