"""What changed since a moment, and what went: for whoever keeps a copy."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection

from portal.interfaces.asking import Asked, make_cursor, no_cursor
from portal.interfaces.models import Kind

CURSOR = "changes"
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
# A transaction notes the moment of its beginning. What began before this and is not over yet may still come.
_AS_OF = (
    "SELECT coalesce(min(xact_start), statement_timestamp()) FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend' AND xact_start IS NOT NULL"
)


class Changed(NamedTuple):
    """A thing that changed; `gone` is why nobody finds it any more, or empty."""

    pk: int
    moment: datetime
    gone: str


def as_of() -> datetime:
    """Whoever asks next time for what changed since this moment misses nothing, and gets some things twice."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_OF)
        found: datetime = cursor.fetchone()[0]
    return found


# Nobody changes an offer when its last date passes: then that is the moment.
_CHANGED = """
    SELECT c.object_id, m.moment, c.public, v.over
    FROM interfaces_change c LEFT JOIN offers_offer o ON c.kind = 'offer' AND o.id = c.object_id
    CROSS JOIN LATERAL (SELECT c.public AND coalesce(o.ends_at < %(now)s, false) AS over) AS v
    CROSS JOIN LATERAL (
        SELECT CASE WHEN v.over THEN greatest(c.changed_at, o.ends_at) ELSE c.changed_at END AS moment
    ) AS m
    WHERE c.kind = %(kind)s AND m.moment >= %(since)s AND (m.moment, c.object_id) > (%(moment)s, %(pk)s)
    ORDER BY m.moment, c.object_id LIMIT %(most)s
"""


def changed_since(kind: Kind, asked: Asked, since: datetime, *, now: datetime) -> tuple[Sequence[Changed], str]:
    """One page of changes, the oldest first, and the cursor of the next page (empty: that was all). One statement."""
    moment, pk = (_BEGIN, 0)
    if asked.cursor is not None:
        moment, pk = _moment_of(asked.at("m", int)), asked.at("i", int)
    wanted: dict[str, Any] = {
        "now": now,
        "kind": kind.value,
        "since": since,
        "moment": moment,
        "pk": pk,
        "most": asked.limit + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, wanted)
        found = [
            Changed(number, when, "" if public and not over else "over" if over else "withdrawn")
            for number, when, public, over in cursor.fetchall()
        ]
    page = found[: asked.limit]
    if len(found) <= asked.limit:
        return page, ""
    last = page[-1]
    return page, make_cursor(CURSOR, m=_micros(last.moment), i=last.pk)


def _micros(moment: datetime) -> int:
    passed = moment - _BEGIN
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


def _moment_of(micros: int) -> datetime:
    try:
        return datetime.fromtimestamp(micros // 1_000_000, tz=UTC).replace(microsecond=micros % 1_000_000)
    except (ValueError, OverflowError, OSError):
        raise no_cursor() from None
