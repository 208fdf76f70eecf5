"""Nobody can be found in what planners are told of searches, and it equals a slow recount by the rule in words."""

import random
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.offers.models import Location
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category, District, TargetGroup
from portal.usage.few import LEAST, finished, forget_sums, sum_sought, told, told_each
from portal.usage.models import (
    DailyCategorySearch,
    DailyFilter,
    DailyOfferAct,
    DailyOfferView,
    DailySearch,
    Sought,
    Span,
)
from portal.usage.retention import drop_old_figures
from portal.usage.stretches import first_of, following, last_of, made_of, parts_of
from portal.vocabulary.kinds import CATEGORIES, DISTRICTS, TARGET_GROUPS
from portal.vocabulary.merging import merge
from tenants.running.context import inside
from tests.factories import an_offer

# --- The rule, slowly: of one thing, a year of 36 thirds.


def tell(parts):
    """What may be told of a stretch whose parts are numbers (thirds) or stretches: shown, slack, total, the parts."""
    if isinstance(parts, int):
        return parts // LEAST * LEAST, 4, parts, []
    below = [tell(each) for each in parts]
    shown, slack = sum(each[0] for each in below), sum(each[1] for each in below)
    total = sum(each[2] for each in below)
    allowed = [extra for extra in range(0, total - shown + 1, LEAST) if slack - extra >= 3]
    extra = max(allowed)
    return shown + extra, 4 if slack - (extra + LEAST) >= 3 else slack - extra, total, below


def tree(thirds):
    months = [thirds[n : n + 3] for n in range(0, len(thirds), 3)]
    return [months[n : n + 3] for n in range(0, len(months), 3)]


def possible(node, seen):
    """All totals that a stretch may have for somebody who sees everything that is told, from the bottom up."""
    shown, slack, _total, below = node
    if not below:
        seen[id(node)] = set(range(shown, shown + slack + 1))
    else:
        sums = {0}
        for each in below:
            sums = {a + b for a in sums for b in possible(each, seen)}
        seen[id(node)] = {n for n in sums if shown <= n <= shown + slack}
    return seen[id(node)]


def narrowed(node, seen, found):
    """The same from the top down: what the other parts leave for each. Collects the thirds' possible numbers."""
    below = node[3]
    if not below:
        found.append((node, seen[id(node)]))
    for number, each in enumerate(below):
        others = {0}
        for other in below[:number] + below[number + 1 :]:
            others = {a + b for a in others for b in seen[id(other)]}
        seen[id(each)] = {n for n in seen[id(each)] if any(n + o in seen[id(node)] for o in others)}
        narrowed(each, dict(seen), found)


SMALL = st.lists(st.integers(0, 12), min_size=36, max_size=36)


@settings(max_examples=60, deadline=None)
@given(SMALL)
@example([4] * 36)
@example([9] * 36)
@example([4, 4, 4, 4, 0, 0, 0, 0, 4] * 4)
@example(([4, 4, 4] + [0] * 6) * 4)
def test_whoever_sees_all_tables_keeps_four_possible_numbers_for_each_third(thirds):
    whole = tell(tree(thirds))
    seen, found = {}, []
    possible(whole, seen)
    narrowed(whole, seen, found)
    assert len(found) == 36
    for (_shown, _slack, total, _below), numbers in found:
        assert total in numbers
        assert len(numbers) >= 4


@settings(max_examples=200, deadline=None)
@given(SMALL)
def test_nothing_below_five_is_told_and_no_difference_is_a_person(thirds):
    def check(node):
        shown, slack, total, below = node
        assert shown % LEAST == 0
        assert shown <= total <= shown + slack
        assert shown - sum(each[0] for each in below) not in range(1, LEAST)
        for each in below:
            check(each)

    check(tell(tree(thirds)))


# --- Stretches of time.

DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@given(st.sampled_from(Span), DAYS)
@example(Span.THIRD, date(2028, 2, 29))
@example(Span.YEAR, date(2026, 12, 31))
def test_each_day_lies_in_one_stretch_and_each_stretch_in_its_parts(span, day):
    first = first_of(span, day)
    assert first <= day <= last_of(span, first)
    assert first_of(span, following(span, first)) == following(span, first)
    if span is not Span.THIRD:
        parts = parts_of(span, first)
        assert len(parts) == {Span.MONTH: 3, Span.QUARTER: 3, Span.YEAR: 4}[span]
        ends = [following(Span(span - 1), each) for each in parts]
        assert [first, *ends] == [*parts, following(span, first)]


@given(DAYS, st.integers(0, 1500), st.sets(st.sampled_from([s for s in Span if s is not Span.THIRD])))
def test_a_period_is_made_of_stretches_without_gap_and_without_overlap(first, length, missing):
    last = first + timedelta(days=length)

    class Done:
        def __contains__(self, stretch):
            return stretch[0] not in missing

    made = made_of(first, last, Done())
    days = [begin + timedelta(days=n) for span, begin in made for n in range((last_of(span, begin) - begin).days + 1)]
    thirds = {day: first_of(Span.THIRD, day) for day in (first + timedelta(days=n) for n in range(length + 1))}
    whole = [day for day, third in thirds.items() if first <= third and last_of(Span.THIRD, third) <= last]
    assert days == whole


# --- The statement does what the rule says.

FIRST, TODAY = date(2027, 11, 13), date(2028, 12, 5)


def filled(dice):
    """Random days around a year change and a leap day; what was counted, by what, which and day."""
    truth = defaultdict(Counter)
    rows = {DailySearch: [], DailyCategorySearch: [], DailyFilter: [], DailyOfferView: [], DailyOfferAct: []}
    day = FIRST
    while day <= TODAY:
        if day.day in (1, 10, 11, 20, 21, 29, 30, 31) or dice.random() < 0.15:
            for term in ("chor", "yoga"):
                count = dice.choice([1, 1, 2, 3, 7])
                nothing = dice.randrange(count + 1)
                rows[DailySearch].append(DailySearch(day=day, term=term, count=count, nothing=nothing))
                truth["term", term][day] += count
                truth["term0", term][day] += nothing
            rows[DailyCategorySearch].append(DailyCategorySearch(day=day, category_id=3, count=2, nothing=1))
            truth["topic", "3"][day] += 2
            truth["topic0", "3"][day] += 1
            rows[DailyFilter].append(DailyFilter(day=day, name="ortsteil", value="8", count=3, nothing=0))
            truth["filter", "ortsteil=8"][day] += 3
            rows[DailyFilter].append(DailyFilter(day=day, name="", value="", count=4, nothing=4))
            truth["filter", ""][day] += 4
            truth["filter0", ""][day] += 4
        day += timedelta(days=1)
    for kind, made in rows.items():
        kind.objects.bulk_create(made)
    return truth


def slow(counts, span, first, oldest=FIRST):
    """The number of a stretch by the rule in words, from the days alone."""

    def parts(span, first):
        if span is Span.THIRD:
            return sum(n for day, n in counts.items() if first <= day < following(span, first))
        # Nothing was counted before the oldest day: such parts are none.
        below = Span(span - 1)
        return [parts(below, each) for each in parts_of(span, first) if last_of(below, each) >= oldest]

    return tell(parts(span, first))[0]


@pytest.mark.parametrize("seed", [1, 2])
def test_all_stretches_equal_a_slow_recount_over_year_change_and_leap_day(ahausen, seed):
    with inside(ahausen), time_machine.travel(f"{TODAY}T03:51:00+01:00", tick=False):
        truth = filled(random.Random(seed))
        made = sum_sought()
        done = finished()
        assert made == len(done) > 40
        assert {(Span.YEAR, date(2027, 1, 1)), (Span.THIRD, date(2028, 11, 21))} <= done
        assert done.isdisjoint({(Span.YEAR, date(2028, 1, 1)), (Span.THIRD, date(2028, 12, 1))})
        for span, first in done:
            found = told(["term", "term0", "topic", "topic0", "filter", "filter0"], [(span, first)])
            for (what, which), counts in truth.items():
                assert found[what].get(which, 0) == slow(counts, span, first), (span, first, what, which)
        period = made_of(date(2027, 12, 1), date(2028, 11, 30), done)
        assert [span for span, _first in period] == [Span.MONTH, *[Span.QUARTER] * 3, Span.MONTH, Span.MONTH]
        shown = told(["term"], period)["term"]["chor"]
        assert shown == sum(slow(truth["term", "chor"], *each) for each in period)
        apart = [each["term"].get("chor", 0) for each in told_each(["term"], [[each] for each in period])]
        assert apart == [slow(truth["term", "chor"], *each) for each in period]
        assert told_each(["term"], [[], period]) == [{"term": {}}, told(["term"], period)]
        assert sum_sought() == 0, "the next night finds everything done"


