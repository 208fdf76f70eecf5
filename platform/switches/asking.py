"""Whether a switch is on in the municipality we are inside: the one function rooms ask.

From the memory of the process, without a statement: triggers tell every municipality's memory when a switch is turned
or its wave changes (migrations/0002_told.py), and with it whole pages that were kept. Inside a transaction it is one
statement, as all that is remembered.
"""

from django.db import connection

from switches.declared import switch_of
from tenants.running.changes import remembered
from tenants.running.context import PUBLIC, current_schema

# Of the settings that mean us the narrowest: ours, then our wave's, then that for all.
_TURNED = """
SELECT DISTINCT ON (s.name) s.name, s.is_on
FROM public.switches_setting s JOIN public.tenants_municipality m ON m.schema_name = %s
WHERE s.municipality_id = m.id OR (s.municipality_id IS NULL AND s.wave IN ('', m.wave))
ORDER BY s.name, s.municipality_id NULLS LAST, s.wave = ''
"""


def is_on(name: str) -> bool:
    """Whether it is on here; on the operator's side, as it is declared. LookupError for a switch nobody declared."""
    switch = switch_of(name)
    if switch is None:
        raise LookupError(f"Nobody declares a switch “{name}”.")
    if current_schema() == PUBLIC:
        return switch.default
    return remembered("switches.turned", _turned, rooms=("switches",)).get(name, switch.default)


def _turned() -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(_TURNED, [current_schema()])
        return {str(name): bool(on) for name, on in cursor.fetchall()}
