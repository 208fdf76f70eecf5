"""What residents of the demo searched in vain, so that the editors' list has something to decide."""

from datetime import date, timedelta

from portal.search.unanswered import look_again
from portal.usage.models import DailySearch

# How often each was searched on two days.
SEARCHED = {
    "hundeschule": (9, 5),
    "eislaufbahn": (6, 4),
    "nähkästchen": (5, 3),
    "seniorenkino": (4, 4),
    "kinderkarneval": (4, 2),
    "drachenboot": (3, 2),
    "bogenschießen": (2, 2),
}


def write_searches(today: date) -> None:
    """Count them on days of the last weeks, and find out what finds nothing."""
    DailySearch.objects.bulk_create(
        DailySearch(day=today - timedelta(days=3 + number + 9 * turn), term=term, count=count)
        for number, (term, counts) in enumerate(SEARCHED.items())
        for turn, count in enumerate(counts)
    )
    look_again()
