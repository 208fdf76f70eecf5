"""Proving an address: by a link that works once, for a day, in one municipality, and harms nobody whoever opens it."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmation
from django.db import connection
from django.utils import timezone

from accounts.models import User
from mail.models import OutboxMessage
from portal.translation.models import LanguageSettings
from tenants.running.context import inside, inside_public
from tests.conftest import PASSWORD


def newcomer(where, email="neu@beispiel.example"):
    """Somebody whose address is not proved yet."""
    with inside(where):
        user = User.objects.create_user(email, PASSWORD)
        EmailAddress.objects.filter(user=user).update(verified=False)
        return user


def sign_in(client, email="neu@beispiel.example", **extra):
    return client.post("/konto/anmelden/", {"login": email, "password": PASSWORD}, **extra)


def link_in_mail(where, to="neu@beispiel.example"):
    with inside(where):
        body = OutboxMessage.objects.filter(to=to).first().body
    return re.search(r"https?://\S+", body)[0]


def path(link):
    return "/" + link.split("/", 3)[3]


def proved(where, email="neu@beispiel.example"):
    with inside(where):
        return EmailAddress.objects.get(email=email).verified


@pytest.fixture
def link(ahausen, visitor):
    """A newcomer in Ahausen tried to sign in and got a link."""
    newcomer(ahausen)
    answer = sign_in(visitor("ahausen"))
    assert answer.url == "/konto/bestaetigen/gesendet/"
    return link_in_mail(ahausen)


def test_who_has_not_proved_the_address_cannot_sign_in_and_gets_a_link(ahausen, visitor, link, settings):
    assert link.startswith(f"http://ahausen.localhost{settings.URL_PORT}/konto/bestaetigen/")
    client = visitor("ahausen")
    sign_in(client)
    assert client.get("/konto/").status_code == 302


def test_opening_the_link_changes_nothing_and_the_button_proves_the_address(ahausen, visitor, link):
    client = visitor("ahausen")
    opened = client.get(path(link))
    assert "Ja, Adresse bestätigen" in opened.content.decode()
    assert not proved(ahausen)
    assert client.post(path(link)).url == "/konto/anmelden/"
    assert proved(ahausen)
    assert sign_in(client).url == "/konto/"


def test_a_scanner_that_submits_the_form_is_not_signed_in(ahausen, visitor, link):
    scanner = visitor("ahausen")
    scanner.get(path(link))
    scanner.post(path(link))
    assert scanner.get("/konto/").status_code == 302
    with inside(ahausen):
        assert User.objects.get().last_login is None


def test_a_link_used_twice_says_that_it_is_done(ahausen, visitor, link):
    visitor("ahausen").post(path(link))
    again = visitor("ahausen")
    for answer in (again.get(path(link)), again.post(path(link))):
        assert answer.status_code == 200
        assert "Diese Adresse ist bestätigt" in answer.content.decode()


def test_a_link_works_once_even_when_the_address_waits_again(ahausen, visitor, link):
    """Nothing is stored that could be stolen: what counts is the row the link names, and it is gone or proved."""
    with inside(ahausen):
        user = User.objects.get()
        EmailAddress.objects.all().delete()
        EmailAddress.objects.create(user=user, email="anders@beispiel.example", pk=1)
        assert not EmailConfirmation.objects.exists()
    assert "gilt nicht mehr" in visitor("ahausen").post(path(link)).content.decode()
    assert not proved(ahausen, "anders@beispiel.example")


def test_a_link_ends_after_a_day_and_another_one_comes_with_the_next_sign_in(ahausen, visitor, link):
    client = visitor("ahausen")
    with time_machine.travel(timezone.now() + timedelta(hours=23, minutes=59)):
        assert "Ja, Adresse bestätigen" in client.get(path(link)).content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        for answer in (client.get(path(link)), client.post(path(link))):
            assert "gilt nicht mehr" in answer.content.decode()
        assert not proved(ahausen)
        sign_in(client)
        assert client.post(path(link_in_mail(ahausen))).status_code == 302
    assert proved(ahausen)


def test_a_link_is_worth_nothing_in_another_municipality(ahausen, bedorf, visitor, link):
    other = newcomer(bedorf)
    with inside(ahausen):
        own = EmailAddress.objects.get()
    with inside(bedorf):
        EmailAddress.objects.filter(user=other).update(id=own.pk)
    assert "gilt nicht mehr" in visitor("bedorf").post(path(link)).content.decode()
    assert not proved(bedorf)
    assert "gilt nicht mehr" in visitor("").post(path(link)).content.decode()


def test_a_made_up_link_is_refused(ahausen, visitor):
    for key in ("x", "WzEsImEiXQ:1abc:def", "a" * 3000):
        assert "gilt nicht mehr" in visitor("ahausen").post(f"/konto/bestaetigen/{key}/").content.decode()


def test_somebody_elses_link_ends_no_session(ahausen, person, visitor, link):
    user = person(ahausen)
    client = visitor("ahausen")
    sign_in(client, user.email)
    client.get(path(link))
    client.post(path(link))
    assert client.get("/konto/").status_code == 200


def test_a_mail_has_the_language_of_the_page(ahausen, visitor):
    newcomer(ahausen)
    with inside(ahausen):
        LanguageSettings.objects.update_or_create(pk=1, defaults={"offered": ["de", "en"]})
    visitor("ahausen").post("/konto/anmelden/?sprache=en", {"login": "neu@beispiel.example", "password": PASSWORD})
    link = link_in_mail(ahausen)
    assert link.endswith("/?sprache=en")


def test_accounts_made_by_the_house_need_no_link(ahausen, person, visitor):
    user = person(ahausen)
    assert sign_in(visitor("ahausen"), user.email).url == "/konto/"
    with inside(ahausen):
        assert not OutboxMessage.objects.exists()
    operator = person(None)
    with inside_public():
        assert EmailAddress.objects.get(user_id=operator.pk).verified


def test_everybody_there_was_before_is_taken_as_proved_also_whom_allauth_had_noted(ahausen, visitor):
    """The migration of this release, on accounts as the release before left them."""
    migration = import_module("accounts.migrations.0003_addresses").Migration
    with inside(ahausen):
        plain, noted = (User.objects.create_user(f"{name}@beispiel.example", PASSWORD) for name in ("eva", "otto"))
        EmailAddress.objects.filter(user=plain).delete()
        EmailAddress.objects.filter(user=noted).update(verified=False, primary=False)
        for _twice in range(2):
            with connection.cursor() as cursor:
                cursor.execute(migration.operations[0].sql)
        rows = set(EmailAddress.objects.values_list("user_id", "email", "verified", "primary"))
        assert rows == {(user.pk, user.email, True, True) for user in (plain, noted)}
    assert sign_in(visitor("ahausen"), "eva@beispiel.example").url == "/konto/"
