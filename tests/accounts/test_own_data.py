"""What is kept about somebody, to read and to take along; and what remains when they leave."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from accounts.data_views import _words
from accounts.models import User
from audit.models import Entry
from audit.services import record
from core.access import Role
from mail.models import OutboxMessage
from portal.offers import editing
from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from portal.revisions.models import Revision
from tenants.running.context import inside
from tests.accounts.factors import set_up_app
from tests.conftest import PASSWORD

PARTS = ["konto", "adressen", "zweiter_faktor", "sitzungen", "anmeldedienst", "organisationen", "beitritte"]
PARTS += ["zugriffe", "angebote", "texte", "erinnerungen", "geloescht", "entwuerfe", "bilder", "kalender"]
PARTS += ["zugaenge", "mails"]
PARTS += ["seiten", "plattform-mails", "abonnements", "newsletter", "entscheidungen", "austausch", "meldungen"]
PARTS += ["rundgang", "aufgaben", "filter", "plattform", "qualitaet", "tabellen", "drucksachen", "auswertung"]
PARTS += ["berichte", "protokoll"]
PAGE, FILE, LEAVE = "/konto/daten/", "/konto/daten/datei/", "/konto/daten/loeschen/"


def prove(client, following=FILE):
    return client.post(f"/konto/sicherheit/bestaetigen/?next={following}", {"password": PASSWORD})


@pytest.fixture
def client(ahausen, signed_in):
    """A provider's administrator who has written an offer and begun another text."""
    browser = signed_in(ahausen, Role.PROVIDER)
    with inside(ahausen):
        user = User.objects.get()
        offer = editing.start(Provider.objects.get(), by=user)
        editing.autosave(offer, {"title": "Häkeln am Montag"}, by=user, base=editing.begin(offer, by=user).base)
    return browser


def test_the_page_shows_all_parts_in_words(client):
    page = client.get(PAGE).content.decode()
    for heading in (
        "Konto",
        "Geräte",
        "Organisationen",
        "Angebote",
        "Texte, die Sie geschrieben haben",
        "Mails an Sie",
    ):
        assert heading in page, heading
    assert "Häkeln am Montag" in page
    # Days and moments are kept as such, and said as people say them.
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d:", re.sub(r"<[^>]*>", "", page))


def test_what_was_done_is_said_in_sentences(ahausen, client):
    with inside(ahausen):
        user = User.objects.get()
        record("token.given", Provider.objects.get(), by=user)
        record("state", Offer.objects.get(), by=user, changes={"state": ["published", "paused"]})
    page = client.get(PAGE, {"sprache": "de"}).content.decode()
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "hat dem Programm" in said
    assert "öffentlich → freigegeben, zurzeit nicht öffentlich" in said
    assert "token.given" not in page
    assert "offers.offer" not in page


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (datetime(2026, 11, 30, 17, 7, 20, 581786, UTC), "30.11.2026 18:07"),
        (date(2026, 11, 30), "30.11.2026"),
        # A word of somebody's, whatever it looks like.
        ("2026-11-30", "2026-11-30"),
        ("Häkeln", "Häkeln"),
        ("", "–"),
        (0, 0),
    ],
)
def test_days_are_said_as_people_do_and_what_is_none_stays(kept, shown):
    with override("de"):
        assert _words(kept) == shown


def test_the_file_has_the_same_and_asks_for_the_password(ahausen, client):
    assert client.get(FILE).url.startswith("/konto/sicherheit/bestaetigen/")
    prove(client)
    answer = client.get(FILE)
    assert answer["Content-Type"].startswith("application/json")
    assert "attachment" in answer["Content-Disposition"]
    told = json.loads(answer.content)
    with inside(ahausen):
        user = User.objects.get()
        assert list(told) == list(PARTS)
        assert told["konto"][0]["E-Mail-Adresse"] == user.email
        assert [row["Organisation"] for row in told["organisationen"]] == [Provider.objects.get().name]
    assert told["texte"][0]["Text"]["title"] == "Häkeln am Montag"
    assert len(told["sitzungen"]) == 1


def test_no_secret_is_among_it(ahausen, client):
    secret = set_up_app(client)
    told = client.get(FILE).content.decode()
    with inside(ahausen):
        assert User.objects.get().password not in told
    assert secret not in told


def test_nobody_sees_anything_of_others(ahausen, client, person, visitor):
    other = person(ahausen, Role.EDITOR)
    browser = visitor("ahausen")
    browser.post("/konto/anmelden/", {"login": other.email, "password": PASSWORD})
    assert "Häkeln" not in browser.get(PAGE).content.decode()


def test_leaving_says_what_happens_asks_again_and_needs_the_address(ahausen, client):
    assert client.get(LEAVE).url.startswith("/konto/sicherheit/bestaetigen/")
    prove(client, LEAVE)
    page = client.get(LEAVE).content.decode()
    assert "Sie sind die letzte Person" in page
    assert "bleiben bei Ihrer Organisation" in page
    assert "nicht eingereicht" in page
    refused = client.post(LEAVE, {"adresse": "falsch@beispiel.example"})
    assert refused.status_code == 200
    assert 'role="alert"' in refused.content.decode()
    with inside(ahausen):
        assert User.objects.count() == 1


def test_when_somebody_leaves_the_offers_stay_and_the_person_is_gone(ahausen, client, person):
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        address = User.objects.exclude(pk=editor.pk).get().email
        titles = list(Offer.objects.values_list("title", flat=True))
    prove(client, LEAVE)
    assert client.post(LEAVE, {"adresse": f" {address.upper()} "}).url == "/"
    assert client.get("/konto/").status_code == 302
    with inside(ahausen):
        assert list(User.objects.values_list("pk", flat=True)) == [editor.pk]
        assert list(Offer.objects.values_list("title", flat=True)) == titles
        assert not Membership.objects.exists()
        assert not Revision.objects.exclude(author_name="").exists()
        mail = OutboxMessage.objects.get(to=editor.email)
        assert Provider.objects.get().name in mail.body
        assert Entry.objects.filter(action="account.delete").count() == 1


def test_who_is_not_the_last_administrator_bothers_no_editor(ahausen, client, person):
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        leaving = User.objects.exclude(pk=editor.pk).get()
        second = User.objects.create_user("zweite@beispiel.example")
        Membership.objects.create(user=second, provider=Provider.objects.get(), role=Membership.Role.ADMINISTRATOR)
    prove(client, LEAVE)
    assert "letzte Person" not in client.get(LEAVE).content.decode()
    client.post(LEAVE, {"adresse": leaving.email})
    with inside(ahausen):
        assert not OutboxMessage.objects.filter(to=editor.email).exists()
