"""How many requests of one process may wait for tile sources at once, and which source is left alone for a while.

A visitor's request holds one of the few threads of its process (four, see `launch`). Without this a slow source of
one municipality would hold them all, and with them the pages of every other.
"""

import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_FOR_ONE = 2
# One thread of four is always left for pages.
MOST_ALTOGETHER = 3
# A place is waited for only while sources are quick: whoever looks at a map asks for a dozen tiles at the same moment.
QUICK_SECONDS = 1.0
PATIENCE_SECONDS = 0.5
# An answer that took so long counts as a failure, although it is shown.
SLOW_SECONDS = 3.0
REST_SECONDS = 30.0
LONGEST_REST_SECONDS = 600.0


@dataclass
class _Source:
    began: list[float] = field(default_factory=list)
    failures: int = 0
    rests_until: float = 0.0


@dataclass
class Turn:
    """A place at a source; say `failed` when it gave nothing."""

    failed: bool = False


class Turns:
    """The places of one process."""

    def __init__(self) -> None:
        self._sources: dict[Hashable, _Source] = {}
        self._changed = threading.Condition()

    @contextmanager
    def at(self, source: Hashable) -> Iterator[Turn | None]:
        """A place at the source, or None, at once or after a moment: then it must not be asked."""
        if not self._take(source):
            yield None
            return
        began, turn = time.monotonic(), Turn()
        try:
            yield turn
        except BaseException:
            turn.failed = True
            raise
        finally:
            self._leave(source, failed=turn.failed or time.monotonic() - began > SLOW_SECONDS)

    def forget(self) -> None:
        """Give every source that nobody is asking right now a fresh start."""
        with self._changed:
            self._sources = {key: each for key, each in self._sources.items() if each.began}

    def _take(self, key: Hashable) -> bool:
        end = time.monotonic() + PATIENCE_SECONDS
        with self._changed:
            while True:
                now = time.monotonic()
                source = self._sources.setdefault(key, _Source())
                if self._is_left_alone(source, now):
                    return False
                if self._has_room(source):
                    source.began.append(now)
                    return True
                if now >= end or self._is_stuck(now):
                    return False
                self._changed.wait(end - now)

    def _is_left_alone(self, source: _Source, now: float) -> bool:
        """After a failure for a while, and then until one request has shown that it works again."""
        return now < source.rests_until or bool(source.failures and source.began)

    def _has_room(self, source: _Source) -> bool:
        altogether = sum(len(each.began) for each in self._sources.values())
        return len(source.began) < MOST_FOR_ONE and altogether < MOST_ALTOGETHER

    def _is_stuck(self, now: float) -> bool:
        return any(now - began > QUICK_SECONDS for each in self._sources.values() for began in each.began)

    def _leave(self, key: Hashable, *, failed: bool) -> None:
        with self._changed:
            source = self._sources[key]
            source.began.pop(0)
            source.failures = source.failures + 1 if failed else 0
            if failed:
                rest = min(REST_SECONDS * 2 ** (source.failures - 1), LONGEST_REST_SECONDS)
                source.rests_until = time.monotonic() + rest
            elif not source.began:
                del self._sources[key]
            self._changed.notify_all()
