"""The nightly work: one job a municipality, which writes no mail itself; jobs of a handful of people each do."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.preferences.models import Preferences
from portal.upkeep import digests, stepping
from portal.upkeep.planning import tonight
from portal.upkeep.sending import send_tonight
from tenants.running.context import each_kept, is_live

A_JOB = 50
logger = logging.getLogger(__name__)


@job()
def write_some(addresses: list[str]) -> None:
    """The reminders of some people; killed half-way, none of them was written."""
    send_tonight(addresses)


@job()
def sum_up_some(users: list[int]) -> None:
    """The summaries of some people."""
    digests.send(users)


@job()
def look_here() -> None:
    """Everything of one night, in this municipality. Twice is as good as once."""
    now = timezone.now()
    for part in (stepping.settle, stepping.end_due, stepping.forget):
        _tried(part, now)
    if is_live():
        for part in (_step, _remind, _sum_up):
            _tried(part, now)


def _tried(part: Callable[[datetime], object], now: datetime) -> None:
    """What fails is told, and the rest is done all the same."""
    try:
        with transaction.atomic():
            part(now)
    except Exception:
        logger.exception("A part of the nightly look at offers failed: %s", part.__name__)


def _step(now: datetime) -> None:
    stepping.step(now)


def _remind(now: datetime) -> None:
    if Preferences.current().remind_providers:
        for some in _parts(sorted(tonight(now=now))):
            write_some.defer(addresses=some)


def _sum_up(now: datetime) -> None:
    for some in _parts(list(digests.due(timezone.localdate(now)).values_list("pk", flat=True))):
        sum_up_some.defer(users=some)


def _parts(found: Sequence[Any]) -> list[list[Any]]:
    return [list(found[start : start + A_JOB]) for start in range(0, len(found), A_JOB)]


@app.periodic(cron="17 4 * * *")
@app.task(name="portal.upkeep.look_everywhere", queueing_lock="portal.upkeep.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, so that one failing stops no other."""
    for _municipality in each_kept():
        look_here.defer_once()


@job()
def follow_rules() -> None:
    """Note and hide as the rules are now."""
    if is_live():
        stepping.step(timezone.now())
