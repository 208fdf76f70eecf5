"""The list of people and one person's page: what stands there, for whom, and what the buttons do."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Entry
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.factories import a_provider
from tests.people.cast import PEOPLE, a_providers, an_account, enter, mails_to, said


@pytest.fixture
def cast(ahausen):
    with inside(ahausen):
        provider = a_provider(name="Lesepaten Malstatt")
        found = {
            "anna": an_account("anna@amt.example", "admin"),
            "miriam": an_account("miriam@amt.example", "editor"),
            "ines": a_providers("ines@lesen.example", provider=provider),
            "max": a_providers("max@lesen.example", provider=provider, role="member"),
            "provider": provider,
        }
        Authenticator.objects.create(user=found["miriam"], type=Authenticator.Type.TOTP, data={"secret": "x"})
    return found


@pytest.fixture
def anna(cast, visitor):
    return enter(visitor("ahausen"), cast["anna"])


@pytest.fixture
def miriam(cast, visitor):
    client = visitor("ahausen")
    client.force_login(cast["miriam"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def of(person, deed=""):
    return f"{PEOPLE}{person.pk}/{deed}"


@pytest.fixture(autouse=True)
def _logged_in_miriam(ahausen):
    """force_login happens inside the municipality."""
    with inside(ahausen):
        yield


def test_the_list_tells_roles_organisations_state_and_is_found_by_words(anna, cast):
    words = said(anna.get(PEOPLE))
    for word in (
        "4 Personen",
        "Anna",
        "Verwaltung",
        "Redaktion",
        "Lesepaten Malstatt",
        "nie angemeldet",
        "das sind Sie",
    ):
        assert word in words, word
    found = said(anna.get(PEOPLE, {"q": "Malstatt"}))
    assert "2 Personen" in found
    assert "miriam@amt.example" not in found
    assert "1 Person" in said(anna.get(PEOPLE, {"rolle": "member"}))
    assert "1 Person" in said(anna.get(PEOPLE, {"faktor": "ja"}))
    assert "Niemand passt dazu" in said(anna.get(PEOPLE, {"stand": "deaktiviert"}))
    assert "2 Personen" in said(anna.get(PEOPLE, {"rolle": ["admin", "editor"], "reihenfolge": "zuletzt"}))


def test_editors_see_people_and_neither_factors_nor_deeds_on_accounts(miriam, cast):
    words = said(miriam.get(PEOPLE))
    assert "ines@lesen.example" in words
    assert "Zweiter Faktor" not in words
    assert "Ausgeben" not in words
    page = said(miriam.get(of(cast["ines"])))
    for word in ("Rollen speichern", "Deaktivieren", "Zweiter Faktor", "Auf allen Geräten"):
        assert word not in page, word
    assert "Als Ines anmelden" in page
    for deed in ("rollen/", "deaktivieren/", "aktivieren/", "zweiter-faktor/", "sitzungen/"):
        assert miriam.post(of(cast["ines"], deed)).status_code == 404
    assert User.objects.get(pk=cast["ines"].pk).is_active


def test_the_export_has_everybody_who_fits(anna, cast):
    answer = anna.get(f"{PEOPLE}liste.csv", {"rolle": "administrator"})
    lines = answer.content.decode("utf-8-sig").strip().splitlines()
    assert len(lines) == 2
    assert "ines@lesen.example" in lines[1]
    assert "Lesepaten Malstatt" in lines[1]
    assert "Anbieter: leitet" in lines[1]


def test_roles_are_changed_told_and_noted(anna, cast, ahausen):
    answer = anna.post(of(cast["ines"], "rollen/"), {"roles": ["planner", "editor"]}, follow=True)
    assert "sind gespeichert" in said(answer)
    assert User.objects.get(pk=cast["ines"].pk).roles == ["planner", "editor"]
    (mail,) = mails_to(ahausen, "ines@lesen.example")
    assert "Planung, Redaktion" in mail.body
    entry = Entry.objects.get(action="account.roles")
    assert entry.changes == {"roles": [[], ["planner", "editor"]]}
    assert entry.actor_id == cast["anna"].pk
    # A second click changes and tells nothing.
    anna.post(of(cast["ines"], "rollen/"), {"roles": ["planner", "editor"]})
    assert Entry.objects.filter(action="account.roles").count() == 1
    assert len(mails_to(ahausen, "ines@lesen.example")) == 1


@pytest.mark.parametrize("given", [["operator"], ["provider"], ["kaiser"], ["admin", "kaiser"]])
def test_roles_that_are_none_here_change_nothing(anna, cast, given):
    assert "Diese Rolle gibt es nicht" in said(anna.post(of(cast["ines"], "rollen/"), {"roles": given}, follow=True))
    assert User.objects.get(pk=cast["ines"].pk).roles == []


def test_the_last_administrator_is_told_why_not(anna, cast):
    page = said(anna.get(of(cast["anna"])))
    assert "Die einzige Verwaltung lässt sich nicht deaktivieren." in page
    for deed, data in (("rollen/", {"roles": ["editor"]}), ("deaktivieren/", {})):
        answer = anna.post(of(cast["anna"], deed), data, follow=True)
        assert "Es muss jemand mit der Rolle „Verwaltung“ da sein." in said(answer)
    user = User.objects.get(pk=cast["anna"].pk)
    assert (user.roles, user.is_active) == (["admin"], True)


def test_who_gives_the_role_away_stands_outside_without_a_broken_page(anna, cast):
    anna.post(of(cast["miriam"], "rollen/"), {"roles": ["admin"]})
    answer = anna.post(of(cast["anna"], "rollen/"), {"roles": []}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain == [("/konto/", 302)]
    assert anna.get(PEOPLE).status_code == 404


def test_deactivating_ends_the_session_at_once_and_comes_back(anna, cast, ahausen, visitor):
    ines = enter(visitor("ahausen"), cast["ines"])
    assert ines.get("/konto/").status_code == 200
    assert "kann sich nicht mehr anmelden" in said(anna.post(of(cast["ines"], "deaktivieren/"), follow=True))
    assert ines.get("/konto/").status_code == 302
    assert not UserSession.objects.filter(user=cast["ines"]).exists()
    again = visitor("ahausen").post(
        "/konto/anmelden/", {"login": "ines@lesen.example", "password": "ein-gutes-passwort-2026"}
    )
    assert again.url != "/konto/"
    anna.post(of(cast["ines"], "aktivieren/"))
    enter(visitor("ahausen"), cast["ines"])
    subjects = [mail.subject for mail in mails_to(ahausen, "ines@lesen.example")]
    assert "deaktiviert" in subjects[0]
    assert "wieder aktiv" in subjects[1]


def test_a_second_factor_is_reset_by_the_administrator_and_the_log_says_by_whom(anna, cast, ahausen):
    anna.post(of(cast["miriam"], "zweiter-faktor/"))
    assert not Authenticator.objects.filter(user=cast["miriam"]).exists()
    entry = Entry.objects.get(action="account.second_factor_reset")
    assert entry.actor_id == cast["anna"].pk
    assert not Entry.objects.filter(action="account.second_factor_removed").exists()
    assert "zurückgesetzt" in mails_to(ahausen, "miriam@amt.example")[0].subject


def test_sessions_are_ended(anna, cast, ahausen, visitor):
    ines = enter(visitor("ahausen"), cast["ines"])
    assert "1 Gerät" in said(anna.get(of(cast["ines"])))
    anna.post(of(cast["ines"], "sitzungen/"))
    assert ines.get("/konto/").status_code == 302
    assert "abgemeldet" in mails_to(ahausen, "ines@lesen.example")[0].subject


def test_memberships_are_put_in_order_by_the_rules_of_organisations(miriam, cast):
    ines, max_ = (Membership.objects.get(user=cast[name]) for name in ("ines", "max"))
    answer = miriam.post(of(cast["ines"], f"mitgliedschaften/{ines.pk}/entfernen/"), follow=True)
    assert "braucht jemanden, der verantwortlich ist" in said(answer) or Membership.objects.filter(pk=ines.pk).exists()
    assert Membership.objects.filter(pk=ines.pk).exists()
    miriam.post(of(cast["max"], f"mitgliedschaften/{max_.pk}/rolle/"), {"rolle": "administrator"})
    assert Membership.objects.get(pk=max_.pk).role == "administrator"
    miriam.post(of(cast["ines"], f"mitgliedschaften/{ines.pk}/entfernen/"))
    assert not Membership.objects.filter(pk=ines.pk).exists()
    # A membership of somebody else is not found below this person.
    assert miriam.post(of(cast["ines"], f"mitgliedschaften/{max_.pk}/entfernen/")).status_code == 404


def test_the_table_of_rights_says_it_in_words(miriam):
    words = said(miriam.get(f"{PEOPLE}rechte/"))
    assert "Freigeben und zurückgeben" in words
    assert "eigene" in words
    assert "Rollen geben und nehmen, einladen, deaktivieren" in words


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_number_of_statements_does_not_grow(anna, cast):
    few = statements(anna, PEOPLE), statements(anna, of(cast["ines"])), statements(anna, "/redaktion/protokoll/")
    for number in range(60):
        provider = a_provider(name=f"Verein {number}")
        person = a_providers(f"p{number}@leute.example", provider=provider)
        Membership.objects.create(user=cast["ines"], provider=provider)
        Entry.objects.create(
            actor="x", actor_id=person.pk, action="start", target_type="providers.provider", target_id=str(provider.pk)
        )
    many = statements(anna, PEOPLE), statements(anna, of(cast["ines"])), statements(anna, "/redaktion/protokoll/")
    assert many == few
    assert max(many) <= 30


def test_next_door_nobody_of_these_is_found(anna, cast, bedorf, visitor):
    with inside(bedorf):
        admin = an_account("chefin@amt.example", "admin")
        client = visitor("bedorf")
        client.force_login(admin, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(of(cast["ines"])).status_code == 404
    assert "ines@lesen.example" not in said(client.get(PEOPLE))
