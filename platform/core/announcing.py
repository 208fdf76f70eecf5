"""What somebody who works here is told once, above their desk and their landing page: a registry.

announce(told)    # told(request) -> Announcement, several or None; one statement at most, on these two pages alone
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.task_cards import Words

# Where people begin.
PAGES = frozenset({"/redaktion/", "/konto/"})


@dataclass(frozen=True, slots=True)
class Announcement:
    """A title and a sentence; `url` leads to more (`label`), a POST to `away` (`away_label`) puts it away. Without
    `away` it stands there as long as it is so."""

    title: Words
    text: Words
    url: str
    label: Words
    away: str = ""
    away_label: Words = ""


Teller = Callable[[Any], Announcement | Sequence[Announcement] | None]
_tellers: list[Teller] = []


def announce(teller: Teller) -> None:
    """Let a room tell something. Called once, when its app is ready."""
    _tellers.append(teller)


def announcements(request: Any) -> list[Announcement]:
    """What is told on this page; nothing on most."""
    if request.path not in PAGES or request.method != "GET":
        return []
    found: list[Announcement] = []
    for teller in _tellers:
        told = teller(request)
        found += [told] if isinstance(told, Announcement) else told or ()
    return found
