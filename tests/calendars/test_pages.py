"""The pages of a provider's calendars: from an address to offers, without JavaScript; strangers find nothing."""

from copy import copy

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.access import Role
from portal.calendars import services
from portal.calendars.models import Calendar, CalendarEvent, State
from portal.calendars.tasks import read_here, settle_here
from portal.offers.models import Offer
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.calendars.writing import calendar, event
from tests.conftest import PASSWORD

LIST = "/konto/import/kalender/"
DETAILS = {"cost_kind": "free", "sentence": "Alle sind willkommen.", "takes_new": "on", "name": "Unser Kalender"}


@pytest.fixture
def browser(club, visitor) -> Client:
    """Of whoever keeps the calendar."""
    client = visitor("ahausen")
    assert client.post("/konto/anmelden/", {"login": club.person.email, "password": PASSWORD}).status_code == 302
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def test_from_an_address_to_offers(club, server, browser):
    Calendar.objects.all().delete()
    choir = event("a", "Chor", "20300107T193000", "RRULE:FREQ=WEEKLY")
    server.gives(calendar(choir, event("b", "Vorstand", "20300108T193000"), event("c", "Lauf", "20300109T180000")))
    answer = browser.post(f"{LIST}neu/", {"url": server.url()})
    assert answer.status_code == 302
    made = Calendar.objects.get()
    page = answer["Location"]
    assert page == f"{LIST}{made.pk}/"
    assert "<progress" in text_of(browser.get(page))
    read_here()
    assert "3" in text_of(browser.get(page))
    assert 'value="beginnen"' not in text_of(browser.get(page))
    answer = browser.post(f"{page}angaben/", {**DETAILS, "url": server.url()})
    assert answer.status_code == 400
    assert 'href="#id_categories_0"' in text_of(answer)
    answer = browser.post(f"{page}angaben/", {**DETAILS, "url": server.url(), "categories": [club.topic.pk]})
    assert answer.status_code == 302
    board = made.events.get(title="Vorstand")
    answer = browser.post(f"{page}termine/waehlen/", {"wahl": board.pk, "tun": "lassen"}, follow=True)
    assert "Vorstand" in text_of(answer)
    for _click in range(2):
        browser.post(f"{page}tun/", {"tun": "beginnen"})
    settle_here(calendar=made.pk)
    assert sorted(Offer.objects.values_list("title", flat=True)) == ["Chor", "Lauf"]
    assert {each.cost_kind for each in Offer.objects.all()} == {"free"}
    shown = text_of(browser.get(page))
    assert "<progress" not in shown
    assert "Unser Kalender" in shown
    assert "Unser Kalender" in text_of(browser.get(LIST))
    chor = Offer.objects.get(title="Chor")
    assert "Unser Kalender" in text_of(browser.get("/konto/angebote/"))
    assert f"{LIST}{made.pk}/" in text_of(browser.get(f"/konto/angebote/{chor.pk}/was/"))


def test_what_is_not_a_calendar_is_said_on_the_page_and_can_be_corrected(club, server, browser):
    server.gives("<!doctype html><h1>Termine", kind="text/html")
    read_here()
    page = f"{LIST}{club.calendar.pk}/"
    shown = text_of(browser.get(page))
    assert "Webseite" in shown
    assert f"{page}angaben/" in shown
    server.gives(calendar(event("a", "Chor", "20300107T193000")), path="/richtig.ics")
    answer = browser.post(
        f"{page}angaben/", {**DETAILS, "url": server.url("/richtig.ics"), "categories": [club.topic.pk]}
    )
    assert answer.status_code == 302
    read_here()
    assert club.calendar.events.get().title == "Chor"


def test_before_anything_is_made_each_row_says_what_it_would_lack(club, server, browser):
    server.gives(calendar(event("a", "Chor", "20300107T193000", "DESCRIPTION:Wir singen."),
                          event("b", "Lauf", "20300107T193000"),
                          event("c", "Takt", "20300107T193000", "RRULE:FREQ=MINUTELY")))  # fmt: skip
    read_here()
    services.describe(club.calendar, {"details": {"categories": [club.topic.pk]}}, by=club.person)
    shown = text_of(browser.get(f"{LIST}{club.calendar.pk}/termine/"))
    assert shown.count("Bitte sagen Sie in ein oder zwei Sätzen") == 1
    assert shown.count("Diese Wiederholung ist nicht verständlich") == 1
    assert "1 davon kann nicht übernommen werden" in text_of(browser.get(f"{LIST}{club.calendar.pk}/"))


