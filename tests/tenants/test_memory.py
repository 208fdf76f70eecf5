"""What a process remembers is bounded by its weight, and the weights are honest."""

import random
import sys
import threading
import tracemalloc
from dataclasses import dataclass

import numpy as np
import pytest
from django.test import Client

from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from portal.taxonomy.models import Category, District
from tenants.running import changes, page_cache
from tenants.running.changes import KEEPING, remembered
from tenants.running.context import inside
from tenants.running.page_cache import PageCache
from tenants.running.weights import _measure, weight_of
from tests.conftest import municipality
from tests.factories import an_offer

MIB = 2**20


@dataclass
class Weighing:
    """Says its own weight."""

    weight: int


@pytest.fixture
def memory(own_database, monkeypatch):
    """`memory(bytes)`: a process that may remember so much."""

    def of(most):
        kept = type(changes._memory.kept)(most, getsizeof=lambda kept: kept.weight)
        monkeypatch.setattr(changes._memory, "kept", kept)
        return kept

    return of


def _ask(name, weight=1000, where="ahausen"):
    """True when it had to be built."""
    built = []
    with inside(municipality(where)):
        remembered(name, lambda: built.append(name) or Weighing(weight), rooms=("offers",))
    return bool(built)


def test_what_nobody_asked_for_the_longest_goes_when_the_weight_is_reached(memory):
    memory(3 * (1000 + KEEPING))
    assert [_ask("a"), _ask("b"), _ask("c"), _ask("a")] == [True, True, True, False]
    assert _ask("d")
    assert [_ask("a"), _ask("c"), _ask("d")] == [False, False, False]
    assert _ask("b")


def test_one_heavy_thing_pushes_out_as_many_light_ones_as_it_takes(memory):
    kept = memory(10 * (1000 + KEEPING))
    for name in "abcdefghij":
        _ask(name)
    assert len(kept) == 10
    _ask("heavy", 5 * (1000 + KEEPING) - KEEPING)
    assert len(kept) == 6
    assert kept.currsize <= kept.maxsize
    assert [_ask(name) for name in "fghij"] == [False] * 5


def test_what_is_heavier_than_all_may_be_is_answered_and_not_kept(memory):
    kept = memory(10_000)
    assert _ask("light")
    assert _ask("heavy", 10_001)
    assert _ask("heavy", 10_001)
    assert not _ask("light")
    assert len(kept) == 1


def test_something_that_grew_beyond_the_bound_leaves_nothing_old_behind(memory):
    kept = memory(10_000)
    _ask("grows", 100)
    with inside(municipality("ahausen")):
        an_offer()
    assert _ask("grows", 20_000)
    # What saving an offer asked for may be there.
    assert "grows" not in {name for _schema, name in kept}
    assert kept.currsize == sum(each.weight for each in kept.values()) < 10_000


def test_the_bound_is_one_for_all_municipalities(memory):
    kept = memory(2 * (1000 + KEEPING))
    assert [_ask("a"), _ask("a", where="bedorf"), _ask("a")] == [True, True, False]
    assert _ask("b", where="bedorf")
    assert _ask("a", where="bedorf")
    assert len(kept) == 2


def test_many_threads_keep_the_bound_and_the_sum_stays_right(memory):
    kept = memory(50_000)

    def work(seed):
        rng = random.Random(seed)
        for _round in range(150):
            number = rng.randrange(60)
            with inside(towns[number % 2]):
                got = remembered(f"n{number}", lambda number=number: Weighing(number * 100), rooms=("offers",))
            assert got.weight == number * 100
            assert kept.currsize <= kept.maxsize

    towns = [municipality("ahausen"), municipality("bedorf")]
    failed = []

    def guarded(seed):
        from django.db import connection

        try:
            work(seed)
        except BaseException as error:  # noqa: BLE001 - shown below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert kept.currsize == sum(entry.weight for entry in kept.values())


class Row:
    """As Django's models are: attributes in a dictionary."""

    def __init__(self, text):
        self.text, self.other = text, self


