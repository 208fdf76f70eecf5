"""When somebody is told: at once, or in one mail each morning or each Monday."""

from datetime import datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Before people begin to work.
HOUR = time(6, 30)
MONDAY = 0


class Rhythm(TextChoices):
    """How often mails come."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", pgettext_lazy("how often mails come", "once a week, on Monday")


def due(rhythm: str, after: datetime) -> datetime:
    """When something that happened at this moment is told."""
    if rhythm == Rhythm.AT_ONCE:
        return after
    day = timezone.localtime(after).date()
    while (moment := timezone.make_aware(datetime.combine(day, HOUR))) <= after or (
        rhythm == Rhythm.WEEKLY and day.weekday() != MONDAY
    ):
        day += timedelta(days=1)
    return moment
