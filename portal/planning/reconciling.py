"""Holds `planning_span` against what is so: the offers as they are now, and the log of states of the last weeks.

Triggers keep the spans; this finds what was done past them (tables loaded by hand, triggers switched off), mends it and
counts it, so that the operator's health shows it. A difference of less than `TOLERANCE` is none: the log is written by
another clock than the spans.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.planning.models import Reconciliation

LOOKED_BACK = timedelta(days=35)
TOLERANCE = timedelta(minutes=1)
KEPT = timedelta(days=400)
logger = logging.getLogger(__name__)

_SHOWN = """
shown AS (
    SELECT o.id, o.provider_id, o.ends_at, o.published_at FROM offers_offer AS o
    JOIN providers_provider AS p ON p.id = o.provider_id
    WHERE o.state = 'published' AND o.hidden_at IS NULL AND p.state = 'published'
        AND (o.ends_at IS NULL OR o.ends_at > %(now)s)
),
current AS (SELECT * FROM planning_span WHERE since <= %(now)s AND (until IS NULL OR until > %(now)s))
"""
_LOG = """
log AS (
    SELECT target_id::bigint AS offer_id, at, changes -> 'state' ->> 1 AS state FROM audit_entry
    WHERE target_type = 'offers.offer' AND action = 'state' AND target_id ~ '^[0-9]{1,18}$'
        AND jsonb_typeof(changes -> 'state') = 'array'
)
"""
# Which offers are not as they should be. One statement sees an offer and its spans as one transaction left them.
_WRONG = f"""
WITH {_SHOWN}, {_LOG}
SELECT id FROM shown WHERE NOT EXISTS (SELECT FROM current AS c WHERE c.offer_id = shown.id
    AND c.provider_id = shown.provider_id AND c.until IS NOT DISTINCT FROM shown.ends_at)
UNION SELECT offer_id FROM current WHERE NOT EXISTS
    (SELECT FROM shown WHERE shown.id = current.offer_id AND shown.provider_id = current.provider_id)
UNION SELECT s.offer_id FROM planning_span AS s JOIN log USING (offer_id)
WHERE log.state <> 'published' AND log.at > %(since)s AND s.since < log.at - %(tolerance)s
    AND coalesce(s.until, 'infinity') > log.at + %(tolerance)s
"""  # noqa: S608 - only our own constants
# A span that goes on over a moment at which the log says it ended: it ends there, and begins anew as the log says.
_BY_LOG = f"""
WITH {_LOG}, over AS (
    SELECT DISTINCT ON (s.id) s.id, s.offer_id, s.provider_id, s.until, log.at AS ended,
        (SELECT min(n.at) FROM log AS n WHERE n.offer_id = s.offer_id AND n.state = 'published' AND n.at > log.at)
        AS anew
    FROM planning_span AS s JOIN log USING (offer_id)
    WHERE s.offer_id = ANY(%(ids)s) AND log.state <> 'published' AND log.at > %(since)s
        AND s.since < log.at - %(tolerance)s AND coalesce(s.until, 'infinity') > log.at + %(tolerance)s
    ORDER BY s.id, log.at
),
ended AS (UPDATE planning_span AS s SET until = over.ended FROM over WHERE over.id = s.id RETURNING s.id),
begun AS (
    INSERT INTO planning_span (offer_id, provider_id, since, until) SELECT offer_id, provider_id, anew, until FROM over
    WHERE anew < coalesce(until, 'infinity') RETURNING id
)
SELECT count(*) FROM ended
"""  # noqa: S608 - only our own constants
_EXTRA = f"""
WITH {_SHOWN}, {_LOG}
UPDATE planning_span AS s SET until = greatest(s.since + interval '1 microsecond', least(%(now)s, coalesce(
    (SELECT min(log.at) FROM log WHERE log.offer_id = s.offer_id AND log.state <> 'published' AND log.at > s.since),
    (SELECT coalesce(o.hidden_at, CASE WHEN p.state <> 'published' THEN p.updated_at END) FROM offers_offer AS o
        JOIN providers_provider AS p ON p.id = o.provider_id WHERE o.id = s.offer_id),
    %(now)s)))
WHERE s.offer_id = ANY(%(ids)s) AND s.id IN (SELECT id FROM current WHERE NOT EXISTS
    (SELECT FROM shown WHERE shown.id = current.offer_id AND shown.provider_id = current.provider_id))
"""  # noqa: S608 - only our own constants
_ENDS = f"""
WITH {_SHOWN}
UPDATE planning_span AS s SET until = shown.ends_at FROM shown, current
WHERE s.id = current.id AND shown.id = s.offer_id AND shown.provider_id = s.provider_id
    AND s.offer_id = ANY(%(ids)s) AND s.until IS DISTINCT FROM shown.ends_at
"""  # noqa: S608 - only our own constants
_MISSING = f"""
WITH {_SHOWN}, {_LOG}
INSERT INTO planning_span (offer_id, provider_id, since, until)
SELECT id, provider_id, least(%(now)s, greatest(
    (SELECT max(s.until) FROM planning_span AS s WHERE s.offer_id = shown.id AND s.until <= %(now)s),
    coalesce((SELECT max(log.at) FROM log WHERE log.offer_id = shown.id AND log.state = 'published'),
        shown.published_at, %(now)s))), ends_at
FROM shown WHERE id = ANY(%(ids)s) AND NOT EXISTS
    (SELECT FROM current AS c WHERE c.offer_id = shown.id AND c.provider_id = shown.provider_id)
ORDER BY id
"""  # noqa: S608 - only our own constants


def reconcile() -> Reconciliation:
    """Find and mend all differences, and note how many there were of each kind."""
    now = timezone.now()
    values: dict[str, Any] = {"now": now, "since": now - LOOKED_BACK, "tolerance": TOLERANCE}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRONG, values)
        ids = sorted(pk for (pk,) in cursor.fetchall())
        # Whoever changes one of them meanwhile waits; what was changed until now is looked at once more.
        cursor.execute("SELECT FROM offers_offer WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [ids])
        values |= {"ids": ids, "now": timezone.now()}
        found = {"by_log": _by_log(cursor, values)}
        for name, statement in (("extra", _EXTRA), ("other_end", _ENDS), ("missing", _MISSING)):
            cursor.execute(statement, values)
            found[name] = cursor.rowcount
        Reconciliation.objects.filter(at__lt=now - KEPT).delete()
        made = Reconciliation.objects.create(at=now, **found)
    if made.number:
        logger.warning("Times of being public differed and were mended: %s", found)
    return made


def _by_log(cursor: Any, values: dict[str, Any]) -> int:
    """Each time the first end of a span; what begins anew may end once more."""
    number = 0
    while True:
        cursor.execute(_BY_LOG, values)
        (mended,) = cursor.fetchone()
        if not mended:
            return number
        number += int(mended)


def differences() -> int:
    """How many the last look found; 0 where nobody looked yet."""
    last = Reconciliation.objects.order_by("-at").first()
    return last.number if last else 0
