"""Mails, messages and warnings, as jobs."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User
from core.access import Role
from jobs.declare import job
from mail.services import post_kind
from tenants.running.context import inside, inside_public
from tenants.urls import own_address
from tracker.channels import telling, tidying, warnings
from tracker.channels.models import Hook, Notice
from tracker.channels.outgoing import delivering
from tracker.tickets.models import Participant

log = logging.getLogger(__name__)


@job()
def tell_people() -> None:
    """Write the mails that are due where we are."""
    telling.tell_due(timezone.now())


@job(atomic=False)
def deliver(delivery_id: int) -> None:
    """Try to send one message of a webhook; if that fails, see to the next try."""
    delivery = delivering.begin(delivery_id, timezone.now())
    if delivery is None:
        return
    answer = delivering.hand_over(delivery, timezone.now())
    given_up = delivering.note(delivery, answer, timezone.now())
    if given_up:
        _tell_end(delivery.hook)
    elif delivery.next_try_at is not None:
        deliver.defer_anew(at=delivery.next_try_at, delivery_id=delivery_id)


def _tell_end(hook: Hook) -> None:
    """Say it to those who keep webhooks there."""
    town = hook.participant.municipality if hook.participant else None
    with inside(town) if town is not None else inside_public():
        tell_webhook_ended.defer(hook_id=hook.pk)


@job(stays=True)
def tell_webhook_ended(hook_id: int) -> None:
    """A mail to each administrator (on the operator's side: operator)."""
    hook = Hook.objects.filter(pk=hook_id).first()
    if hook is None or hook.active:
        return
    part, role = ("plattform", Role.ADMIN) if hook.participant_id else ("betrieb", Role.OPERATOR)
    values = {"target": hook.url, "link": f"{own_address()}{part}/webhooks/{hook.pk}/"}
    for user in User.objects.filter(is_active=True, roles__contains=[role]):
        post_kind("tracker_webhook_ended", to=user.email, values=values)


@job()
def warn_operators() -> None:
    """On the operator's side: which due times end soon or are over."""
    warnings.warn()


def look_for_waiting() -> None:
    """Jobs for mails that are due and messages that wait without one."""
    now = timezone.now()
    with inside_public():
        due = Notice.objects.filter(sent_at=None, due_at__lte=now)
        waiting = set(due.order_by().values_list("participant", flat=True).distinct())
        if None in waiting:
            tell_people.defer_once()
        for number in delivering.lost(now):
            deliver.defer_anew(delivery_id=number)
        there = Participant.objects.filter(pk__in=[each for each in waiting if each is not None]).select_related(
            "municipality"
        )
        towns = [each.municipality for each in there if each.municipality is not None]
    for town in towns:
        with inside(town):
            tell_people.defer_once()


@app.periodic(cron="*/10 * * * *")
@app.task(name="tracker.channels.look", queueing_lock="tracker.channels.look")
def look(timestamp: int) -> None:
    """Every ten minutes: digests whose time has come, and whatever was left lying."""
    look_for_waiting()


@app.periodic(cron="15 5 * * 1-5")
@app.task(name="tracker.channels.warn", queueing_lock="tracker.channels.warn")
def warn(timestamp: int) -> None:
    """Every working morning."""
    with inside_public():
        warn_operators.defer_once()


@app.periodic(cron="27 4 * * *")
@app.task(name="tracker.channels.tidy", queueing_lock="tracker.channels.tidy")
def tidy(timestamp: int) -> None:
    """Every night: forget what was told long ago."""
    with inside_public():
        tidying.forget(timezone.now())
