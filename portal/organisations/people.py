"""Who belongs to an organisation: changing roles, removing, leaving, handing over.

Every change locks the organisation first, so that of two at once the second sees what the first did: an organisation
that has an administrator never loses its last one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.access import is_editor
from portal.organisations import letters
from portal.organisations.errors import LastAdministratorError
from portal.providers.approval import role_in
from portal.providers.models import Membership, Provider

ADMINISTRATOR, MEMBER = Membership.Role.ADMINISTRATOR, Membership.Role.MEMBER


def may_manage(provider: Provider, by: Any) -> bool:
    """Whether somebody decides on who belongs to it: its administrators, and the editors."""
    return is_editor(by) or role_in(provider, by) == ADMINISTRATOR


@contextmanager
def managed(provider: Provider, *, by: Any) -> Iterator[Provider]:
    """The organisation under its lock, for somebody who may manage its people; else PermissionDenied."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        if not may_manage(locked, by):
            raise PermissionDenied
        yield locked


def administrators_of(provider: Provider) -> Any:
    """Those who can act: an account that was closed administers nothing."""
    return Membership.objects.filter(provider=provider, role=ADMINISTRATOR, user__is_active=True)


def _keep_one(provider: Provider, leaving: Membership) -> None:
    if leaving.role != ADMINISTRATOR:
        return
    rest = administrators_of(provider).exclude(pk=leaving.pk)
    if not rest.exists():
        raise LastAdministratorError(
            _("This organisation needs somebody who is responsible. Please hand over to somebody else first.")
        )


def admit(provider: Provider, user: User, *, role: str, by: Any) -> Membership:
    """Take somebody in, or give a member more; nobody loses anything by it. The caller holds the organisation's lock.

    Where nobody is responsible, whoever comes is.
    """
    wanted = role if administrators_of(provider).exists() else ADMINISTRATOR
    membership, fresh = Membership.objects.get_or_create(provider=provider, user=user, defaults={"role": wanted})
    if not fresh and (membership.role == wanted or wanted != ADMINISTRATOR):
        return membership
    if not fresh:
        membership.role = wanted
        membership.save(update_fields=["role"])
    record("people.admit", provider, by=by, changes={"person": user.email, "role": wanted})
    return membership


def change_role(membership: Membership, role: str, *, by: Any) -> None:
    """Make somebody responsible, or no longer."""
    with managed(membership.provider, by=by) as provider:
        found = Membership.objects.select_related("user").filter(pk=membership.pk, provider=provider).first()
        if found is None or found.role == role:
            return
        _keep_one(provider, found)
        old, found.role = found.role, Membership.Role(role)
        found.save(update_fields=["role"])
        record("people.role", provider, by=by, changes={"person": found.user.email, "role": [old, role]})
        if found.user != by:
            letters.role_changed(found)


def remove(membership: Membership, *, by: Any) -> None:
    """Take somebody out of the organisation; their offers stay with it. Oneself: see `leave`."""
    with managed(membership.provider, by=by) as provider:
        found = Membership.objects.select_related("user").filter(pk=membership.pk, provider=provider).first()
        if found is None:
            return
        _keep_one(provider, found)
        found.delete()
        record("people.remove", provider, by=by, changes={"person": found.user.email})
        if found.user != by:
            letters.removed(found)


def leave(provider: Provider, *, by: User) -> None:
    """Go by oneself. The last administrator hands over first."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        found = Membership.objects.filter(provider=locked, user=by).first()
        if found is None:
            return
        _keep_one(locked, found)
        found.delete()
        record("people.leave", locked, by=by, changes={"person": by.email})


def hand_over(provider: Provider, *, to: Membership, by: User, stay: bool) -> None:
    """Make somebody of the organisation responsible and step back: to be a member, or to go."""
    with managed(provider, by=by) as locked:
        heir = (
            Membership.objects.select_related("user")
            .filter(pk=to.pk, provider=locked, user__is_active=True)
            .exclude(user=by)
            .first()
        )
        own = Membership.objects.filter(provider=locked, user=by).first()
        if heir is None or own is None:
            raise LastAdministratorError(_("Please choose somebody who belongs to the organisation."))
        if heir.role != ADMINISTRATOR:
            heir.role = ADMINISTRATOR
            heir.save(update_fields=["role"])
            letters.role_changed(heir)
        if stay:
            own.role = MEMBER
            own.save(update_fields=["role"])
        else:
            own.delete()
        record("people.hand_over", locked, by=by, changes={"person": heir.user.email, "stays": stay})


def let_members_publish(provider: Provider, *, by: Any, allowed: bool) -> None:
    """Whether members publish by themselves, or hand in to the administrators."""
    with managed(provider, by=by) as locked:
        if locked.members_may_publish != allowed:
            record("people.members_may_publish", locked, by=by, changes={"allowed": [not allowed, allowed]})
            Provider.objects.filter(pk=locked.pk).update(members_may_publish=allowed)
    provider.members_may_publish = allowed
