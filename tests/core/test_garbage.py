"""A warm process sets aside what it has loaded, at the requests named; great works are seldom interrupted."""

import gc

import pytest

from core import garbage
from core.garbage import AFTER, SetsAside


@pytest.fixture
def thawed():
    yield
    gc.unfreeze()


def test_what_is_loaded_is_set_aside_once_the_process_is_warm(thawed):
    gc.unfreeze()
    asked = []

    def application(environ, start_response):
        # What a page loads, in the shape the collector looks through.
        asked.append([environ, asked])
        return [b"page"]

    around, counts = SetsAside(application), {}
    for number in range(1, 102):
        assert around({"number": number}, None) == [b"page"]
        # Counting is slow: only around the requests in question.
        if number in {1, 19, 20, 99, 100, 101}:
            counts[number] = gc.get_freeze_count()
    assert counts[1] == counts[19] == 0
    # What is set aside may still go by itself; more comes only by setting aside.
    assert counts[20] >= counts[99] > 0
    assert counts[100] > counts[99]
    assert counts[101] <= counts[100]
    assert AFTER[:2] == (20, 100)
    assert [environ["number"] for environ, _more in asked] == list(range(1, 102))


def test_the_collector_looks_seldom_until_the_last_of_several_works_ends():
    before = gc.get_threshold()
    first, second = garbage.seldom(), garbage.seldom()
    first.__enter__()
    assert gc.get_threshold() == garbage.SELDOM
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() == garbage.SELDOM
    second.__exit__(None, None, None)
    assert gc.get_threshold() == before


def test_the_collector_looks_as_ever_after_work_that_failed():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="kaputt"), garbage.seldom():
        raise ValueError("kaputt")
    assert gc.get_threshold() == before
