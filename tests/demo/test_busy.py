"""What the demo's provider has sent: a table that waits with its results, and a flyer that became a draft."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import User
from demo.flyers import a_flyer
from demo.tables import NAME, a_table
from portal.drafting import proposals
from portal.drafting.models import Reading
from portal.drafting.models import State as ReadingState
from portal.imports.models import Row, Upload
from portal.offers import editing
from portal.offers.states import State
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.handbook.busy import a_busy_workshop
from tests.handbook.shots import BUSY

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def jana(ahausen):
    with inside(ahausen):
        a_busy_workshop()
        yield User.objects.get(email=BUSY)


def test_a_table_waits_with_new_changed_and_wrong_rows(jana):
    sent = Upload.objects.get()
    assert (sent.state, sent.name, sent.number) == (Upload.State.READY, NAME, 6)
    rows = list(sent.rows.order_by("number").values_list("number", "title", "outcome", "chosen", "takeable"))
    assert rows == [
        (3, "Holzwerkstatt", Row.Outcome.CHANGED, True, True),
        (4, "Nähmaschinen kennenlernen", Row.Outcome.UNCHANGED, False, False),
        (5, "Löten für Anfänger", Row.Outcome.UNCHANGED, False, False),
        (6, "Erzählcafé am Vormittag", Row.Outcome.NEW, True, True),
        (7, "Fahrräder gemeinsam reparieren", Row.Outcome.NEW, True, True),
        # A slip of the finger, which our suggestion mends.
        (8, "Spieleabend für alle", Row.Outcome.ERROR, False, True),
    ]
    assert sent.marked


def test_a_flyer_became_a_draft_that_nobody_has_confirmed(jana, visitor):
    reading = Reading.objects.get()
    assert (reading.state, reading.shown, reading.recognised) == (ReadingState.DONE, 1, False)
    offer = reading.offer
    assert offer.state == State.DRAFT
    assert [each.key for each in proposals.open_of(offer)] == [
        "title", "dates", "place", "cost", "contact_phone", "contact_email"
    ]  # fmt: skip
    client = visitor("ahausen")
    assert client.post("/konto/anmelden/", {"login": BUSY, "password": PASSWORD}).status_code == 302
    assert client.get(f"/konto/angebote/neu/gelesen/{reading.pk}/seite/0/").headers["Content-Type"] == "image/webp"
    assert NAME in client.get("/konto/import/").content.decode()
    assert "Vorschlag aus dem Flyer" in client.get(f"/konto/angebote/{offer.pk}/was/").content.decode()


@pytest.mark.parametrize(
    ("today", "day"),
    [((2027, 12, 31, 23, 30), "2028-03-25"), ((2028, 2, 29, 0, 10), "2028-05-27"), ((2027, 1, 2, 9, 0), "2027-03-27")],
)
def test_both_say_the_same_on_every_day(jana, today, day):
    with time_machine.travel(datetime(*today, tzinfo=BERLIN)):
        Upload.objects.all().delete()
        again = a_table(jana)
        assert sorted(again.rows.values_list("outcome", flat=True)) == sorted(
            ["changed", "unchanged", "unchanged", "new", "new", "error"]
        )
        offer = a_flyer(jana)
        said = editing.begin(offer, by=jana).content
        assert [rule["first_date"] for rule in said["schedules"]] == [day]
        assert all(each.certain for each in proposals.open_of(offer) if each.key == "dates")
