"""Tokens: given once, kept as digests, refused alike for every reason, in every municipality but their own."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from portal.interfaces import limits
from portal.tokens import services
from portal.tokens.keys import PREFIX, digest_of, is_one, new_secret
from portal.tokens.models import Scope, Token
from tenants.running.context import inside
from tests.factories import a_provider

HERE = "/redaktion/zugaenge/"
API = "/api/v1/categories/"


def a_token(town, *providers, scope=Scope.READ, **more):
    """A token there, and its secret."""
    with inside(town):
        token = Token(name="Kursverwaltung", scope=scope, **more)
        return token, services.give(token, providers, by=None)


def ask(client, secret, path=API, **more):
    return client.get(path, headers={"authorization": f"Bearer {secret}"}, **more)


def test_an_administrator_gives_one_and_sees_the_secret_once(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    with inside(ahausen):
        choir, club = a_provider(name="Chor"), a_provider(name="Verein")
    day = timezone.localdate() + timedelta(days=30)
    asked = {"name": "VHS", "scope": Scope.WRITE.value, "whose": "some", "providers": ["chor ", ""], "expires_on": day}
    answer = client.post(f"{HERE}neu/", asked)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    secret = answer.context["secret"]
    assert answer.content.decode().count(secret) == 1
    with inside(ahausen):
        token = Token.objects.get()
        assert (token.digest, token.expires_on, token.for_all) == (digest_of(secret), day, False)
        program = token.program()
        assert program.acts_for(choir.pk)
        assert not program.acts_for(club.pk)
        entry = Entry.objects.get(action="token.given")
    assert secret not in str(entry.changes)
    assert entry.changes["providers"] == [[], ["Chor"]]
    listed = client.get(HERE).content.decode()
    assert secret[:10] in listed
    assert secret not in listed


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "admin"}, "scope"),
        ({"providers": []}, "providers"),
        ({"providers": ["999999"]}, "providers"),
        ({"providers": ["Gibt es nicht"]}, "providers"),
        ({"expires_on": ""}, "expires_on"),
        ({"expires_on": "2020-01-01"}, "expires_on"),
        ({"expires_on": "9999-12-31"}, "expires_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(ahausen, signed_in, wrong, field):
    client = signed_in(ahausen, Role.ADMIN)
    with inside(ahausen):
        provider = a_provider()
    day = timezone.localdate() + timedelta(days=30)
    right = {
        "name": "VHS",
        "scope": Scope.WRITE.value,
        "whose": "some",
        "expires_on": day,
        "providers": [provider.name],
    }
    answer = client.post(f"{HERE}neu/", {**right, **wrong})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    # Read out first: that something is wrong, and the way to the field.
    page = answer.content.decode()
    assert "<title>Fehler: Neuer Zugang ·" in page
    (target,) = re.findall(r'<li><a href="#([^"]+)">', page)
    assert target.startswith(f"id_{field}")
    assert f' id="{target}"' in page
    with inside(ahausen):
        assert not Token.objects.exists()


def test_of_two_with_one_name_the_number_tells_which(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    with inside(ahausen):
        first, second = a_provider(name="Turnverein"), a_provider(name="Turnverein")
        gone = a_provider(name="Im Papierkorb e. V.", state="trashed", trashed_at=timezone.now())
    day = timezone.localdate() + timedelta(days=30)
    asked = {"name": "VHS", "scope": Scope.WRITE.value, "whose": "some", "expires_on": day}
    numbered = [f"Turnverein ({each.pk})" for each in (first, second)]
    page = client.get(f"{HERE}neu/").content.decode()
    assert [name in page for name in (*numbered, gone.name)] == [True, True, False]
    answer = client.post(f"{HERE}neu/", asked | {"providers": ["Turnverein", gone.name]})
    assert answer.status_code == 400
    told = " ".join(answer.context["form"].errors["providers"])
    assert [name in told for name in (*numbered, gone.name)] == [True, True, True]
    client.post(f"{HERE}neu/", asked | {"providers": [numbered[1], numbered[1]]})
    with inside(ahausen):
        assert list(Token.objects.get().providers.values_list("pk", flat=True)) == [second.pk]


def test_more_lines_keep_what_was_typed_and_check_nothing(ahausen, signed_in):
    client = signed_in(ahausen, Role.ADMIN)
    asked = {"name": "VHS", "scope": Scope.WRITE.value, "whose": "some", "providers": ["Chor", "Verein"], "mehr": "1"}
    answer = client.post(f"{HERE}neu/", asked)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert [page.count(f'value="{each}"') for each in ("VHS", "Chor", "Verein")] == [1, 1, 1]
    assert page.count('name="providers"') == 5
    assert "Bitte prüfen" not in page


def test_a_reading_token_acts_for_nobody(ahausen):
    with inside(ahausen):
        provider = a_provider()
    token, _secret = a_token(ahausen, provider)
    with inside(ahausen):
        assert token.program().providers == frozenset()


def test_every_token_that_opens_nothing_is_refused_alike(ahausen, bedorf, visitor):
    """Another municipality's, an expired one, a revoked one, one that never was, and nonsense: one answer."""
    yesterday = timezone.localdate() - timedelta(days=1)
    _other, foreign = a_token(bedorf, for_all=False)
    _expired, expired = a_token(ahausen, expires_on=yesterday)
    token, revoked = a_token(ahausen)
    with inside(ahausen):
        assert services.revoke(token, by=None)
        assert not services.revoke(token, by=None)
    client = visitor("ahausen")
    nonsense = ["", "x", PREFIX, new_secret(), foreign[:-1], foreign + "x", f"{foreign} ", "ä" * 44, f" {foreign}"]
    answers = [ask(client, secret) for secret in (foreign, expired, revoked, *nonsense)]
    answers += [
        client.get(API, headers={"authorization": "Basic YTpi"}),
        client.get(API, headers={"authorization": ""}),
    ]
    assert {each.status_code for each in answers} == {401}
    assert len({each.content for each in answers}) == 1
    assert {each["WWW-Authenticate"] for each in answers} == {'Bearer realm="api", error="invalid_token"'}
    assert answers[0]["Content-Type"] == "application/problem+json"
    # At home it opens what it should.
    assert ask(visitor("bedorf"), foreign).status_code == 200


