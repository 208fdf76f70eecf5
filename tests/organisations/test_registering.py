"""Registering: one page, one mail, one button; then the organisation waits for the editors."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from audit.models import Entry
from core.access import Role
from portal.editorial.waiting import to_be_counted
from portal.feedback import spam
from portal.organisations.mistyped import meant
from portal.organisations.models import JoinRequest, Registration
from portal.organisations.registering import purge
from portal.preferences.models import Preferences
from portal.providers.models import Membership, Provider
from tenants.running.context import inside
from tests.factories import a_provider
from tests.organisations.registering import ADDRESS, EMAIL, PASSWORD, confirm, filled, link_in, mails_to, register

SENT = "/konto/bestaetigen/gesendet/"


def test_nothing_comes_into_being_before_the_address_is_proved(ahausen, visitor):
    client = visitor("ahausen")
    assert register(client, ahausen).url == SENT
    with inside(ahausen):
        assert not Provider.objects.exists()
        assert not Membership.objects.exists()
        assert Registration.objects.get().name == "Nachbarschaftstreff Malstatt e. V."
    assert client.post("/konto/anmelden/", {"login": EMAIL, "password": PASSWORD}).url == SENT
    assert client.get("/konto/").status_code == 302


def test_after_the_button_the_organisation_waits_for_the_editors_and_its_founder_writes(ahausen, visitor):
    client = visitor("ahausen")
    register(client, ahausen)
    assert confirm(client, ahausen).status_code == 302
    with inside(ahausen):
        club = Provider.objects.get()
        assert (club.name, club.state, club.published_at) == ("Nachbarschaftstreff Malstatt e. V.", "submitted", None)
        assert club.author.name == "Helga Brandt"
        assert club.memberships.get().role == "administrator"
        assert not Registration.objects.exists()
        assert sum(rows.count() for rows in to_be_counted()) == 1
    assert client.post("/konto/anmelden/", {"login": EMAIL, "password": PASSWORD}).url == "/konto/"
    assert "Die Redaktion prüft Ihre Anmeldung" in client.get("/konto/anbieter/").content.decode()
    assert client.post("/konto/angebote/neu/").status_code == 302
    assert "Nachbarschaftstreff" not in visitor("ahausen").get("/anbieter/").content.decode()


def test_whoever_registered_agreed_to_the_terms_that_count(ahausen, visitor):
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(terms_version=3)
    client = visitor("ahausen")
    register(client, ahausen)
    confirm(client, ahausen)
    with inside(ahausen):
        user = User.objects.get(email=EMAIL)
        assert (user.terms_version, user.terms_accepted_at is not None) == (3, True)
    client.post("/konto/anmelden/", {"login": EMAIL, "password": PASSWORD})
    assert client.get("/konto/anbieter/").status_code == 200


def test_mistakes_are_told_in_the_order_of_the_page(visitor, ahausen):
    nothing = {"org_name": "", "person": "", "email": "", "password1": "", "terms": None}
    page = register(visitor("ahausen"), ahausen, **nothing).content.decode()
    summary = page.split('role="alert"')[1].split("</ul>")[0]
    places = re.findall(r'href="#id_(\w+)"', summary)
    assert places == ["org_name", "person", "email", "password1", "terms"]


def test_pressing_the_button_twice_makes_one_organisation(ahausen, visitor):
    client = visitor("ahausen")
    register(client, ahausen)
    link = link_in(mails_to(ahausen)[0])
    client.post(link)
    client.post(link)
    with inside(ahausen):
        assert Provider.objects.count() == 1
    assert (
        "bereits bestätigt" in client.get(link).content.decode() or "ist bestätigt" in client.get(link).content.decode()
    )


def test_a_known_address_gets_the_same_answer_and_a_mail_saying_so(ahausen, visitor, person):
    user = person(ahausen, email=EMAIL)
    known, unknown = register(visitor("ahausen"), ahausen), register(visitor("ahausen"), ahausen, email="x@y.example")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert set(known.cookies) == set(unknown.cookies)
    (mail,) = mails_to(ahausen)
    assert mail.subject == "Sie haben schon ein Konto"
    assert "/konto/passwort/" in mail.body
    with inside(ahausen):
        user.refresh_from_db()
        assert user.check_password("ein-gutes-passwort-2026")
        assert not Registration.objects.filter(user=user).exists()


def test_who_never_confirmed_gets_the_link_again_and_the_first_entries_hold(ahausen, visitor):
    register(visitor("ahausen"), ahausen)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        answer = register(
            visitor("ahausen"), ahausen, org_name="Ein anderer Verein", password1="ganz-andere-worte-hier"
        )
        assert answer.url == SENT
        assert "/konto/bestaetigen/" in mails_to(ahausen)[1].body
        confirm(visitor("ahausen"), ahausen)
    with inside(ahausen):
        assert Provider.objects.get().name == "Nachbarschaftstreff Malstatt e. V."
        assert User.objects.get(email=EMAIL).check_password(PASSWORD)


def test_two_clicks_are_one_registration_and_one_mail(ahausen, visitor):
    client = visitor("ahausen")
    register(client, ahausen)
    register(visitor("ahausen"), ahausen)
    assert len(mails_to(ahausen)) == 1
    with inside(ahausen):
        assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"org_name": " "}, "Bitte schreiben Sie den Namen"),
        ({"person": ""}, "Bitte füllen Sie dieses Feld aus"),
        ({"email": "helga"}, "Bitte die Adresse vollständig schreiben"),
        ({"password1": "kurz"}, "10 Zeichen"),
        ({"terms": None}, "Ohne Ihr Einverständnis"),
        ({"org": "vorhanden", "org_da": ""}, "Bitte schreiben Sie den Namen der Einrichtung"),
        ({"org": "vorhanden", "org_da": "Gibt es nicht"}, "keine Einrichtung mit diesem Namen"),
        ({"org": "anders"}, "ist keine"),
        ({"homepage": "http://spam.example"}, "leer bleiben muss"),
    ],
)
def test_what_is_wrong_is_said_on_top_and_nothing_is_made(ahausen, visitor, changed, sentence):
    page = register(visitor("ahausen"), ahausen, **changed).content.decode()
    assert 'id="fehler"' in page
    assert sentence in page
    assert "<title>Fehler:" in page
    with inside(ahausen):
        assert not User.objects.exists()


def test_a_mistyped_address_is_a_question_and_one_press_goes_on(ahausen, visitor):
    client = visitor("ahausen")
    page = register(client, ahausen, email="helga@gmial.com").content.decode()
    assert "Meinten Sie helga@gmail.com?" in page
    assert 'id="fehler"' not in page
    # What was typed once need not be typed again.
    assert PASSWORD in page
    with inside(ahausen):
        assert not User.objects.exists()
    assert register(client, ahausen, email="helga@gmial.com", mail_ja="1").url == SENT
    assert len(mails_to(ahausen, "helga@gmail.com")) == 1


def test_whoever_says_the_address_is_right_is_believed(ahausen, visitor):
    assert register(visitor("ahausen"), ahausen, email="helga@web.d.example", mail_nein="1").url == SENT
    assert register(visitor("ahausen"), ahausen, email="eva@gmial.com", mail_nein="1").url == SENT
    assert len(mails_to(ahausen, "eva@gmial.com")) == 1


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@web.d", "a@web.de"),
        ("a@t-onlin.de", "a@t-online.de"),
        ("A.B@GMX.ED", "a.b@gmx.de"),
        ("a@gmail.con", "a@gmail.com"),
        ("a@outlok.d", "a@outlook.de"),
        ("a@web.de", ""),
        ("a@gmx.at", ""),
        ("a@mail.com", ""),
        ("a@saarbruecken.de", ""),
        ("a@verein-malstatt.de", ""),
        ("a", ""),
        ("@web.d", ""),
        ("a@" + "x" * 5000, ""),
    ],
)
def test_what_is_taken_for_mistyped(typed, right):
    assert meant(typed) == right


def test_a_name_that_is_there_already_is_a_question(ahausen, visitor):
    with inside(ahausen):
        club = a_provider(name="Turnverein Ähausen")
    client = visitor("ahausen")
    page = register(client, ahausen, org_name="turnverein aehausen").content.decode()
    assert "„Turnverein Ähausen“ steht schon im Portal" in page
    assert register(client, ahausen, org_name="turnverein aehausen", dazu=club.pk).url == SENT
    with inside(ahausen):
        assert Registration.objects.get().provider == club


def test_ours_is_another_one(ahausen, visitor):
    with inside(ahausen):
        a_provider(name="Turnverein")
    assert register(visitor("ahausen"), ahausen, org_name="Turnverein", trotzdem="1").url == SENT
    with inside(ahausen):
        assert Registration.objects.get().name == "Turnverein"


def test_an_organisation_is_found_by_a_part_of_its_name_and_chosen(ahausen, visitor):
    with inside(ahausen):
        a_provider(name="Volkshochschule an der Saar")
        second = a_provider(name="Volkshochschule Völklingen")
        a_provider(name="Volkshochschule geheim", state="draft", published_at=None)
    client = visitor("ahausen")
    page = register(client, ahausen, org="vorhanden", org_da="volkshochschule", org_suche="1").content.decode()
    assert page.count('name="org_wahl"') == 2
    assert "geheim" not in page
    answer = register(client, ahausen, org="vorhanden", org_da="volkshochschule", org_wahl=second.pk)
    assert answer.url == SENT
    confirm(client, ahausen)
    with inside(ahausen):
        request = JoinRequest.objects.get()
        assert (request.provider, request.user.email, request.state) == (second, EMAIL, "waiting")
        assert not Membership.objects.exists()


def test_a_hidden_organisation_cannot_be_asked_by_its_number(ahausen, visitor):
    with inside(ahausen):
        hidden = a_provider(name="Geheim", state="submitted", published_at=None)
    page = register(visitor("ahausen"), ahausen, org="vorhanden", org_da="Geheim", org_wahl=hidden.pk)
    assert page.status_code == 200
    with inside(ahausen):
        assert not User.objects.exists()


def test_where_registration_is_closed_the_page_says_so_and_takes_nothing(ahausen, visitor):
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(registration_open=False)
    client = visitor("ahausen")
    assert "/kontakt/schreiben/" in client.get(ADDRESS).content.decode()
    assert "Kontakt" in register(client, ahausen).content.decode()
    with inside(ahausen):
        assert not User.objects.exists()
        assert Preferences.current().registration_open is False


def test_the_editors_open_and_close_the_registration(ahausen, visitor, signed_in):
    editors = signed_in(ahausen, Role.EDITOR)
    for wish, said in (("nein", "meldet die Redaktion neue Anbieter selbst an"), ("ja", "Wie heißt sie?")):
        assert editors.post("/redaktion/einstellungen/registrierung/", {"offen": wish}).status_code == 302
        assert f'value="{wish}" checked' in editors.get("/redaktion/einstellungen/registrierung/").content.decode()
        assert said in visitor("ahausen").get(ADDRESS).content.decode()
    with inside(ahausen):
        assert Entry.objects.filter(action="registration.open").count() == 2


def test_the_operators_side_registers_nobody(db, visitor):
    assert "org_name" not in visitor("").get(ADDRESS).content.decode()


def test_500_registrations_a_minute_from_one_network_are_limited(ahausen, visitor):
    client = visitor("ahausen")
    # Within one moment, however long a busy machine takes for them.
    with time_machine.travel(timezone.now(), tick=False):
        answers = [client.post(ADDRESS, {"email": f"a{number}@b.example"}).status_code for number in range(500)]
        assert answers[:20] == [200] * 20
        assert answers[20:] == [429] * 480
        page = client.post(ADDRESS, {"email": "a@b.example"}).content.decode()
        assert "warten Sie" in page
        # Another network is not punished.
        assert visitor("ahausen").post(ADDRESS, {"email": "a"}, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_link_of_another_municipality_proves_nothing(ahausen, bedorf, visitor):
    register(visitor("ahausen"), ahausen)
    register(visitor("bedorf"), bedorf)
    foreign = link_in(mails_to(bedorf)[0])
    client = visitor("ahausen")
    page = client.get(foreign).content.decode()
    assert "Neuen Link schicken" in page
    client.post(foreign)
    with inside(ahausen):
        assert not EmailAddress.objects.get(email=EMAIL).verified
        assert not Provider.objects.exists()


def test_an_old_link_leads_to_a_new_one(ahausen, visitor):
    client = visitor("ahausen")
    register(client, ahausen)
    old = link_in(mails_to(ahausen)[0])
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert "Neuen Link schicken" in client.get(old).content.decode()
        client.post(old)
        with inside(ahausen):
            assert not Provider.objects.exists()
        known = visitor("ahausen").post("/konto/bestaetigen/neu/", {"email": EMAIL.upper()})
        unknown = visitor("ahausen").post("/konto/bestaetigen/neu/", {"email": "niemand@beispiel.example"})
        wrong = visitor("ahausen").post("/konto/bestaetigen/neu/", {"email": "kein@@"})
        assert known.url == unknown.url == wrong.url == SENT
        assert not mails_to(ahausen, "niemand@beispiel.example")
        confirm(client, ahausen)
    with inside(ahausen):
        assert Provider.objects.count() == 1


def test_what_was_never_confirmed_is_forgotten_after_a_week(ahausen, visitor, person):
    person(ahausen, Role.PROVIDER)
    register(visitor("ahausen"), ahausen)
    register(visitor("ahausen"), ahausen, email="bleibt@beispiel.example", org_name="Bleibt")
    confirm(visitor("ahausen"), ahausen, "bleibt@beispiel.example")
    with inside(ahausen):
        assert purge(timezone.now() + timedelta(days=6)) == 0
        assert purge(timezone.now() + timedelta(days=8)) == 1
        assert not User.objects.filter(email=EMAIL).exists()
        assert User.objects.filter(email="bleibt@beispiel.example").exists()
        assert User.objects.count() == 2


def test_an_organisation_that_left_meanwhile_makes_no_request(ahausen, visitor):
    with inside(ahausen):
        club = a_provider(name="Turnverein")
    client = visitor("ahausen")
    register(client, ahausen, org="vorhanden", org_da="Turnverein")
    with inside(ahausen):
        Provider.objects.filter(pk=club.pk).update(state="paused")
    confirm(client, ahausen)
    with inside(ahausen):
        assert not JoinRequest.objects.exists()
        assert EmailAddress.objects.get(email=EMAIL).verified
    client.post("/konto/anmelden/", {"login": EMAIL, "password": PASSWORD})
    assert "Sie gehören noch zu keiner Organisation" in client.get("/konto/anbieter/").content.decode()


def test_the_page_asks_the_same_number_of_statements_for_many_organisations(
    ahausen, visitor, django_assert_num_queries
):
    counted = []
    for many in (1, 60):
        with inside(ahausen):
            for number in range(many):
                a_provider(name=f"Verein {many} {number}")
        visitor("ahausen").get(ADDRESS)
        with CaptureQueriesContext(connection) as found:
            assert visitor("ahausen").get(ADDRESS).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]


def test_the_form_too_quick_for_a_person_asks_to_wait(ahausen, visitor):
    with inside(ahausen):
        token = spam.new_token()
    page = visitor("ahausen").post(ADDRESS, {**filled(ahausen), spam.TOKEN: token}).content.decode()
    assert "sehr schnell" in page
