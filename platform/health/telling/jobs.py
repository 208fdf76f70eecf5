"""Messages on their way, as jobs: sent one by one, tried again, looked after, forgotten."""

import json
from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation

from accounts.models import User
from core.access import Role
from courier import delivering
from health.models import AlertHook, AlertMessage
from jobs.declare import job
from mail.services import post_kind
from tenants.running.context import inside_public
from tenants.urls import own_address

KEEP = timedelta(days=90)


@job(atomic=False)
def deliver(message_id: int) -> None:
    """Try to send one message; if that fails, see to the next try."""
    message = delivering.begin(AlertMessage.objects.select_related("hook"), message_id, timezone.now())
    if message is None:
        return
    said = json.dumps(message.said, ensure_ascii=False).encode()
    answer = delivering.hand_over(message, said, timezone.now())
    if delivering.note(message, answer, timezone.now()):
        tell_ended.defer(hook_id=message.hook_id)
    elif message.next_try_at is not None:
        deliver.defer_anew(at=message.next_try_at, message_id=message_id)


@job()
def tell_ended(hook_id: int) -> None:
    """A mail to each operator: an address was given up."""
    hook = AlertHook.objects.filter(pk=hook_id, active=False).first()
    if hook is None:
        return
    values = {"target": hook.url, "link": f"{own_address()}betrieb/alarme/webhooks/{hook.pk}/"}
    with translation.override(settings.LANGUAGE_CODE):
        for user in User.objects.filter(is_active=True, roles__contains=[Role.OPERATOR]):
            post_kind("health_hook_ended", to=user.email, values=values)


def look_after() -> None:
    """Messages that wait without a job, because their process was killed; and old ones go."""
    with inside_public():
        for number in delivering.lost(AlertMessage.objects.all(), timezone.now()):
            deliver.defer_anew(message_id=number)
        AlertMessage.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
