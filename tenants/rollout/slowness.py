"""Do municipalities that have the new schema answer more slowly than before?

Compared are response times in slots of five minutes (`tenants.running.answers`) of all updated municipalities
together: within how many milliseconds 95 of 100 answers came in the last quarter of an hour, and in the hour before
each one's own update. A slot in which a municipality was updated counts neither before nor after.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.response_records import AnswerTimes
from tenants.rollout_records import Rollout, RolloutStep, StepState
from tenants.running.answers import SLOT, Answers, answers_of, sums

WINDOW = timedelta(minutes=15)
BEFORE = timedelta(minutes=60)
# So many milliseconds are borne, and twice what it was before.
ALWAYS_BORNE = 1000
TIMES = 2
# Of fewer answers nothing is concluded.
FEWEST = 50

_AFTER = "times.slot >= greatest(updated.at, %(since)s) AND times.slot <= %(now)s"
_BEFORE = "times.slot >= updated.at - %(before)s AND times.slot + %(length)s <= updated.at"
_QUERY = f"""
    WITH updated AS (
        SELECT step.schema_name, max(step.ended_at) AS at
        FROM {{step}} step JOIN {{rollout}} rollout ON rollout.id = step.rollout_id
        WHERE step.state = %(done)s AND rollout.code = %(code)s AND step.ended_at IS NOT NULL
        GROUP BY step.schema_name
    )
    SELECT (SELECT count(*) FROM updated), {sums("times", _AFTER)}, {sums("times", _BEFORE)}
    FROM updated JOIN {{times}} times USING (schema_name)
"""


@dataclass(frozen=True, slots=True)
class Slowness:
    """How fast the updated municipalities answer (in WINDOW), and did in the hour before their updates."""

    municipalities: int
    now: Answers
    before: Answers

    @property
    def limit(self) -> int:
        """Milliseconds that are borne."""
        return max(ALWAYS_BORNE, round(TIMES * self.before.p95))

    @property
    def too_slow(self) -> bool:
        """Whether a rollout stops."""
        return self.now.number >= FEWEST and self.now.p95 > self.limit

    @property
    def sentence(self) -> str:
        """What was measured, and the limit, for the operator."""
        return _(
            "In the last quarter of an hour 95 of 100 answers of %(municipalities)d updated municipalities came within "
            "%(now)d ms (%(number)d answers); the limit is %(limit)d ms: twice the %(before)d ms of the hour before "
            "their updates, and never less than %(always)d ms."
        ) % {
            "now": round(self.now.p95),
            "number": self.now.number,
            "municipalities": self.municipalities,
            "limit": self.limit,
            "before": round(self.before.p95),
            "always": ALWAYS_BORNE,
        }


def slowness_of(rollout: Rollout, at: datetime | None = None) -> Slowness:
    """Of the municipalities that this rollout, or an earlier one of the same code, has updated; in one statement.

    What somebody has looked at before going on (`errors_seen_at`) does not count again.
    """
    now = at or timezone.now()
    names = {"step": RolloutStep, "rollout": Rollout, "times": AnswerTimes}
    tables = {key: connection.ops.quote_name(model._meta.db_table) for key, model in names.items()}
    values: dict[str, Any] = {
        "done": StepState.DONE.value,
        "code": rollout.code,
        "since": max(now - WINDOW, rollout.errors_seen_at or now - WINDOW),
        "now": now,
        "before": BEFORE,
        "length": SLOT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUERY.format(**tables), values)
        found = cursor.fetchone()
    assert found is not None
    half = (len(found) - 1) // 2
    return Slowness(int(found[0]), answers_of(found[1 : 1 + half]), answers_of(found[1 + half :]))
