"""Limits on signing in hold for the whole service, in each municipality by itself, and leave no address behind."""

import json
import subprocess
from datetime import timedelta

import pytest
import time_machine
from allauth.core import context
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import Role
from mail.adapter import AccountAdapter
from mail.models import OutboxMessage
from tenants.models import Domain, SharedValue
from tenants.running.cache import forget_expired
from tenants.running.context import inside, inside_public
from tenants.running.hosts import site_of
from tests.children import python
from tests.conftest import PASSWORD, municipality

# As allauth has them: wrong passwords for one account in five minutes.
LIMIT = 5
_CHILD = """
import json, sys
from django.conf import settings
settings.STORAGES = {
    **settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
from django.test import Client
client = Client(HTTP_HOST="ahausen.localhost", REMOTE_ADDR="192.0.2.NUMBER")
for line in sys.stdin:
    answer = client.post("/konto/anmelden/", {"login": "eva@ahausen.example", "password": json.loads(line)})
    print(answer.status_code, "Zu viele" in answer.content.decode(), flush=True)
"""


def _ask(child: "subprocess.Popen[str]", password: str) -> str:
    child.stdin.write(json.dumps(password) + "\n")
    child.stdin.flush()
    return child.stdout.readline().strip()


def test_two_processes_together_grant_no_more_attempts_than_one(own_database, person):
    person(municipality("ahausen"), Role.EDITOR, email="eva@ahausen.example")
    with python(_CHILD.replace("NUMBER", "1")) as one, python(_CHILD.replace("NUMBER", "2")) as other:
        answers = [_ask((one, other)[turn % 2], f"falsch-{turn}") for turn in range(2 * LIMIT)]
        right = [_ask(child, PASSWORD) for child in (one, other)]
    assert answers[:LIMIT] == ["200 False"] * LIMIT
    assert answers[LIMIT:] == ["200 True"] * LIMIT
    assert right == ["200 True"] * 2, "the right password must wait like any other"


def _attempt(slug: str, *, address: str = "192.0.2.9", host: str = "") -> bool:
    """A wrong password; whether the limit was already reached."""
    client = Client(HTTP_HOST=host or f"{slug}.localhost", REMOTE_ADDR=address)
    answer = client.post("/konto/anmelden/", {"login": "eva@beispiel.example", "password": "falsch-falsch"})
    return "Zu viele" in answer.content.decode()


def test_a_limit_reached_next_door_stops_nobody_here(ahausen, bedorf):
    assert [_attempt("ahausen") for _turn in range(LIMIT + 1)] == [False] * LIMIT + [True]
    assert not _attempt("bedorf")


def test_another_port_in_the_host_header_gives_no_more_attempts(ahausen):
    answers = [
        _attempt("ahausen", address=f"192.0.2.{turn}", host=f"ahausen.localhost:{1000 + turn}")
        for turn in range(LIMIT + 1)
    ]
    assert answers == [False] * LIMIT + [True]


def test_a_limit_ends_with_its_time(ahausen):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [_attempt("ahausen") for _turn in range(LIMIT + 1)][-1]
        clock.shift(timedelta(minutes=6))
        assert not _attempt("ahausen")


def test_counters_name_nobody_and_are_tidied(ahausen):
    _attempt("ahausen", address="198.51.100.77")
    with inside_public(), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM tenants_sharedvalue t")
        written = cursor.fetchone()[0]
        assert "198.51" not in written
        assert "beispiel" not in written
        assert SharedValue.objects.exists()
        assert forget_expired() == 0
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            assert forget_expired() > 0
        assert not SharedValue.objects.exists()


def test_shared_values_behave_as_a_cache(ahausen, bedorf):
    name = "allauth:probe"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        with inside(ahausen):
            assert cache.add(name, [1.5], 60)
            assert not cache.add(name, [2.5], 60)
            assert (cache.get(name), name in cache) == ([1.5], True)
            clock.shift(61)
            assert cache.get(name, "nichts") == "nichts"
            assert cache.add(name, True, 60)
            cache.set(name, {"a": None}, None)
            assert cache.touch(name, 30)
        with inside(bedorf):
            assert cache.get(name) is None
            assert not cache.delete(name)
        with inside(ahausen):
            assert cache.get(name) == {"a": None}
            assert cache.delete(name)
            assert cache.get(name) is None


def test_other_values_ask_no_database(ahausen, django_assert_num_queries):
    with inside(ahausen), django_assert_num_queries(0):
        cache.set("figures", 1, 60)
        assert cache.get("figures") == 1


@pytest.fixture
def reset(visitor):
    """Ask for a new password as anybody could."""

    def ask(email: str, **headers):
        return visitor("ahausen").post("/konto/passwort/", {"email": email}, **headers)

    return ask


