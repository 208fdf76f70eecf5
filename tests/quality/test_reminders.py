"""Reminding providers: first who gets what, then once; nobody twice, however many click however often."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage
from portal.offers.models import Offer
from portal.providers.models import Membership
from portal.quality import work
from portal.quality.models import Link, LinkPlace, Reason, Reminder
from portal.quality.reminders.sending import send
from portal.quality.reminders.starting import remind
from portal.quality.reminders.who import WhyNot, addressees, number_of_unchecked
from portal.upkeep.models import Stopped
from portal.upkeep.planning import tonight
from portal.upkeep.sending import send_tonight
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

AT = "/redaktion/qualitaet/erinnern/ungeprueft/"


def old(provider, *titles: str) -> list[Offer]:
    made = [an_offer(title=title, provider=provider) for title in titles]
    day = timezone.localdate() - timedelta(days=200)
    Offer.objects.filter(pk__in=[each.pk for each in made]).update(reviewed_at=day)
    return made


def belongs(provider, email: str, role: str = "administrator", *, active: bool = True) -> None:
    user = User.objects.create_user(email, is_active=active)
    Membership.objects.create(user=user, provider=provider, role=role)


@pytest.fixture
def clubs(ahausen):
    """Five providers: with an administrator, with a member only, with an address only, with none, and up to date."""
    with inside(ahausen):
        a, b, c, d, e = (a_provider(name=f"Verein {letter}") for letter in "ABCDE")
        belongs(a, "chefin@a.example")
        belongs(a, "zweiter-chef@a.example")
        belongs(a, "helfer@a.example", "member")
        belongs(b, "helfer@b.example", "member")
        belongs(b, "weg@b.example", active=False)
        c.email = "post@c.example"
        c.save()
        old(a, "Chorprobe", "Ärzte-Gespräch")
        for each in (b, c, d):
            old(each, "Kurs")
        an_offer(provider=e, title="Frisch")
        return {"a": a, "b": b, "c": c, "d": d, "e": e}


def deliver() -> None:
    send(list(Reminder.objects.filter(mails=0).values_list("pk", flat=True)))


def test_who_gets_a_mail_and_who_does_not(ahausen, clubs):
    with inside(ahausen):
        found = {each.provider.name[-1].lower(): each for each in addressees(Reason.UNCHECKED)}
        assert {key: (each.offers, each.to, each.why_not) for key, each in found.items()} == {
            "a": (2, ["chefin@a.example", "zweiter-chef@a.example"], None),
            "b": (1, ["helfer@b.example"], None),
            "c": (1, ["post@c.example"], None),
            "d": (1, [], WhyNot.NO_ADDRESS),
        }
        assert number_of_unchecked() == 4


def test_one_mail_a_person_lists_their_offers_with_links(ahausen, clubs):
    with inside(ahausen):
        assert remind(Reason.UNCHECKED, by=None) == 3
        assert OutboxMessage.objects.count() == 0
        deliver()
        deliver()
        mails = {each.to: each for each in OutboxMessage.objects.all()}
        assert set(mails) == {"chefin@a.example", "zweiter-chef@a.example", "helfer@b.example", "post@c.example"}
        body = mails["chefin@a.example"].body
        # The same mail as the portal's own reminder, with its link.
        assert "– Ärzte-Gespräch\n– Chorprobe" in body
        assert re.search(r"http://ahausen\.localhost[:0-9]*/angebote/pruefen/\S+/", body)
        assert "Kurs" not in body
        assert "Ein Klick genügt" in body
        assert "{{" not in body + mails["chefin@a.example"].subject
        assert Entry.objects.get(action="quality.remind").changes == {"reason": "ungeprueft", "providers": 3}


def test_nobody_is_reminded_twice_within_two_weeks_but_of_something_else(ahausen, clubs):
    with inside(ahausen):
        assert remind(Reason.UNCHECKED, by=None) == 3
        assert remind(Reason.UNCHECKED, by=None) == 0
        assert {each.why_not for each in addressees(Reason.UNCHECKED)} == {WhyNot.LATELY, WhyNot.NO_ADDRESS}
        # Incomplete are all of them, the fresh one too, which nobody can be written to about.
        assert remind(Reason.INCOMPLETE, by=None) == 3
    with time_machine.travel(timezone.now() + timedelta(days=13)), inside(ahausen):
        assert remind(Reason.UNCHECKED, by=None) == 0
    with time_machine.travel(timezone.now() + timedelta(days=15)), inside(ahausen):
        assert remind(Reason.UNCHECKED, by=None) == 3


def test_what_was_seen_to_in_the_meantime_is_not_written_about(ahausen, clubs):
    with inside(ahausen):
        remind(Reason.UNCHECKED, by=None)
        Offer.objects.filter(provider=clubs["b"]).update(reviewed_at=timezone.localdate())
        deliver()
        assert not OutboxMessage.objects.filter(to="helfer@b.example").exists()
        assert OutboxMessage.objects.count() == 3


def test_broken_links_remind_those_whose_offers_have_them(ahausen, clubs):
    with inside(ahausen):
        link = Link.objects.create(url="https://weg.example/", verdict="broken", due_at=timezone.now())
        fine = Link.objects.create(url="https://da.example/", verdict="fine", due_at=timezone.now())
        for each, club in ((link, "a"), (fine, "b")):
            offer = Offer.objects.filter(provider=clubs[club]).first()
            LinkPlace.objects.create(link=each, kind="offer", subject_id=offer.pk)
        assert [each.provider.name for each in addressees(Reason.LINKS)] == ["Verein A"]


def test_two_editors_at_the_same_moment_send_one_mail(own_database):
    with inside(municipality("ahausen")):
        club = a_provider(name="Verein", email="post@c.example")
        old(club, "Kurs")
    numbers, ready = [], threading.Barrier(3)

    def click() -> None:
        try:
            with inside(municipality("ahausen")):
                ready.wait(timeout=20)
                numbers.append(remind(Reason.UNCHECKED, by=None))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _number in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    assert sorted(numbers) == [0, 0, 1]
    with inside(municipality("ahausen")):
        assert Reminder.objects.count() == 1


@pytest.fixture
def editor(ahausen, visitor, person):
    user = person(ahausen, Role.EDITOR)
    client = visitor("ahausen")
    with inside(ahausen):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_page_tells_before_it_sends(ahausen, clubs, editor):
    page = editor.get(AT).content.decode()
    assert "3 Anbieter bekommen eine Mail" in page
    assert "Es geht um 4 Angebote. Noch ist nichts gesendet." in page
    assert "Nicht, weil es keine Adresse gibt" in page
    assert "Stimmt das noch?" in page
    with inside(ahausen):
        assert Reminder.objects.count() == 0
    done = editor.post(AT, follow=True).content.decode()
    assert "3 Anbieter bekommen in den nächsten Minuten eine Mail." in done
    again = editor.post(AT, follow=True).content.decode()
    assert "niemand mehr zu erinnern" in again
    with inside(ahausen):
        assert Reminder.objects.count() == 3
        assert Reminder.objects.first().by.email == "editor@ahausen.example"
    assert "Mail an" not in editor.get(AT).content.decode()


def test_some_providers_can_be_chosen_and_nonsense_chooses_nobody(ahausen, clubs, editor):
    with inside(ahausen):
        pk = clubs["b"].pk
    assert "1 Anbieter bekommt eine Mail" in editor.get(AT, {"anbieter": pk}).content.decode()
    assert "Niemand bekommt eine Mail" in editor.get(AT, {"anbieter": "x"}).content.decode()
    editor.post(AT, {"anbieter": "x"})
    editor.post(AT, {"anbieter": pk})
    with inside(ahausen):
        assert list(Reminder.objects.values_list("provider_id", flat=True)) == [pk]
    assert editor.get("/redaktion/qualitaet/erinnern/sonstwas/").status_code == 404


def test_nobody_gets_two_mails_in_a_week_whoever_sends_them_and_one_gathers_all(ahausen, clubs):
    with inside(ahausen):
        other = a_provider(name="Verein F")
        Membership.objects.create(user=User.objects.get(email="helfer@b.example"), provider=other, role="member")
        old(other, "Noch ein Kurs")
        assert remind(Reason.UNCHECKED, by=None) == 4
        deliver()
        (mail,) = OutboxMessage.objects.filter(to="helfer@b.example")
        assert "– Kurs (Verein B)\n– Noch ein Kurs (Verein F)" in mail.body
        # Of something else, within the week: everybody had a mail.
        assert {each.why_not for each in addressees(Reason.INCOMPLETE)} == {WhyNot.LATELY, WhyNot.NO_ADDRESS}
        assert remind(Reason.INCOMPLETE, by=None) == 0
        assert tonight() == {}
    with time_machine.travel(timezone.now() + timedelta(days=8)), inside(ahausen):
        assert remind(Reason.INCOMPLETE, by=None) == 4
        deliver()
        assert OutboxMessage.objects.filter(to="helfer@b.example").count() == 2
        assert tonight() == {}


def test_who_was_written_to_by_the_portal_is_not_written_to_by_an_editor(ahausen, clubs):
    with inside(ahausen):
        send_tonight(sorted(tonight()))
        assert remind(Reason.UNCHECKED, by=None) == 0
        assert OutboxMessage.objects.count() == 4


def test_the_desk_shows_those_whom_nobody_reaches(ahausen, clubs):
    with inside(ahausen):
        (item,) = work.reminder(5)
        assert "1 Anbieters" in item.title or "1 Anbieter" in item.title
        assert "niemand dort kann erinnert werden" in item.what
        Stopped.objects.create(address="post@c.example")
        assert "2 Anbieter" in work.reminder(5)[0].title
        Offer.objects.update(reviewed_at=timezone.localdate())
        assert work.reminder(5) == []
