"""Counts in memory what visitors get, and adds it to the figures of the day once a minute."""

import atexit
import logging
import os
import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import DatabaseError, ProgrammingError, connection, models
from django.utils import timezone

from portal.offers.models import Offer
from portal.offers.states import State
from portal.taxonomy.aliases import moved
from portal.taxonomy.models import Category
from portal.usage.models import DailyCategorySearch, DailyOfferAct, DailyOfferView, DailySearch
from tenants.running.context import NamedSchema, inside

log = logging.getLogger(__name__)
SECONDS = 60
# Different things of one process in one minute; more is nobody reading but somebody filling our tables.
MOST = 20_000
# What is counted, and the columns that say which one, with their types.
COLUMNS: dict[type[models.Model], dict[str, str]] = {
    DailyOfferView: {"offer_id": "bigint"},
    DailyOfferAct: {"offer_id": "bigint", "act": "text"},
    DailySearch: {"term": "text"},
    DailyCategorySearch: {"category_id": "bigint"},
}
# Of an offer also what was done with it; else the one column's value.
Which = int | str | tuple[int, str]


class Counted(NamedTuple):
    """One figure: in which municipality, on which day, what, and which one of it."""

    schema_name: str
    day: date
    kind: type[models.Model]
    which: Which


@lru_cache(maxsize=2)
def _day(_minute: int) -> date:
    """The local day; asked for so often that working it out would be most of the counting."""
    return timezone.localdate()


class Tally:
    """The counts of this process since they were last written down."""

    def __init__(self) -> None:
        self._counts: Counter[Counted] = Counter()
        self._lock = threading.Lock()
        self._pid = 0

    def add(self, schema_name: str, kind: type[models.Model], which: Iterable[Which]) -> None:
        """Count each once more."""
        day = _day(int(time.time() // 60))
        with self._lock:
            self._start()
            for each in which:
                entry = Counted(schema_name, day, kind, each)
                if entry in self._counts or len(self._counts) < MOST:
                    self._counts[entry] += 1

    def write(self) -> None:
        """Add everything to the figures in the database. What a municipality's database refuses is tried again in a
        minute, unless the municipality is gone."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        for schema_name in sorted({entry.schema_name for entry in counts}):
            own = Counter({entry: number for entry, number in counts.items() if entry.schema_name == schema_name})
            self._write_one(schema_name, own)

    def _write_one(self, schema_name: str, counts: Counter[Counted]) -> None:
        try:
            with inside(NamedSchema(schema_name)):
                for kind in COLUMNS:
                    _upsert(kind, {entry: number for entry, number in counts.items() if entry.kind is kind})
        except ProgrammingError:
            log.warning("The municipality %s is gone: %d counts with it.", schema_name, counts.total())
        except DatabaseError:
            log.warning("%d counts of %s wait: the database refused them.", counts.total(), schema_name, exc_info=True)
            with self._lock:
                self._counts.update(counts)

    def _start(self) -> None:
        """The thread that writes; once in each process, as a thread does not survive a fork."""
        if self._pid != os.getpid():
            self._pid = os.getpid()
            threading.Thread(target=self._run, name="usage", daemon=True).start()
            atexit.register(self._finish)

    def _run(self) -> None:
        while True:
            time.sleep(SECONDS)
            self._finish()

    def _finish(self) -> None:
        """Write, and give the thread's connection back to the pool."""
        try:
            self.write()
        finally:
            connection.close()


def _upsert(kind: type[models.Model], counts: dict[Counted, int]) -> None:
    """One statement for all counts of a kind; always in the same order, so that two processes never wait in a ring."""
    if not counts:
        return
    # What old links ask for counts for the topic they lead to.
    today = moved(Category) if kind is DailyCategorySearch else {}
    summed: Counter[tuple[date, Which]] = Counter()
    for entry, number in counts.items():
        which_today = today.get(entry.which, entry.which) if isinstance(entry.which, int) else entry.which
        summed[entry.day, which_today] += number
    rows = sorted((day, *(which if isinstance(which, tuple) else (which,)), n) for (day, which), n in summed.items())
    table, types = kind._meta.db_table, {"day": "date", **COLUMNS[kind], "count": "int"}
    names, once = ", ".join(types), ", ".join(("day", *COLUMNS[kind], "source"))
    given = ", ".join(f"%s::{each}[]" for each in types.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}, source) "  # noqa: S608 (all names are our own)
            f"SELECT {names}, '' FROM unnest({given}) AS new({names}){_KNOWN.get(kind, '')} "
            f"ON CONFLICT ({once}) DO UPDATE SET count = {table}.count + EXCLUDED.count",
            [list(part) for part in zip(*rows, strict=True)],
        )


# A page that was served proves that its offer is there; a browser that tells of a click proves nothing.
_KNOWN: dict[type[models.Model], str] = {
    DailyOfferAct: f" WHERE EXISTS (SELECT FROM {Offer._meta.db_table} AS o "
    f"WHERE o.id = offer_id AND o.state = '{State.PUBLISHED.value}')",
}
tally = Tally()
