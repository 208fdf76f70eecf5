"""Registering: the wish is kept until the address is proved, then it becomes an organisation or a request to join."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.services import record
from portal.organisations import joining, letters
from portal.organisations.errors import NotPossibleError
from portal.organisations.models import (
    CONFIRM_WITHIN,
    KEEP_INVITATIONS,
    KEEP_REQUESTS,
    Invitation,
    JoinRequest,
    Registration,
)
from portal.organisations.people import ADMINISTRATOR
from portal.preferences.models import Preferences
from portal.providers import editing
from portal.providers.kind import KIND, NAME
from portal.providers.models import Membership, Provider, State
from portal.providers.services import enter_state
from portal.revisions import bulk
from portal.revisions.models import Desk, Revision
from portal.revisions.models import State as RevisionState
from portal.revisions.signals import Event


def remember(user: User, *, name: str = "", provider: Provider | None = None) -> Registration:
    """Keep what somebody wants until their address is proved."""
    return Registration.objects.create(user=user, name=name, provider=provider, created_at=timezone.now())


def fulfil(user: User) -> Provider | JoinRequest | None:
    """The address is proved: make what was wished for. Twice is once."""
    with transaction.atomic():
        wish = Registration.objects.select_for_update(of=("self",)).select_related("provider").filter(user=user).first()
        if wish is None:
            return None
        wish.delete()
        if wish.provider is None:
            return found(wish.name, by=user)
        try:
            return joining.ask(wish.provider, by=user)
        except NotPossibleError:
            # It left the portal meanwhile; the person finds the way to another one on their page.
            return None


def found(name: str, *, by: User) -> Provider:
    """A new organisation with its first administrator; it waits for the editors from the beginning."""
    with transaction.atomic():
        provider = editing.start({"name": name}, by=by)
        Membership.objects.create(provider=provider, user=by, role=ADMINISTRATOR)
        hand_in(provider, by=by)
        letters.registered(provider, by=by)
    return provider


def hand_in(provider: Provider, *, by: Any, name: str = "") -> None:
    """Let the editors decide whether this organisation belongs here, by its name alone: that the profile is complete
    is asked of its own texts. Where it waits already nothing happens."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        if locked.state != State.DRAFT:
            return
        content = {**KIND.take(locked), "name": name or locked.name}
        KIND.apply(locked, content, None)
        bulk.let_wait(
            KIND, {locked.pk: content}, by=by, desks={locked.pk: Desk.EDITORS}, rows={locked.pk: KIND.take(locked)}
        )
        returned = editing.returned_to(locked)
        if returned is not None:
            editing.put_aside(returned, by=by)
        enter_state(locked, State.SUBMITTED, by=by)
        record("register", locked, by=by, changes={"name": content["name"]})


def let_register(*, allowed: bool, by: Any) -> None:
    """Open or close the registration of the municipality."""
    with transaction.atomic():
        preferences = Preferences.objects.select_for_update().get(pk=Preferences.load().pk)
        if preferences.registration_open == allowed:
            return
        preferences.registration_open = allowed
        preferences.save(update_fields=["registration_open"])
        record("registration.open", preferences, by=by, changes={"open": [not allowed, allowed]})


def is_first_word(revision: Revision, event: Event) -> bool:
    """Whether somebody decided on an organisation that was never public: then its founder gets the mail of this room,
    and none on the text of its profile."""
    decided = event in {Event.APPLIED, Event.RETURNED} and revision.decided_by_id is not None
    if revision.kind != NAME or not decided or revision.submitted_at is None:
        return False
    if revision.decided_by_id == revision.author_id:
        return False
    if event == Event.RETURNED:
        return Provider.objects.filter(pk=revision.subject_id, published_at__isnull=True).exists()
    earlier = Revision.objects.of(NAME, revision.subject_id).filter(state=RevisionState.APPLIED).exclude(pk=revision.pk)
    return not earlier.exists()


def purge(now: datetime) -> int:
    """Forget those who registered and never proved their address; return how many accounts went."""
    gone = 0
    for pk in list(Registration.objects.filter(created_at__lt=now - CONFIRM_WITHIN).values_list("pk", flat=True)):
        with transaction.atomic():
            wish = Registration.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if wish is not None and (user := _only_registered(wish.user_id)) is not None:
                user.delete()
                gone += 1
    return gone


def forget_settled(now: datetime) -> int:
    """Addresses of people who were invited, and answers to those who asked, are not kept for ever."""
    invitations = Invitation.objects.filter(expires_at__lt=now - KEEP_INVITATIONS)
    answered = JoinRequest.objects.exclude(state=JoinRequest.State.WAITING)
    return int(invitations.delete()[0] + answered.filter(decided_at__lt=now - KEEP_REQUESTS).delete()[0])


def _only_registered(pk: int) -> User | None:
    """The account, if nothing is known of it but its registration."""
    proved = Q(emailaddress__verified=True)
    something_else = Q(memberships__isnull=False) | Q(join_requests__isnull=False)
    strangers = User.objects.exclude(proved).exclude(something_else)
    return strangers.filter(pk=pk, last_login__isnull=True, roles=[]).first()