def test_one_event_may_differ_and_follows_again_by_a_click(begun, server, browser, ahausen):
    club = begun(calendar(event("a", "Chor", "20300107T193000")))
    one = club.calendar.events.get()
    page = f"{LIST}{club.calendar.pk}/termine/{one.pk}/"
    assert browser.get(page).status_code == 200
    answer = browser.post(page, {"cost_kind": "amount", "cost_amount": "5,50"})
    assert answer.status_code == 302
    settle_here(calendar=club.calendar.pk)
    assert str(Offer.objects.get().cost_amount) == "5.50"
    assert browser.post(page, {"cost_kind": "amount", "cost_amount": "viel"}).status_code == 400
    assert browser.post(page, {"cost_kind": "text"}).status_code == 400
    browser.post(page, {"wieder": "1"})
    assert Offer.objects.count() == 1


def test_the_buttons_of_a_calendar(begun, server, browser):
    club = begun(calendar(event("a", "Chor", "20300107T193000"), event("b", "Lauf", "20300109T193000")))
    page = f"{LIST}{club.calendar.pk}/"

    def state() -> str:
        club.calendar.refresh_from_db()
        return str(club.calendar.state)

    browser.post(f"{page}tun/", {"tun": "anhalten"})
    assert state() == State.PAUSED
    assert 'value="fortsetzen"' in text_of(browser.get(page))
    browser.post(f"{page}tun/", {"tun": "fortsetzen"})
    assert state() == State.ACTIVE
    server.gives(calendar())
    read_here()
    assert 'value="beendet"' in text_of(browser.get(page))
    browser.post(f"{page}tun/", {"tun": "bleiben"})
    assert 'value="beendet"' not in text_of(browser.get(page))
    assert browser.post(f"{page}tun/", {"tun": "zaubern"}).status_code == 404
    assert browser.post(f"{page}beenden/").status_code == 302
    assert state() == State.ENDED
    assert browser.get(page).status_code == 404


def test_every_form_carries_the_sign_that_it_is_ours(begun, browser):
    club = begun(calendar(event("a", "Chor", "20300107T193000")))
    one, page = club.calendar.events.get(), f"{LIST}{club.calendar.pk}/"
    for path in (
        f"{LIST}neu/",
        page,
        f"{page}angaben/",
        f"{page}beenden/",
        f"{page}termine/",
        f"{page}termine/{one.pk}/",
    ):
        main = text_of(browser.get(path)).partition("<main")[2].partition("</main>")[0]
        forms = main.count('method="post"')
        assert forms >= 1
        assert main.count("csrfmiddlewaretoken") == forms, path


def test_ending_asks_what_becomes_of_the_offers(begun, browser):
    club = begun(calendar(event("a", "Chor", "20300107T193000")))
    page = f"{LIST}{club.calendar.pk}/beenden/"
    assert browser.post(page).status_code == 400
    assert browser.post(page, {"angebote": "bleiben"}).status_code == 302
    assert Offer.objects.get().state == "published"


def test_wrong_addresses_come_back_with_what_would_be_right(club, browser):
    for url in ("", "Mein Kalender", "ftp://x.example/", "https://a:b@x.example/k.ics"):
        answer = browser.post(f"{LIST}neu/", {"url": url})
        assert answer.status_code == 400
        assert 'href="#id_url"' in text_of(answer)
    assert Calendar.objects.count() == 1


def test_strangers_find_no_calendar(begun, signed_in, ahausen):
    club = begun(calendar(event("a", "Chor", "20300107T193000")))
    other = signed_in(ahausen, Role.EDITOR)
    one = club.calendar.events.get()
    page = f"{LIST}{club.calendar.pk}/"
    with inside(ahausen):
        Membership.objects.exclude(user=club.person).delete()
    for path in (page, f"{page}termine/", f"{page}termine/{one.pk}/", f"{page}angaben/", f"{page}beenden/"):
        assert other.get(path).status_code in {403, 404}
    assert club.calendar.url not in text_of(other.get("/redaktion/"))


@pytest.mark.parametrize("number", [3, 60])
def test_pages_ask_a_fixed_number_of_statements(begun, browser, number):
    club = begun(calendar(event("e", "Kurs", "20300107T193000")))
    one = CalendarEvent.objects.get()
    several = [copy(one) for _each in range(number)]
    for at, each in enumerate(several):
        each.pk, each.uid, each.title = None, f"e{at}", f"Kurs {at}"
    CalendarEvent.objects.bulk_create(several)
    counts = []
    for path in (LIST, f"{LIST}{club.calendar.pk}/", f"{LIST}{club.calendar.pk}/termine/"):
        browser.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(path).status_code == 200
        counts.append(len(asked))
    assert all(count <= limit for count, limit in zip(counts, (24, 25, 25), strict=True)), counts