ARRAY = np.zeros(100_000)


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("x" * 10_000, 10_000, 10_100),
        (b"x" * 10_000, 10_000, 10_100),
        (["ab" + str(n) for n in range(1000)], 60_000, 75_000),
        ({n: str(n) * 10 for n in range(1000)}, 90_000, 170_000),
        (np.zeros(100_000), 800_000, 800_300),
        # A window on an array keeps all of it alive.
        (ARRAY[:10], 800_000, 800_500),
        (np.array(["wort" * 100] * 10, dtype=object)[:2], 450, 1_500),
        (Row("x" * 10_000), 10_000, 11_000),
        (None, 0, 20),
        (Weighing(12_345), 12_345, 12_345),
    ],
)
def test_the_weight_of_things_is_what_they_take(value, least, most):
    assert least <= weight_of(value) <= most


def test_what_is_held_twice_is_counted_once():
    text = "x" * 10_000
    assert weight_of([text, text, (text,)]) < 10_500


@pytest.mark.parametrize("other", [True, 3.5, "7", None])
def test_an_attribute_that_is_no_number_of_bytes_is_no_weight(other):
    assert weight_of(Weighing(other)) > sys.getsizeof(Weighing) // 100


def _fill(offers):
    District.objects.bulk_create(
        District(name=f"Ortsteil {n} am Wald", latitude=49.2 + n / 100, longitude=6.9) for n in range(60)
    )
    categories = Category.objects.bulk_create(Category(name=f"Thema {n}") for n in range(20))
    for number in range(offers):
        offer = an_offer(title=f"Gitarre lernen {number} für Anfängerinnen", categories=[categories[number % 20]])
        set_schedules(offer, ScheduleKind.DATES, [
            Schedule(first_date="2027-01-15", start_time="18:00", rrule="FREQ=WEEKLY;COUNT=10"),
        ])  # fmt: skip


PAGES = (
    "/",
    "/angebote/?ort=Ahausen",
    "/angebote/?q=gitarre",
    "/angebote/?ansicht=karte",
    "/anbieter/",
    "/angebote/vorschlaege/?q=gi",
    "/angebote/?ansicht=kalender",
)


def test_what_says_its_own_weight_says_the_truth(memory):
    kept = memory(256 * MIB)
    with inside(municipality("ahausen")):
        _fill(150)
    visitor = Client(HTTP_HOST="ahausen.localhost")
    for path in PAGES:
        assert visitor.get(path).status_code == 200
    own = {name: entry for (_schema, name), entry in kept.items() if hasattr(entry.value, "weight")}
    # Whoever weighs by themselves is to be named here.
    assert set(own) == {"search.columns", "search.suggestions.de", "search.titles", "search.providers", "search.places"}
    for name, entry in own.items():
        said, measured = entry.weight - KEEPING, _measure().get_deep_size(entry.value)
        assert 0.8 * measured <= said <= 1.5 * measured + 2_000, (name, said, measured)


def test_weights_are_about_what_python_asks_the_machine_for():
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        made = [Row(f"{number} " * 20) for number in range(5000)], np.zeros(50_000), {str(n): n for n in range(5000)}
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert 0.8 <= weight_of(made) / taken <= 1.2


def test_readiness_says_how_much_is_remembered(own_database):
    _ask("a", 3 * MIB)
    found = Client().get("/readyz", HTTP_HOST="localhost").json()["memory"]
    assert (found["mib"], found["most_mib"], found["things"]) == (3, 256, 1)


def test_pages_are_bounded_by_all_they_take(monkeypatch, own_database):
    monkeypatch.setattr(page_cache, "MOST_BYTES", 100_000)
    made = PageCache(_answers(b"x" * 20_000))
    for number in range(20):
        _get(made, f"/{number}/?{'q' * 3000}")
    held = list(made._pages.values())
    assert 3 <= len(held) <= 4
    assert sum(len(page.body) + 3000 for page in held) < made._pages.currsize <= 100_000
    # One page that is larger than the whole memory is answered all the same.
    assert _get(PageCache(_answers(b"x" * 200_000)), "/") == b"x" * 200_000


def _answers(body):
    def application(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def _get(application, path):
    from django.test import RequestFactory

    environ = RequestFactory().get(path, HTTP_HOST="ahausen.localhost").environ
    return b"".join(application(environ, lambda _status, _headers: None))


def test_a_host_longer_than_any_is_not_remembered(own_database):
    from tenants.running import hosts

    assert hosts.site_of("a" * 254) is None
    assert hosts.site_of("a" * 253) is None
    assert set(hosts._memory.sites) == {"a" * 253}
