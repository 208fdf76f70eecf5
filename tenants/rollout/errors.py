"""Do municipalities that have the new schema answer with more errors than before?

Measured are pages that ended in an error of ours (status 500), by municipality and whole minute
(`tenants.running.server_errors`). How fast they answer is looked at beside it (`tenants.rollout.slowness`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from tenants.rollout_records import Rollout, RolloutStep, ServerErrors, StepState

# The errors that count are those of the last ten minutes, compared with the hour before each one's own update.
WINDOW = timedelta(minutes=10)
BEFORE = timedelta(minutes=60)
# So many are borne in ten minutes, and twice what ten minutes had before.
ALWAYS_BORNE = 5
TIMES = 2

_QUERY = """
    WITH updated AS (
        SELECT step.schema_name, max(step.ended_at) AS at
        FROM {step} step JOIN {rollout} rollout ON rollout.id = step.rollout_id
        WHERE step.state = %(done)s AND rollout.code = %(code)s AND step.ended_at IS NOT NULL
        GROUP BY step.schema_name
    ), counted AS (
        SELECT coalesce(sum(number) FILTER (
                   WHERE errors.minute >= greatest(updated.at, %(since)s) AND errors.minute <= %(now)s), 0) AS now,
               coalesce(sum(number) FILTER (
                   WHERE errors.minute >= updated.at - %(before)s
                     AND errors.minute + interval '1 minute' <= updated.at), 0) AS before
        FROM updated JOIN {errors} errors USING (schema_name)
    )
    SELECT (SELECT count(*) FROM updated), counted.now, counted.before FROM counted
"""


@dataclass(frozen=True, slots=True)
class Errors:
    """What the updated municipalities answered: errors now (in WINDOW), and in the hour before their updates."""

    municipalities: int
    now: int
    before: int

    @property
    def limit(self) -> int:
        """How many are borne."""
        return ALWAYS_BORNE + TIMES * self.before * WINDOW // BEFORE

    @property
    def too_many(self) -> bool:
        """Whether a rollout stops."""
        return self.now > self.limit

    @property
    def sentence(self) -> str:
        """What was measured, and the limit, for the operator."""
        return _(
            "In the last ten minutes %(now)d pages of %(municipalities)d updated municipalities ended in an error "
            "(status 500); the limit is %(limit)d: %(always)d, and twice the share of ten minutes in the %(before)d "
            "errors of the hour before their updates."
        ) % {
            "now": self.now,
            "municipalities": self.municipalities,
            "limit": self.limit,
            "always": ALWAYS_BORNE,
            "before": self.before,
        }


def errors_of(rollout: Rollout, at: datetime | None = None) -> Errors:
    """Of the municipalities that this rollout, or an earlier one of the same code, has updated; in one statement.

    A minute in which a municipality was updated counts neither before nor after. What somebody has looked at before
    going on (`errors_seen_at`) does not count again.
    """
    now = at or timezone.now()
    since = max(now - WINDOW, rollout.errors_seen_at or now - WINDOW)
    names = {"step": RolloutStep, "rollout": Rollout, "errors": ServerErrors}
    tables = {key: connection.ops.quote_name(model._meta.db_table) for key, model in names.items()}
    values: dict[str, Any] = {
        "done": StepState.DONE.value,
        "code": rollout.code,
        "since": since,
        "now": now,
        "before": BEFORE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUERY.format(**tables), values)
        found = cursor.fetchone()
    assert found is not None
    return Errors(*(int(each) for each in found))
