"""Inviting by mail: seven days, once, for one address."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from mail.models import OutboxMessage
from portal.organisations import inviting, registering, tasks
from portal.organisations.models import Invitation, JoinRequest
from portal.preferences.models import Preferences
from portal.providers.models import Membership, Provider

NEW = "neu@beispiel.example"
ACCOUNT = {"person": "Neue Person", "password1": "kaffee-bruecke-montag-regen", "terms": "on"}


def invite(cast, browser_of, email=NEW, role="member"):
    client = browser_of(cast.administrator)
    return client.post(f"/konto/anbieter/{cast.club.pk}/personen/", {"email": email, "role": role})


def link(email=NEW):
    body = OutboxMessage.objects.filter(to=email).order_by("pk").last().body
    return "/" + re.search(r"https?://\S+", body)[0].split("/", 3)[3]


def test_somebody_without_an_account_makes_one_and_belongs_to_it(cast, browser_of, visitor):
    Preferences.objects.update(registration_open=False)
    assert invite(cast, browser_of, email=" Neu@Beispiel.example ").status_code == 302
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (NEW, "Einladung: schreiben für Turnverein")
    client = visitor("ahausen")
    page = client.get(link()).content.decode()
    assert "administrator lädt Sie ein, für „Turnverein“ zu schreiben." in page
    assert not User.objects.filter(email=NEW).exists()
    wrong = client.post(link(), {**ACCOUNT, "person": ""})
    assert 'id="fehler"' in wrong.content.decode()
    # The address is that of the invitation, whatever is sent.
    answer = client.post(link(), {**ACCOUNT, "email": "anders@beispiel.example"})
    assert answer.url == f"/konto/anbieter/{cast.club.pk}/personen/"
    user = User.objects.get(email=NEW)
    assert (user.name, Membership.objects.get(user=user).role) == ("Neue Person", "member")
    assert user.emailaddress_set.get().verified
    assert client.get(f"/konto/anbieter/{cast.club.pk}/personen/").status_code == 200
    assert not User.objects.filter(email="anders@beispiel.example").exists()


def test_somebody_with_an_account_signs_in_and_presses_one_button(cast, browser_of, visitor, person, ahausen):
    user = person(ahausen, email=NEW)
    invite(cast, browser_of, role="administrator")
    page = visitor("ahausen").get(link()).content.decode()
    assert f"/konto/anmelden/?next={link()}" in page
    assert visitor("ahausen").post(link(), ACCOUNT).status_code == 200
    client = browser_of(user)
    client.get(link())
    assert not Membership.objects.filter(user=user).exists()
    for _click in range(2):
        assert client.post(link()).url == f"/konto/anbieter/{cast.club.pk}/personen/"
    assert Membership.objects.get(user=user).role == "administrator"
    assert client.get(link()).url == f"/konto/anbieter/{cast.club.pk}/personen/"


def test_only_the_owner_of_the_address_can_use_it(cast, browser_of):
    invite(cast, browser_of)
    thief = browser_of(cast.stranger)
    assert thief.get(link()).status_code == 403
    assert thief.post(link()).status_code == 403
    assert not Membership.objects.filter(provider=cast.club, user=cast.stranger).exists()


def test_it_works_once_and_for_seven_days_and_until_it_is_withdrawn(cast, browser_of, visitor):
    invite(cast, browser_of)
    first = link()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        late = visitor("ahausen").get(first)
        assert (late.status_code, "gilt nicht mehr" in late.content.decode()) == (404, True)
        assert visitor("ahausen").post(first, ACCOUNT).status_code == 404
    visitor("ahausen").post(first, ACCOUNT)
    assert visitor("ahausen").get(first).status_code == 404
    invite(cast, browser_of, email="zwei@beispiel.example")
    second = Invitation.objects.get(email="zwei@beispiel.example")
    browser_of(cast.administrator).post(
        f"/konto/anbieter/{cast.club.pk}/personen/einladungen/{second.pk}/zurueckziehen/"
    )
    assert visitor("ahausen").post(link("zwei@beispiel.example"), ACCOUNT).status_code == 404
    assert not User.objects.filter(email="zwei@beispiel.example").exists()


def test_only_a_digest_of_the_secret_is_kept(cast, browser_of):
    invite(cast, browser_of)
    token = link().rstrip("/").rsplit("/", 1)[1]
    kept = Invitation.objects.get()
    assert token not in str(kept.__dict__)
    assert kept.digest == inviting.digest_of(token)
    assert len(token) >= 43


def test_a_new_link_ends_the_old_one_and_two_clicks_are_one_mail(cast, browser_of, visitor):
    invite(cast, browser_of)
    invite(cast, browser_of)
    assert OutboxMessage.objects.count() == 1
    old = link()
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        pk = Invitation.objects.get().pk
        browser_of(cast.administrator).post(f"/konto/anbieter/{cast.club.pk}/personen/einladungen/{pk}/erneut/")
    assert link() != old
    assert visitor("ahausen").get(old).status_code == 404
    assert visitor("ahausen").get(link()).status_code == 200


def test_who_belongs_to_it_is_not_invited(cast, browser_of):
    answer = invite(cast, browser_of, email="MEMBER@verein.example")
    assert answer.status_code == 400
    assert "gehört schon dazu" in answer.content.decode()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("email", ["", "kein", "a@b@c.de", "x" * 300 + "@b.de"])
def test_a_wrong_address_is_said_beside_the_field(cast, browser_of, email):
    answer = invite(cast, browser_of, email=email)
    assert answer.status_code == 400
    assert 'id="fehler"' in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_invitation_answers_a_request_to_join(cast, browser_of, person, ahausen):
    user = person(ahausen, email=NEW)
    asked = JoinRequest.objects.create(provider=cast.club, user=user)
    invite(cast, browser_of)
    browser_of(user).post(link())
    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_nobody_advertises_by_invitation(cast, browser_of):
    Provider.objects.filter(pk=cast.club.pk).update(name="Gewinnen auf www.spam.example")
    User.objects.filter(pk=cast.administrator.pk).update(name="https://spam.example")
    invite(cast, browser_of)
    mail = OutboxMessage.objects.get()
    assert "spam.example" not in mail.subject + mail.body


def test_a_token_of_nobody_leads_to_a_page(ahausen, visitor):
    answer = visitor("ahausen").get("/konto/einladung/gibt-es-nicht/")
    assert (answer.status_code, "gilt nicht mehr" in answer.content.decode()) == (404, True)


def test_an_invitation_of_one_municipality_is_unknown_in_another(cast, browser_of, bedorf, visitor):
    invite(cast, browser_of)
    assert visitor("bedorf").get(link()).status_code == 404


def test_what_is_put_away_lets_nobody_in(cast, browser_of, visitor):
    invite(cast, browser_of)
    Provider.objects.filter(pk=cast.club.pk).update(state="archived")
    assert visitor("ahausen").post(link(), ACCOUNT).status_code == 404
    assert not User.objects.filter(email=NEW).exists()


def test_who_was_invited_or_asked_is_forgotten_after_a_while(cast, browser_of, person, ahausen):
    invite(cast, browser_of)
    now = timezone.now()
    old = JoinRequest.objects.create(
        provider=cast.club, user=person(ahausen, email="x@y.example"), state="withdrawn", decided_at=now
    )
    waiting = JoinRequest.objects.create(provider=cast.club, user=person(ahausen, email="z@y.example"))
    tasks.purge_here()
    assert Invitation.objects.count() == 1
    assert registering.forget_settled(now + timedelta(days=36)) == 0
    assert registering.forget_settled(now + timedelta(days=38)) == 1
    assert registering.forget_settled(now + timedelta(days=366)) == 1
    assert not JoinRequest.objects.filter(pk=old.pk).exists()
    assert list(JoinRequest.objects.all()) == [waiting]
