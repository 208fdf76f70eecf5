"""Which municipality we are inside."""

from tenants.models import Municipality
from tenants.running.context import current_schema


def here() -> Municipality:
    """The municipality we are inside; DoesNotExist on the operator's side."""
    return Municipality.objects.get(schema_name=current_schema())
