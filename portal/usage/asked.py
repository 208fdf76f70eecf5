"""What was typed into the search, summed up: words that came often enough to be nobody's own, as they may be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils import timezone

from portal.usage.few import finished, told_most
from portal.usage.models import DailySearch, Sought, Span
from portal.usage.stretches import last_of, made_of

TERM = "term"


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, how often they were searched as far as that may be told, and up to which day that was counted last."""

    term: str
    number: int
    last_day: date


def often_asked(since: date, *, days: int, most: int) -> Sequence[Asked]:
    """The words searched most since a day, on so many days at least. What planners are not told nobody else is told
    either: another page with other numbers would undo that (`portal.usage.few`). Four statements."""
    stretches = made_of(since, timezone.localdate(), finished())
    numbers = told_most((TERM,), stretches, most)[TERM]
    rows = DailySearch.objects.filter(term__in=numbers, day__gte=since).order_by().values_list("term")
    spread = {term for term, on in rows.annotate(on=Count("day", distinct=True)) if on >= days}
    last: dict[str, date] = {}
    told = Sought.objects.filter(what=TERM, which__in=spread, first__gte=since).values_list("which", "span", "first")
    for term, span, first in told:
        last[term] = max(last.get(term, first), last_of(Span(span), first))
    found = [Asked(term, numbers[term], last[term]) for term in spread if term in last]
    return sorted(found, key=lambda each: (-each.number, each.term))
