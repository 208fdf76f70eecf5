"""What happens to providers."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from portal.providers.models import Provider, State, check_transition


def change_state(provider: Provider, state: State, *, by: Any, reason: str = "") -> None:
    """Move a profile to another state if that is allowed, and note who did it."""
    with transaction.atomic():
        locked = Provider.objects.select_for_update().get(pk=provider.pk)
        check_transition(locked.state, state)
        enter_state(locked, state, by=by, reason=reason)
    provider.state, provider.state_reason, provider.published_at = locked.state, reason, locked.published_at


def enter_state(locked: Provider, state: State, *, by: Any, reason: str = "") -> None:
    """Write another state to a locked row and note who did it; whether that is allowed, the caller has found out."""
    old = locked.state
    locked.state = state
    locked.state_reason = reason
    if state == State.PUBLISHED:
        locked.published_at = timezone.now()
    locked.save(update_fields=["state", "state_reason", "published_at", "updated_at"])
    record("state", locked, by=by, changes={"state": [old, state]})
