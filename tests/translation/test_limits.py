"""Nobody uses up a municipality's month alone, in a day, or by asking two processes."""

import datetime as dt
import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from portal.pages.models import Page
from portal.translation import limits
from portal.translation.backends import Trouble
from portal.translation.models import Attempt
from tenants.running.context import inside
from tests.conftest import municipality

BODY = "x" * 84


@pytest.fixture
def pages(ahausen):
    """Forty pages of a hundred characters."""
    with inside(ahausen):
        return [Page.objects.create(slug=f"seite-{n}", title=f"Seite {n:06}", body=f"{n:04}{BODY}") for n in range(40)]


@pytest.fixture
def ask(visitor):
    def asked(page, *, sender="192.0.2.7", language="tr"):
        client = visitor("ahausen")
        answer = client.post(f"/uebersetzen/seite/{page.pk}/?sprache={language}", REMOTE_ADDR=sender)
        assert answer.status_code == 302
        return answer.url

    return asked


def ordered(where):
    with inside(where):
        return Attempt.objects.filter(state="waiting").count()


def test_one_network_orders_a_number_of_pages_a_day_and_is_told(ahausen, pages, ask, choose, visitor):
    choose(ahausen, "libretranslate", monthly_characters=10_000_000)
    for page in pages[:30]:
        assert ask(page) == f"/{page.slug}/?uebersetzt=1&sprache=tr"
    refused = ask(pages[30], sender="192.0.2.200")
    assert refused == "/seite-30/?uebersetzt=morgen&sprache=tr"
    assert ordered(ahausen) == 30
    seen = visitor("ahausen").get(refused).content.decode()
    assert '<p role="status">' in seen
    assert '<form method="post" action="/uebersetzen' not in seen
    elsewhere = visitor("ahausen").get("/seite-30/?uebersetzt=1&sprache=tr").content.decode()
    assert '<form method="post" action="/uebersetzen' in elsewhere, "others may still ask"
    assert ask(pages[31], sender="198.51.100.1") == "/seite-31/?uebersetzt=1&sprache=tr"
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=1)):
        assert ask(pages[32]) == "/seite-32/?uebersetzt=1&sprache=tr"


def test_one_network_uses_a_quarter_of_a_day_and_all_together_a_tenth_of_the_month(
    ahausen, pages, ask, choose, visitor
):
    choose(ahausen, "libretranslate", monthly_characters=20_000)
    answers = [ask(page) for page in pages[:8]]
    assert [url.partition("uebersetzt=")[2] for url in answers] == ["1&sprache=tr"] * 5 + ["morgen&sprache=tr"] * 3
    for number, page in enumerate(pages[8:], start=1):
        ask(page, sender=f"198.51.{number}.1")
    assert ordered(ahausen) == 20
    seen = visitor("ahausen").get("/seite-39/?uebersetzt=1&sprache=tr").content.decode()
    assert '<p role="status">' in seen
    assert '<form method="post" action="/uebersetzen' not in seen
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=1)):
        seen = visitor("ahausen").get("/seite-39/?uebersetzt=1&sprache=tr").content.decode()
        assert '<form method="post" action="/uebersetzen' in seen, "the next day the button is back"
        ask(pages[39])
    assert ordered(ahausen) == 21


def test_the_first_pages_of_anybody_are_welcome_and_a_long_one_on_a_day_of_its_own(ahausen, pages, ask, choose):
    choose(ahausen, "libretranslate", monthly_characters=1_000)
    ask(pages[0])
    assert ordered(ahausen) == 1, "as long as a whole day's share, and the first"
    ask(pages[1])
    with inside(ahausen):
        assert Attempt.objects.get(object_id=pages[1].pk).trouble == Trouble.DAY


def test_a_neighbours_clicks_do_not_count(ahausen, bedorf):
    with inside(bedorf):
        for _page in range(40):
            limits.refusal(network="192.0.2.0/24", characters=10, monthly=10_000_000)
        assert limits.refusal(network="192.0.2.0/24", characters=10, monthly=10_000_000) == Trouble.NETWORK
    with inside(ahausen):
        assert limits.refusal(network="192.0.2.0/24", characters=10, monthly=10_000_000) is None


def test_counters_are_the_same_for_all_processes_and_hold_no_address(ahausen):
    with inside(ahausen):
        limits.refusal(network="192.0.2.0/24", characters=10, monthly=10_000_000)
        cache.clear()  # what a process remembers by itself
        assert cache.get(limits._key("pages:192.0.2.0/24")) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT key || value::text FROM public.tenants_sharedvalue")
        assert not [row for row in cursor.fetchall() if "192" in row[0]]


def test_of_those_who_count_at_once_none_is_lost(own_database):
    def count():
        with inside(municipality("ahausen")):
            for _click in range(25):
                limits._counted("pages:x", 1)
        connection.close()

    threads = [threading.Thread(target=count) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with inside(municipality("ahausen")):
        assert cache.get(limits._key("pages:x")) == 100
