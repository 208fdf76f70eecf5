"""What visitors open and search for is counted, also where the page comes from memory, and nothing of the visitors."""

import signal
from datetime import date
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory

from portal.usage.counting import Tally
from portal.usage.models import DailyCategorySearch, DailyFilter, DailyOfferView, DailySearch
from portal.usage.searched import PERSONAL
from portal.usage.served import _interest, record, tally
from tenants.running.context import inside
from tenants.running.page_cache import PageCache
from tests.children import python
from tests.conftest import municipality
from tests.factories import an_offer

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HERE = "http://ahausen.localhost/angebote/"


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    tally._counts.clear()
    yield
    tally._counts.clear()


def see(path, agent=FIREFOX, **headers):
    environ = RequestFactory().get(path, HTTP_HOST="ahausen.localhost", HTTP_USER_AGENT=agent, **headers).environ
    record("ahausen", environ)


def counted():
    """Without the filters: tests/usage/test_searched.py."""
    found = tally._counts.items()
    return {(entry.kind.__name__, entry.which): number for entry, number in found if entry.kind is not DailyFilter}


def figures(kind, column):
    with inside(municipality("ahausen")):
        return dict(kind.objects.filter(source="").values_list(column, "count"))


def test_an_opened_offer_counts_also_when_its_page_comes_from_memory(own_database):
    from django.core.wsgi import get_wsgi_application

    application = PageCache(get_wsgi_application(), served=record)
    with inside(municipality("ahausen")):
        offer = an_offer(title="Chor")
    with time_machine.travel("2026-11-22T10:00:05+01:00", tick=False):
        for _time in range(3):
            environ = RequestFactory().get(
                offer.get_absolute_url(), HTTP_HOST="ahausen.localhost", HTTP_USER_AGENT=FIREFOX
            )
            b"".join(application(environ.environ, lambda *_answer: None))
        gone = RequestFactory().get("/angebote/999-weg/", HTTP_HOST="ahausen.localhost", HTTP_USER_AGENT=FIREFOX)
        b"".join(application(gone.environ, lambda *_answer: None))
        tally.write()
    assert figures(DailyOfferView, "offer_id") == {offer.pk: 3}


def test_words_and_categories_of_a_search_are_counted_without_case_and_spaces():
    see("/angebote/?q=%20Deutsch%20%20A1&kategorie=3&kategorie=4")
    see("/angebote/?q=deutsch+a1")
    assert counted() == {("DailySearch", "deutsch a1"): 2, ("DailyCategorySearch", 3): 1, ("DailyCategorySearch", 4): 1}


def test_an_address_of_kilobytes_is_counted_and_not_remembered():
    before = _interest.cache_info().currsize
    for number in range(5):
        see(f"/angebote/?q=chor&x={'y' * 2000}{number}")
        see("/angebote/?q=chor", HTTP_REFERER=f"https://elsewhere.example/?{'y' * 2000}{number}")
    assert counted() == {("DailySearch", "chor"): 10}
    assert _interest.cache_info().currsize == before


@pytest.mark.parametrize(
    "then", ["?q=Chor&seite=2", "?q=Chor&ansicht=karte", "?q=chor&kostenfrei=1", "?q=Chor&sortierung=neu"]
)
def test_refining_a_search_is_not_searching_again(then):
    see(f"/angebote/{then}", HTTP_REFERER=f"{HERE}?q=Chor")
    assert counted() == {}
    see(f"/angebote/{then}&kategorie=7", HTTP_HX_CURRENT_URL=f"{HERE}{then}", HTTP_REFERER="https://elsewhere.example/")
    assert counted() == {("DailyCategorySearch", 7): 1}


def test_a_search_from_elsewhere_counts():
    see("/angebote/?q=Chor", HTTP_REFERER="http://bedorf.localhost/angebote/?q=Chor")
    see("/angebote/?q=Chor", HTTP_REFERER="http://[broken")
    assert counted() == {("DailySearch", "chor"): 2}


