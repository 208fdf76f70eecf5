"""Django finds the engine here by name."""

from django_tenants.postgresql_backend import base

from tenants.backend.operations import DatabaseOperations


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    """django-tenants' connection whose compiler refuses what belongs to another municipality."""

    ops_class = DatabaseOperations
