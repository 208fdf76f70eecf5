"""The tour: shown by itself until somebody closes it, card by card without scripts, and never again unless called."""

from accounts.models import User
from core.access import Role
from portal.handbook.models import TourSeen
from portal.handbook.own_data import gather
from portal.handbook.tour import CARDS
from tenants.running.context import inside


def test_the_first_visit_shows_the_tour_until_it_is_closed(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    for _visit in range(2):
        assert "Rundgang, Karte 1 von 5" in client.get("/konto/").content.decode()
    for number in range(2, len(CARDS) + 1):
        assert f"Rundgang, Karte {number} von 5" in client.get("/konto/", {"rundgang": number}).content.decode()
    for _twice in range(2):
        assert client.post("/konto/rundgang/fertig/").headers["Location"] == "/konto/"
    with inside(ahausen):
        assert TourSeen.objects.count() == 1
    assert "Rundgang, Karte" not in client.get("/konto/").content.decode()
    assert "Rundgang, Karte 2 von 5" in client.get("/konto/?rundgang=2").content.decode()
    assert all(str(card.title) in client.get("/konto/rundgang/").content.decode() for card in CARDS)


def test_looking_alone_closes_nothing_and_junk_shows_the_first_card(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    assert client.get("/konto/rundgang/fertig/").status_code == 405
    for junk in ("0", "6", "-1", "eins", "99999999999999999999"):
        assert "Rundgang, Karte 1 von 5" in client.get("/konto/", {"rundgang": junk}).content.decode(), junk


def test_the_town_hall_has_no_tour(ahausen, signed_in):
    assert "Rundgang, Karte" not in signed_in(ahausen, Role.EDITOR).get("/konto/").content.decode()


def test_own_data_name_the_tour_and_forget_it_with_the_account(ahausen, signed_in):
    signed_in(ahausen, Role.PROVIDER).post("/konto/rundgang/fertig/")
    with inside(ahausen):
        person = User.objects.get(email="provider@ahausen.example")
        assert len(gather(person)) == 1
        person.delete()
        assert not TourSeen.objects.exists()
