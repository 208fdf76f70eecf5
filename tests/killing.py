"""A process that dies in the middle of its work, for tests of what is left then."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def dying_after(statements: int) -> Iterator[None]:
    """Within it this process kills itself after so many statements that write."""
    written = 0

    def count(execute, sql, params, many, context):
        nonlocal written
        found = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written += 1
            if written == statements:
                os.kill(os.getpid(), signal.SIGKILL)
        return found

    with connection.execute_wrapper(count):
        yield
