"""What a plan does, written down once per group of schemas, to be replayed in each.

Statements are collected without running them, on one schema of the group: some operations ask the database for the
names of constraints first. Where they ask about a table that the same plan has changed before, collecting would give
the wrong answer; then the plan is really run in a scratch schema and written down there.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.rollout.planning import Planner, recorded_as
from tenants.rollout.release import StaleScriptError, drop_schema, replay
from tenants.running.context import NamedSchema, inside, outside
from tenants.running.schema_states import Key, applied_in

SCRATCH = "zz-rollout"
_READS = re.compile(r"\s*(SELECT|SHOW|SET|BEGIN|SAVEPOINT|RELEASE|ROLLBACK)\b", re.IGNORECASE)
Live = Callable[[Any], None]


class _NeedsScratchError(Exception):
    """An operation asked the database about a table that the plan has changed before."""


@dataclass(frozen=True)
class Piece:
    """One statement, or one operation in Python (`live` takes the schema editor of the schema it runs in)."""

    migration: str
    text: str
    live: Live | None = None
    # Pieces of one operation that wants a transaction inside a migration that has none.
    together: int | None = None


@dataclass
class Unit:
    """What runs in one transaction per schema, or, when not `atomic`, piece by piece with a note after each."""

    atomic: bool
    schema_only: bool
    migrations: list[str] = field(default_factory=list)
    rows: list[Key] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Tells whether a note of a killed rollout is about these very pieces."""
        text = "\0".join(piece.text for piece in self.pieces)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def has_python(self) -> bool:
        return any(piece.live for piece in self.pieces)


def operations_of(operations: Sequence[Operation]) -> Iterator[Operation]:
    """The operations that touch the database, those inside SeparateDatabaseAndState instead of it."""
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from operations_of(operation.database_operations)
        else:
            yield operation


def _in_python(operation: Operation) -> bool:
    return any(not each.reduces_to_sql for each in operations_of([operation]))


def _is_schema_only(migration: Migration) -> bool:
    """Only these share a transaction: statements on data might keep the locks of the others for long."""
    return all(each.reduces_to_sql and not isinstance(each, RunSQL) for each in operations_of(migration.operations))


class _Watch:
    """Sees every statement while collecting: asking is allowed (unless too late), writing past the editor is not."""

    def __init__(self, texts: Callable[[], str]) -> None:
        self.texts = texts

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not _READS.match(str(sql)):
            raise RefusedError(
                _("An operation writes past the schema editor; give it reduces_to_sql = False: %(statement)s")
                % {"statement": str(sql)[:200]}
            )
        if str(sql).lstrip().upper().startswith("SELECT"):
            so_far = self.texts()
            about = [value for value in params or () if isinstance(value, str)]
            if so_far and (not about or any(value in so_far for value in about)):
                raise _NeedsScratchError
        return execute(sql, params, many, context)


def _live(operation: Operation, label: str, before: ProjectState, after: ProjectState) -> Live:
    """The operation with its two states rendered now, once, for all schemas of the group and all threads."""
    for state in (before, after):
        state.clear_delayed_apps_cache()
        assert state.apps
        # Or Django renders them again in each schema.
        state.is_delayed = False

    def run(editor: Any) -> None:
        operation.database_forwards(label, editor, before, after)

    return run


