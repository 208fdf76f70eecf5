"""What a person finds after signing in: cards for their roles, a menu on every page, name and password."""

import re

import pytest

from accounts.models import User
from audit.models import Entry
from core.access import Role
from portal.feedback.models import Case
from portal.feedback.models.case import Kind
from portal.providers.models import Membership, Provider, State
from tenants.running.context import inside
from tests.conftest import PASSWORD
from tests.factories import a_provider

NEW = "ein-ganz-neues-passwort-27"
EDITORIAL = {"/redaktion/", "/redaktion/pruefen/", "/redaktion/meldungen/", "/redaktion/start-check/"}
OWN = {"/konto/person/", "/konto/sicherheit/", "/konto/daten/"}


def cards(client):
    """Where the landing page leads: its cards, and the tabs above it."""
    page = client.get("/konto/").content.decode()
    lists = re.findall(r'<ul class="(?:taskcards|tabs)">(.*?)</ul>', page, re.DOTALL)
    return {url for listed in lists for url in re.findall(r'<a href="([^"]+)"', listed)} - {"/konto/"}


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([Role.EDITOR], {*EDITORIAL, "/plattform/", "/auswertung/"}),
        ([Role.ADMIN], {*EDITORIAL, "/plattform/", "/auswertung/"}),
        ([Role.PLANNER], {"/plattform/", "/auswertung/"}),
        ([Role.PROVIDER], {"/konto/angebote/", "/konto/statistik/", "/kontakt/schreiben/", "/plattform/meldungen/"}),
        ([], {"/konto/anbieter/"}),
    ],
)
def test_everybody_has_the_cards_of_their_roles_and_each_leads_somewhere(ahausen, signed_in, roles, expected):
    """The portal of the test is no finished one: the town hall is led to what is missing."""
    client = signed_in(ahausen, *roles)
    with inside(ahausen):
        # Whoever is a provider belongs to an organisation, which has a card of its own.
        organisations = {provider.get_absolute_url() for provider in Provider.objects.all()}
        organisations |= {f"/konto/anbieter/{provider.pk}/" for provider in Provider.objects.all()}
        organisations |= {f"/konto/anbieter/{provider.pk}/personen/" for provider in Provider.objects.all()}
    # Who writes offers has them under the tab of the account.
    own = {"/konto/person/"} if Role.PROVIDER in roles else OWN
    assert cards(client) == own | expected | organisations
    assert {client.get(url).status_code for url in cards(client)} == {200}


def test_an_operator_has_the_console(db, signed_in):
    client = signed_in(None, Role.OPERATOR)
    assert cards(client) == OWN | {"/betrieb/"} | {
        f"/betrieb/{page}/"
        for page in [
            "kommunen",
            "antraege",
            "auftraege",
            "tickets",
            "rollouts",
            "kategorien",
            "sicherungen",
            "protokoll",
            "nachbarn",
            "schalter",
            "mitteilungen",
            "statistik",
            "alarme",
        ]
    }
    assert {client.get(url).status_code for url in cards(client)} == {200}


def test_a_provider_sees_only_organisations_that_are_theirs_and_public(ahausen, signed_in):
    client = signed_in(ahausen, Role.PROVIDER)
    with inside(ahausen):
        own, hidden, other = a_provider(), a_provider(state=State.DRAFT), a_provider()
        user = User.objects.get()
        Membership.objects.all().delete()
        for provider in (own, hidden):
            Membership.objects.create(provider=provider, user=user)
    expected = {"/konto/angebote/", "/konto/statistik/", "/konto/anbieter/", "/kontakt/schreiben/"}
    expected |= {"/plattform/meldungen/", own.get_absolute_url()}
    assert cards(client) == {"/konto/person/"} | expected
    below = client.get("/konto/person/").content.decode()
    assert all(f'href="{url}"' in below for url in OWN)
    ways = client.get("/konto/anbieter/").content.decode()
    assert all(f'href="/konto/anbieter/{provider.pk}/"' in ways for provider in (own, hidden))
    assert other.get_absolute_url() not in client.get("/konto/").content.decode()


def test_waiting_messages_are_counted_on_landing_page_and_desk(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        for number in range(3):
            Case.objects.create(kind=Kind.QUESTION, text=f"Frage {number}")
    for address in ("/konto/", "/redaktion/", "/redaktion/karte/"):
        page = client.get(address).content.decode()
        assert re.search(r'class="count[^"]*">3<', page), address
    assert "3 Aufgaben warten," in client.get("/redaktion/").content.decode()


def test_each_tool_stands_on_the_desk_once_and_is_found_by_its_words(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    page = client.get("/redaktion/").content.decode()
    work = page[page.index("<main") : page.index("</main>")]
    assert work.count('href="/redaktion/karte/"') == 1
    found = client.get("/redaktion/", {"q": "Grenze"}).content.decode()
    work = found[found.index("<main") : found.index("</main>")]
    assert re.findall(r'href="(/redaktion/[a-z-]+/)"', work) == ["/redaktion/karte/"]
    assert "Nichts gefunden" in client.get("/redaktion/", {"q": "xyz<b>"}).content.decode()


def test_visitors_have_a_plain_link_the_same_for_everybody_and_no_cookie(ahausen, visitor):
    answer = visitor("ahausen").get("/")
    assert 'href="/konto/anmelden/"' in answer.content.decode()
    assert "account__toggle" not in answer.content.decode()
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/angebote/", "/kontakt/", "/gibt-es-nicht/", "/redaktion/"])
def test_on_every_page_those_signed_in_find_their_way_in(ahausen, signed_in, address):
    page = signed_in(ahausen, Role.EDITOR).get(address).content.decode()
    for url in ("/konto/", "/redaktion/", "/konto/person/", "/konto/sicherheit/"):
        assert f'href="{url}"' in page, url
    assert 'action="/konto/abmelden/"' in page


def test_the_name_can_be_changed_and_that_is_noted(ahausen, signed_in):
    client = signed_in(ahausen, Role.EDITOR)
    assert client.post("/konto/person/", {"name": "Miriam Weber"}).url == "/konto/person/"
    assert "Guten Tag, Miriam Weber" in client.get("/konto/").content.decode()
    with inside(ahausen):
        assert Entry.objects.filter(action="account.rename").count() == 1
    refused = client.post("/konto/person/", {"name": "x" * 161})
    assert refused.status_code == 200
    assert "x" * 161 not in refused.content.decode().split("<main")[0]


def test_the_password_can_be_changed_with_the_old_one_only(ahausen, signed_in, visitor):
    client = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        address = User.objects.get().email
    elsewhere = visitor("ahausen")
    elsewhere.post("/konto/anmelden/", {"login": address, "password": PASSWORD})
    assert elsewhere.get("/konto/").status_code == 200
    wrong = {"oldpassword": "falsch-falsch", "password1": NEW, "password2": NEW}
    assert client.post("/konto/sicherheit/", wrong).status_code == 200
    assert client.post("/konto/sicherheit/", {**wrong, "oldpassword": PASSWORD}).status_code == 302
    assert client.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302
    for password, status in ((PASSWORD, 200), (NEW, 302)):
        answer = visitor("ahausen").post("/konto/anmelden/", {"login": address, "password": password})
        assert answer.status_code == status


@pytest.mark.parametrize("address", ["/konto/person/", "/konto/sicherheit/", "/konto/sicherheit/erstes/"])
def test_visitors_are_asked_to_sign_in(ahausen, visitor, address):
    assert visitor("ahausen").get(address).url == f"/konto/anmelden/?next={address}"
