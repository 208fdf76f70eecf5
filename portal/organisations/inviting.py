"""Inviting somebody by mail: a link of seven days, for one address, good for one person once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from portal.organisations import letters
from portal.organisations.errors import NotPossibleError
from portal.organisations.models import CLOSED, RESEND_AFTER, Invitation, JoinRequest, digest_of
from portal.organisations.people import admit, managed
from portal.providers.models import Membership, Provider

# A club's board and then some; more at once is somebody's list of addresses.
MOST_OPEN = 50


def invite(provider: Provider, email: str, *, role: str, by: Any) -> Invitation:
    """Ask somebody to join. Asked again, they get a new link with the new role, and the old one ends."""
    email = email.strip().lower()
    with managed(provider, by=by) as locked:
        if locked.state in CLOSED:
            raise NotPossibleError(_("This organisation is put away: nobody can join it."))
        if Membership.objects.filter(provider=locked, user__email=email).exists():
            raise NotPossibleError(_("%(email)s belongs to the organisation already.") % {"email": email})
        return _written(locked, email, role, by=by)


def _written(provider: Provider, email: str, role: str, *, by: Any) -> Invitation:
    now = timezone.now()
    open_ones = Invitation.objects.filter(provider=provider, state=Invitation.State.OPEN)
    found = open_ones.filter(email=email).first()
    if found is None and open_ones.filter(expires_at__gt=now).count() >= MOST_OPEN:
        raise NotPossibleError(_("There are many open invitations already. Please withdraw some first."))
    if found is not None and found.role == role and found.created_at > now - RESEND_AFTER:
        return found
    invitation = found or Invitation(provider=provider, email=email)
    invitation.role = role
    token = invitation.renew(by)
    invitation.save()
    record("people.invite", provider, by=by, changes={"person": email, "role": role})
    letters.invited(invitation, token)
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Any) -> None:
    """The link ends."""
    with managed(invitation.provider, by=by) as provider:
        changed = Invitation.objects.filter(pk=invitation.pk, provider=provider, state=Invitation.State.OPEN).update(
            state=Invitation.State.WITHDRAWN
        )
        if changed:
            record("people.uninvite", provider, by=by, changes={"person": invitation.email})


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link belongs to, whatever became of it; None for a link that was never sent from here."""
    found = Invitation.objects.select_related("provider", "invited_by").filter(digest=digest_of(token))
    return found.first()


def accept(invitation: Invitation, *, by: User) -> Membership:
    """Join as invited. Only the owner of the address may; twice is once."""
    if by.email.lower() != invitation.email or not by.is_active:
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        provider = Provider.objects.select_for_update().get(pk=invitation.provider_id)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        own = Membership.objects.filter(provider=provider, user=by).first()
        if locked.state == Invitation.State.ACCEPTED and own is not None:
            return own
        if not Invitation.objects.open(now).filter(pk=locked.pk).exists():
            raise NotPossibleError(_("This invitation has ended. Please ask for a new one."))
        membership = admit(provider, by, role=locked.role, by=by)
        locked.state, locked.accepted_at = Invitation.State.ACCEPTED, now
        locked.save(update_fields=["state", "accepted_at"])
        waiting = JoinRequest.objects.filter(provider=provider, user=by, state=JoinRequest.State.WAITING)
        waiting.update(state=JoinRequest.State.ACCEPTED, decided_at=now, decided_by=locked.invited_by)
        record("people.accept", provider, by=by, changes={"person": by.email, "role": membership.role})
        return membership
