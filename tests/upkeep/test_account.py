"""In one's account: cards, the page with one button for all, what happened, and what one wants to hear."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Membership
from portal.upkeep import digests
from portal.upkeep.models import Digest, Letter, Stopped
from portal.usage.models import DailyOfferView
from tenants.running.context import inside
from tests.factories import an_offer
from tests.upkeep.nights import a_club, belongs, mails, night, old, row

AT = "/konto/angebote/aktuell/"


@pytest.fixture
def boss(ahausen, visitor):
    """Somebody who leads a club, signed in; the club has three old offers, one of them hidden, and a fresh one."""
    with inside(ahausen):
        club = a_club("Treff")
        offers = old(club, "Chor", "Nähcafé", "Werkstatt")
        Offer.objects.filter(pk=offers[2].pk).update(hidden_at=timezone.now(), noted_at=timezone.now())
        an_offer(title="Frisch", provider=club)
        user = User.objects.get(email="chefin@verein.example")
        client = visitor("ahausen")
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.offers = offers
    return client


def test_the_cards_say_what_is_hidden_and_unchecked_and_lead_to_one_page(boss):
    page = boss.get("/konto/").content.decode()
    assert "„Werkstatt“ ist ausgeblendet" in page
    assert "Stimmen diese 2 Angebote noch?" in page
    assert page.count(f'href="{AT}"') == 2
    listed = boss.get("/konto/angebote/?zustand=hidden").content.decode()
    assert "Niemand findet es mehr: Seit" in listed
    assert "Stimmt noch: wieder zeigen" in listed
    assert "Chor" not in listed


def test_one_click_for_one_and_for_all(ahausen, boss):
    page = boss.get(AT).content.decode()
    assert "Ja, alle 3 stimmen noch" in page
    assert "Frisch" not in page
    assert boss.post(AT, {"stimmt": str(boss.offers[2].pk)}).url == AT
    with inside(ahausen):
        assert row(boss.offers[2]).hidden_at is None
        assert row(boss.offers[0]).reviewed_at < timezone.localdate()
    for _time in range(2):
        assert boss.post(AT, {"alle": "1"}, follow=True).status_code == 200
    assert "Alles ist aktuell" in boss.get(AT).content.decode()
    with inside(ahausen):
        said = Entry.objects.filter(action="confirm")
        assert {(each.actor, each.changes["how"]) for each in said} == {("chefin@verein.example", "signed_in")}
        assert said.count() == 3


def test_offers_of_others_are_nobodys_business(ahausen, boss):
    with inside(ahausen):
        other = old(a_club("Fremd", "fremd@x.example"), "Fremdes")[0]
    assert boss.post(AT, {"stimmt": str(other.pk)}).status_code == 404
    assert boss.get(f"/konto/angebote/{other.pk}/pruefungen/").status_code == 404
    assert boss.post(f"/konto/angebote/{other.pk}/ende/", {"ab": "heute"}).status_code == 404
    with inside(ahausen):
        assert row(other).reviewed_at < timezone.localdate()
        assert row(other).state == State.PUBLISHED


def test_what_happened_to_an_offer(ahausen, boss):
    with inside(ahausen):
        night()
    boss.post(AT, {"alle": "1"})
    page = boss.get(f"/konto/angebote/{boss.offers[0].pk}/pruefungen/").content.decode()
    assert "Nach der Anmeldung bestätigt · chefin@verein.example" in page
    assert "Erinnerung ist unterwegs · c•••••@verein.example" in page
    assert (
        f"/konto/angebote/{boss.offers[0].pk}/pruefungen/"
        in boss.get(f"/konto/angebote/{boss.offers[0].pk}/aenderung/").content.decode()
    )


def test_a_member_may_not_end_an_offer_and_is_told_so(ahausen, boss, visitor):
    with inside(ahausen):
        member = belongs(boss.offers[0].provider, "mitglied@verein.example", "member")
        client = visitor("ahausen")
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/konto/angebote/{boss.offers[0].pk}/ende/", {"ab": "heute"}, follow=True)
    assert "Nur wer Ihre Organisation hier leitet" in answer.content.decode()
    boss.post(f"/konto/angebote/{boss.offers[1].pk}/ende/", {"ab": "heute"})
    with inside(ahausen):
        assert row(boss.offers[0]).state == State.PUBLISHED
        assert row(boss.offers[1]).state == State.ARCHIVED


def test_past_offers_stay_on_the_providers_page_and_no_search_finds_them(ahausen, boss, visitor):
    with inside(ahausen):
        club = boss.offers[0].provider
        an_offer(title="Vorbeigegangenes", provider=club, schedule_kind="dates",
                 ends_at=timezone.now() - timedelta(days=3))  # fmt: skip
    page = visitor("ahausen").get(club.get_absolute_url()).content.decode()
    assert "Vergangene Angebote" in page
    assert "Vorbeigegangenes" in page
    for address in ("/angebote/", "/angebote/?q=Vorbeigegangenes"):
        assert ">Vorbeigegangenes<" not in visitor("ahausen").get(address).content.decode()


def test_what_one_wants_to_hear(ahausen, boss):
    at = "/konto/person/nachrichten/"
    assert at in boss.get("/konto/person/").content.decode()
    boss.post(at, {"often": "weekly", "reminders": "on"})
    with inside(ahausen):
        assert Digest.objects.get().often == "weekly"
        assert not Stopped.objects.exists()
    boss.post(at, {"often": "", "reminders": ""})
    with inside(ahausen):
        assert not Digest.objects.exists()
        assert Stopped.objects.get().address == "chefin@verein.example"
        night()
        assert mails() == []
    boss.post(at, {"often": "", "reminders": "on"})
    with inside(ahausen):
        assert not Stopped.objects.exists()
    assert boss.post(at, {"often": "stündlich"}).status_code == 400


def sum_up() -> int:
    return digests.send([each.pk for each in digests.due(timezone.localdate())])


def test_the_summary_comes_in_its_rhythm_with_the_figures_of_the_offers(ahausen, boss):
    with inside(ahausen):
        user = User.objects.get(email="chefin@verein.example")
        DailyOfferView.objects.create(offer_id=boss.offers[0].pk, day=timezone.localdate(), count=12)
        DailyOfferView.objects.create(
            offer_id=boss.offers[1].pk, day=timezone.localdate() - timedelta(days=40), count=9
        )
        digests.wish(user, "weekly")
        assert sum_up() == 0
        for days, written in ((6, 0), (7, 1), (8, 0), (13, 0), (14, 1)):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                assert (days, sum_up()) == (days, written)
        first = mails("chefin@verein.example")[0]
        assert "– Öffentlich: 3\n" in first.body
        assert "– Lange nicht geprüft: 2\n" in first.body
        assert "– Ausgeblendet, weil niemand sie geprüft hat: 1\n" in first.body
        assert "zurückgekommen" not in first.body
        assert first.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_summaries_tell_of_every_day_once_in_long_months_and_after_nights_without_a_worker(ahausen, boss):
    """Monthly ones of 2027/28: of months with 31 days and with 29, and one a week late."""
    with inside(ahausen):
        user, zone = User.objects.get(email="chefin@verein.example"), ZoneInfo("Europe/Berlin")
        DailyOfferView.objects.bulk_create(
            DailyOfferView(offer_id=boss.offers[0].pk, day=date(2027, 11, 1) + timedelta(days=number), count=1)
            for number in range(170)
        )
        with time_machine.travel(datetime(2027, 11, 30, 12, tzinfo=zone), tick=False):
            digests.wish(user, "monthly")
        for day in (date(2027, 12, 1), date(2028, 1, 1), date(2028, 2, 8), date(2028, 3, 1), date(2028, 4, 1)):
            with time_machine.travel(datetime.combine(day, time(0, 30), zone), tick=False):
                assert sum_up() == 1
        told = [re.search(r"Aufrufe in den letzten (\d+) Tagen: (\d+)", mail.body).groups() for mail in mails()]
        # The first was wished for the day before, and looks back a week at least.
        assert told == [("7", "7"), ("31", "31"), ("38", "38"), ("22", "22"), ("31", "31")]


def test_one_press_in_a_mail_program_ends_the_summary(ahausen, boss, visitor):
    with inside(ahausen):
        user = User.objects.get(email="chefin@verein.example")
        digests.wish(user, "monthly")
        with time_machine.travel(timezone.now() + timedelta(days=40)):
            assert sum_up() == 1
        link = mails()[0].headers["List-Unsubscribe"].strip("<>")
    path = "/" + link.split("/", 3)[3]
    client = visitor("ahausen")
    assert "Keine Zusammenfassungen mehr?" in client.get(path).content.decode()
    with inside(ahausen):
        assert Digest.objects.exists()
    for _time in range(2):
        answer = client.post(path, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Sie bekommen keine Zusammenfassung" in answer.content.decode()
    with inside(ahausen):
        assert not Digest.objects.exists()
    assert client.post(path[:-4] + "xxx/").status_code == 404


def test_nobody_without_an_organisation_or_with_a_closed_account_gets_a_summary(ahausen, boss):
    with inside(ahausen):
        user = User.objects.get(email="chefin@verein.example")
        digests.wish(user, "weekly")
        with time_machine.travel(timezone.now() + timedelta(days=9)):
            user.is_active = False
            user.save()
            assert sum_up() == 0
            user.is_active = True
            user.save()
            Membership.objects.all().delete()
            assert sum_up() == 0


def test_own_data_and_leaving(ahausen, boss):
    with inside(ahausen):
        night()
        from portal.upkeep import own_data

        user = User.objects.get(email="chefin@verein.example")
        assert [each["Erinnerung"] for each in own_data.gather(user)] == ["Erinnerung des Portals"]
        own_data.released(user)
        assert list(Letter.objects.values_list("address", flat=True)) == [""]
        assert OutboxMessage.objects.count() == 1
