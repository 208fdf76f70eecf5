"""Roles that nobody grants because they follow from something else, such as belonging to an organisation.

The room that knows the reason adds it here; `accounts.User.held_roles` asks. So there is one truth about each role and
no import upwards.
"""

from collections.abc import Callable
from typing import Any

from core.access import Role

_reasons: dict[Role, Callable[[Any], bool]] = {}


def follows_from(role: Role, holds: Callable[[Any], bool]) -> None:
    """Let `holds(user)` alone decide who has this role. Called once, when the room's app is ready."""
    _reasons[role] = holds


def derived_roles(user: Any) -> frozenset[Role]:
    """The roles this active account holds without having been granted them. May ask the database."""
    return frozenset(role for role, holds in _reasons.items() if holds(user))
