"""The link of a reminder: opening it changes nothing, its button does, once and twice alike; whose it is, how long."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Membership
from portal.upkeep.models import Ending, Letter, Stopped
from portal.upkeep.sending import send_again
from tenants.running.context import inside
from tests.upkeep.nights import a_club, belongs, mails, night, old, row

CHROME = {"Sec-CH-UA": '"Chromium";v="139"', "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def asked(ahausen):
    """Three offers were asked about; their numbers and the path of the link."""
    with inside(ahausen):
        offers = old(a_club("Treff"), "Chor", "Nähcafé", "Werkstatt")
        night()
        return offers, link_in(mails()[0].body)


def link_in(body: str) -> str:
    return re.search(r"localhost(?::\d+)?(/angebote/pruefen/[^/\s]+/)", body)[1]


def states(ahausen):
    with inside(ahausen):
        return list(
            Offer.objects.order_by("pk").values_list("reviewed_at", "state", "hidden_at", "noted_at", "updated_at")
        )


def confirmed(ahausen) -> set[str]:
    with inside(ahausen):
        return set(Offer.objects.filter(reviewed_at=timezone.localdate()).values_list("title", flat=True))


def test_opening_the_link_changes_nothing(ahausen, asked, visitor):
    _offers, link = asked
    before = states(ahausen)
    client = visitor("ahausen")
    for path in (link, f"{link}danke/", f"{link}abbestellen/", f"{link}{_offers[0].pk}/ende/"):
        assert client.get(path).status_code in {200, 302}
        assert client.head(path).status_code in {200, 302}
    page = client.get(link)
    text = page.content.decode()
    assert "Stimmt das alles noch?" in text
    assert "Ja, alle 3 stimmen noch" in text
    assert "c•••••@verein.example" in text
    assert "chefin@verein.example" not in text
    assert "no-store" in page["Cache-Control"] or "no-cache" in page["Cache-Control"]
    assert 'name="robots" content="noindex' in text
    assert not page.cookies
    assert states(ahausen) == before


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ({}, {}),
        ({"alle": ""}, {}),
        ({"weiter": "1"}, {}),
        ({"weiter": "1", "alle": "1"}, {}),
        ({"stimmt": "1", "alle": "1"}, {}),
        ({"alle": "1"}, CHROME),
        ({"alle": "1"}, {"Sec-Fetch-Mode": "cors"}),
    ],
    ids=["submitted by itself", "no value", "the unseen button", "all buttons", "several buttons", "a script's click",
         "a script's request"],
)  # fmt: skip
def test_what_programs_send_changes_nothing(ahausen, asked, visitor, sent, headers):
    _offers, link = asked
    before = states(ahausen)
    answer = visitor("ahausen").post(link, sent, headers=headers)
    assert answer.status_code == 400
    assert "Es wurde nichts gespeichert" in answer.content.decode()
    assert states(ahausen) == before


@pytest.mark.parametrize("headers", [{}, {**CHROME, "Sec-Fetch-User": "?1"}, {"Sec-Fetch-Mode": "navigate"}])
def test_the_button_for_all_once_and_twice(ahausen, asked, visitor, headers):
    _offers, link = asked
    client = visitor("ahausen")
    pages = []
    for _time in range(2):
        done = client.post(link, {"alle": "1"}, headers=headers, follow=True)
        assert done.status_code == 200
        pages.append(done.content.decode())
    assert pages[0] == pages[1]
    assert "3 Angebote sind bestätigt" in pages[0]
    assert confirmed(ahausen) == {"Chor", "Nähcafé", "Werkstatt"}
    with inside(ahausen):
        said = Entry.objects.filter(action="confirm")
        assert said.count() == 3
        assert {(each.actor, each.changes["how"]) for each in said} == {("chefin@verein.example", "link")}
    assert client.get(link).url.endswith("/danke/")


def test_one_offer_then_the_others(ahausen, asked, visitor):
    offers, link = asked
    client = visitor("ahausen")
    answer = client.post(link, {"stimmt": str(offers[1].pk)})
    assert answer.url == link
    assert confirmed(ahausen) == {"Nähcafé"}
    assert "Ja, beide stimmen noch" in client.get(link).content.decode()
    assert client.post(link, {"stimmt": str(offers[1].pk)}).status_code == 302
    with inside(ahausen):
        other = old(a_club("Fremd", "fremd@x.example"), "Fremdes")[0]
        assert Entry.objects.filter(action="confirm").count() == 1
    for strange in (str(other.pk), "x", "-1", "9" * 30):
        assert client.post(link, {"stimmt": strange}).status_code == 404
    assert "Fremdes" not in confirmed(ahausen)


def test_hidden_offers_come_back_by_the_link_and_count_as_nothing_new(ahausen, asked, visitor):
    offers, link = asked
    with inside(ahausen):
        Offer.objects.update(hidden_at=timezone.now(), noted_at=timezone.now())
        before = dict(Offer.objects.values_list("pk", "published_at"))
    client = visitor("ahausen")
    page = offers[0].get_absolute_url()
    gone = client.get(page).content.decode()
    assert "Lange hat niemand bestätigt, dass das noch stattfindet" in gone
    assert "Chor" not in client.get("/angebote/").content.decode()
    client.post(link, {"alle": "1"})
    assert "Lange hat niemand bestätigt" not in client.get(page).content.decode()
    assert "Chor" in client.get("/angebote/").content.decode()
    with inside(ahausen):
        assert dict(Offer.objects.values_list("pk", "published_at")) == before


def test_the_note_on_the_public_page(ahausen, asked, visitor):
    offers, _link = asked
    with inside(ahausen):
        Offer.objects.filter(pk=offers[0].pk).update(noted_at=timezone.now())
    page = visitor("ahausen").get(offers[0].get_absolute_url()).content.decode()
    assert "Nicht geprüft seit" in page
    assert "Nicht geprüft seit" not in visitor("ahausen").get(offers[1].get_absolute_url()).content.decode()


def test_a_link_that_has_run_out_sends_a_new_one_to_the_same_address(ahausen, asked, visitor):
    _offers, link = asked
    client = visitor("ahausen")
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        before = states(ahausen)
        page = client.get(link)
        assert page.status_code == 410
        assert "Dieser Link ist abgelaufen" in page.content.decode()
        assert "c•••••@verein.example" in page.content.decode()
        assert client.post(link, {"alle": "1"}).status_code == 410
        assert client.post(link, {"neu": "1"}, headers=CHROME).status_code == 410
        for _time in range(2):
            assert "ist ein neuer Link unterwegs" in client.post(link, {"neu": "1"}).content.decode()
        assert states(ahausen) == before
        with inside(ahausen):
            first, second = mails()
            assert (first.to, second.to) == ("chefin@verein.example",) * 2
        assert (
            "3 Angebote sind bestätigt"
            in client.post(link_in(second.body), {"alle": "1"}, follow=True).content.decode()
        )
        with inside(ahausen):
            # It is no reminder: nothing to count by.
            assert Letter.objects.lately(timezone.now()).count() == 0
            assert send_again(Letter.objects.earliest("pk")) is False


def test_forged_and_foreign_links_open_nothing(ahausen, bedorf, asked, visitor):
    _offers, link = asked
    assert visitor("ahausen").get("/angebote/pruefen/x:y/").status_code == 404
    assert visitor("ahausen").post(f"{link[:-3]}aa/", {"alle": "1"}).status_code == 404
    assert visitor("bedorf").post(link, {"alle": "1"}).status_code == 404
    assert confirmed(ahausen) == set()


@pytest.mark.parametrize("gone", ["left", "closed"])
def test_whoever_left_has_no_say_any_more(ahausen, asked, visitor, gone):
    _offers, link = asked
    with inside(ahausen):
        boss = Membership.objects.get()
        if gone == "left":
            boss.delete()
        else:
            boss.user.is_active = False
            boss.user.save()
    assert visitor("ahausen").get(link).status_code == 404
    assert visitor("ahausen").post(link, {"alle": "1"}).status_code == 404
    assert confirmed(ahausen) == set()


def test_the_address_of_a_profile_confirms_and_the_log_says_so_masked(ahausen, visitor):
    with inside(ahausen):
        club = a_club("Ohne Konto", "")
        club.contact_email = "Post@Verein.example"
        club.save()
        old(club, "Chor")
        night()
        link = link_in(mails("post@verein.example")[0].body)
    visitor("ahausen").post(link, {"alle": "1"})
    with inside(ahausen):
        entry = Entry.objects.get(action="confirm")
        assert (entry.actor, entry.changes["address"]) == ("portal.upkeep.link", "p•••••@verein.example")


def test_over_ten_offers_stand_on_pages_with_one_button_for_all(ahausen, visitor):
    with inside(ahausen):
        old(a_club(), *(f"Kurs {number:02}" for number in range(23)))
        night()
        link = link_in(mails()[0].body)
    client = visitor("ahausen")
    third = client.get(link, {"seite": "3"}).content.decode()
    assert ("Kurs 22" in third, "Kurs 09" in third, "Kurs 10" in third) == (True, False, False)
    assert "Ja, alle 23 stimmen noch" in third
    assert "gilt für die Angebote auf allen Seiten" in third
    assert client.get(link, {"seite": "9" * 40}).status_code == 200
    client.post(f"{link}?seite=3", {"alle": "1"})
    assert len(confirmed(ahausen)) == 23


def test_it_is_no_more_asks_from_when_on(ahausen, asked, visitor):
    offers, link = asked
    client = visitor("ahausen")
    at = f"{link}{offers[0].pk}/ende/"
    assert "Ab wann?" in client.get(at).content.decode()
    assert client.post(at, {"ab": "heute"}).status_code == 200
    wrong = client.post(at, {"beenden": "1", "ab": "spaeter"})
    assert wrong.status_code == 400
    assert "Bitte geben Sie den ersten Tag an" in wrong.content.decode()
    for day in ("1999-01-01", "3026-01-01", "morgen"):
        assert client.post(at, {"beenden": "1", "ab": "spaeter", "tag": day}).status_code == 400
    with inside(ahausen):
        assert row(offers[0]).state == State.PUBLISHED
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    for _time in range(2):
        done = client.post(at, {"beenden": "1", "ab": "spaeter", "tag": later}, follow=True)
        assert "steht bis dahin im Portal" in done.content.decode()
    now = client.post(f"{link}{offers[1].pk}/ende/", {"beenden": "1", "ab": "heute"}, follow=True)
    assert "niemand findet es mehr" in now.content.decode()
    with inside(ahausen):
        assert Ending.objects.get().day.isoformat() == later
        assert row(offers[1]).state == State.ARCHIVED
        assert row(offers[2]).state == State.PUBLISHED
    assert client.get(f"{link}{offers[1].pk}/ende/").status_code == 404


def test_stopping_reminders_needs_the_button(ahausen, asked, visitor):
    _offers, link = asked
    client = visitor("ahausen")
    client.post(f"{link}abbestellen/", {"List-Unsubscribe": "One-Click"})
    with inside(ahausen):
        assert not Stopped.objects.exists()
    for _time in range(2):
        answer = client.post(f"{link}abbestellen/", {"abbestellen": "1"})
        assert "Wir erinnern c•••••@verein.example nicht mehr" in answer.content.decode()
    with inside(ahausen):
        assert list(Stopped.objects.values_list("address", flat=True)) == ["chefin@verein.example"]


def test_thanks_tell_what_ends_soon_and_when_we_ask_again(ahausen, asked, visitor):
    offers, link = asked
    with inside(ahausen):
        Offer.objects.filter(pk=offers[2].pk).update(
            schedule_kind="weekly", ends_at=timezone.now() + timedelta(days=10)
        )
    page = visitor("ahausen").post(link, {"alle": "1"}, follow=True).content.decode()
    assert "Danke, chefin@verein.example!" in page
    assert "Diese enden bald" in page
    assert "Anmelden und verlängern" in page


def test_another_admin_sees_what_was_confirmed_meanwhile(ahausen, visitor):
    with inside(ahausen):
        club = a_club()
        belongs(club, "zweite@verein.example")
        old(club, "Chor")
        night()
        one, two = (link_in(mails(to)[0].body) for to in ("chefin@verein.example", "zweite@verein.example"))
    visitor("ahausen").post(one, {"alle": "1"})
    assert "1 Angebot ist bestätigt" in visitor("ahausen").get(two, follow=True).content.decode()
    with inside(ahausen):
        assert OutboxMessage.objects.count() == 2
