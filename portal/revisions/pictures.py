"""Which pictures the texts of a kind show, in all revisions that are kept."""

from django.db import connection

_SHOWN = """
SELECT DISTINCT (found #>> '{}')::bigint
FROM revisions_revision, jsonb_path_query(content, '$.images[*].media ? (@.type() == "number")') AS found
WHERE kind = %s
"""


def media_in(kind: str) -> set[int]:
    """Ids of media files, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, [kind])
        return {int(row[0]) for row in cursor.fetchall()}