class _Recorder:
    """Walks through the plan as Django's executor does."""

    def __init__(self, state: ProjectState, *, really: bool) -> None:
        # Made now, it is changed along with the state; later Django would make it anew before and after an operation.
        assert state.apps
        self.state = state
        self.really = really
        self.units: list[Unit] = []
        self._collected: list[str] = []

    def texts(self) -> str:
        """All statements so far."""
        return "\n".join([*(piece.text for unit in self.units for piece in unit.pieces), *self._collected])

    def _editor(self, migration: Migration) -> Any:
        editor: Any = connection.schema_editor(collect_sql=True, atomic=migration.atomic)
        self._collected = editor.collected_sql
        if self.really:
            collect = editor.execute

            def execute(sql: Any, params: Any = ()) -> None:
                collect(sql, params)
                with connection.cursor() as cursor:
                    cursor.execute(editor.collected_sql[-1])

            editor.execute = execute
        return editor

    def migration(self, migration: Migration) -> None:
        name = f"{migration.app_label}.{migration.name}"
        unit = self._unit(migration)
        unit.migrations.append(name)
        unit.rows += recorded_as(migration)
        with self._editor(migration) as editor:
            for number, operation in enumerate(migration.operations):
                before = self.state.clone()
                operation.state_forwards(migration.app_label, self.state)
                wants_transaction = bool(operation.atomic) and not migration.atomic
                if _in_python(operation):
                    # RunPython is given the models before it, and changes none: to render them twice takes as long as
                    # everything else before the first municipality.
                    after = before if isinstance(operation, RunPython) else self.state.clone()
                    live = _live(operation, migration.app_label, before, after)
                    unit.pieces.append(Piece(name, operation.describe(), live))
                    if self.really:
                        # On no rows; what it does to the schema may be asked for by the next one.
                        live(connection.schema_editor(atomic=False))
                else:
                    operation.database_forwards(migration.app_label, editor, before, self.state)
                self._take(unit, name, editor, number if wants_transaction else None)
        self._take(unit, name, editor, None)

    def _unit(self, migration: Migration) -> Unit:
        schema_only = _is_schema_only(migration)
        last = self.units[-1] if self.units else None
        if last is None or not (migration.atomic and last.atomic and schema_only and last.schema_only):
            last = Unit(atomic=bool(migration.atomic), schema_only=schema_only)
            self.units.append(last)
        return last

    @staticmethod
    def _take(unit: Unit, name: str, editor: Any, together: int | None) -> None:
        """Move what the editor has collected (statements kept for the end come when it closes)."""
        unit.pieces += [Piece(name, text, together=together) for text in editor.collected_sql]
        editor.collected_sql.clear()


def record(applied: frozenset[Key], sample: str | None) -> list[Unit]:
    """The units that bring a schema with these migrations to the code's version; `sample` is such a schema, unchanged.

    Without a sample the scratch schema is asked at once.
    """
    if sample is not None:
        planner = Planner(applied)
        recorder = _Recorder(planner.state(), really=False)
        try:
            with inside(NamedSchema(sample)), connection.execute_wrapper(_Watch(recorder.texts)):
                for migration in planner.missing():
                    recorder.migration(migration)
        except _NeedsScratchError:
            pass
        else:
            return recorder.units
    with scratch(applied) as planner:
        recorder = _Recorder(planner.state(), really=True)
        for migration in planner.missing():
            recorder.migration(migration)
    return recorder.units


@contextmanager
def scratch(applied: frozenset[Key]) -> Iterator[Planner]:
    """A throw-away schema made by the applied migrations, entered: how such a schema is meant to look."""
    try:
        with outside():
            begun = _begin_scratch(applied)
        with inside(NamedSchema(SCRATCH)):
            start = Planner(begun)
            planner = Planner(applied)
            had = planner.loader.applied_migrations
            start.migrate([], plan=[(each, False) for each in start.missing() if (each.app_label, each.name) in had])
            yield planner
    finally:
        with outside():
            drop_schema(SCRATCH)


def _begin_scratch(applied: frozenset[Key]) -> frozenset[Key]:
    """Make the schema: by the release's script where that does not do too much (quick), else empty (seconds)."""
    drop_schema(SCRATCH)
    with suppress(StaleScriptError):
        with transaction.atomic():
            replay(SCRATCH)
        begun, _version = applied_in([SCRATCH])[SCRATCH]
        if begun <= applied:
            return begun
        drop_schema(SCRATCH)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{SCRATCH}"')
    return frozenset()


def tables_of(units: Sequence[Unit], table_names: Sequence[str]) -> list[str]:
    """Which of these tables the statements name (rather one too many)."""
    text = "\n".join(piece.text for unit in units for piece in unit.pieces)
    words = set(re.findall(r"\w+", text))
    return [name for name in table_names if name in words]
