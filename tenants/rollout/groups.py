"""All schemas of a rollout in groups: alike ones, the units they need, and those that are not as they should be."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.rollout.fingerprint import differences, fingerprint, outlines
from tenants.rollout.planning import Planner, unknown
from tenants.rollout.recording import SCRATCH, Unit, record, scratch, tables_of
from tenants.rollout_records import RolloutNote
from tenants.running.schema_states import Key, Schema, is_table, schemas

# How many differences of a drifted schema are told; `manage check_drift` tells all.
_TOLD = 5


@dataclass
class Group:
    """Schemas with the same migrations applied and what they need."""

    applied: frozenset[Key] | None
    schemas: list[Schema]
    units: list[Unit] = field(default_factory=list)
    # Why schemas cannot be brought forward, by schema name.
    unfit: dict[str, str] = field(default_factory=dict)

    @property
    def migrations(self) -> list[str]:
        return [name for unit in self.units for name in unit.migrations]


def plan(wave: str = "") -> list[Group]:
    """The groups of schemas that are behind the code, of one wave or all. Reads only."""
    by_state: dict[frozenset[Key] | None, list[Schema]] = defaultdict(list)
    for schema in schemas():
        if wave in {"", schema.wave}:
            by_state[schema.applied].append(schema)
    return [group for applied, alike in by_state.items() if (group := _group(applied, alike)) is not None]


def _group(applied: frozenset[Key] | None, alike: list[Schema]) -> Group | None:
    group = Group(applied, alike)
    if applied is None:
        return _all_unfit(group, _("The schema has no tables. Restore the municipality from an export or a backup."))
    try:
        planner = Planner(applied)
        missing, unrecorded = planner.missing(), planner.unrecorded()
        only_rows = [key for key in unrecorded if key not in applied]
        if not missing and not only_rows:
            return None
        if missing and (later := unknown(applied)):
            why = _("The schema is of a later release than the code: it has %(names)s.")
            return _all_unfit(group, why % {"names": ", ".join(later)})
        group.units = record(applied, _sample(alike)) if missing else []
    except RefusedError as error:
        return _all_unfit(group, str(error))
    if only_rows:
        names = [".".join(key) for key in only_rows]
        group.units.append(Unit(atomic=True, schema_only=True, migrations=names, rows=only_rows))
    _find_drift(group, applied)
    return group


def _all_unfit(group: Group, why: str) -> Group:
    group.unfit = {schema.schema_name: why for schema in group.schemas}
    return group


def _sample(alike: list[Schema]) -> str | None:
    """A schema in which no migration was begun."""
    begun = _begun()
    return next((each.schema_name for each in alike if each.schema_name not in begun), None)


def _begun() -> set[str]:
    """Schemas half way through a migration; none before the shared schema was brought to the release that notes it."""
    if not is_table(RolloutNote._meta.db_table):
        return set()
    return set(RolloutNote.objects.values_list("schema_name", flat=True))


def _find_drift(group: Group, applied: frozenset[Key]) -> None:
    """Compare the tables that the units name. Where they differ, a schema made by the migrations says who is right.

    A schema with a note is half way through a migration and is compared by nobody.
    """
    begun = _begun()
    names = [schema.schema_name for schema in group.schemas if schema.schema_name not in begun]
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tablename FROM pg_tables WHERE schemaname = ANY(%s)", [names])
        tables = tables_of(group.units, [str(name) for (name,) in cursor.fetchall()])
    found = outlines(names, tables)
    if len(set(found.values())) <= 1 and len(found) in {0, len(names)}:
        return
    with scratch(applied):
        wanted, lines = outlines([SCRATCH], tables).get(SCRATCH), fingerprint(SCRATCH, tables)
    # Written down on a schema that may be the one that is wrong: only what the scratch schema says counts.
    group.units = record(applied, None)
    for name in names:
        if found.get(name) != wanted:
            told = differences(name, lines, tables)
            group.unfit[name] = _(
                "The schema is not as its migrations made it (%(differences)s). Compare it with `manage check_drift`, "
                "mend it by hand, then go on with `manage rollout --resume`."
            ) % {"differences": "; ".join(told[:_TOLD])}
