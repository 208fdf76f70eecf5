"""Running a unit in one schema: one transaction and, without Python in it, one round trip.

Locks are waited for only briefly, because everybody who wants to read the table queues up behind a waiting ALTER. Who
does not get them gives way (GiveWayError) and comes back later.
"""

import re
from dataclasses import dataclass
from time import sleep
from typing import Any

import psycopg
from django.db import DatabaseError, connection, transaction
from psycopg import generators, pq
from psycopg import sql as compose

from tenants.rollout.notes import Notes
from tenants.rollout.recording import Piece, Unit
from tenants.running.context import PUBLIC, NamedSchema, inside, link

# Milliseconds. A request of a resident may wait this long for each table that is changed.
LOCK_TIMEOUT = 200
# A statement that runs longer than this holds its lock for too long; large changes of data go into jobs.
STATEMENT_TIMEOUT = 60_000
# Somebody else holds a lock; nothing was done.
GIVES_WAY = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)
_MARK = "rollout_piece"
_FIRE_CONSTRAINTS = "SET CONSTRAINTS ALL IMMEDIATE;\nSET CONSTRAINTS ALL DEFERRED;"
_BUILDS_INDEX = re.compile(
    r'\s*CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?"?([^"\s]+)"?\s', re.IGNORECASE
)
# Cannot be in a transaction; may be repeated.
_REPEATABLE = re.compile(r"\s*(DROP\s+INDEX\s+CONCURRENTLY|REINDEX|VACUUM)\b", re.IGNORECASE)


class GiveWayError(Exception):
    """Somebody holds a lock. Nothing was done; try again later."""


class PieceError(Exception):
    """A piece failed; its transaction is rolled back."""

    def __init__(self, piece: Piece | None, cause: BaseException) -> None:
        super().__init__(str(cause).strip())
        self.piece = piece
        self.cause = cause


@dataclass(frozen=True)
class Target:
    """The schema a unit runs in, and the statement that notes its success in the same transaction."""

    schema_name: str
    record: str


def _literal(value: str) -> str:
    return compose.Literal(value).as_string(None)


def _opening(schema_name: str) -> str:
    return (
        f"SET LOCAL search_path = {connection.ops.quote_name(schema_name)}, public;\n"
        f"SET LOCAL lock_timeout = {LOCK_TIMEOUT};\nSET LOCAL statement_timeout = {STATEMENT_TIMEOUT};"
    )


def _rows(unit: Unit) -> str:
    values = ", ".join(f"({_literal(app)}, {_literal(name)}, now())" for app, name in unit.rows)
    return f"INSERT INTO django_migrations (app, name, applied) VALUES {values};"


def _text(pieces: list[tuple[int, Piece]]) -> str:
    """The pieces as one message. A number before each tells afterwards which of them failed."""
    lines = []
    before = None
    for number, piece in pieces:
        if before is not None and piece.migration != before:
            # What would end a transaction per migration: deferred checks, which block a later ALTER.
            lines.append(_FIRE_CONSTRAINTS)
        before = piece.migration
        # A statement may end in a comment, hence the new line.
        lines.append(f"SELECT {number} AS {_MARK};\n{piece.text}\n;")
    return "\n".join(lines)


def _send(text: str) -> int:
    """Run several statements in one round trip; the number of the last `SELECT number` that was reached.

    Raises psycopg's error, with that number as `reached`.
    """
    driver: Any = connection.connection
    driver.pgconn.send_query(text.encode())
    results = driver.wait(generators.execute(driver.pgconn))
    reached = -1
    for result in results:
        if result.status == pq.ExecStatus.TUPLES_OK and result.nfields and result.fname(0) == _MARK.encode():
            reached = int(result.get_value(0, 0))
        if result.status == pq.ExecStatus.FATAL_ERROR:
            error = psycopg.errors.error_from_result(result, encoding="utf-8")
            error.reached = reached  # type: ignore[attr-defined]
            raise error
    return reached


def _failed(unit: Unit, error: BaseException, piece: Piece | None = None) -> Exception:
    """What the caller gets for an error of the server or of a Python operation."""
    cause = error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ else error
    if isinstance(cause, GIVES_WAY):
        return GiveWayError(str(cause).strip())
    reached = getattr(error, "reached", -1)
    return PieceError(piece or (unit.pieces[reached] if reached >= 0 else None), cause)


def run(unit: Unit, target: Target) -> None:
    """Run a unit in one schema. Raises GiveWayError or PieceError, after which the schema is as before.

    (A unit that is not atomic keeps what its earlier pieces did, and goes on there next time.)
    """
    if not unit.atomic:
        _piece_by_piece(unit, target)
    elif unit.has_python:
        _in_transaction(unit, list(enumerate(unit.pieces)), target.schema_name, _rows(unit) + target.record)
    else:
        _in_one_message(unit, target)


