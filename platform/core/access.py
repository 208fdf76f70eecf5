"""Who may use which view, declared beside the view. Enforcement is in `core.middleware`; nothing here knows Django.

A view without a declaration lets nobody in, so forgetting it is noticed at once and never a hole.

What the roles may do stands in one table, `PERMISSIONS`: views say `@allow(Permission.…)`, templates and services ask
`may`, the page “Wer darf was” shows it (`core.permissions` has its words), and a test holds it against every URL.
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


class Holder(StrEnum):
    """The columns of the table of permissions: who works here. The last two hold the role PROVIDER, and what they may
    do holds for their own organisation alone (the querysets see to that)."""

    ADMIN = "admin"
    EDITOR = "editor"
    PLANNER = "planner"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"


class Permission(StrEnum):
    """What somebody may be allowed to do; the rows of the table."""

    DESK = "desk"
    REVIEW = "review"
    CONTENT = "content"
    ANSWER = "answer"
    RULES = "rules"
    SECURITY_RULES = "security_rules"
    CONTRACT = "contract"
    PEOPLE = "people"
    ACCOUNTS = "accounts"
    PROGRAMS = "programs"
    HELP = "help"
    LOG = "log"
    OFFERS = "offers"
    OWN_LIST = "own_list"
    PROFILE_SEE = "profile_see"
    PROFILE = "profile"
    MEMBERS = "members"
    HAND_OVER = "hand_over"
    LEAVE = "leave"
    OWN_ACCOUNT = "own_account"


_TOWN_HALL = frozenset({Holder.ADMIN, Holder.EDITOR})
_OWNERS = frozenset({Holder.ADMINISTRATOR, Holder.MEMBER})
PERMISSIONS: dict[Permission, frozenset[Holder]] = {
    Permission.DESK: _TOWN_HALL,
    Permission.REVIEW: _TOWN_HALL,
    Permission.CONTENT: _TOWN_HALL,
    Permission.ANSWER: _TOWN_HALL,
    Permission.RULES: _TOWN_HALL,
    Permission.SECURITY_RULES: frozenset({Holder.ADMIN}),
    Permission.CONTRACT: frozenset({Holder.ADMIN}),
    Permission.PEOPLE: _TOWN_HALL,
    Permission.ACCOUNTS: frozenset({Holder.ADMIN}),
    Permission.PROGRAMS: frozenset({Holder.ADMIN}),
    Permission.HELP: _TOWN_HALL,
    Permission.LOG: _TOWN_HALL,
    Permission.OFFERS: _TOWN_HALL | _OWNERS,
    Permission.OWN_LIST: _OWNERS,
    Permission.PROFILE_SEE: _TOWN_HALL | _OWNERS,
    Permission.PROFILE: _TOWN_HALL | {Holder.ADMINISTRATOR},
    Permission.MEMBERS: _TOWN_HALL | {Holder.ADMINISTRATOR},
    Permission.HAND_OVER: frozenset({Holder.ADMINISTRATOR}),
    Permission.LEAVE: _OWNERS,
    Permission.OWN_ACCOUNT: frozenset(Holder),
}
_ROLE_OF = {
    Holder.ADMIN: Role.ADMIN,
    Holder.EDITOR: Role.EDITOR,
    Holder.PLANNER: Role.PLANNER,
    Holder.ADMINISTRATOR: Role.PROVIDER,
    Holder.MEMBER: Role.PROVIDER,
}
TENANT_ROLES = frozenset({Role.PROVIDER, Role.PLANNER, Role.EDITOR, Role.ADMIN})
PUBLIC_ROLES = frozenset({Role.OPERATOR})
_ATTRIBUTE, _HELPERS, _READ = "allowed_roles", "open_to_helpers", "read"


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that come to the door of what this permission opens."""
    return frozenset(_ROLE_OF[holder] for holder in PERMISSIONS[permission])


def allow(*wanted: Role | Permission) -> Callable[[View], View]:
    """Let these roles, or those who hold these permissions, use the view. `allow(Role.VISITOR)` opens it to the
    world."""
    if not wanted:
        raise ValueError("allow() needs at least one role; a view without a role lets nobody in.")
    roles: set[Role] = set()
    for each in wanted:
        roles |= roles_with(each) if isinstance(each, Permission) else {each}

    def declare(view: View) -> View:
        setattr(view, _ATTRIBUTE, frozenset(roles))
        return view

    return declare


def _declared(view: Callable[..., Any], attribute: str) -> Any:
    """What a view says of itself, looking through decorators and class-based views; None when it says nothing."""
    seen: set[int] = set()
    current: Any = view
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        declared = getattr(current, attribute, None)
        if declared is not None:
            return declared
        current = getattr(current, "__wrapped__", None) or getattr(current, "view_class", None)
    return None


def allowed_roles(view: Callable[..., Any]) -> frozenset[Role]:
    """The roles a view declares; empty when it declares none."""
    declared: frozenset[Role] | None = _declared(view, _ATTRIBUTE)
    return declared if declared is not None else frozenset()


def for_helpers(view: View) -> View:
    """Open to somebody who acts for a provider (`core.acting`), though it is for everybody who has an account."""
    setattr(view, _HELPERS, True)
    return view


def by_oneself(view: View) -> View:
    """Closed to somebody who acts for a provider: only the person themselves does this."""
    setattr(view, _HELPERS, False)
    return view


def changed_by_oneself(view: View) -> View:
    """Somebody who acts for a provider may look at it, and only the person themselves changes it."""
    setattr(view, _HELPERS, _READ)
    return view


def helpers_may(view: Callable[..., Any], method: str | None = "GET") -> bool:
    """Whether somebody who acts for a provider may use the view.

    Public pages and what providers do for their organisation, unless the view says `by_oneself`. What is for everybody
    with an account (password, address, sessions, own data) is closed unless it says `for_helpers`.
    """
    declared: bool | str | None = _declared(view, _HELPERS)
    if declared is None:
        return bool(allowed_roles(view) & {Role.VISITOR, Role.PROVIDER})
    return method in {"GET", "HEAD"} if declared == _READ else bool(declared)


def may(person: Any, permission: Permission) -> bool:
    """Whether somebody holds a permission; of those of providers, for some organisation (may ask the database)."""
    roles = roles_with(permission)
    if roles & getattr(person, "granted_roles", frozenset()):
        return True
    return Role.PROVIDER in roles and Role.PROVIDER in getattr(person, "held_roles", frozenset())


def is_editor(person: Any) -> bool:
    """Whether somebody decides on the texts of a municipality: its editors and administrators (active accounts)."""
    return may(person, Permission.REVIEW)


def may_enter(view: Callable[..., Any], held: Iterable[str]) -> bool:
    """True when someone holding these roles may use the view."""
    return bool(allowed_roles(view) & {Role.VISITOR, *held})
