"""`manage prepare`: brings the database to this release. `make run` and every deployment call it first."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from gazetteer.services import load as load_gazetteer
from tenants.connections import refuse_shared_sessions
from tenants.context import inside_public, outside
from tenants.models import Municipality
from tenants.refused import RefusedError
from tenants.unfinished import sweep


class Command(BaseCommand):
    help = "Migrates the shared schema, then every municipality's that is behind. Quick when nothing is to do."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_shared_sessions()
        except RefusedError as error:
            raise CommandError(str(error)) from error
        with inside_public():
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                with outside():
                    call_command("migrate_schemas", shared=True, interactive=False, verbosity=0)
            load_gazetteer()
            sweep()
            behind = self._behind()
        for schema_name in behind:
            self.stdout.write(schema_name)
            with outside():
                call_command("migrate_schemas", schema_name=schema_name, interactive=False, verbosity=0)
        self.stdout.write(f"prepared: {len(behind)} of {Municipality.objects.count()} municipalities were behind")

    @staticmethod
    def _behind() -> list[str]:
        wanted = set(MigrationLoader(None).graph.nodes)
        behind = []
        with connection.cursor() as cursor:
            for schema_name in Municipality.objects.order_by("slug").values_list("schema_name", flat=True):
                quoted = connection.ops.quote_name(schema_name)
                cursor.execute(f"SELECT app, name FROM {quoted}.django_migrations")
                if wanted - set(cursor.fetchall()):
                    behind.append(schema_name)
        return behind