@pytest.mark.parametrize(
    "agent", ["", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0", "bingbot/2"]
)
def test_crawlers_are_nobody(agent):
    see("/angebote/?q=Chor", agent)
    see("/angebote/1-chor/", agent)
    assert counted() == {}


@pytest.mark.parametrize(
    ("header", "value"),
    [("SEC_PURPOSE", "prefetch;prerender"), ("PURPOSE", "prefetch"), ("X_MOZ", "prefetch"), ("X_PURPOSE", "preview")],
)
def test_a_page_loaded_in_advance_is_not_seen(header, value):
    see("/angebote/1-chor/", **{f"HTTP_{header}": value})
    assert counted() == {}


@pytest.mark.parametrize("text", ["maria@example.org", "0681 55 50 100", "+49-681-123456"])
def test_somebodys_address_is_never_kept(text):
    assert PERSONAL.search(text)
    see("/angebote/?" + urlencode({"q": text}))
    assert counted() == {}


def test_a_postcode_or_a_year_is_nobodys_address():
    see("/angebote/?q=66111+Saarbr%C3%BCcken")
    assert counted() == {("DailySearch", "66111 saarbrücken"): 1}


@pytest.mark.parametrize("query", ["q=%00", "q=" + "&a=1" * 500, "kategorie=abc&kategorie=-1", "kategorie=" + "9" * 40])
def test_junk_counts_as_nothing(query):
    see(f"/angebote/?{query}")
    assert counted() == {}


def test_who_is_signed_in_is_not_counted(own_database):
    told = []
    application = PageCache(
        lambda _environ, start: start("200 OK", [("Content-Type", "text/html")]) or [b""],
        served=lambda *given: told.append(given),
    )
    request = RequestFactory().get("/angebote/", HTTP_HOST="ahausen.localhost", HTTP_COOKIE="sessionid=x")
    list(application(request.environ, lambda *_answer: None))
    assert told == []


def test_two_processes_add_up_and_write_at_their_end(own_database):
    code = """
from portal.usage.counting import tally
from portal.usage.models import DailySearch
tally.add("ahausen", DailySearch, ["chor", "bad"])
"""
    for _time in range(2):
        with python(code) as child:
            assert child.wait(60) == 0, child.stdout.read()
    assert figures(DailySearch, "term") == {"chor": 2, "bad": 2}


def test_a_killed_process_loses_only_what_it_had_not_written(own_database):
    code = """
import time
from portal.usage.counting import tally
from portal.usage.models import DailyCategorySearch
tally.add("ahausen", DailyCategorySearch, [1])
tally.write()
tally.add("ahausen", DailyCategorySearch, [1])
print("ready", flush=True)
time.sleep(60)
"""
    with python(code) as child:
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGKILL)
        child.wait(10)
    assert figures(DailyCategorySearch, "category_id") == {1: 1}


def test_figures_taken_over_stay_apart_and_days_do_not_mix(ahausen):
    with inside(ahausen):
        DailySearch.objects.create(day=date(2026, 11, 22), term="chor", count=40, source="typo3")
    mine = Tally()
    for moment in ("2026-11-22T23:59:50+01:00", "2026-11-23T00:00:10+01:00"):
        with time_machine.travel(moment, tick=False):
            mine.add("ahausen", DailySearch, ["chor"])
    mine.write()
    with inside(ahausen):
        rows = DailySearch.objects.order_by("day", "source").values_list("day", "source", "count")
        assert list(rows) == [
            (date(2026, 11, 22), "", 1), (date(2026, 11, 22), "typo3", 40), (date(2026, 11, 23), "", 1),
        ]  # fmt: skip


def test_counts_of_a_municipality_that_is_gone_go_with_it(own_database):
    mine = Tally()
    mine.add("gone", DailyOfferView, [1])
    mine.add("ahausen", DailyOfferView, [1])
    mine.write()
    assert figures(DailyOfferView, "offer_id") == {1: 1}
    assert not mine._counts


def test_counts_the_database_refuses_wait_for_the_next_minute(own_database):
    mine = Tally()
    mine.add("ahausen", DailyOfferView, [1])
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ahausen.usage_dailyofferview ADD CONSTRAINT nothing CHECK (count < 0)")
        mine.write()
        assert mine._counts.total() == 1
        cursor.execute("ALTER TABLE ahausen.usage_dailyofferview DROP CONSTRAINT nothing")
    mine.write()
    assert figures(DailyOfferView, "offer_id") == {1: 1}
