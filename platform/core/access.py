"""Who may use which view, declared beside the view. Enforcement is in `core.middleware`; nothing here knows Django.

A view without a declaration lets nobody in, so forgetting it is noticed at once and never a hole.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """Everybody who can stand at the door. A signed-in person may hold several roles; everyone is a visitor."""

    VISITOR = "visitor"
    SIGNED_IN = "signed_in"
    PROVIDER = "provider"
    PLANNER = "planner"
    EDITOR = "editor"
    ADMIN = "admin"
    OPERATOR = "operator"


TENANT_ROLES = frozenset({Role.PROVIDER, Role.PLANNER, Role.EDITOR, Role.ADMIN})
PUBLIC_ROLES = frozenset({Role.OPERATOR})
_ATTRIBUTE = "allowed_roles"


def allow(*roles: Role) -> Callable[[View], View]:
    """Let these roles use the view. `allow(Role.VISITOR)` opens it to the world."""
    if not roles:
        raise ValueError("allow() needs at least one role; a view without a role lets nobody in.")

    def declare(view: View) -> View:
        setattr(view, _ATTRIBUTE, frozenset(roles))
        return view

    return declare


def allowed_roles(view: Callable[..., Any]) -> frozenset[Role]:
    """The roles a view declares, looking through decorators and class-based views; empty when it declares none."""
    seen: set[int] = set()
    current: Any = view
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        declared: frozenset[Role] | None = getattr(current, _ATTRIBUTE, None)
        if declared is not None:
            return declared
        current = getattr(current, "__wrapped__", None) or getattr(current, "view_class", None)
    return frozenset()


def is_editor(person: Any) -> bool:
    """Whether somebody decides on the texts of a municipality: its editors and administrators (active accounts)."""
    return bool(getattr(person, "granted_roles", frozenset()) & {Role.EDITOR, Role.ADMIN})


def may_enter(view: Callable[..., Any], held: Iterable[str]) -> bool:
    """True when someone holding these roles may use the view."""
    return bool(allowed_roles(view) & {Role.VISITOR, *held})
