"""Sums of months change nothing of what is told: they are the days, only sooner found."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.core.cache import cache

from portal.figures.periods import read
from portal.figures.sums import usual
from portal.preferences.models import Preferences
from portal.usage.models import Act, DailyOfferAct, DailyOfferView, OfferMonth
from portal.usage.months import sum_months, summed_until
from portal.usage.retention import drop_old_figures
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

NOW = "2026-11-28T12:00:00+01:00"
TODAY = date(2026, 11, 28)
PERIODS = (
    {"zeitraum": "12-monate"},
    {"zeitraum": "36-monate"},
    {"von": "2026-03-15", "bis": "2026-11-10", "je": "monat"},
    {"von": "2026-03-15", "bis": "2026-03-20", "je": "monat"},
    {"von": "2026-03-01", "bis": "2026-05-31", "je": "monat"},
    {"von": "2026-03-15", "bis": "2026-05-20", "je": "woche"},
    {"zeitraum": "30-tage"},
)


@pytest.fixture
def town(ahausen):
    """Seven offers that became public one after the other, seen and used on days by luck."""
    with inside(ahausen), time_machine.travel(NOW, tick=False):
        dice, provider = Random(7), a_provider()
        offers = []
        for number in range(7):
            since = morning_of(TODAY - timedelta(days=900 - 100 * number))
            offers.append(an_offer(provider=provider, published_at=since))
        rows = [(o.pk, TODAY - timedelta(days=d)) for o in offers for d in range(800) if dice.random() < 0.2]
        DailyOfferView.objects.bulk_create(
            DailyOfferView(offer_id=pk, day=day, count=dice.randint(1, 9)) for pk, day in rows
        )
        DailyOfferAct.objects.bulk_create(
            DailyOfferAct(offer_id=pk, day=day, act=dice.choice(Act.values), count=dice.randint(1, 3))
            for pk, day in rows[::2]
        )
        yield offers


def morning_of(day: date):
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def told(given):
    cache.clear()
    return usual(read(given, today=TODAY), own=[0])


@pytest.mark.parametrize("given", PERIODS, ids=[str(each) for each in PERIODS])
def test_with_sums_of_months_the_same_is_told(town, given):
    before = told(given)
    assert summed_until() is None
    assert sum_months() > 100
    assert summed_until() == date(2026, 10, 31)
    assert told(given) == before
    assert before.whole.offers >= 5


def test_what_changes_in_the_past_is_summed_up_again_and_nothing_else_is_written(town):
    sum_months()
    assert sum_months() == 0
    DailyOfferView.objects.create(offer_id=town[0].pk, day=date(2026, 5, 5), count=1000, source="typo3")
    assert sum_months() == 1
    assert OfferMonth.objects.get(offer_id=town[0].pk, month=date(2026, 5, 1)).views >= 1000


def test_what_is_forgotten_is_forgotten_here_too(town):
    sum_months()
    Preferences.objects.filter(pk=Preferences.load().pk).update(figures_months=6)
    assert drop_old_figures() > 0
    sum_months()
    # Kept since 28 May: of May the days since then, of April nothing.
    assert OfferMonth.objects.order_by("month").first().month == date(2026, 5, 1)
    kept = sum(DailyOfferView.objects.filter(day__lt=date(2026, 6, 1)).values_list("count", flat=True))
    assert sum(OfferMonth.objects.filter(month=date(2026, 5, 1)).values_list("views", flat=True)) == kept
