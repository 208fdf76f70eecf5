"""Turns: no server is asked more than once a second, whoever asks, from whatever process and municipality.

The database keeps the time (one row a host in the shared schema). A turn is taken by one statement and given back when
the answer is there: only then the second begins, so that a request that was late is not overtaken by the next. Where a
host is not free soon nobody waits for it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

# A little more than a second: clocks differ.
GAP = 1.1
LONGEST_GAP = 60.0
LONGEST_REST = 24 * 3600.0

# A turn that nobody gives back ends by itself: whoever had it was killed. Longer than any request may take.
HELD = 20.0

_TAKE = """
    INSERT INTO public.courtesy_host AS host (name, free_at, gap)
    VALUES (%(name)s, clock_timestamp() + make_interval(secs => %(held)s), %(gap)s)
    ON CONFLICT (name) DO UPDATE SET free_at = clock_timestamp() + make_interval(secs => %(held)s)
        WHERE host.free_at <= clock_timestamp()
    RETURNING free_at
"""
_GIVE_BACK = """
    UPDATE public.courtesy_host SET free_at = clock_timestamp() + make_interval(secs => gap)
    WHERE name = %s AND free_at = %s
"""
_WAIT = "SELECT extract(epoch FROM free_at - clock_timestamp()) FROM public.courtesy_host WHERE name = %s"
_REST = """
    INSERT INTO public.courtesy_host AS host (name, free_at, gap)
    VALUES (%(name)s, clock_timestamp() + make_interval(secs => %(seconds)s), %(gap)s)
    ON CONFLICT (name) DO UPDATE
        SET free_at = greatest(host.free_at, clock_timestamp() + make_interval(secs => %(seconds)s))
"""


class BusyError(Exception):
    """The server may not be asked for a while."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not before {seconds:.0f} s")
        self.seconds = seconds


@contextmanager
def turn(host: str, *, patience: float) -> Iterator[None]:
    """Wait for a turn at a host and keep it for the block: the next one begins a second after its end.

    BusyError where the host is not free within `patience`. Never inside a transaction: the row would stay locked, and
    everybody else would wait as well.
    """
    name = host.lower()
    held = _taken(name, patience)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            # Unless the host asked for a longer rest meanwhile.
            cursor.execute(_GIVE_BACK, [name, held])


def _taken(name: str, patience: float) -> datetime:
    end = time.monotonic() + patience
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, {"name": name, "gap": GAP, "held": HELD})
            if found := cursor.fetchone():
                held: datetime = found[0]
                return held
            cursor.execute(_WAIT, [name])
            wait = max(float(cursor.fetchone()[0]), 0.01)
        if time.monotonic() + wait > end:
            raise BusyError(wait)
        time.sleep(wait)


def rest(host: str, seconds: float) -> None:
    """Leave a host alone for so long; it asked for it."""
    bounded = min(max(seconds, GAP), LONGEST_REST)
    with connection.cursor() as cursor:
        cursor.execute(_REST, {"name": host.lower(), "seconds": bounded, "gap": GAP})


def widen(host: str, seconds: float) -> None:
    """The gap a host wishes for between two requests (Crawl-delay), within limits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE public.courtesy_host SET gap = %s WHERE name = %s",
            [min(max(seconds, GAP), LONGEST_GAP), host.lower()],
        )


def forget_strangers(days: int = 60) -> None:
    """Forget hosts that nobody asked for long."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.courtesy_host WHERE free_at < %s", [timezone.now() - timedelta(days=days)])
