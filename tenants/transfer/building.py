"""Makes a schema as an export's release had it, and brings it to the present release."""

from collections.abc import Iterable
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.rollout.release import replay
from tenants.running.context import link, outside
from tenants.running.schema_states import Key, tenant_labels


def compare(migrations: Iterable[list[str]]) -> tuple[set[Key], set[Key], Any]:
    """Those of these migrations that make a municipality's schema, those of this release, and the graph of all.

    Raises RefusedError for migrations this release does not know, or that belong to no state it ever had.
    """
    # What the shared schema has is no matter of a municipality's.
    labels = set(tenant_labels())
    wanted = {(app, name) for app, name in migrations if app in labels}
    with outside():
        graph = MigrationExecutor(connection).loader.graph
    known = {key for key in graph.nodes if key[0] in labels}
    unknown = sorted(wanted - known)
    if unknown:
        raise RefusedError(
            _(
                "The export comes from a newer release: this one does not know the migration %(migration)s. "
                "Update this deployment first."
            )
            % {"migration": ".".join(unknown[0])[:120]}
        )
    if any(parent in known - wanted for key in wanted for parent in graph.forwards_plan(key)):
        raise RefusedError(_("The export’s list of migrations has gaps: this release was never in that state."))
    return wanted, known, graph


def build(schema: str, migrations: Iterable[list[str]]) -> bool:
    """Make the schema with these migrations; True when it is then behind the release. Raises RefusedError as above."""
    wanted, known, graph = compare(migrations)
    if wanted == known:
        with transaction.atomic():
            replay(schema)
        return False
    _migrate_to(
        schema, [key for key in wanted if not any(child.key in wanted for child in graph.node_map[key].children)]
    )
    return True


def _migrate_to(schema: str, targets: list[Key]) -> None:
    """Run the migrations up to these, each in a transaction of its own, as a rollout does."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema}"')
    with outside():
        # Django's own table first, with nothing else in sight: else it would take the shared schema's for ours.
        link.set_schema(schema, include_public=False)
        MigrationRecorder(connection).ensure_schema()
        link.set_schema(schema)
        MigrationExecutor(connection).migrate(sorted(targets))


def bring_up(schema: str) -> None:
    """Run what is left of the release's migrations, data migrations too."""
    with outside():
        call_command("migrate_schemas", schema_name=schema, interactive=False, verbosity=0)
