"""What happens to providers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.access import is_editor
from core.programs import Program
from core.states import Actor
from portal.providers.models import Membership, Provider
from portal.providers.states import MACHINE, State
from tenants.running.context import PUBLIC, current_schema

_ACTORS = {Membership.Role.ADMINISTRATOR: Actor.OWNER, Membership.Role.MEMBER: Actor.MEMBER}


def is_provider(user: User) -> bool:
    """Whether this account belongs to a provider that is not archived. On the operator's side there are none."""
    return current_schema() != PUBLIC and Membership.objects.of(user).exists()


def actors_of(by: Any, provider: Provider, *, trusted: bool = False) -> frozenset[Actor]:
    """In which capacities somebody acts on a provider and its offers: a user, a program, or the name of a command (or
    None).

    `trusted` says that the municipality asks this provider's people for no approval; it makes nobody one of them.
    """
    if by is None or isinstance(by, str):
        return frozenset({Actor.SYSTEM})
    if isinstance(by, Program):
        return frozenset({Actor.OWNER} if by.acts_for(provider.pk) else ())
    if is_editor(by):
        return frozenset({Actor.EDITOR})
    roles = Membership.objects.filter(provider=provider, user=by).values_list("role", flat=True)
    own = {_ACTORS[Membership.Role(role)] for role in roles}
    return frozenset(own | ({Actor.TRUSTED} if own and trusted else set()))


def change_state(provider: Provider, state: State, *, by: Any, reason: str = "", trusted: bool = False) -> None:
    """Move a profile to another state, and note who did it.

    Raises ValidationError where that step does not exist, PermissionDenied where it is somebody else's. When it was
    first public stays: what comes back is not new.
    """
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        refuse_merged(locked)
        MACHINE.check(locked.state, state, actors_of(by, locked, trusted=trusted))
        enter_state(locked, state, by=by, reason=reason)
    for name in ("state", "state_reason", "published_at", "taken_down_at"):
        setattr(provider, name, getattr(locked, name))


def refuse_merged(locked: Provider) -> None:
    """What was merged into another entry stays put away: its address leads there for ever."""
    if locked.merged_into is not None:
        raise ValidationError(_("This entry was merged into another one and stays put away."))


def enter_state(locked: Provider, state: State, *, by: Any, reason: str = "") -> None:
    """Write another state to a locked row and note who did it; whether that is allowed, the caller has found out."""
    old = locked.state
    locked.state = state
    locked.state_reason = reason
    if state == State.PUBLISHED:
        locked.published_at = locked.published_at or timezone.now()
        locked.taken_down_at = None
    elif state == State.BLOCKED:
        # From now on it counts as never public, also when it is archived afterwards.
        locked.taken_down_at = timezone.now()
    locked.save(update_fields=["state", "state_reason", "published_at", "taken_down_at", "updated_at"])
    record("state", locked, by=by, changes={"state": [old, state]})
