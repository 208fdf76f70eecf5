"""What happens to providers."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from portal.providers.models import Membership, Provider, State, check_transition
from tenants.running.context import PUBLIC, current_schema


def is_provider(user: User) -> bool:
    """Whether this account belongs to a provider that is not archived. On the operator's side there are none."""
    return current_schema() != PUBLIC and Membership.objects.of(user).exists()


def change_state(provider: Provider, state: State, *, by: Any, reason: str = "") -> None:
    """Move a profile to another state if that is allowed, and note who did it."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        check_transition(locked.state, state)
        old = locked.state
        locked.state = state
        locked.state_reason = reason
        if state == State.PUBLISHED:
            locked.published_at = timezone.now()
        locked.save()
        record("state", locked, by=by, changes={"state": [old, state]})
    provider.state, provider.state_reason, provider.published_at = locked.state, reason, locked.published_at
