"""Django's own plan, made once for all schemas that have the same migrations applied."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.utils.translation import gettext as _

from tenants.refused import RefusedError
from tenants.running.schema_states import Key, tenant_labels


class _Loader(MigrationLoader):
    """Believes what it is told about applied migrations instead of reading one schema's table."""

    def __init__(self, applied: Mapping[Key, Any]) -> None:
        self._told = dict(applied)
        super().__init__(None)

    @property
    def applied_migrations(self) -> dict[Key, Any]:
        return self._told

    @applied_migrations.setter
    def applied_migrations(self, _value: object) -> None:
        """Django's loader starts from nothing when it has no connection; we keep what we were told."""


class Planner(MigrationExecutor):
    """Plans for a schema of a municipality with these migrations applied. Migrations of other apps count as applied,
    because they do nothing in such a schema; `everything` is for the shared schema, whose table knows them all."""

    def __init__(self, applied: frozenset[Key], *, everything: bool = False) -> None:
        self.connection = connection
        self.loader = _Loader(dict.fromkeys(applied))
        labels = set(tenant_labels())
        if not everything:
            pooled = {key: None for key in self.loader.graph.nodes if key[0] not in labels}
            self.loader.applied_migrations.update(pooled)
        self.recorder = MigrationRecorder(connection)
        self.progress_callback = None

    def missing(self) -> list[Migration]:
        """The migrations to run, in order. RefusedError when the applied ones contradict each other."""
        self._check_history()
        targets = self.loader.graph.leaf_nodes()
        return [migration for migration, _backwards in self.migration_plan(targets)]

    def unrecorded(self) -> list[Key]:
        """Squashed migrations all of whose parts are applied: only their rows are missing."""
        return [
            key
            for key, migration in self.loader.replacements.items()
            if key[0] in tenant_labels() and all(part in self.loader.applied_migrations for part in migration.replaces)
        ]

    def state(self) -> ProjectState:
        """The models as the applied migrations make them."""
        state: ProjectState = self._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
        return state

    def _check_history(self) -> None:
        graph, applied = self.loader.graph, self.loader.applied_migrations
        for key in applied:
            if key not in graph.nodes:
                continue
            for parent in graph.node_map[key].parents:
                if parent.key not in applied and parent.key not in self.loader.replacements:
                    raise RefusedError(
                        _("%(migration)s is recorded as applied, but %(before)s, which it needs, is not.")
                        % {"migration": ".".join(key), "before": ".".join(parent.key)}
                    )


def recorded_as(migration: Migration) -> list[Key]:
    """The rows django_migrations gets for a migration, as Django's executor writes them."""
    own = (migration.app_label, migration.name)
    return [*migration.replaces, own] if migration.replaces else [own]


def unknown(applied: frozenset[Key]) -> list[str]:
    """Migrations a schema has and the code does not: the schema is of a later release."""
    disk = MigrationLoader(None).disk_migrations
    return sorted(".".join(key) for key in applied if key not in disk)