def test_who_has_no_account_gets_no_mail_and_everybody_the_same_answer(ahausen, person, reset):
    person(ahausen, Role.EDITOR, email="eva@ahausen.example")
    with inside(ahausen):
        retired = person(ahausen, Role.EDITOR, email="frueher@ahausen.example")
        retired.is_active = False
        retired.save()
    answers = [reset(email) for email in ("eva@ahausen.example", "fremd@anderswo.example", "frueher@ahausen.example")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/konto/passwort/gesendet/")}
    with inside(ahausen):
        assert list(OutboxMessage.objects.values_list("to", flat=True)) == ["eva@ahausen.example"]


def test_asking_takes_the_same_work_whether_there_is_an_account(ahausen, person, reset, django_assert_num_queries):
    person(ahausen, Role.EDITOR, email="eva@ahausen.example")
    reset("jemand@ahausen.example")
    counts = []
    for email in ("eva@ahausen.example", "fremd@anderswo.example"):
        with CaptureQueriesContext(connection) as queries:
            reset(email)
        counts.append([query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]])
    assert abs(len(counts[0]) - len(counts[1])) <= 1
    assert counts[0].count("INSERT") == counts[1].count("INSERT")


@pytest.mark.parametrize("host", ["ahausen.localhost:6666", "AHAUSEN.localhost:6666", "ahausen.localhost."])
def test_a_reset_link_leads_to_the_municipalitys_own_host(ahausen, person, reset, settings, host):
    settings.URL_PORT = ":8000"
    person(ahausen, Role.EDITOR, email="eva@ahausen.example")
    assert reset("eva@ahausen.example", HTTP_HOST=host).status_code == 302
    with inside(ahausen):
        body = OutboxMessage.objects.get().body
    link = next(word for word in body.split() if word.startswith("http"))
    assert link.startswith("http://ahausen.localhost:8000/konto/passwort/")
    assert "6666" not in body
    opened = Client(HTTP_HOST="ahausen.localhost").get(link.removeprefix("http://ahausen.localhost:8000"), follow=True)
    assert opened.status_code == 200
    assert "Passwort" in opened.content.decode()


def test_a_second_host_name_writes_the_first_one_into_mails(ahausen, person, visitor, settings):
    with inside_public():
        Domain.objects.create(domain="angebote.ahausen.example", tenant=ahausen, is_primary=False)
    person(ahausen, Role.EDITOR, email="eva@ahausen.example")
    there = Client(HTTP_HOST="angebote.ahausen.example").post("/konto/passwort/", {"email": "eva@ahausen.example"})
    # As browsers follow it: by the same method, with the same content.
    assert (there.status_code, there["Location"]) == (308, f"http://ahausen.localhost:{settings.PORT}/konto/passwort/")
    Client(HTTP_HOST="ahausen.localhost").post("/konto/passwort/", {"email": "eva@ahausen.example"})
    with inside(ahausen):
        assert "://ahausen.localhost" in OutboxMessage.objects.get().body


def test_an_operators_reset_link_leads_to_the_platform(db, person, visitor):
    person(None, Role.OPERATOR, email="olga@platform.example")
    visitor("").post("/konto/passwort/", {"email": "olga@platform.example"}, HTTP_HOST="localhost:6666")
    with inside_public():
        body = OutboxMessage.objects.get().body
    assert "://localhost" in body
    assert "6666" not in body


@pytest.mark.parametrize(
    "path", ["/", "/angebote/", "/barrierefreiheit/", "/angebote/vorschlaege/?q=an&format=opensearch", "/sitemap.xml"]
)
def test_no_page_repeats_the_port_of_the_host_header(ahausen, path):
    answer = Client(HTTP_HOST="ahausen.localhost:6666").get(path)
    assert answer.status_code == 200
    assert "6666" not in b"".join(answer).decode()


def test_no_mail_of_allauths_own_names_nobody(ahausen, rf, person):
    """“Hallo von !” stood where the library's own text names the site."""
    request = rf.get("/")
    request.municipality = site_of("ahausen.localhost")
    urls = {"signup_url": "x", "password_reset_url": "y"}
    with inside(ahausen), context.request_context(request):
        AccountAdapter(request).send_mail("account/email/account_already_exists", "eva@ahausen.example", urls)
        body = OutboxMessage.objects.get().body
    assert "Ahausen" in body
    assert "von !" not in body


def test_one_network_cannot_try_many_accounts_and_is_told_in_german(ahausen):
    """Each try is for another account, from another address of the network; a neighbour's network is not hindered."""

    def attempt(number, network):
        client = Client(HTTP_HOST="ahausen.localhost", REMOTE_ADDR=network % (number % 200 + 1))
        return client.post("/konto/anmelden/", {"login": f"eva{number}@beispiel.example", "password": "falsch-falsch"})

    with time_machine.travel(timezone.now(), tick=False):
        answers = [attempt(number, "198.51.100.%d") for number in range(31)]
        assert any("Zu viele" in answer.content.decode() for answer in answers)
        last = answers[-1]
        assert "Zu viele" in last.content.decode()
        elsewhere = attempt(99, "203.0.113.%d")
        assert elsewhere.status_code == 200
        assert "Zu viele" not in elsewhere.content.decode()


@pytest.mark.parametrize(("one", "other"), [("2001:db8:7:1::1", "2001:db8:7:ff::9"), ("192.0.2.1", "192.0.2.254")])
def test_a_network_counts_as_one_sender(ahausen, rf, one, other):
    with inside(ahausen):
        senders = {AccountAdapter().get_client_ip(rf.get("/", REMOTE_ADDR=address)) for address in (one, other)}
    assert len(senders) == 1
