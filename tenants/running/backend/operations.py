"""Names the module of our SQL compilers, and sees to it that what is kept as JSON can be kept."""

import json
from functools import partial
from typing import Any

from django.db.backends.postgresql import operations
from psycopg.types.json import Jsonb

from core.text import storable

# NUL, and what may be half of a pair of signs: PostgreSQL has neither in JSON and would refuse the whole value.
_SUSPICIOUS = ("\\u0000", "\\ud")


class DatabaseOperations(operations.DatabaseOperations):
    """PostgreSQL's operations with guarded compilers."""

    compiler_module = "tenants.running.backend.compiler"

    def adapt_json_value(self, value: Any, encoder: type[json.JSONEncoder] | None) -> Any:
        """What people type and files hold is kept in many columns of JSON: a sign that no database keeps is left out,
        here for all of them, and the rest is not lost with it."""
        return Jsonb(value, dumps=partial(_dumped, encoder=encoder))


def _dumped(value: Any, *, encoder: type[json.JSONEncoder] | None) -> str:
    text = json.dumps(value, cls=encoder)
    return json.dumps(storable(json.loads(text))) if any(each in text for each in _SUSPICIOUS) else text
