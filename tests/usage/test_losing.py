"""What a killed process loses, and what counting costs: less than a second, and little."""

import random
import signal
import time
from itertools import count

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory

from portal.taxonomy.models import Category, District
from portal.usage import adding
from portal.usage.counting import MOST, Tally
from portal.usage.models import DailyCategorySearch, DailyFilter, DailyOfferView, DailySearch
from portal.usage.served import record, tally
from tenants.running.context import inside
from tests.children import python
from tests.conftest import municipality

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
# The process itself waits half a second; the rest is for a machine where others work, too.
BOUND = 1.0


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    tally._counts.clear()
    yield
    tally._counts.clear()


VISITS = """
import time
from portal.usage.counting import tally
from portal.usage.models import DailyOfferView
number = 0
while True:
    number += 1
    print(time.monotonic(), flush=True)
    tally.add("ahausen", DailyOfferView, [1])
    time.sleep(0.005)
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_process_killed_at_random_loses_less_than_its_last_second(own_database, seed):
    with python(VISITS) as child:
        began = float(child.stdout.readline())
        until = began + random.Random(seed).uniform(1.2, 2.4)
        moments = [began]
        while moments[-1] < until:
            moments.append(float(child.stdout.readline()))
        child.send_signal(signal.SIGKILL)
        moments += [float(line) for line in child.stdout if line.strip()]
        child.wait(10)
    with inside(municipality("ahausen")):
        kept = DailyOfferView.objects.get().count
    lost = moments[kept:]
    assert len(lost) < len(moments), "something was written"
    assert not lost or moments[-1] - lost[0] < BOUND


def test_ten_thousand_searches_cost_less_than_two_milliseconds_each_and_one_statement(own_database):
    queries = [f"q=wort{n}&kategorie={n % 40}&ortsteil={n % 9}&kostenfrei=1" for n in range(10_000)]
    visits = [
        RequestFactory().get(f"/angebote/?{each}", HTTP_HOST="ahausen.localhost", HTTP_USER_AGENT=FIREFOX).environ
        for each in queries
    ]
    mine, number = Tally(), count()
    spent = []
    for environ in visits:
        began = time.thread_time()
        record("ahausen", environ, "0")
        spent.append(time.thread_time() - began)
    assert sorted(spent)[int(len(spent) * 0.95)] < 0.002
    # The thread that writes may have had some already.
    with tally._lock:
        mine._counts, tally._counts = tally._counts, mine._counts

    def statement(execute, sql, params, many, context):
        if sql.startswith("WITH"):
            next(number)
        return execute(sql, params, many, context)

    with inside(municipality("ahausen")), connection.execute_wrapper(statement):
        assert mine.write()
    assert next(number) <= 1


def test_memory_is_bounded_also_while_the_database_refuses(monkeypatch, own_database):
    mine = Tally()
    monkeypatch.setattr(mine._later, "wake", lambda: None)

    def refuse(*_given):
        raise DatabaseError

    monkeypatch.setattr("portal.usage.counting.add_up", refuse)
    for turn in range(3):
        mine.add("ahausen", DailyOfferView, range(turn * MOST, (turn + 1) * MOST))
        assert not mine.write()
        assert len(mine._counts) == MOST
    mine.add("ahausen", DailyOfferView, [0])
    assert mine._counts.total() == MOST + 1


def test_a_day_has_room_for_so_many_different_words_and_counts_the_known_ones_on(ahausen, monkeypatch):
    monkeypatch.setattr(adding, "MOST_A_DAY", 3)
    monkeypatch.setitem(adding._KNOWN, DailySearch, adding._room(DailySearch))
    mine = Tally()
    monkeypatch.setattr(mine._later, "wake", lambda: None)
    for terms in (["a", "b"], ["b", "c", "d", "e"], ["a", "f"]):
        mine.add("ahausen", DailySearch, terms, "nothing")
        mine.write()
    with inside(ahausen):
        found = dict(DailySearch.objects.values_list("term", "count"))
        assert len(found) == 3
        assert found["a"] == found["b"] == 2
        assert all(row.nothing == row.count for row in DailySearch.objects.all())


def test_ids_that_nobody_gave_are_not_kept_as_filters(ahausen):
    with inside(ahausen):
        sport, centre = Category.objects.create(name="Sport"), District.objects.create(name="Mitte")
    mine = Tally()
    both = "kategorie+ortsteil"
    given = [("ortsteil", str(centre.pk)), ("ortsteil", "99999"), (both, f"{sport.pk}:{centre.pk}"),
             (both, f"{sport.pk}:99999"), ("zielgruppe", "99999"), ("ortsteil", ""), ("", "")]  # fmt: skip
    mine.add("ahausen", DailyFilter, given, "few")
    mine.add("ahausen", DailyCategorySearch, [sport.pk], "many")
    assert mine.write()
    with inside(ahausen):
        kept = set(DailyFilter.objects.values_list("name", "value", "few"))
        assert kept == {(*given[0], 1), (*given[2], 1), (*given[5], 1), (*given[6], 1)}
        assert DailyCategorySearch.objects.get().many == 1
