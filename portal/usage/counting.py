"""Counts in memory what visitors get, and adds it to the figures of the day half a second later."""

import logging
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import DatabaseError, ProgrammingError, models
from django.utils import timezone

from core.later import Later
from portal.usage.adding import Counts, Found, Which, add_up
from tenants.running.context import NamedSchema, inside

log = logging.getLogger(__name__)
# Between a count and its place in the database: what a killed process loses, with the statement itself less than a
# second of it.
SECONDS = 0.5
# Different things of one process that are not written yet; more is nobody reading but somebody filling our tables.
MOST = 20_000


class Counted(NamedTuple):
    """One figure: in which municipality, on which day, what, which one of it, and what a search found."""

    schema_name: str
    day: date
    kind: type[models.Model]
    which: Which
    found: Found = ""


@lru_cache(maxsize=2)
def _day(_minute: int) -> date:
    """The local day; asked for so often that working it out would be most of the counting."""
    return timezone.localdate()


class Tally:
    """The counts of this process since they were last written down."""

    def __init__(self) -> None:
        self._counts: Counter[Counted] = Counter()
        self._lock = threading.Lock()
        self._later = Later("usage", self.write, lambda: SECONDS)

    def add(self, schema_name: str, kind: type[models.Model], which: Iterable[Which], found: Found = "") -> None:
        """Count each once more."""
        day = _day(int(time.time() // 60))
        with self._lock:
            for each in which:
                self._count(Counted(schema_name, day, kind, each, found), 1)
        self._later.wake()

    def write(self) -> bool:
        """Add everything to the figures in the database; whether nothing has to wait. What a municipality's database
        refuses is tried again later, unless the municipality is gone."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        towns: dict[str, Counter[Counted]] = defaultdict(Counter)
        for entry, number in counts.items():
            towns[entry.schema_name][entry] = number
        # All of them, also after one that was refused.
        written = [self._write_one(schema_name, towns[schema_name]) for schema_name in sorted(towns)]
        return all(written)

    def _write_one(self, schema_name: str, counts: Counter[Counted]) -> bool:
        kinds: dict[type[models.Model], Counts] = defaultdict(Counter)
        for entry, number in counts.items():
            kinds[entry.kind][entry.day, entry.which, entry.found] = number
        try:
            with inside(NamedSchema(schema_name)):
                add_up(kinds)
        except ProgrammingError:
            log.warning("The municipality %s is gone: %d counts with it.", schema_name, counts.total())
        except DatabaseError:
            log.warning("%d counts of %s wait: the database refused them.", counts.total(), schema_name, exc_info=True)
            with self._lock:
                for entry, number in counts.items():
                    self._count(entry, number)
            return False
        return True

    def _count(self, entry: Counted, number: int) -> None:
        if entry in self._counts or len(self._counts) < MOST:
            self._counts[entry] += number


tally = Tally()
