"""What administrators do with accounts: roles, closing and opening, second factors, sessions.

A municipality that has an administrator never loses its last one. Every change that could do that locks the rows of
all administrators first, in one order, so that of two at once the second sees what the first did.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.acting import finish_all_of
from accounts.models import GRANTED, User
from audit.services import record
from core.access import Permission, Role, may
from core.lazy import lazy

if TYPE_CHECKING:
    from allauth.account import models as addresses
    from allauth.mfa import models as mfa
    from allauth.usersessions import models as usersessions
else:
    addresses = lazy("allauth.account.models")
    mfa, usersessions = lazy("allauth.mfa.models"), lazy("allauth.usersessions.models")

# In a municipality; operators are made on their own side.
TOWN_ROLES = tuple(role for role in GRANTED if role is not Role.OPERATOR)


class LastAdministratorError(Exception):
    """Nobody would be left who could let others in; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            _("There must be somebody with the role “Administration”. Please give it to somebody else first.")
        )


def administrators() -> Any:
    """Those who can act."""
    return User.objects.filter(roles__contains=[Role.ADMIN.value], is_active=True).order_by("pk")


def keep_an_administrator(leaving: User) -> None:
    """Raise LastAdministratorError where nobody but this person administers. Inside a transaction: locks the rows."""
    rest = {each.pk for each in administrators().select_for_update().order_by("pk")}
    if rest == {leaving.pk}:
        raise LastAdministratorError


def is_last_administrator(person: User) -> bool:
    """Whether the town depends on this person alone; to say so beforehand."""
    return (
        person.is_active
        and Role.ADMIN in person.roles
        and set(administrators().values_list("pk", flat=True)) == {person.pk}
    )


def _locked(person: User, by: Any) -> User:
    """The account as it is now, for somebody who (still) administers: the order of the locks is the same for all."""
    list(administrators().select_for_update().order_by("pk"))
    if isinstance(by, User):
        fresh = User.objects.filter(pk=by.pk).first()
        if fresh is None or not may(fresh, Permission.ACCOUNTS):
            raise PermissionDenied
    return User.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def change_roles(person: User, roles: Iterable[str], *, by: Any) -> bool:
    """Give somebody these roles of the town hall and no others; whether that changed anything."""
    wanted = [role.value for role in TOWN_ROLES if role in set(roles)]
    found = _locked(person, by)
    before = [role.value for role in TOWN_ROLES if role in found.roles]
    if before == wanted:
        return False
    if Role.ADMIN in before and Role.ADMIN not in wanted:
        keep_an_administrator(found)
    found.roles = wanted
    found.save(update_fields=["roles", "updated_at"])
    # Whoever has a role now is no longer just a provider; whoever has none any more cannot help.
    finish_all_of(found)
    record("account.roles", found, by=by, changes={"roles": [before, wanted]})
    person.roles = wanted
    return True


@transaction.atomic
def add_role(person: User, role: str, *, by: Any) -> bool:
    """Give somebody one more."""
    current = User.objects.get(pk=person.pk).roles
    return change_roles(person, {*current, role}, by=by)


@transaction.atomic
def deactivate(person: User, *, by: Any) -> bool:
    """Let somebody in no longer, from this moment on. Their texts, memberships and history stay."""
    found = _locked(person, by)
    if not found.is_active:
        return False
    keep_an_administrator(found)
    found.is_active = False
    found.save(update_fields=["is_active", "updated_at"])
    finish_all_of(found)
    _end_sessions(found)
    record("account.deactivated", found, by=by, changes={"active": [True, False]})
    person.is_active = False
    return True


@transaction.atomic
def reactivate(person: User, *, by: Any) -> bool:
    """Let somebody in again, with what they had."""
    found = _locked(person, by)
    if found.is_active:
        return False
    found.is_active = True
    found.save(update_fields=["is_active", "updated_at"])
    record("account.reactivated", found, by=by, changes={"active": [False, True]})
    person.is_active = True
    return True


@transaction.atomic
def reset_second_factor(person: User, *, by: Any) -> int:
    """Take somebody's second factors away and end their sessions; how many there were. Make sure that it is them."""
    found = _locked(person, by)
    rows = list(mfa.Authenticator.objects.filter(user_id=found.pk))
    for row in rows:
        # Not the person's own doing (accounts.receivers).
        row.taken_away = True
        row.delete()
    number = len(rows)
    _end_sessions(found)
    record("account.second_factor_reset", found, by=by, changes={"removed": number})
    return number


@transaction.atomic
def end_sessions(person: User, *, by: Any) -> int:
    """Sign somebody out everywhere; of how many devices."""
    found = _locked(person, by)
    number = _end_sessions(found)
    if number:
        record("account.sessions_ended", found, by=by, changes={"ended": number})
    return number


def _end_sessions(person: User) -> int:
    rows = list(usersessions.UserSession.objects.filter(user_id=person.pk))
    for row in rows:
        row.end()
    return len(rows)


def has_proved_address(person: User) -> bool:
    """Whether the account is the owner's of the address: anybody can begin one with it."""
    return bool(addresses.EmailAddress.objects.filter(user_id=person.pk, email=person.email, verified=True).exists())
