"""What the search of the editors' column finds besides tasks and settings: a registry, filled by the rooms.

    register(Finder("anbieter", _("Providers"), "building", EDITORS, find=by_name))

`find(words, most)` asks one statement and gives at most so many; `more(words)` is the page with all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core.access import Role
from core.task_cards import Words


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that fits: its name, where an editor works on it, and a few words that tell it from others."""

    title: str
    url: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """One kind of thing."""

    key: str
    label: Words
    icon: str
    roles: frozenset[Role]
    find: Callable[[str, int], Sequence[Found]]
    more: Callable[[str], str] | None = None
    order: int = 50


_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add a kind. Called once, when the room's app is ready."""
    if any(each.key == finder.key for each in _finders):
        raise ValueError(f"There is a finder {finder.key} already.")
    _finders.append(finder)
    _finders.sort(key=lambda each: each.order)


def finders_for(roles: Iterable[str]) -> list[Finder]:
    """What people with these roles find."""
    held = frozenset(roles)
    return [each for each in _finders if each.roles & held]
