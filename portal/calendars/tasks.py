"""The nightly look at calendars, and the work on one of them after a click."""

from time import monotonic

from procrastinate.contrib.django import app

from accounts.models import User
from jobs.declare import job
from portal.calendars.following.running import claim, end_offers, keeper_of, look, settle_all, unfinished
from portal.calendars.models import Calendar, State
from tenants.running.context import each

SECONDS = 20.0
"""As long as a job may go on to the next calendar: others wait for its place."""


@job(atomic=False)
def read_here() -> None:
    """Read the calendars that are due, one after the other; then let others have the worker, and go on."""
    end = monotonic() + SECONDS
    while monotonic() < end:
        calendar = claim()
        if calendar is None:
            break
        look(calendar, until=end)
    else:
        read_here.defer_once(seconds=2)
    for left in unfinished():
        _settle(left, end)


def _settle(calendar: Calendar, end: float) -> None:
    """As far as time allows; the rest is a job of its own, behind all others."""
    person = keeper_of(calendar)
    if person is not None and not settle_all(calendar, by=person, run=calendar.runs.first(), until=end):
        settle_here.defer_once(about=calendar.pk, calendar=calendar.pk)


@job(atomic=False)
def settle_here(calendar: int) -> None:
    """Do what somebody chose with the events of a calendar, without asking its server."""
    found = Calendar.objects.filter(pk=calendar, state=State.ACTIVE).first()
    if found is not None:
        _settle(found, monotonic() + SECONDS)


@job(atomic=False)
def put_away_here(calendar: int, person: int) -> None:
    """A calendar was ended, and its offers with it."""
    by = User.objects.filter(pk=person, is_active=True).first()
    if by is not None:
        end_offers(calendar, by=by)


@app.periodic(cron="*/10 * * * *")
@app.task(name="portal.calendars.read_everywhere", queueing_lock="portal.calendars.read_everywhere")
def read_everywhere(timestamp: int) -> None:
    """Every ten minutes: one job for each municipality that is open and has calendars."""
    for _municipality in each():
        read_here.defer_once()