def test_words_of_one_person_are_never_told_and_a_stretch_is_done_without_any(ahausen):
    with inside(ahausen), time_machine.travel("2026-05-02T03:51:00+02:00", tick=False):
        for day, count in ((date(2026, 3, 5), 4), (date(2026, 4, 2), 2), (date(2026, 4, 12), 2)):
            DailySearch.objects.create(day=day, term="anna aus der lindenstraße", count=count)
        DailySearch.objects.create(day=date(2026, 3, 5), term="chor", count=5)
        sum_sought()
        terms = Sought.objects.filter(what="term")
        assert set(terms.values_list("which", "span", "shown")) >= {("chor", 1, 5), ("chor", 2, 5), ("chor", 3, 5)}
        assert not terms.filter(which__startswith="anna", span__lt=Span.QUARTER).exists()
        assert told(["term"], [(Span.MONTH, date(2026, 4, 1))]) == {"term": {}}


def test_views_and_contacts_belong_to_the_topics_and_districts_of_their_offers(ahausen):
    with inside(ahausen), time_machine.travel("2026-11-02T03:51:00+01:00", tick=False):
        topic, centre = Category.objects.create(name="Sport"), District.objects.create(name="Mitte")
        offer, other = an_offer(title="Chor", categories=[topic]), an_offer(title="Anders")
        for _twice in range(2):
            Location.objects.create(offer=offer, district=centre)
        day = date(2026, 10, 5)
        DailyOfferView.objects.bulk_create(
            [DailyOfferView(day=day, offer_id=offer.pk, count=12), DailyOfferView(day=day, offer_id=other.pk, count=9)]
        )
        DailyOfferAct.objects.bulk_create(
            DailyOfferAct(day=day, offer_id=offer.pk, act=act, count=n)
            for act, n in (("phone", 6), ("mail", 5), ("bookmark", 7))
        )
        sum_sought()
        kinds = ["views", "views.topic", "views.district", "contacts.topic", "contacts.district", "act"]
        assert told(kinds, [(Span.THIRD, date(2026, 10, 1))]) == {
            "views": {"": 20},
            "views.topic": {str(topic.pk): 10},
            "views.district": {str(centre.pk): 10},
            "contacts.topic": {str(topic.pk): 10},
            "contacts.district": {str(centre.pk): 10},
            "act": {"phone": 5, "mail": 5, "bookmark": 5},
        }


def test_figures_that_are_no_longer_kept_are_no_longer_told(ahausen):
    with inside(ahausen), time_machine.travel("2026-11-02T03:51:00+01:00", tick=False):
        for month in range(1, 11):
            DailySearch.objects.create(day=date(2026, month, 25), term="chor", count=6)
        sum_sought()
        assert (Span.QUARTER, date(2026, 7, 1)) in finished()
        Preferences.objects.update(figures_months=3)
        drop_old_figures()
        sum_sought()
        assert min(first for _span, first in finished()) == date(2026, 8, 11)
        assert (Span.MONTH, date(2026, 8, 1)) not in finished()
        assert not DailySearch.objects.filter(day__lt=date(2026, 8, 2)).exists()
        forget_sums()
        sum_sought()
        assert min(first for _span, first in finished()) == date(2026, 8, 21), "from the oldest figure on"


