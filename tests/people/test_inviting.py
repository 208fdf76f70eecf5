"""Inviting somebody to work for the town hall: once, seven days, this address."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from portal.people.models import RoleInvitation
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.people.cast import PEOPLE, an_account, enter, mails_to, said

PAGE = f"{PEOPLE}einladungen/"
NEW = "tarek@amt.example"


@pytest.fixture
def anna(ahausen, visitor):
    with inside(ahausen):
        admin = an_account("anna@amt.example", "admin")
    return enter(visitor("ahausen"), admin)


def invite(client, emails=NEW, role="editor"):
    return client.post(PAGE, {"emails": emails, "role": role}, follow=True)


def link_to(where, email):
    body = mails_to(where, email)[-1].body
    return re.search(r"/konto/einladung/rolle/[\w-]+/", body)[0]


def take(client, link, name="Tarek Klein"):
    return client.post(link, {"person": name, "password1": PASSWORD, "email": "andere@x.example"})


def test_a_new_colleague_makes_the_account_by_the_link_and_has_the_role(anna, ahausen, visitor):
    assert "ist unterwegs" in said(invite(anna))
    client, link = visitor("ahausen"), link_to(ahausen, NEW)
    assert "Ihre Rolle: Redaktion" in said(client.get(link))
    assert take(client, link).status_code == 302
    with inside(ahausen):
        user = User.objects.get(email=NEW)
        assert user.roles == ["editor"]
        assert user.name == "Tarek Klein"
        assert EmailAddress.objects.get(user=user).verified
        assert RoleInvitation.objects.get().state == "accepted"
        assert {"account.invited", "account.roles", "account.invitation_accepted"} <= set(
            Entry.objects.values_list("action", flat=True)
        )
    # The link is good once.
    assert visitor("ahausen").get(link).status_code == 404


def test_whoever_is_there_gets_the_role_at_once_and_the_page_and_a_mail_say_so(anna, ahausen):
    with inside(ahausen):
        ben = an_account("ben@amt.example", "planner")
    words = said(invite(anna, "Ben@AMT.example"))
    assert "hat schon ein Konto: Die Rolle „Redaktion“ ist hinzugefügt" in words
    with inside(ahausen):
        assert User.objects.get(pk=ben.pk).roles == ["planner", "editor"]
        assert not RoleInvitation.objects.exists()
    (mail,) = mails_to(ahausen, "ben@amt.example")
    assert "Planung, Redaktion" in mail.body
    assert "und die Rolle „Redaktion“. Es wurde nichts geändert" in said(invite(anna, "ben@amt.example"))
    assert len(mails_to(ahausen, "ben@amt.example")) == 1


@pytest.mark.parametrize("state", ["closed", "unproved"])
def test_a_closed_or_unproved_account_gets_no_role(anna, ahausen, state):
    """Anybody can begin an account with a colleague's address and wait for a role to come."""
    with inside(ahausen):
        ben = an_account("ben@amt.example", is_active=state != "closed")
        if state == "unproved":
            EmailAddress.objects.filter(user=ben).update(verified=False)
    words = said(invite(anna, "ben@amt.example"))
    assert "deaktiviert" in words if state == "closed" else "noch nicht bestätigt" in words
    with inside(ahausen):
        assert User.objects.get(pk=ben.pk).roles == []
        assert not RoleInvitation.objects.exists()


def test_after_seven_days_the_link_is_over_and_sending_again_makes_a_new_one(anna, ahausen, visitor):
    invite(anna)
    old = link_to(ahausen, NEW)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        assert visitor("ahausen").get(old).status_code == 404
        assert take(visitor("ahausen"), old).status_code == 404
    with inside(ahausen):
        assert not User.objects.filter(email=NEW).exists()
        row = RoleInvitation.objects.get()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        anna.post(f"{PAGE}{row.pk}/erneut/")
        fresh = link_to(ahausen, NEW)
        assert fresh != old
        assert visitor("ahausen").get(old).status_code == 404
        assert visitor("ahausen").get(fresh).status_code == 200


def test_a_double_click_sends_one_mail(anna, ahausen):
    for _turn in range(3):
        invite(anna)
    assert len(mails_to(ahausen, NEW)) == 1
    with inside(ahausen):
        assert RoleInvitation.objects.count() == 1


def test_a_withdrawn_link_is_over(anna, ahausen, visitor):
    invite(anna)
    link = link_to(ahausen, NEW)
    with inside(ahausen):
        row = RoleInvitation.objects.get()
    assert "zurückgezogen" in said(anna.post(f"{PAGE}{row.pk}/zurueckziehen/", follow=True))
    assert visitor("ahausen").get(link).status_code == 404
    assert "nicht mehr offen" in said(anna.post(f"{PAGE}{row.pk}/erneut/", follow=True))
    assert "nicht mehr offen" in said(anna.post(f"{PAGE}{row.pk}/zurueckziehen/", follow=True))


def test_the_link_is_for_this_address_only(anna, ahausen, visitor):
    invite(anna)
    link = link_to(ahausen, NEW)
    with inside(ahausen):
        other = an_account("olga@amt.example")
    client = enter(visitor("ahausen"), other)
    assert client.get(link).status_code == 403
    assert client.post(link).status_code == 403
    with inside(ahausen):
        assert User.objects.get(pk=other.pk).roles == []


def test_next_door_the_link_is_unknown(anna, ahausen, bedorf, visitor):
    invite(anna)
    assert visitor("bedorf").get(link_to(ahausen, NEW)).status_code == 404


def test_several_at_once_and_the_form_names_what_is_wrong(anna, ahausen):
    answer = anna.post(PAGE, {"emails": "a@x.example, kein-at; b@x.example", "role": "editor"})
    assert answer.status_code == 400
    assert "Bitte schreiben Sie diese vollständig: kein-at" in said(answer)
    invite(anna, "a@x.example, b@x.example\nA@x.example")
    with inside(ahausen):
        assert set(RoleInvitation.objects.values_list("email", flat=True)) == {"a@x.example", "b@x.example"}
    assert anna.post(PAGE, {"emails": "", "role": ""}).status_code == 400
    assert anna.post(PAGE, {"emails": "c@x.example", "role": "operator"}).status_code == 400
    many = ",".join(f"p{number}@x.example" for number in range(21))
    assert "höchstens 20" in said(anna.post(PAGE, {"emails": many, "role": "editor"}))
