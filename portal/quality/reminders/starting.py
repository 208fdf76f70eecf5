"""Starting reminders. Who gets one is written down under a lock before anything is sent, so a second click, or a second
editor, finds nobody left; the mails themselves are written by jobs, a handful of providers each."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from audit.services import record
from portal.quality.models import Goals, Reason, Reminder
from portal.quality.reminders.tasks import send_some
from portal.quality.reminders.who import addressees

A_JOB = 25


@transaction.atomic
def remind(reason: Reason, *, by: Any, only: Iterable[int] | None = None) -> int:
    """Remind everybody who may be reminded now; returns how many providers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema()), hashtext('quality reminders'))")
    ready = [each for each in addressees(reason, only) if each.why_not is None]
    if not ready:
        return 0
    made = Reminder.objects.bulk_create(
        Reminder(provider_id=each.provider.pk, reason=reason, offers=each.offers, by=by) for each in ready
    )
    numbers = [each.pk for each in made]
    for start in range(0, len(numbers), A_JOB):
        send_some.defer(reminders=numbers[start : start + A_JOB])
    record("quality.remind", Goals.load(), by=by, changes={"reason": reason.value, "providers": len(ready)})
    return len(ready)
