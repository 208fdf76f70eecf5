"""Changing accounts as an administrator, with the mail that tells whom it concerns; all in one transaction each."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts import administering
from accounts.models import User
from portal.people import letters


@transaction.atomic
def change_roles(person: User, roles: Iterable[str], *, by: Any) -> bool:
    """Give somebody these roles of the town hall and no others; whether that changed anything."""
    changed = administering.change_roles(person, roles, by=by)
    if changed and person.is_active and person != by:
        letters.roles_changed(person)
    return changed


@transaction.atomic
def add_role(person: User, role: str, *, by: Any) -> bool:
    """Give somebody who is here already one more role."""
    changed = administering.add_role(person, role, by=by)
    if changed and person.is_active and person != by:
        letters.roles_changed(person)
    return changed


@transaction.atomic
def deactivate(person: User, *, by: Any) -> bool:
    """Let somebody in no longer, from this moment on."""
    changed = administering.deactivate(person, by=by)
    if changed:
        letters.deactivated(person)
    return changed


@transaction.atomic
def reactivate(person: User, *, by: Any) -> bool:
    """Let somebody in again."""
    changed = administering.reactivate(person, by=by)
    if changed:
        letters.reactivated(person)
    return changed


@transaction.atomic
def reset_second_factor(person: User, *, by: Any) -> int:
    """Take somebody's second factors away, end their sessions and tell them; how many there were."""
    number = administering.reset_second_factor(person, by=by)
    letters.factor_reset(person)
    return number


@transaction.atomic
def end_sessions(person: User, *, by: Any) -> int:
    """Sign somebody out everywhere and tell them; of how many devices."""
    number = administering.end_sessions(person, by=by)
    if number and person != by:
        letters.signed_out(person)
    return number
