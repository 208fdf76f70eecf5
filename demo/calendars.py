"""A calendar that the demo's provider has named: some of its offers come from it, and one was changed by hand."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from core.text import fold
from portal.calendars.following.merging import KEYS
from portal.calendars.models import Calendar, CalendarEvent, CalendarRun, State
from portal.offers.models import Offer
from portal.offers.snapshot import take
from portal.offers.states import State as OfferState
from portal.providers.models import Provider

URL = "https://kalender.example/dav/veranstaltungen.ics"
NAME = "Veranstaltungskalender"
MOST_OFFERS, NIGHTS = 6, 12
# So long nobody asks: behind the address there is nothing.
RESTS = timedelta(days=60)


def a_calendar(user: User) -> Calendar:
    """Of the organisation this person leads; its offers with dates stand in the calendar."""
    provider = Provider.objects.kept_by(user).order_by("pk")[0]
    offers = Offer.objects.filter(provider=provider, state=OfferState.PUBLISHED).exclude(schedules=None)
    now = timezone.now().replace(hour=2, minute=17, second=0, microsecond=0)
    calendar = Calendar.objects.create(
        provider=provider, keeper=user, name=NAME, url=URL, state=State.ACTIVE, asked_at=now,
        read_at=now, due_at=now + RESTS, details={"sentence": "Alle sind willkommen."},
    )  # fmt: skip
    found = list(offers.order_by("pk")[:MOST_OFFERS])
    events = [_followed(calendar, offer, number) for number, offer in enumerate(found)]
    CalendarEvent.objects.bulk_create([*events, _unclear(calendar)])
    _nights(calendar, now, len(found) + 1)
    return calendar


def _followed(calendar: Calendar, offer: Offer, number: int) -> CalendarEvent:
    """An event that became this offer; the first one's title was changed here afterwards."""
    said: dict[str, Any] = {key: value for key, value in take(offer).items() if key in KEYS}
    days = [rule["first_date"] for rule in said["schedules"]]
    by_hand = ["title"] if number == 0 else []
    kept = {**said, "title": f"{offer.title} (neu)"} if by_hand else said
    return CalendarEvent(
        calendar=calendar, uid=f"{number}@kalender.example", title=offer.title, title_key=fold(offer.title)[:120],
        start_key=min(days), first=min(days), content={**said, "title": kept["title"]}, offer=offer, taken=kept,
        kept=kept, by_hand=by_hand, settled=True,
    )  # fmt: skip


def _unclear(calendar: Calendar) -> CalendarEvent:
    title = "Radtour mit wechselndem Start"
    why = "Diese Wiederholung ist nicht verständlich: Sie muss täglich, wöchentlich, monatlich oder jährlich sein."
    return CalendarEvent(
        calendar=calendar, uid="unklar@kalender.example", title=title, title_key=fold(title), start_key="unklar",
        first=timezone.localdate() + timedelta(days=9), content={"title": title, "venue": "on_site", "locations": []},
        problem=why, wanted=False, settled=True,
    )  # fmt: skip


def _nights(calendar: Calendar, last: datetime, found: int) -> None:
    changes = {1: {"changed": 1}, 4: {"made": 1, "changed": 2}, 9: {"ended": 1}, NIGHTS - 1: {"made": MOST_OFFERS - 1}}
    failed = {"outcome": CalendarRun.Outcome.FAILED, "failure": "fault", "status": 503, "words": "Wartungsarbeiten"}
    runs = []
    for night in range(NIGHTS):
        outcome = CalendarRun.Outcome.READ if night in changes else CalendarRun.Outcome.SAME
        more: dict[str, Any] = failed if night == 6 else {"outcome": outcome, "found": found, **changes.get(night, {})}
        runs.append(CalendarRun(calendar=calendar, at=last - timedelta(days=night), **more))
    CalendarRun.objects.bulk_create(runs)
