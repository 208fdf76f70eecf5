"""Turns: no server is asked more than once a second, whoever asks, from whatever process and municipality.

The database keeps the time (one row a host in the shared schema): a turn is booked by one statement, so two workers can
never have the same. Whoever booked one waits for it; where the next free one is too far away nothing is booked.
"""

import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone

# A little more than a second: on its way a request may be delayed more than the one after it.
GAP = 1.1
LONGEST_GAP = 60.0
LONGEST_REST = 24 * 3600.0

_BOOK = """
    INSERT INTO public.courtesy_host AS host (name, free_at, gap)
    VALUES (%(name)s, clock_timestamp() + make_interval(secs => %(gap)s), %(gap)s)
    ON CONFLICT (name) DO UPDATE
        SET free_at = greatest(host.free_at, clock_timestamp()) + make_interval(secs => host.gap)
        WHERE host.free_at <= clock_timestamp() + make_interval(secs => %(patience)s)
    RETURNING extract(epoch FROM free_at - clock_timestamp()) - gap
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


def take(host: str, *, patience: float) -> None:
    """Wait for a turn at a host and return when it has come. BusyError where that takes longer than `patience`.

    Never inside a transaction: the row would stay locked, and everybody else would wait as well.
    """
    name = host.lower()
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, {"name": name, "gap": GAP, "patience": patience})
        found = cursor.fetchone()
        if found is None:
            cursor.execute(_WAIT, [name])
            raise BusyError(max(float(cursor.fetchone()[0]), GAP))
    time.sleep(max(float(found[0]), 0.0))


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
