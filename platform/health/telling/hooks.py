"""Programs that are told: added, changed, switched on and off, tried out; their messages (`courier`)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from courier.signing import new_message, new_secret
from health.models import AlertHook, AlertMessage
from health.telling.jobs import deliver


@transaction.atomic
def save(hook: AlertHook, *, by: Any) -> AlertHook:
    """Add or change one; switched on again, what waits goes out."""
    made = hook.pk is None
    if made:
        hook.secret = new_secret()
    if hook.active:
        hook.start_afresh()
    hook.save()
    record("alerts.hook_added" if made else "alerts.hook_changed", hook, by=by)
    if hook.active:
        for number in hook.deliveries.filter(state=AlertMessage.State.WAITING).values_list("pk", flat=True):
            deliver.defer_anew(message_id=number)
    return hook


@transaction.atomic
def delete(hook: AlertHook, *, by: Any) -> None:
    """Take it away with its log."""
    record("alerts.hook_deleted", hook, by=by)
    hook.delete()


@transaction.atomic
def tell(kind: str, data: Mapping[str, Any]) -> int:
    """Put a message in line for each active address; how many those are. `kind` is its type, as programs read it."""
    now = timezone.now()
    said = {"type": kind, "timestamp": now.isoformat(timespec="seconds"), "data": dict(data)}
    hooks = AlertHook.objects.filter(active=True)
    for hook in hooks:
        made = AlertMessage.objects.create(hook=hook, message=new_message(), next_try_at=now, said=said)
        deliver.defer_anew(message_id=made.pk)
    return len(hooks)