OPEN_DATA = (
    "/daten/angebote.csv", "/daten/integreat-orte.csv", "/daten/termine.ics", "/daten/integreat.ics",
    "/daten/katalog.ttl", "/daten/bestand-monate.csv", "/hsds/services", "/api/v1/offers/?limit=1",
)  # fmt: skip


def test_files_and_other_forms_of_the_data_know_tokens_too(ahausen, visitor):
    _token, secret = a_token(ahausen)
    client = visitor("ahausen")
    for path in OPEN_DATA:
        answer = ask(client, secret, path)
        # Files are closed when they are read to their end.
        assert (answer.status_code, bool(b"".join(answer))) == (200, True)
        answer = ask(client, new_secret(), path)
        assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json"), path
        assert answer["Access-Control-Allow-Origin"] == "*", path


def test_it_ends_with_its_last_day(ahausen, visitor):
    _token, secret = a_token(ahausen, expires_on=timezone.localdate())
    assert ask(visitor("ahausen"), secret).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert ask(visitor("ahausen"), secret).status_code == 401


def test_its_use_is_noted_once_a_minute(ahausen, visitor, django_assert_num_queries):
    token, secret = a_token(ahausen)
    client, now = visitor("ahausen"), timezone.now()
    for seconds, noted in ((0, 0), (59, 0), (60, 60), (61, 60), (200, 200)):
        with time_machine.travel(now + timedelta(seconds=seconds), tick=False), inside(ahausen):
            assert ask(client, secret).status_code == 200
            token.refresh_from_db()
            assert token.last_used_at == now + timedelta(seconds=noted)


def test_it_is_counted_by_itself_and_not_with_its_network(ahausen, visitor, monkeypatch):
    monkeypatch.setattr(limits, "MOST", 3)
    monkeypatch.setattr(limits, "MOST_WITH_TOKEN", 5)
    limits.counters.forget()
    client, (_one, first), (_two, second) = visitor("ahausen"), a_token(ahausen), a_token(ahausen)
    with time_machine.travel("2026-11-30T08:00:10Z", tick=False):
        assert [client.get(f"{API}?fields=id&n={n}").status_code for n in range(4)] == [200] * 3 + [429]
        assert [ask(client, first).status_code for _n in range(6)] == [200] * 5 + [429]
        assert ask(client, second).status_code == 200
        # Whoever tries some out is told at some time to wait.
        assert ask(client, new_secret()).status_code == 429
    limits.counters.forget()


def test_a_token_that_is_shown_is_looked_at_before_anything_remembered(ahausen, visitor):
    client = visitor("ahausen")
    assert client.get(API).status_code == 200
    assert ask(client, new_secret()).status_code == 401


def test_secrets_are_long_and_never_the_same():
    made = {new_secret() for _n in range(100)}
    assert len(made) == 100
    assert all(is_one(each) and len(each) == 44 for each in made)


def test_revoking_asks_first(ahausen, signed_in):
    token, secret = a_token(ahausen)
    client = signed_in(ahausen, Role.ADMIN)
    assert client.get(f"{HERE}{token.pk}/sperren/").status_code == 200
    assert ask(client, secret).status_code == 200
    assert client.post(f"{HERE}{token.pk}/sperren/").status_code == 302
    assert ask(client, secret).status_code == 401
    with inside(ahausen):
        assert Entry.objects.filter(action="token.revoked").count() == 1
