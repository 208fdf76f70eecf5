"""A slow or broken tile source holds up neither the pages nor the maps of others."""

import threading
from contextlib import ExitStack

import pytest

from portal.maps.turns import LONGEST_REST_SECONDS, Turns


@pytest.fixture
def turns():
    return Turns()


@pytest.fixture
def clock(monkeypatch):
    """A monotonic clock that goes on when it is told to; waiting itself is real."""

    class Clock:
        now = 1000.0

        def __call__(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr("portal.maps.turns.time.monotonic", clock)
    return clock


def asked(turns, source):
    with turns.at(source) as turn:
        return turn is not None


def test_one_source_gets_two_places_and_all_together_three(turns, clock):
    with ExitStack() as open_turns:
        assert open_turns.enter_context(turns.at("a"))
        assert open_turns.enter_context(turns.at("a"))
        clock.now += 1.5
        assert not asked(turns, "a"), "both have waited long: nobody waits behind them"
        assert open_turns.enter_context(turns.at("b"))
        assert not asked(turns, "b")
        assert not asked(turns, "c")
    assert asked(turns, "a")


def test_behind_a_quick_source_one_waits_for_a_moment(turns, monkeypatch):
    # A moment of a machine that is busy otherwise.
    monkeypatch.setattr("portal.maps.turns.PATIENCE_SECONDS", 5.0)
    begun, go = threading.Barrier(3), threading.Event()

    def hold():
        with turns.at("a"):
            begun.wait(5)
            go.wait(5)

    holders = [threading.Thread(target=hold) for _place in range(2)]
    for holder in holders:
        holder.start()
    begun.wait(5)
    waiting = []
    waiter = threading.Thread(target=lambda: waiting.append(asked(turns, "a")))
    waiter.start()
    go.set()
    for each in (*holders, waiter):
        each.join(5)
    assert waiting == [True]


def fail(turns, source):
    with turns.at(source) as turn:
        assert turn is not None
        turn.failed = True


def test_after_each_failure_a_source_rests_longer_and_one_success_ends_it(turns, clock):
    for rest in (30, 60, 120, 240, 480, LONGEST_REST_SECONDS, LONGEST_REST_SECONDS):
        fail(turns, "a")
        clock.now += rest - 1
        assert not asked(turns, "a")
        assert asked(turns, "b")
        clock.now += 2
    with turns.at("a") as first:
        assert first
        assert not asked(turns, "a"), "one tries whether it works again"
    with turns.at("a") as one, turns.at("a") as other:
        assert one
        assert other


def test_a_slow_answer_and_an_accident_count_as_failures(turns, clock):
    with turns.at("a"):
        clock.now += 3.5
    assert not asked(turns, "a")
    with pytest.raises(ZeroDivisionError), turns.at("b"):
        raise ZeroDivisionError
    assert not asked(turns, "b")
    turns.forget()
    assert asked(turns, "a")
    assert asked(turns, "b")
    assert turns._sources == {}, "nothing is kept of sources that are well"
