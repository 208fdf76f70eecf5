"""Asking to belong to an organisation: its administrators decide, the editors where it has none."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from portal.organisations import letters
from portal.organisations.errors import NotPossibleError
from portal.organisations.models import JoinRequest
from portal.organisations.people import MEMBER, admit, managed
from portal.providers.models import Membership, Provider
from portal.revisions.errors import LONGEST_REASON


def ask(provider: Provider, *, by: User) -> JoinRequest | None:
    """Ask to join; None for whoever belongs to it already. Asked twice is asked once."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().public().filter(pk=provider.pk).first()
        if locked is None:
            raise NotPossibleError(_("This organisation is not in the portal any more."))
        if Membership.objects.filter(provider=locked, user=by).exists():
            return None
        request, fresh = JoinRequest.objects.get_or_create(provider=locked, user=by, state=JoinRequest.State.WAITING)
        if fresh:
            record("join.ask", locked, by=by, changes={"person": by.email})
            letters.asked(request)
        return request


def accept(request: JoinRequest, *, by: Any) -> None:
    """Take somebody in who asked."""
    with managed(request.provider, by=by) as provider:
        found = _undecided(request, provider, JoinRequest.State.ACCEPTED)
        if found is None:
            return
        _decide(found, JoinRequest.State.ACCEPTED, by=by)
        admit(provider, found.user, role=MEMBER, by=by)
        letters.accepted(found)


def refuse(request: JoinRequest, *, by: Any, reason: str) -> None:
    """Say no, and why."""
    reason = reason.strip()
    if not reason:
        raise NotPossibleError(_("Please write why. It goes by mail to whoever asked."))
    if len(reason) > LONGEST_REASON:
        raise NotPossibleError(_("Please shorten the reason to 2000 characters."))
    with managed(request.provider, by=by) as provider:
        found = _undecided(request, provider, JoinRequest.State.REFUSED)
        if found is None:
            return
        found.reason = reason
        _decide(found, JoinRequest.State.REFUSED, by=by)
        letters.refused(found)


def withdraw(request: JoinRequest, *, by: User) -> None:
    """Take one's own request back."""
    if request.user_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        provider = Provider.objects.select_for_update().get(pk=request.provider_id)
        found = _undecided(request, provider, JoinRequest.State.WITHDRAWN)
        if found is not None:
            _decide(found, JoinRequest.State.WITHDRAWN, by=by)


def _undecided(request: JoinRequest, provider: Provider, wanted: str) -> JoinRequest | None:
    """The request as it is now; None where it was decided so already. Decided otherwise: NotPossibleError."""
    found = JoinRequest.objects.select_related("user", "provider").get(pk=request.pk, provider=provider)
    if found.state == JoinRequest.State.WAITING:
        return found
    if found.state == wanted:
        return None
    raise NotPossibleError(_("This request was decided meanwhile: %(state)s.") % {"state": found.get_state_display()})


def _decide(request: JoinRequest, state: JoinRequest.State, *, by: Any) -> None:
    request.state, request.decided_at = state, timezone.now()
    request.decided_by = by if isinstance(by, User) else None
    request.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(f"join.{state}", request.provider, by=by, changes={"person": request.user.email})
