"""Names the module of our SQL compilers."""

from django.db.backends.postgresql import operations


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's operations with guarded compilers."""

    compiler_module = "tenants.running.backend.compiler"
