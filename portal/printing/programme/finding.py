"""Which offers a programme is about: its search, within its period."""

from dataclasses import replace
from datetime import date, datetime, time

from django.utils import timezone

from portal.printing.programme.settings import Programme
from portal.search.parameters import Sort
from portal.search.results import answer
from portal.subscriptions.searches import Stored, read_row


def search_of(programme: Programme, day: date) -> Stored:
    """The search as it stood at the beginning of a day, so that it finds the same until the day ends."""
    stored = read_row(programme.query)
    first, last = programme.period
    query = replace(stored.search.query, from_date=max(first, day), to_date=last, sort=Sort.NAME)
    begins = timezone.make_aware(datetime.combine(day, time()))
    return replace(stored, search=replace(stored.search, query=query, now=begins))


def ids_of(programme: Programme, day: date) -> list[int] | None:
    """The ids of its offers; None where the search has lost one of its conditions: without it, it would find more."""
    stored = search_of(programme, day)
    return list(answer(stored.search).ids) if stored.is_whole else None
