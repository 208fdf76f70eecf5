"""Webhooks as administrators keep them: added, changed, switched on and off, tried out, their messages sent again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.services import record
from courier.signing import new_message, new_secret
from portal.webhooks.following import begin_to_follow
from portal.webhooks.models import Delivery, Hook
from portal.webhooks.tasks import deliver


@transaction.atomic
def save(hook: Hook, *, by: Any) -> str:
    """Add or change one; returns the key of a new one, else nothing. Switched on again, what waits goes out."""
    others = Hook.objects.active().select_for_update()
    first = hook.active and not others.exists()
    secret = ""
    if hook.pk is None:
        hook.secret = secret = new_secret()
    if hook.active:
        hook.start_afresh()
    hook.save()
    record("webhook.added" if secret else "webhook.changed", hook, by=by, changes={"events": [[], list(hook.events)]})
    if first:
        begin_to_follow()
    if hook.active:
        for number in hook.deliveries.filter(state=Delivery.State.WAITING).values_list("pk", flat=True):
            deliver.defer_anew(delivery_id=number)
    return secret


@transaction.atomic
def renew_secret(hook: Hook, *, by: Any) -> str:
    """Another key from the next message on."""
    hook.secret = secret = new_secret()
    hook.save(update_fields=["sealed_secret"])
    record("webhook.renewed", hook, by=by)
    return secret


@transaction.atomic
def delete(hook: Hook, *, by: Any) -> None:
    """Take it away with its log."""
    record("webhook.deleted", hook, by=by)
    hook.delete()


@transaction.atomic
def try_out(hook: Hook) -> Delivery:
    """Send a message that says nothing."""
    made = Delivery.objects.create(hook=hook, message=new_message(), next_try_at=timezone.now())
    deliver.defer_anew(delivery_id=made.pk)
    return made


@transaction.atomic
def resend(delivery: Delivery, *, by: Any) -> None:
    """The same message once more, with all attempts before it."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    row.go_again()
    row.save(update_fields=["state", "attempts", "next_try_at", "done_at"])
    record("webhook.resent", row.hook, by=by, changes={"message": row.message})
    deliver.defer_anew(delivery_id=row.pk)
