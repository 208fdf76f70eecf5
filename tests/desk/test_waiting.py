"""What waits, at the cards of the desk and in its list, is asked by the same statement at any time and in every
municipality."""

import time_machine

from core import task_cards, work
from tenants.running.context import inside


def _asked():
    waiting = sorted(task_cards._alike, key=lambda waits: (waits.__module__, waits.__qualname__))
    listed = [source.rows() for source in work._sources if source.rows and not source.varies]
    return [str(rows.query) for rows in [*(rows for waits in waiting for rows in waits()), *listed]]


def test_the_statement_is_the_same_at_any_time_and_everywhere(ahausen, bedorf):
    with inside(ahausen), time_machine.travel("2026-01-01 00:10:00+00:00", tick=False):
        first = _asked()
    with inside(bedorf), time_machine.travel("2027-07-31 22:50:00+00:00", tick=False):
        assert _asked() == first
    assert len(first) >= 20
