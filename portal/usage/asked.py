"""What was typed into the search, summed up: words that came often enough to be nobody's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from portal.usage.models import DailySearch


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, how often they were searched, on how many days, and when last."""

    term: str
    number: int
    last_day: date


def often_asked(since: date, *, times: int, days: int, most: int) -> Sequence[Asked]:
    """The words searched most since a day, at least so often and on so many days; one statement."""
    rows = (
        DailySearch.objects.filter(day__gte=since)
        .order_by()
        .values("term")
        .annotate(number=Sum("count"), days=Count("day", distinct=True), last=Max("day"))
        .filter(number__gte=times, days__gte=days)
        .order_by("-number", "term")
    )
    return [Asked(row["term"], row["number"], row["last"]) for row in rows[:most]]
