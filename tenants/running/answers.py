"""How long answers took and how many were errors, per municipality: counted in memory, written down every few seconds.

The outermost application of a web process looks at the clock twice; answers from the page cache count too. Whose an
answer was is said by whoever found the municipality anyway (`note`). What was counted is added to one shared table in
one statement, whatever the number of municipalities; a killed process loses the seconds since then. Files of a
municipality (/media/) do not count, nor what says that somebody is closed (503).
"""

import logging
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import Error as AnyDatabaseError
from django.db import connection
from django.utils import timezone

from core.later import Later
from tenants.response_records import AnswerTimes
from tenants.running.context import inside_public

# Milliseconds.
BOUNDS = (50, 100, 200, 500, 1000, 2000, 5000)
SLOT = timedelta(minutes=5)
# A day, and the hours in which it began and ends.
KEPT = timedelta(hours=26)
# Seconds between a count and its place in the database.
SECONDS = 10.0
# Municipalities and slots of one process that are not written yet: more wait only while the database is away.
MOST = 20_000
_SCHEMA = "chancenportal.schema"
_SLOT_SECONDS = int(SLOT.total_seconds())
_COLUMNS = ("answers", "errors", "milliseconds", *(f"to_{bound}" for bound in BOUNDS))
logger = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answers:
    """Some answers: how many, how many of them errors, milliseconds in all, and how many within each of the bounds."""

    number: int = 0
    errors: int = 0
    milliseconds: int = 0
    spread: tuple[int, ...] = (0,) * len(BOUNDS)

    @property
    def error_percent(self) -> float:
        """How many of a hundred were errors."""
        return 100 * self.errors / self.number if self.number else 0.0

    @property
    def mean(self) -> float:
        """Milliseconds on the average."""
        return self.milliseconds / self.number if self.number else 0.0

    @property
    def p95(self) -> float:
        """Milliseconds that 95 of 100 answers did not take longer than; between two bounds the answers are taken to lie
        evenly, and whatever took longer than the last bound counts as that."""
        wanted, below, lower = 0.95 * self.number, 0, 0
        for bound, within in zip(BOUNDS, self.spread, strict=True):
            if within and below + within >= wanted:
                return lower + (bound - lower) * (wanted - below) / within
            below, lower = below + within, bound
        return float(BOUNDS[-1]) if self.number else 0.0


def note(environ: dict[str, Any], schema_name: str) -> None:
    """Say whose answer this request gets."""
    environ[_SCHEMA] = schema_name


class Measured:
    """What this process counted since it was last written down, by municipality and slot."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, int], list[int]] = {}
        self._lock = threading.Lock()
        self._later = Later("answers", self.write, lambda: SECONDS)

    def add(self, schema_name: str, seconds: float, *, is_error: bool) -> None:
        """Count an answer that ends now."""
        milliseconds = int(seconds * 1000)
        place = bisect_left(BOUNDS, milliseconds)
        key = schema_name, int(time.time()) // _SLOT_SECONDS
        with self._lock:
            row = self._row(key)
            if row is not None:
                row[0] += 1
                row[1] += is_error
                row[2] += milliseconds
                if place < len(BOUNDS):
                    row[3 + place] += 1
        self._later.wake()

    def write(self) -> bool:
        """Add everything to the table; whether nothing has to wait. What the database refuses is tried again."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return True
        try:
            _add(counts)
        except AnyDatabaseError:
            logger.warning("The times of %d answers wait: the database refused them.", _number(counts), exc_info=True)
            self._take_back(counts)
            return False
        return True

    def _row(self, key: tuple[str, int]) -> list[int] | None:
        row = self._counts.get(key)
        if row is None and len(self._counts) < MOST:
            row = self._counts[key] = [0] * len(_COLUMNS)
        return row

    def _take_back(self, counts: Mapping[tuple[str, int], list[int]]) -> None:
        with self._lock:
            for key, numbers in counts.items():
                row = self._row(key)
                if row is not None:
                    row[:] = [old + new for old, new in zip(row, numbers, strict=True)]


def _number(counts: Mapping[tuple[str, int], list[int]]) -> int:
    return sum(row[0] for row in counts.values())


def _add(counts: Mapping[tuple[str, int], list[int]]) -> None:
    """One statement; always in the same order, so that two processes never wait in a ring."""
    table = connection.ops.quote_name(AnswerTimes._meta.db_table)
    rows = [(schema, datetime.fromtimestamp(slot * _SLOT_SECONDS, UTC), *counts[schema, slot])
            for schema, slot in sorted(counts)]  # fmt: skip
    types = ("text", "timestamptz", *("bigint" for _column in _COLUMNS))
    given = ", ".join(f"%s::{each}[]" for each in types)
    added = ", ".join(f"{name} = there.{name} + EXCLUDED.{name}" for name in _COLUMNS)
    with inside_public(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS there (schema_name, slot, {', '.join(_COLUMNS)}) SELECT * FROM unnest({given}) "
            f"ON CONFLICT (schema_name, slot) DO UPDATE SET {added}",
            [list(column) for column in zip(*rows, strict=True)],
        )


measured = Measured()


class MeasuringApplication:
    """A WSGI application around all others that takes the time of their answers."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        status = ""

        def heard(said: str, *arguments: Any) -> Any:
            nonlocal status
            status = said
            return start_response(said, *arguments)

        begun = time.perf_counter()
        try:
            return self._application(environ, heard)
        finally:
            schema_name = environ.get(_SCHEMA)
            if schema_name is not None and status[:3] != "503":
                measured.add(schema_name, time.perf_counter() - begun, is_error=status[:1] in {"", "5"})


_SUMS = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in _COLUMNS)


def answers_of(row: Iterable[Any]) -> Answers:
    """From the sums of the columns, in their order."""
    number, errors, milliseconds, *spread = (int(each) for each in row)
    return Answers(number, errors, milliseconds, tuple(spread))


def sums(alias: str, condition: str) -> str:
    """The sums of all columns as SQL, of the rows of which this holds."""
    return ", ".join(f"coalesce(sum({alias}.{name}) FILTER (WHERE {condition}), 0)::bigint" for name in _COLUMNS)


def since(moment: datetime) -> dict[str, Answers]:
    """What each municipality answered in the slots that began from then on, by the name of its schema."""
    table = connection.ops.quote_name(AnswerTimes._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT schema_name, {_SUMS} FROM {table} WHERE slot >= %s GROUP BY schema_name",
            [moment],
        )
        return {str(name): answers_of(row) for name, *row in cursor.fetchall()}


def by_hour(schema_name: str, moment: datetime) -> dict[datetime, Answers]:
    """What one answered since then, by the hour; hours without any answer are left out."""
    table = connection.ops.quote_name(AnswerTimes._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT date_trunc('hour', slot) AS hour, {_SUMS} FROM {table} "
            "WHERE schema_name = %s AND slot >= %s GROUP BY 1 ORDER BY 1",
            [schema_name, moment],
        )
        return {hour: answers_of(row) for hour, *row in cursor.fetchall()}


def forget_old() -> None:
    """Drop what nobody looks at any more; by SQL, as django-tenants would fetch each row first."""
    table = connection.ops.quote_name(AnswerTimes._meta.db_table)
    with inside_public(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE slot < %s", [timezone.now() - KEPT])


def forget(schema_name: str) -> None:
    """A municipality is deleted: its times go."""
    with inside_public():
        AnswerTimes.objects.filter(schema_name=schema_name).delete()
