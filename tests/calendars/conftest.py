"""A calendar server on this machine, an organisation with a calendar, and nights that pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from core.access import Role
from core.outgoing import Outgoing
from courtesy import turns
from portal.calendars import services
from portal.calendars.following import running
from portal.calendars.models import Calendar
from portal.calendars.reading.fetching import LIMITS
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Provider
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.calendars.server import CalendarServer

HOSTS = frozenset(f"127.0.0.{number}" for number in range(2, 10))


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[CalendarServer]:
    """Its addresses 127.0.0.2 to 127.0.0.9 are the operator's own hosts; all others of this machine are not."""
    settings.LINK_INTERNAL_HOSTS = HOSTS
    # Thirty nights pass within a second here.
    monkeypatch.setattr(turns, "GAP", 0.0)
    made = CalendarServer()
    yield made
    made.close()


def impatient() -> Outgoing:
    """A way out whose single request ends after a second instead of eighteen."""
    return Outgoing(replace(LIMITS, connect=1, read=1, total=1), plain=True, internal_hosts=HOSTS)


@dataclass(slots=True)
class Club:
    """An organisation with one calendar, and the person who keeps it."""

    provider: Provider
    person: Any
    calendar: Calendar
    topic: Category

    def night(self) -> None:
        """One look, whatever time it is."""
        self.calendar.refresh_from_db()
        running.look(self.calendar, impatient)
        self.calendar.refresh_from_db()


@pytest.fixture
def club(server: CalendarServer, ahausen: Any, person: Callable[..., Any]) -> Iterator[Club]:
    """Its calendar stands at /termine.ics; everything is public at once, and nothing is chosen yet."""
    keeper = person(ahausen, Role.PROVIDER)
    with inside(ahausen):
        Preferences.objects.update(approval=ApprovalRule.PROVIDERS)
        provider = Provider.objects.kept_by(keeper).get()
        provider.street, provider.postcode, provider.city = "Hauptstraße 1", "66111", "Saarbrücken"
        provider.save()
        topic = Category.objects.create(name="Sport im Kalender")
        calendar = services.add(provider, server.url(), by=keeper)
        services.describe(calendar, {"details": {"categories": [topic.pk], "sentence": "Alle sind willkommen."}},
                          by=keeper)  # fmt: skip
        yield Club(provider, keeper, calendar, topic)


@pytest.fixture
def begun(club: Club, server: CalendarServer) -> Callable[..., Club]:
    """`begun(text)`: the calendar with this text was read, and all of it chosen."""

    def begin(text: str) -> Club:
        server.gives(text)
        club.night()
        services.begin(club.calendar, by=club.person)
        club.night()
        return club

    return begin