def test_what_became_one_is_counted_once_however_its_parts_were_told(ahausen):
    """Each thing is told of two in January, and of one from February on: the quarter is their sum and no more."""
    with inside(ahausen):
        one, other = (Category.objects.create(name=name) for name in ("Sport", "Bewegung"))
        here, there = (District.objects.create(name=name) for name in ("Nord", "Norden"))
        young, small = (TargetGroup.objects.create(name=name) for name in ("Kinder", "Kleine"))
        offers = [an_offer(categories=[topic], places=[{"district": place}])
                  for topic, place in ((one, here), (other, there))]  # fmt: skip
        with time_machine.travel("2026-02-01T03:51:00+01:00", tick=False):
            for topic, place, group, offer, count in (
                (one, here, young, offers[0], 10), (other, there, small, offers[1], 5)
            ):  # fmt: skip
                _used(date(2026, 1, 5), topic.pk, place.pk, group.pk, offer.pk, count)
            sum_sought()
        for kind, old, new in ((CATEGORIES, one, other), (DISTRICTS, here, there), (TARGET_GROUPS, young, small)):
            merge(kind, old.pk, new.pk, by="test")
        for month in (2, 3):
            _used(date(2026, month, 5), other.pk, there.pk, small.pk, offers[1].pk, 5)
        with time_machine.travel("2026-04-01T03:51:00+02:00", tick=False):
            sum_sought()
        found = told(["topic", "filter", "views.topic", "contacts.district"], [(Span.QUARTER, date(2026, 1, 1))])
        assert found["topic"] == {str(other.pk): 25}
        assert found["views.topic"] == {str(other.pk): 25}
        assert found["contacts.district"] == {str(there.pk): 25}
        assert found["filter"] == {
            f"ortsteil={there.pk}": 25, f"zielgruppe={small.pk}": 25, f"kategorie+ortsteil={other.pk}:{there.pk}": 25
        }  # fmt: skip


def _used(day, topic, place, group, offer, count):
    DailyCategorySearch.objects.create(day=day, category_id=topic, count=count)
    for name, value in (("ortsteil", place), ("zielgruppe", group), ("kategorie+ortsteil", f"{topic}:{place}")):
        DailyFilter.objects.create(day=day, name=name, value=str(value), count=count)
    DailyOfferView.objects.create(day=day, offer_id=offer, count=count)
    DailyOfferAct.objects.create(day=day, offer_id=offer, act="phone", count=count)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_value_of_a_filter_is_told_by_the_line_of_the_filter(ahausen, seed):
    """Whoever takes from the line of all values what the others may be at most, keeps four numbers for each value."""
    dice = random.Random(seed)
    with inside(ahausen), time_machine.travel("2026-07-02T03:51:00+02:00", tick=False):
        truth = defaultdict(Counter)
        for day, number in ((date(2026, month, at), 1 + month % 5) for month in range(1, 7) for at in (5, 15, 25)):
            # Mostly four or nine: what tells most. Some choose two values and are one search.
            counts = [dice.choice([4, 4, 9, 4, 3]) for _value in range(number)]
            both = dice.choice([0, 0, 1])
            for value, count in enumerate(counts):
                DailyFilter.objects.create(day=day, name="wochentag", value=f"v{value}", count=count)
                truth[day][value] = count
            DailyFilter.objects.create(day=day, name="wochentag", value="", count=sum(counts) - both)
        sum_sought()
        narrowed_at_all = 0
        for span, first in finished():
            rows = {each.which: (each.shown, each.slack)
                    for each in Sought.objects.filter(span=span, first=first, what="filter")}  # fmt: skip
            whole, _slack = rows.pop("wochentag", (0, 0))
            days = [counts for day, counts in truth.items() if first <= day <= last_of(span, first)]
            values = {value for counts in days for value in counts}
            told_of = {value: rows.get(f"wochentag=v{value}", (0, 4)) for value in values}
            most = sum(shown + slack for shown, slack in told_of.values())
            for value, (shown, slack) in told_of.items():
                number = sum(counts[value] for counts in days)
                low = max(shown, whole - (most - shown - slack))
                assert low <= number <= shown + slack, (span, first, value)
                assert shown + slack - low + 1 >= 4, (span, first, value, whole, told_of)
                narrowed_at_all += low > shown
        assert narrowed_at_all, "nothing was attacked"