def _in_one_message(unit: Unit, target: Target) -> None:
    connection.ensure_connection()
    body = _text(list(enumerate(unit.pieces)))
    text = f"BEGIN;\n{_opening(target.schema_name)}\n{body}\n{_rows(unit)}\n{target.record}\nCOMMIT;"
    try:
        _send(text)
    except psycopg.Error as error:
        driver: Any = connection.connection
        if not driver.closed:
            driver.rollback()
        raise _failed(unit, error) from error


def _in_transaction(unit: Unit, pieces: list[tuple[int, Piece]], schema_name: str, closing: str) -> None:
    """The pieces in one transaction, Python among them, with `closing` as its last statements."""
    now: Piece | None = None
    try:
        with inside(NamedSchema(schema_name)), transaction.atomic():
            connection.ensure_connection()
            # The driver begins a transaction only where none is open: so the settings come in the same round trip.
            _send(f"BEGIN;\n{_opening(schema_name)}")
            # So the first cursor need not set the search path once more; on leaving the schema it is forgotten.
            link.search_path_set_schemas = [schema_name, PUBLIC]
            waiting: list[tuple[int, Piece]] = []
            for number, piece in pieces:
                if piece.live is None:
                    waiting.append((number, piece))
                    continue
                if waiting:
                    _send(_text(waiting))
                waiting, now = [], piece
                with connection.schema_editor(atomic=False) as editor:
                    piece.live(editor)
                now = None
            # Ended in the last round trip, too; after that Django has nothing left to commit.
            _send("\n".join([_text(waiting), closing, "COMMIT;"]))
    except (GiveWayError, PieceError):
        raise
    except Exception as error:
        raise _failed(unit, error, now) from error


# --- outside of a transaction ---------------------------------------------------------------------------------


def _steps(unit: Unit) -> list[list[tuple[int, Piece]]]:
    """What goes into one transaction each: a piece, or the pieces of an operation that wants one."""
    steps: list[list[tuple[int, Piece]]] = []
    for number, piece in enumerate(unit.pieces):
        if steps and piece.together is not None and steps[-1][-1][1].together == piece.together:
            steps[-1].append((number, piece))
        else:
            steps.append([(number, piece)])
    return steps


def _piece_by_piece(unit: Unit, target: Target) -> None:
    notes = Notes(target.schema_name, unit.migrations[0], unit.digest)
    done, begun = notes.read()
    for step in _steps(unit):
        number, piece = step[0]
        if number < done:
            continue
        after = step[-1][0] + 1
        builds = _BUILDS_INDEX.match(piece.text) if piece.live is None else None
        if builds or (piece.live is None and _REPEATABLE.match(piece.text)):
            notes.begin(number)
            _alone(unit, piece, target.schema_name, builds.group(1) if builds else "", begun and number == done)
            notes.end(after)
        else:
            _in_transaction(unit, step, target.schema_name, notes.ended(after))
    _in_transaction(unit, [], target.schema_name, _rows(unit) + target.record + notes.forgotten())


def _alone(unit: Unit, piece: Piece, schema_name: str, index: str, begun: bool) -> None:
    """A statement that PostgreSQL runs outside of transactions only. `begun`: a killed rollout had started it."""
    with inside(NamedSchema(schema_name)):
        state = _index_state(schema_name, index) if index else None
        if begun and state is True:
            return
        try:
            # Its own session settings; the search path is the schema's already.
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = {LOCK_TIMEOUT * 50}; SET statement_timeout = 0")
                if state is False:
                    cursor.execute(f"DROP INDEX CONCURRENTLY {connection.ops.quote_name(index)}")
                cursor.execute(piece.text)
        except DatabaseError as error:
            raise _failed(unit, error, piece) from error
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("RESET lock_timeout; RESET statement_timeout")


def _index_state(schema_name: str, index: str) -> bool | None:
    """None: there is none; False: left unfinished by a build that was killed or failed; True: complete.

    The server may still be building for a client that was killed: then wait for it to end.
    """
    for _attempt in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT i.indisvalid AND i.indisready, EXISTS (SELECT 1 FROM pg_stat_progress_create_index p "
                "WHERE p.index_relid = i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                "WHERE c.relnamespace = %s::regnamespace AND c.relname = %s",
                [connection.ops.quote_name(schema_name), index],
            )
            row = cursor.fetchone()
        if row is None:
            return None
        if row[0] or not row[1]:
            return bool(row[0])
        sleep(0.5)
    raise GiveWayError(index)
