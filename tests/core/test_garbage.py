"""A warm web process sets aside what it has loaded, at the requests named and no others."""

import gc

import pytest

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

    around, frozen = SetsAside(application), []
    for number in range(1, 102):
        before = gc.get_freeze_count()
        assert around({"number": number}, None) == [b"page"]
        if gc.get_freeze_count() > before:
            frozen.append(number)
    assert frozen == [20, 100] == list(AFTER[:2])
    assert [environ["number"] for environ, _more in asked] == list(range(1, 102))
