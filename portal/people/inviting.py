"""Inviting somebody to work for the town hall: a link of seven days, for one address, good for one person once."""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import administering
from accounts.administering import has_proved_address
from accounts.models import User
from audit.services import record
from core.access import Permission, may
from portal.organisations.errors import NotPossibleError
from portal.organisations.models import RESEND_AFTER, digest_of
from portal.people import letters, services
from portal.people.models import RoleInvitation

MOST_OPEN = 100


class Outcome(StrEnum):
    """What became of an address."""

    INVITED = "invited"
    ADDED = "added"
    HELD = "held"


def _administers(by: User) -> None:
    fresh = User.objects.filter(pk=by.pk).first()
    if fresh is None or not may(fresh, Permission.ACCOUNTS):
        raise PermissionDenied


@transaction.atomic
def invite(email: str, role: str, *, by: User) -> Outcome:
    """Ask somebody to work here. Who has an account already gets the role at once, and a mail that says so."""
    _administers(by)
    email = email.strip().lower()
    there = User.objects.filter(email=email).first()
    if there is not None:
        return _added(there, role, by=by)
    now = timezone.now()
    open_ones = RoleInvitation.objects.select_for_update().filter(state=RoleInvitation.State.OPEN)
    found = open_ones.filter(email=email).first()
    if found is None and RoleInvitation.objects.open(now).count() >= MOST_OPEN:
        raise NotPossibleError(_("There are many open invitations already. Please withdraw some first."))
    if found is None or found.role != role or found.created_at <= now - RESEND_AFTER:
        _written(found or RoleInvitation(email=email), role, by=by)
    return Outcome.INVITED


def _added(person: User, role: str, *, by: User) -> Outcome:
    if not person.is_active:
        raise NotPossibleError(
            _("The account of %(email)s is deactivated. Please reactivate it first.") % {"email": person.email}
        )
    if not has_proved_address(person):
        # Anybody can begin an account with somebody else's address: a role must not wait in it.
        raise NotPossibleError(
            _("%(email)s has begun an account and not confirmed the address yet. Please invite again afterwards.")
            % {"email": person.email}
        )
    return Outcome.ADDED if services.add_role(person, role, by=by) else Outcome.HELD


def _written(invitation: RoleInvitation, role: str, *, by: User) -> None:
    invitation.role = role
    token = invitation.renew(by)
    invitation.save()
    record("account.invited", invitation, by=by, changes={"role": [None, role]})
    letters.invited(invitation, token)


@transaction.atomic
def invite_again(invitation: RoleInvitation, *, by: User) -> Outcome:
    """A new link for the same address and role; the old one ends."""
    _administers(by)
    if RoleInvitation.objects.filter(pk=invitation.pk, state=RoleInvitation.State.OPEN).first() is None:
        raise NotPossibleError(_("This invitation is not open any more."))
    return invite(invitation.email, invitation.role, by=by)


@transaction.atomic
def withdraw(invitation: RoleInvitation, *, by: User) -> bool:
    """The link ends; twice is once."""
    _administers(by)
    changed = RoleInvitation.objects.filter(pk=invitation.pk, state=RoleInvitation.State.OPEN).update(
        state=RoleInvitation.State.WITHDRAWN
    )
    if changed:
        record("account.uninvited", invitation, by=by)
    return bool(changed)


def invitation_of(token: str) -> RoleInvitation | None:
    """The invitation a link belongs to, whatever became of it; None for a link that was never sent from here."""
    return RoleInvitation.objects.select_related("invited_by").filter(digest=digest_of(token)).first()


@transaction.atomic
def accept(invitation: RoleInvitation, *, by: User) -> None:
    """Take the role. Only the owner of the address may; twice is once."""
    if by.email.lower() != invitation.email or not by.is_active:
        raise PermissionDenied
    locked = RoleInvitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.state == RoleInvitation.State.ACCEPTED and locked.role in by.roles:
        return
    now = timezone.now()
    if not RoleInvitation.objects.open(now).filter(pk=locked.pk).exists():
        raise NotPossibleError(_("This invitation has ended. Please ask for a new one."))
    # In the name of whoever invited: their right to do so was asked then.
    administering.add_role(by, locked.role, by=f"invitation {locked.pk}")
    locked.state, locked.accepted_at = RoleInvitation.State.ACCEPTED, now
    locked.save(update_fields=["state", "accepted_at"])
    record("account.invitation_accepted", locked, by=by, changes={"role": [None, locked.role]})
