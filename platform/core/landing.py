"""What stands on the landing page of the signed-in area before the task cards: filled by the rooms at the start.

A part is for those who hold one of its roles; its maker is given the request and says what is shown by which template.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from core.access import Role


@dataclass(frozen=True, slots=True)
class Part:
    """`template` is included with `part`: the context. `lead` stands below the heading, with a button to `action_url`
    beside it. `organisation` and `switch_url` go to the bar of the account."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    lead: str = ""
    action: str = ""
    action_url: str = ""
    organisation: str = ""
    switch_url: str = ""


Maker = Callable[[Any], Part]
_makers: list[tuple[frozenset[Role], Maker]] = []


def register(roles: Iterable[Role], maker: Maker) -> None:
    """Put a part on the landing page of those who hold one of these roles."""
    _makers.append((frozenset(roles), maker))


def parts_of(request: Any, roles: Iterable[str]) -> list[Part]:
    """The parts of the person who asks."""
    held = frozenset(roles)
    return [maker(request) for wanted, maker in _makers if wanted & held]
