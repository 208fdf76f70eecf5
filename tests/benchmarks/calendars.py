"""A calendar of 500 events with repetitions, exceptions, moved dates and two time zones: read, taken over, followed."""

from collections.abc import Iterator
from datetime import date

import icalendar
import recurring_ical_events
from django.utils import timezone

from accounts.models import User
from portal.calendars import services
from portal.calendars.following import running
from portal.calendars.models import Calendar, CalendarEvent
from portal.calendars.reading.fetching import Fetched
from portal.calendars.reading.mapping import Mapper
from portal.calendars.reading.parsing import parse
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.benchmarks.table import Row, seconds
from tests.calendars.writing import five_hundred
from tests.conftest import municipality
from tests.factories import a_provider

MOST_SECONDS_NEW, MOST_SECONDS_SAME, MOST_SECONDS_COMPARED = 60.0, 5.0, 20.0
TODAY, UNTIL = date(2030, 1, 7), date(2031, 2, 1)


def rows() -> Iterator[Row]:
    """Reading beside recurring_ical_events, which finds the same dates; then the nights against limits."""
    text = five_hundred()
    with inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(approval=ApprovalRule.PROVIDERS)
        provider = a_provider(street="Hauptstraße 1", postcode="66111", city="Saarbrücken")
        person = User.objects.create_user("kalender@bench.example")
        Membership.objects.create(user=person, provider=provider, role=Membership.Role.ADMINISTRATOR)

        def ours() -> None:
            mapper = Mapper(provider, TODAY)
            if len([mapper.mapped(each) for each in parse(text).series]) != 500:
                raise RuntimeError("The benchmark's calendar was not read whole.")

        def theirs() -> None:
            list(recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(TODAY, UNTIL))

        peer, own = seconds(theirs, rounds=1), seconds(ours, rounds=2)
        yield Row("calendar of 500 events read as rules", f"{own:.1f} s", f"recurring_ical_events {peer:.1f} s",
                  own / peer, 1.0)  # fmt: skip
        yield from _nights(text, provider, person)


def _nights(text: str, provider: object, person: User) -> Iterator[Row]:
    topic = Category.objects.create(name="Kalender")
    details = {"categories": [topic.pk], "sentence": "Alle sind willkommen."}
    calendar = Calendar.objects.create(provider=provider, url="https://x.example/", keeper=person, details=details)
    read = Fetched(text, digest="eins")

    def night() -> None:
        calendar.refresh_from_db()
        run = running.keep(calendar, read, parse(text), timezone.now())
        running.settle_all(calendar, by=person, run=run)

    night()
    services.begin(calendar, by=person)
    new = seconds(night, rounds=1)
    if Offer.objects.filter(provider=provider).count() != 500:
        raise RuntimeError("The benchmark's calendar did not become 500 offers.")
    yield _row("500 new offers from a calendar", new, MOST_SECONDS_NEW)
    yield _row("the same 500 events, nothing new", seconds(night, rounds=2), MOST_SECONDS_SAME)
    CalendarEvent.objects.update(settled=False)
    yield _row("all 500 compared with their offers", seconds(night, rounds=1), MOST_SECONDS_COMPARED)


def _row(name: str, taken: float, most: float) -> Row:
    return Row(name, f"{taken:.1f} s", f"limit {most:.0f} s", taken / most, 1.0)
