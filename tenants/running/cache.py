"""Cache keys carry the municipality."""

from tenants.running.context import current_schema


def make_key(key: str, key_prefix: str, version: int) -> str:
    """Scope a key to the present schema.

    The library's own function reads the connection of the thread, which is the wrong one in asynchronous code; the
    context variable follows the task.
    """
    return f"{current_schema()}:{key_prefix}:{version}:{key}"
