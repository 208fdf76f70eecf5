"""Refuses migrations that cannot run while the service answers: `python -m tools.migration_safety`.

A rollout takes minutes, and until the new processes start, the old code works on municipalities that have the new
schema already. So no migration may lock a table for long, nor break the code of the release before: what is new is
added in one release and what is old is removed in the next (docs/OPERATING.md).

Only migrations that no installation has are looked at; `tenants/rollout/schema/released.txt` names the others. Tables
that an unreleased migration makes are new to everybody, so anything may be done to them. `--release 1.2.0` writes the
list. Two marks stand for what no program can judge, and are read in review:

- `RunSQL(…, hints={"reviewed": "Why this locks nothing for long and suits the code of the release before."})`
- on a migration that removes: `removed_since = "1.2.0"`, the released version whose code no longer used it.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if __name__ == "__main__":
    django.setup()

from django.apps import apps
from django.conf import settings
from django.contrib.postgres import operations as postgres
from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

RELEASED = Path(settings.BASE_DIR) / "tenants" / "rollout" / "schema" / "released.txt"
_HEAD = "# Migrations that installations have. Written by `python -m tools.migration_safety --release VERSION`.\n"

CONCURRENTLY = "Use AddIndexConcurrently in a migration of its own with atomic = False"
SENTENCES = {
    "index": f"builds an index while nobody can write. {CONCURRENTLY}.",
    "field_index": f"builds an index while nobody can write. Leave out db_index and unique; then: {CONCURRENTLY}.",
    "foreign_key": (
        "checks and locks two tables. Add it with db_constraint=False and db_index=False, the index with "
        "AddIndexConcurrently; in the next release the constraint as NOT VALID, then VALIDATE it (RunSQL, reviewed)."
    ),
    "unique": (
        "builds a unique index while nobody can write. Build it with CREATE UNIQUE INDEX CONCURRENTLY (RunSQL in a "
        "migration with atomic = False), then add the constraint USING INDEX, with state_operations=[AddConstraint]."
    ),
    "check": (
        "reads the whole table while nobody can write. Use AddConstraintNotValid now and ValidateConstraint in a "
        "later migration; the code of the release before must keep the rule already."
    ),
    "exclusion": "reads and indexes the whole table while nobody can use it. Make a new table that has it.",
    "same_migration": "holds the lock of AddConstraintNotValid while it reads. Put it into a later migration.",
    "not_null": (
        "breaks the code of the release before, which does not know the column: Django drops `default` after adding. "
        "Give it db_default (a constant), or null=True now and NOT NULL in the next release."
    ),
    "set_not_null": (
        "reads the whole table while nobody can use it. First release: AddConstraintNotValid (column IS NOT NULL), "
        "fill, ValidateConstraint. Next release: SET NOT NULL by RunSQL (reviewed), which then trusts the constraint."
    ),
    "volatile": "is computed for each row, which rewrites the table. Add it with null=True and fill it later.",
    "type": (
        "rewrites the table while nobody can use it. Add a new column, write both and fill it in this release; read "
        "the new and remove the old column in the next."
    ),
    "db_default": (
        "takes away what the code of the release before relies on when it inserts. Keep db_default for this release "
        "and remove it in the next (removed_since)."
    ),
    "rename": (
        "breaks the code of the release before. Add the new name in this release and write both; remove the old one in "
        "the next. (For a new name in the code only: db_column or db_table.)"
    ),
    "remove": (
        "breaks the code of the release before. Stop using it in one release (keep the column, with null=True or "
        "db_default), remove it in the next and mark the migration with removed_since = the version that stopped."
    ),
    "still_wanted": (
        "takes away a column that code without it cannot have filled: it was neither null=True nor had a db_default in "
        "the release that stopped using it."
    ),
    "sql": 'is not marked. Say in hints={"reviewed": "…"} why it locks nothing for long and suits the code before.',
    "python": "keeps the locks of the other operations while it works. Put data into a migration of its own.",
    "python_atomic": "may be repeated from its middle after a crash. Leave out atomic=False; large changes are jobs.",
    "unknown": "is an operation this check does not know. Use one of Django's, or RunSQL with a review.",
}
_QUICK = (
    operations.CreateModel,
    operations.AlterModelOptions,
    operations.AlterModelManagers,
    operations.AlterModelTableComment,
    operations.RemoveIndex,
    operations.RemoveConstraint,
    operations.RenameIndex,
    operations.AlterConstraint if hasattr(operations, "AlterConstraint") else operations.RemoveConstraint,
    postgres.RemoveIndexConcurrently,
    postgres.AddIndexConcurrently,
    postgres.AddConstraintNotValid,
    postgres.CreateExtension,
)
Key = tuple[str, str]


class Look:
    """One operation of an unreleased migration, with the models as they were before it."""

    def __init__(
        self, migration: Migration, operation: Operation, state: ProjectState, versions: set[str], new: set[Key]
    ) -> None:
        self.migration = migration
        self.operation = operation
        self.state = state
        self.versions = versions
        self.new_models = new

    @property
    def model(self) -> Key:
        name = getattr(self.operation, "model_name", "") or getattr(self.operation, "name", "") or ""
        name = name if isinstance(name, str) else ""
        if isinstance(self.operation, operations.RenameModel):
            name = self.operation.old_name
        return self.migration.app_label, name.lower()

    def old_field(self) -> models.Field:
        return self.state.models[self.model].fields[self.operation.name]

    def was_announced(self) -> bool:
        """Whether an earlier release stopped using what goes."""
        return getattr(self.migration, "removed_since", None) in self.versions


def _indexed(field: models.Field) -> bool:
    return bool(field.db_index or field.unique)


def _add_field(look: Look) -> Iterator[str]:
    field = look.operation.field
    if field.many_to_many:
        return
    if isinstance(field, models.GeneratedField):
        yield "volatile"
        return
    if isinstance(field.db_default, models.Expression) and not isinstance(field.db_default, models.Value | Now):
        yield "volatile"
    if not field.null and not field.has_db_default():
        yield "not_null"
    if field.remote_field and field.db_constraint:
        yield "foreign_key"
    elif _indexed(field):
        yield "field_index"


def _alter_field(look: Look) -> Iterator[str]:
    old, new = look.old_field(), look.operation.field
    if old.many_to_many or new.many_to_many:
        return
    if old.db_column != new.db_column:
        yield "rename"
    if not _same_type(old, new):
        yield "type"
    if old.null and not new.null:
        yield "set_not_null"
    yield from _alter_rules(look, old, new)


def _alter_rules(look: Look, old: models.Field, new: models.Field) -> Iterator[str]:
    """What a changed field is to be kept to besides its type."""
    # Such as PositiveIntegerField's; fields of a state have no column yet, so `db_check` knows nothing.
    checked = connection.data_type_check_constraints
    if new.get_internal_type() in checked and old.get_internal_type() not in checked:
        yield "check"
    if _indexed(new) and not _indexed(old):
        yield "field_index"
    if new.remote_field and new.db_constraint and not (old.remote_field and old.db_constraint):
        yield "foreign_key"
    if old.has_db_default() and not new.has_db_default() and not new.null and not look.was_announced():
        yield "db_default"


def _same_type(old: models.Field, new: models.Field) -> bool:
    """Whether PostgreSQL leaves the rows as they are: the same type, or text that may become longer."""
    if old.remote_field and new.remote_field:
        return old.remote_field.model == new.remote_field.model
    if bool(old.remote_field) != bool(new.remote_field):
        return False
    before, after = (field.db_parameters(connection) for field in (old, new))
    if (before["type"], before.get("collation")) == (after["type"], after.get("collation")):
        return True
    if not str(before["type"]).startswith("varchar") or before.get("collation") != after.get("collation"):
        return False
    grows = old.max_length is not None and new.max_length is not None and new.max_length >= old.max_length
    return after["type"] == "text" or (str(after["type"]).startswith("varchar") and (grows or new.max_length is None))


def _add_constraint(look: Look) -> Iterator[str]:
    constraint = look.operation.constraint
    kinds = {models.CheckConstraint: "check", models.UniqueConstraint: "unique"}
    yield next((key for kind, key in kinds.items() if isinstance(constraint, kind)), "exclusion")


def _validate(look: Look) -> Iterator[str]:
    if any(isinstance(each, postgres.AddConstraintNotValid) for each in look.migration.operations):
        yield "same_migration"


def _together(look: Look) -> Iterator[str]:
    before = look.state.models[look.model].options.get(look.operation.option_name) or set()
    if set(look.operation.option_value or ()) - {tuple(each) for each in before}:
        yield "unique"


def _remove_field(look: Look) -> Iterator[str]:
    if not look.was_announced():
        yield "remove"
        return
    field = look.old_field()
    if not (field.many_to_many or field.null or field.has_db_default() or field.generated):
        yield "still_wanted"


def _delete_model(look: Look) -> Iterator[str]:
    if not look.was_announced():
        yield "remove"


def _rename_field(look: Look) -> Iterator[str]:
    yield "rename"


def _run_sql(look: Look) -> Iterator[str]:
    if look.operation.sql != operations.RunSQL.noop and not str(look.operation.hints.get("reviewed", "")).strip():
        yield "sql"


def _run_python(look: Look) -> Iterator[str]:
    if look.operation.atomic is False:
        yield "python_atomic"
    harmless = operations.RunPython | operations.RunSQL | operations.CreateModel
    for each in _flat(look.migration.operations):
        beside = Look(look.migration, each, look.state, look.versions, look.new_models)
        if not isinstance(each, harmless) and beside.model not in look.new_models:
            yield "python"
            return


def _index(look: Look) -> Iterator[str]:
    yield "index"


# The first that fits counts; AddIndexConcurrently is an AddIndex, AddConstraintNotValid an AddConstraint.
RULES: list[tuple[type[Operation] | tuple[type[Operation], ...], Callable[[Look], Iterator[str]]]] = [
    (_QUICK, lambda look: iter(())),
    (operations.AddField, _add_field),
    (operations.AlterField, _alter_field),
    (operations.AddIndex, _index),
    (operations.AddConstraint, _add_constraint),
    (postgres.ValidateConstraint, _validate),
    ((operations.AlterUniqueTogether, operations.AlterIndexTogether), _together),
    (operations.RemoveField, _remove_field),
    (operations.DeleteModel, _delete_model),
    ((operations.RenameField, operations.RenameModel, operations.AlterModelTable), _rename_field),
    (operations.AlterOrderWithRespectTo, lambda look: iter(["not_null"])),
    (operations.RunSQL, _run_sql),
    (operations.RunPython, _run_python),
]


def _flat(all_operations: list[Operation]) -> Iterator[Operation]:
    for operation in all_operations:
        if isinstance(operation, operations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _wrong(look: Look) -> Iterator[str]:
    rule = next((rule for kinds, rule in RULES if isinstance(look.operation, kinds)), None)
    yield from rule(look) if rule else ["unknown"]


def released() -> tuple[set[str], set[str]]:
    """The versions released so far, and the migrations (`app.name`) they have."""
    lines = RELEASED.read_text(encoding="utf-8").split("\n") if RELEASED.exists() else []
    versions = {line.removeprefix("release ") for line in lines if line.startswith("release ")}
    return versions, {line for line in lines if line and not line.startswith(("#", "release "))}


def _ours() -> set[str]:
    root = Path(settings.BASE_DIR)
    return {
        config.label
        for config in apps.get_app_configs()
        if root in Path(config.path).parents and ".venv" not in Path(config.path).parts
    }


def _in_order(loader: MigrationLoader) -> Iterator[Migration]:
    seen = set()
    for target in sorted(loader.graph.leaf_nodes()):
        for key in loader.graph.forwards_plan(target):
            if key not in seen:
                seen.add(key)
                yield loader.graph.nodes[key]


def complaints() -> list[str]:
    """One sentence for each unsafe operation of the migrations that no installation has."""
    versions, known = released()
    loader = MigrationLoader(None)
    ours = _ours()
    state = ProjectState(real_apps=loader.unmigrated_apps)
    new_models: set[Key] = set()
    found = []
    for migration in _in_order(loader):
        name = f"{migration.app_label}.{migration.name}"
        for operation in migration.operations:
            if name not in known and migration.app_label in ours:
                found += [f"{name}: {line}" for line in _of_one(migration, operation, state, versions, new_models)]
            operation.state_forwards(migration.app_label, state)
    return found


def _of_one(
    migration: Migration, operation: Operation, state: ProjectState, versions: set[str], new_models: set[Key]
) -> Iterator[str]:
    for each in _flat([operation]):
        look = Look(migration, each, state, versions, new_models)
        if isinstance(each, operations.CreateModel):
            new_models.add(look.model)
        # SQL and Python may be about any table.
        elif look.model not in new_models or isinstance(each, operations.RunSQL | operations.RunPython):
            for key in _wrong(look):
                yield f"“{each.describe()}” {SENTENCES[key]}"


def write_release(version: str) -> None:
    """Note all migrations of ours that were not noted as those of this version (again, as long as it is the last)."""
    text = RELEASED.read_text(encoding="utf-8") if RELEASED.exists() else _HEAD
    before, found, _rest = text.partition(f"release {version}\n")
    if not found:
        before = text
    known = set(before.split("\n"))
    loader = MigrationLoader(None)
    ours = _ours()
    names = sorted(f"{app}.{name}" for app, name in loader.disk_migrations if app in ours)
    new = [name for name in names if name not in known]
    RELEASED.write_text(before + f"release {version}\n" + "".join(f"{name}\n" for name in new), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """0: all safe (or the list written). 1: a sentence for each that is not. 2: wrong usage."""
    if arguments[:1] == ["--release"] and len(arguments) == 2:
        write_release(arguments[1])
        return 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    found = complaints()
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
