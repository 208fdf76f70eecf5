"""Webhooks as people keep them: added, changed, switched on and off, tried out, their messages sent again."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.services import record
from courier.signing import new_message, new_secret
from tenants.running.context import inside_public
from tracker.channels.models import Delivery, Hook
from tracker.channels.tasks import deliver
from tracker.tickets.models import Viewer


def hooks_of(viewer: Viewer) -> QuerySet[Hook]:
    """Those of the viewer's municipality, or the operator's own."""
    if viewer.is_operator:
        return Hook.objects.filter(participant__isnull=True)
    return Hook.objects.filter(participant=viewer.participant) if viewer.participant else Hook.objects.none()


@transaction.atomic
def save(hook: Hook, *, by: Viewer) -> Hook:
    """Add or change one; switched on again, what waits goes out."""
    made = hook.pk is None
    if made:
        hook.participant, hook.secret = by.participant, new_secret()
    if hook.active:
        hook.start_afresh()
    hook.save()
    record("channels.hook_added" if made else "channels.hook_changed", hook, by=by.user)
    if hook.active:
        _queue(hook.deliveries.filter(state=Delivery.State.WAITING).values_list("pk", flat=True))
    return hook


@transaction.atomic
def delete(hook: Hook, *, by: Viewer) -> None:
    """Take it away with its log."""
    record("channels.hook_deleted", hook, by=by.user)
    hook.delete()


@transaction.atomic
def try_out(hook: Hook) -> Delivery:
    """Send a message that says nothing."""
    made = Delivery.objects.create(hook=hook, message=new_message(), next_try_at=timezone.now())
    _queue([made.pk])
    return made


@transaction.atomic
def resend(delivery: Delivery, *, by: Viewer) -> None:
    """The same message once more, with all attempts before it."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    row.go_again()
    row.save(update_fields=["state", "attempts", "next_try_at", "done_at"])
    record("channels.resent", delivery.hook, by=by.user, changes={"message": delivery.message})
    _queue([row.pk])


def _queue(numbers: Iterable[int]) -> None:
    with inside_public():
        for number in numbers:
            deliver.defer_anew(delivery_id=number)
