"""How much one network, or one program with a token, may ask of a municipality's interface in a minute.

Counted in the memory of each process, without a statement: it keeps one careless program from taking the time of all
others, and is no lock. Answers from the page cache are not counted; they cost nothing.
"""

import threading
import time
from collections import defaultdict

from django.http import HttpRequest

from core.network import network_of
from portal.tokens.bearing import TokenError, token_of
from tenants.running.context import current_schema

A_MINUTE = 60
# Requests a network, minute and process; a file of all offers counts as many.
MOST = 1200
# The same of one token, wherever it is used.
MOST_WITH_TOKEN = 12_000
FILE = 120


class _Counters:
    """The counts of the present minute."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute = -1
        self._counts: defaultdict[tuple[str, str], int] = defaultdict(int)

    def count(self, key: tuple[str, str], weight: int) -> int:
        """Count and return how much it is now."""
        minute = int(time.time() // A_MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._counts.clear()
            self._counts[key] += weight
            return self._counts[key]

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._counts.clear()


counters = _Counters()


def seconds_to_wait(request: HttpRequest, weight: int = 1) -> int:
    """0, or the seconds after which this network (or this token, where a valid one is shown) may ask again. TokenError
    for a token that opens nothing."""
    try:
        token = token_of(request)
    except TokenError:
        # Whoever tries some out is one network like any other.
        if counters.count((current_schema(), network_of(request)), weight) > MOST:
            return _rest()
        raise
    who, most = (network_of(request), MOST) if token is None else (f"token {token.pk}", MOST_WITH_TOKEN)
    return _rest() if counters.count((current_schema(), who), weight) > most else 0


def _rest() -> int:
    """Of the present minute, in seconds."""
    return A_MINUTE - int(time.time() % A_MINUTE)
