"""Whoever locks several rows locks them in one order, that of their keys: two who take the same rows the other way
round wait for each other until PostgreSQL ends one of them ("deadlock detected")."""

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db.models.sql.compiler import SQLCompiler

# One row, or nobody waits: there the order does not matter.
_ONE = re.compile(r" LIMIT (1|21)\b")
_ORDER = re.compile(r' ORDER BY (?:"\w+"\.)?"?(\w+)"? ASC(?: LIMIT \d+)?(?: OFFSET \d+)? FOR (?:NO KEY )?UPDATE')
# Django writes `ORDER BY 1` where the first column is the one to order by.
_FIRST = re.compile(r'SELECT (?:"\w+"\.)?"(\w+)"')


def without_order(sql: str, key: str) -> bool:
    """Whether a statement of Django's locks rows in any other order than that of this column."""
    if " FOR UPDATE" not in sql and " FOR NO KEY UPDATE" not in sql:
        return False
    if sql.endswith(("SKIP LOCKED", "NOWAIT")) or _ONE.search(sql):
        return False
    order, first = _ORDER.search(sql), _FIRST.match(sql)
    by = first[1] if order and order[1] == "1" and first else order and order[1]
    return by != key


@contextmanager
def watched() -> Iterator[list[str]]:
    """The statements made inside that lock without an order, each with who made it; also those of other threads."""
    found: list[str] = []
    made = SQLCompiler.as_sql

    def as_sql(self: Any, *args: Any, **more: Any) -> Any:
        sql, values = made(self, *args, **more)
        if self.query.select_for_update and without_order(sql, self.query.get_meta().pk.column):
            # The last of ours before Django's own frames, and this one.
            ours = [each for each in traceback.extract_stack()[:-1] if "site-packages" not in each.filename]
            found.append(f"{ours[-1].filename}:{ours[-1].lineno}: {sql}")
        return sql, values

    with mock.patch.object(SQLCompiler, "as_sql", as_sql):
        yield found
