"""The editors' word on a new organisation, and what its founder hears of it."""

import re

from mail.models import OutboxMessage
from portal.editorial.waiting import waiting
from portal.organisations import registering
from portal.organisations.models import Registration
from portal.preferences.models import ApprovalRule
from portal.providers import editing
from portal.providers.models import Provider
from portal.revisions.models import Revision

FOUNDER = "gruender@beispiel.example"


def founded(person, ahausen, name="Lesekreis Nord"):
    user = person(ahausen, email=FOUNDER)
    registering.remember(user, name=name)
    return user, registering.fulfil(user)


def decide(client, what, **data):
    revision = waiting().get()
    client.get(f"/redaktion/pruefen/{revision.pk}/")
    return client.post(f"/redaktion/pruefen/{revision.pk}/{what}/", {"version": revision.version, **data})


def test_approved_it_is_public_and_the_founder_hears_of_it(cast, browser_of, person, ahausen, visitor):
    _user, club = founded(person, ahausen)
    editors = browser_of(cast.editor)
    assert "Lesekreis Nord" in editors.get("/redaktion/pruefen/").content.decode()
    shown = editors.get(f"/redaktion/pruefen/{waiting().get().pk}/").content.decode()
    assert FOUNDER in shown
    decide(editors, "freigeben")
    club.refresh_from_db()
    assert (club.state, club.published_at is not None) == ("published", True)
    assert visitor("ahausen").get(club.get_absolute_url()).status_code == 200
    mail = OutboxMessage.objects.get(kind="organisation_registration_approved")
    assert (mail.to, mail.subject, mail.reply_to) == (FOUNDER, "Jetzt im Portal: Lesekreis Nord", cast.editor.email)
    assert club.get_absolute_url() in mail.body


def test_returned_with_a_reason_it_is_sent_once_more_with_its_right_name(cast, browser_of, person, ahausen, visitor):
    user, club = founded(person, ahausen, name="Lk")
    editors = browser_of(cast.editor)
    assert decide(editors, "zurueckgeben", grund=" ").status_code == 400
    decide(editors, "zurueckgeben", grund="Bitte den vollen Namen.")
    club.refresh_from_db()
    assert (club.state, club.published_at) == ("draft", None)
    mail = OutboxMessage.objects.get(kind="organisation_registration_returned")
    assert (mail.to, "Bitte den vollen Namen." in mail.body) == (FOUNDER, True)
    founder = browser_of(user)
    listed = founder.get(re.search(r"/konto/\S+", mail.body)[0]).content.decode()
    assert "Bitte den vollen Namen." in listed
    address = f"/konto/anbieter/{club.pk}/erneut/"
    assert address in listed
    assert "Bitte den vollen Namen." in founder.get(address).content.decode()
    assert founder.post(address, {"name": " "}).status_code == 400
    for _click in range(2):
        assert founder.post(address, {"name": "Lesekreis Nord e. V."}).url == "/konto/anbieter/"
    club.refresh_from_db()
    assert (club.name, club.state) == ("Lesekreis Nord e. V.", "submitted")
    assert Revision.objects.waiting().count() == 1
    assert "Bitte den vollen Namen." not in founder.get("/konto/anbieter/").content.decode()
    decide(editors, "freigeben")
    assert visitor("ahausen").get(Provider.objects.get(pk=club.pk).get_absolute_url()).status_code == 200


def test_only_its_administrators_send_it_again(cast, browser_of, person, ahausen):
    _user, club = founded(person, ahausen)
    Provider.objects.filter(pk=club.pk).update(state="draft")
    assert browser_of(cast.stranger).post(f"/konto/anbieter/{club.pk}/erneut/", {"name": "Gekapert"}).status_code == 404
    club.refresh_from_db()
    assert (club.name, club.state) == ("Lesekreis Nord", "draft")


def test_a_later_decision_on_the_profile_is_no_registration(cast, browser_of, person, ahausen):
    user, club = founded(person, ahausen)
    editors = browser_of(cast.editor)
    decide(editors, "freigeben")
    cast.rule(ApprovalRule.CHANGES)
    club.refresh_from_db()
    changes = {"summary": "Wir lesen.", "email": "lesen@beispiel.example"}
    editing.autosave(club, changes, by=user, base=editing.begin(club, by=user).base)
    editing.submit(club, by=user)
    decide(editors, "freigeben")
    assert OutboxMessage.objects.filter(subject__contains="Jetzt im Portal").count() == 1


def test_fulfilling_twice_makes_one(cast, person, ahausen):
    user, _club = founded(person, ahausen)
    assert registering.fulfil(user) is None
    assert not Registration.objects.exists()
    assert Provider.objects.filter(author=user).count() == 1
