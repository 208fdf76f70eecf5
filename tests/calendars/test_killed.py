"""`kill -9` of the worker in the middle of a large calendar: nothing is lost or there twice, and it goes on."""

import pytest
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from portal.calendars.following import running, together
from portal.calendars.models import Calendar, CalendarEvent, CalendarRun, State
from portal.calendars.reading.fetching import Fetched
from portal.calendars.reading.parsing import parse
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.providers.models import Membership
from portal.revisions.models import Revision
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests import children
from tests.calendars.writing import calendar, event
from tests.conftest import municipality
from tests.factories import a_provider

EVENTS = 2 * together.PART + 10


def prepare() -> None:
    """A calendar that was read and begun, and of whose events nothing is made yet."""
    Preferences.load()
    Preferences.objects.update(approval=ApprovalRule.PROVIDERS)
    provider = a_provider(street="Hauptstraße 1", postcode="66111", city="Saarbrücken")
    person = User.objects.create_user("kalender@ahausen.example")
    Membership.objects.create(user=person, provider=provider, role=Membership.Role.ADMINISTRATOR)
    details = {"categories": [Category.objects.create(name="Kalender").pk], "sentence": "Alle sind willkommen."}
    made = Calendar.objects.create(provider=provider, url="https://x.example/", keeper=person, details=details)
    text = calendar(*(event(f"e{at}", f"Titel {at}", "20300107T193000") for at in range(EVENTS)))
    running.keep(made, Fetched(text, digest="eins"), parse(text), timezone.now())
    Calendar.objects.update(state=State.ACTIVE)


def consistent() -> int:
    """How many offers there are; each of them whole, and told so once."""
    done = Offer.objects.filter(state="published").count()
    assert Offer.objects.count() == len(set(Offer.objects.values_list("title", flat=True))) == done
    assert CalendarEvent.objects.filter(offer__isnull=False, settled=True).count() == done
    assert CalendarEvent.objects.filter(settled=True).count() == done
    applied = Revision.objects.filter(kind="offer", state="applied")
    assert applied.count() == applied.values("subject_id").distinct().count() == done
    for action in ("start", "state", "revision.applied"):
        assert Entry.objects.filter(action=action).count() == done
    assert CalendarRun.objects.get().made == done
    return done


@pytest.mark.usefixtures("own_database")
def test_a_killed_worker_loses_and_doubles_no_event():
    with inside(municipality("ahausen")):
        prepare()
    seen, killed = [], 0
    # In the first part, in the second, in the last, and then to the end.
    for after in (6, 20, 12, 10_000):
        with children.python(f"from tests.calendars.killing import main; main({after})") as child:
            said, error = child.communicate(timeout=120)
        children.wait_for_the_dead()
        killed += child.returncode == -9
        assert child.returncode == -9 or "done" in said, error
        with inside(municipality("ahausen")):
            seen.append(consistent())
    assert killed == 3
    assert seen[0] == 0
    assert seen[1] == together.PART
    assert seen == sorted(seen)
    assert seen[-1] == EVENTS
