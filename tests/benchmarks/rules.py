"""Repetitions: the most work that one accepted rule can make, against an ordinary weekly course of two years."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.offers.models import Schedule
from portal.offers.occurrences import end_of, expand
from portal.offers.rules import forget
from portal.offers.schedule_words import schedule_sentences
from tests.benchmarks.table import Row, seconds

MOST = 12.0
ROUNDS = 7
LONG_AGO = date(1970, 1, 1)
EVERY_DAY = "MO,TU,WE,TH,FR,SA,SU"
WORST = [
    "FREQ=DAILY",
    "FREQ=DAILY;COUNT=999",
    f"FREQ=WEEKLY;BYDAY={EVERY_DAY}",
    f"FREQ=YEARLY;BYDAY={EVERY_DAY}",
    f"FREQ=MONTHLY;BYDAY={EVERY_DAY};BYSETPOS={','.join(str(n) for n in range(1, 32))}",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=9",
    "FREQ=DAILY;BYMONTH=1;BYMONTHDAY=1;COUNT=40",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;COUNT=6",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;UNTIL={far}",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU;UNTIL={far}",
    "FREQ=YEARLY;BYYEARDAY=" + ",".join(str(n) for n in range(1, 32)),
]
"""Everything that makes many days, or makes few and looks long for them."""
REFUSED = ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=99990101"]
"""The old code looked for 22 seconds for the last of these."""


def rows() -> Iterator[Row]:
    """Checking a rule, its dates up to the horizon, its end and its sentence."""
    today = timezone.localdate()
    until = today + timedelta(days=730)
    ordinary = _work(f"FREQ=WEEKLY;UNTIL={until:%Y%m%d}", today)
    usual = seconds(ordinary, rounds=ROUNDS)
    taken = {}
    for text in WORST:
        for first in (today, LONG_AGO):
            taken[f"{text[:34]} {first.year}"] = seconds(
                _work(text.format(far=f"{first.year + 40}1231"), first), rounds=ROUNDS
            )
    slowest = max(taken, key=lambda name: taken[name])
    name = f"Worst accepted rule ({slowest})"
    yield Row(name[:52], f"{taken[slowest] * 1000:.1f} ms", f"weekly, 2 years {usual * 1000:.1f} ms",
              taken[slowest] / usual, MOST)  # fmt: skip
    refused = max(seconds(_refusal(text, today), rounds=ROUNDS) for text in REFUSED)
    yield Row("Worst refused rule", f"{refused * 1000:.1f} ms", f"weekly, 2 years {usual * 1000:.1f} ms",
              refused / usual, MOST)  # fmt: skip


def _schedule(text: str, first: date) -> Schedule:
    forget()
    return Schedule(offer_id=1, first_date=first, start_time=time(16), end_time=time(17), rrule=text)


def _work(text: str, first: date) -> Callable[[], None]:
    def work() -> None:
        schedule = _schedule(text, first)
        schedule.clean()
        expand(schedule)
        end_of([schedule])
        schedule_sentences([schedule], today=timezone.localdate())

    return work


def _refusal(text: str, first: date) -> Callable[[], None]:
    def refuse() -> None:
        try:
            _schedule(text, first).clean()
        except ValidationError:
            return
        raise RuntimeError(f"The rule {text} was accepted.")

    return refuse
