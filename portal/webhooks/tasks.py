"""Messages as jobs: made after a change, sent one by one, looked after every ten minutes, forgotten at night."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User
from core.access import Role
from courier import delivering
from jobs.declare import job
from mail.services import post_kind
from portal.offers.models import Offer
from portal.webhooks import following
from portal.webhooks.models import Delivery, Hook, Told
from portal.webhooks.payloads import body
from tenants.running.context import each, each_kept
from tenants.urls import own_address

KEEP = timedelta(days=90)


@job()
def follow() -> None:
    """Make messages of what changed."""
    made, more = following.follow(timezone.now())
    deliver.defer_many([{"delivery_id": row.pk} for row in made])
    if more:
        follow.defer()


@job(atomic=False)
def deliver(delivery_id: int) -> None:
    """Try to send one message; if that fails, see to the next try."""
    messages = Delivery.objects.select_related("hook")
    delivery = delivering.begin(messages, delivery_id, timezone.now())
    if delivery is None:
        return
    answer = delivering.hand_over(delivery, body(delivery), timezone.now())
    if delivering.note(delivery, answer, timezone.now()):
        tell_ended.defer(hook_id=delivery.hook_id)
    elif delivery.next_try_at is not None:
        deliver.defer_anew(at=delivery.next_try_at, delivery_id=delivery_id)


@job()
def tell_ended(hook_id: int) -> None:
    """A mail to each administrator: an address was given up."""
    hook = Hook.objects.filter(pk=hook_id, active=False).first()
    if hook is None:
        return
    values = {"target": hook.url, "link": f"{own_address()}redaktion/webhooks/{hook.pk}/"}
    for user in User.objects.filter(is_active=True, roles__contains=[Role.ADMIN]):
        post_kind("webhook_ended", to=user.email, values=values)


def look_here() -> None:
    """Whatever no job waits for: changes nobody told of, ends by the clock, messages whose process was killed."""
    if not Hook.objects.active().exists():
        return
    follow.defer_once()
    for number in delivering.lost(Delivery.objects.all(), timezone.now()):
        deliver.defer_anew(delivery_id=number)


@app.periodic(cron="*/10 * * * *")
@app.task(name="portal.webhooks.look", queueing_lock="portal.webhooks.look")
def look(timestamp: int) -> None:
    """Every ten minutes, in each municipality."""
    for _municipality in each():
        look_here()


@app.periodic(cron="17 4 * * *")
@app.task(name="portal.webhooks.tidy", queueing_lock="portal.webhooks.tidy")
def tidy(timestamp: int) -> None:
    """Every night: forget what was told long ago."""
    for _municipality in each_kept():
        long_ago = timezone.now() - KEEP
        Delivery.objects.filter(created_at__lt=long_ago).delete()
        Told.objects.filter(public=False, moment__lt=long_ago).exclude(offer__in=Offer.objects.values("pk")).delete()
