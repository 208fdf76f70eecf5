"""Every figure of the supply equals a slow recount that reads rows one by one and only knows the sentences."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.figures.periods import year_before
from portal.offers.models import Location, Occurrence, Offer, Schedule
from portal.planning.asking import asked_by
from portal.planning.dimensions import AGES, BY_NAME, DIMENSIONS, NONE
from portal.planning.facts import current_facts
from portal.planning.matrix import asked_for
from portal.planning.models import Span
from portal.planning.supply import by, over_time, when
from portal.providers.models import Carrier
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer

BERLIN = ZoneInfo("Europe/Berlin")
# With a year of 53 weeks, both changes of the clocks and a leap day behind.
NOW = datetime(2026, 12, 31, 15, 30, tzinfo=BERLIN)
MOMENTS = [
    datetime(2024, 2, 28, 23, 59, 59, tzinfo=BERLIN),
    datetime(2024, 2, 29, 0, 0, tzinfo=BERLIN),
    datetime(2024, 2, 29, 23, 0, tzinfo=BERLIN),
    datetime(2024, 3, 1, 0, 0, tzinfo=BERLIN),
    datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN),
    datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN),
    datetime(2026, 3, 30, 0, 0, tzinfo=BERLIN),
    datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
    datetime(2026, 10, 26, 0, 0, tzinfo=BERLIN),
    datetime(2026, 12, 27, 23, 59, tzinfo=BERLIN),
    datetime(2026, 12, 28, 0, 0, tzinfo=BERLIN),
    datetime(2026, 12, 31, 12, 0, tzinfo=BERLIN),
]
PERIODS = [
    "von=2024-02-26&bis=2024-03-03&je=tag",
    "von=2024-02-01&bis=2024-03-31&je=monat",
    "von=2026-03-23&bis=2026-04-05&je=tag",
    "von=2026-10-19&bis=2026-11-01&je=woche",
    "von=2026-12-14&bis=2026-12-31&je=woche",
    "von=2026-12-31&bis=2026-12-31&je=tag",
]


def asked(query: str):
    return asked_by(RequestFactory().get(f"/auswertung/?{query}"))


@pytest.fixture
def town(own_database):
    """Offers of every kind, by hand; their spans are written by the tests."""
    with inside(municipality("ahausen")), time_machine.travel(NOW, tick=False):
        north, south = (District.objects.create(name=name) for name in ("Nord", "Süd"))
        sport = Category.objects.create(name="Sport")
        ball = Category.objects.create(name="Ball", parent=sport)
        art = Category.objects.create(name="Kunst")
        small = TargetGroup.objects.create(name="Kleine", min_age=0, max_age=5)
        club = a_provider(name="Verein", carrier=Carrier.objects.create(name="Freie"))
        office = a_provider(name="Amt")
        offers = [
            an_offer(provider=club, categories=[ball], min_age=3, max_age=9, cost_kind="free",
                     places=[{"district": north, "postcode": "66953"}, {"district": south, "postcode": "66954"}]),
            an_offer(provider=club, categories=[ball, art], languages=["de", "tr"], accessibility="yes",
                     places=[{"district": north, "postcode": "66955", "hide_exact_address": True}]),
            an_offer(provider=office, categories=[art], max_age=14, cost_kind="text", cost_text="x"),
            an_offer(provider=office, accessibility="no", places=[{"postcode": "66953"}]),
            an_offer(provider=office, min_age=65, cost_kind="amount", cost_amount=3),
        ]  # fmt: skip
        offers[1].target_groups.set([small])
        _dates(offers)
        Span.objects.all().delete()
        yield offers


def _dates(offers: list[Offer]) -> None:
    """In the last week: mornings, an evening, one without time, two on one day."""
    monday = date(2026, 12, 28)
    plan = [(0, 0, 9, 90), (0, 0, 16, 60), (0, 3, 16, 45), (1, 2, 19, 120), (2, 5, None, 0), (4, 6, 7, 30)]
    for number, day, hour, minutes in plan:
        first = monday + timedelta(days=day)
        start = None if hour is None else time(hour)
        begin = datetime.combine(first, start or time(), BERLIN)
        end = begin + timedelta(minutes=minutes)
        rule = Schedule.objects.create(offer=offers[number], first_date=first, start_time=start,
                                       end_time=end.time() if start else None)  # fmt: skip
        Occurrence.objects.create(
            offer=offers[number], schedule=rule, starts_at=begin, ends_at=end, has_time=start is not None,
            first_date=first, last_date=first, start_time=start, end_time=end.time() if start else None,
        )  # fmt: skip


def public_on(spans, first: date, last: date) -> set[int]:
    """Offers with a moment between two days: the slow way, a moment is before midnight of the day after."""
    begin = datetime.combine(first, time(), BERLIN)
    end = min(datetime.combine(last + timedelta(days=1), time(), BERLIN), NOW)
    found = set()
    for offer, _provider, since, until in spans:
        starts = since.timestamp() < end.timestamp()
        lasts = until is None or until.timestamp() > begin.timestamp()
        if starts and lasts:
            found.add(offer)
    return found


def values_of(offer: Offer, name: str) -> set[str]:
    """What a dimension says of an offer, from its rows."""
    places = list(offer.locations.all())
    groups = list(offer.target_groups.all())
    dates = list(Occurrence.objects.filter(offer=offer))
    if offer.min_age is not None or offer.max_age is not None:
        ages = [(offer.min_age or 0, 120 if offer.max_age is None else offer.max_age)]
    else:
        ages = [(each.min_age or 0, 120 if each.max_age is None else each.max_age) for each in groups]
    hours = [(0, 8), (8, 12), (12, 15), (15, 18), (18, 24)]
    return {
        "ort": lambda: {str(each.district_id) for each in places if each.district_id},
        "plz": lambda: {each.postcode for each in places if each.postcode and not each.hide_exact_address},
        "thema": lambda: {str((each.parent or each).pk) for each in offer.categories.all()},
        "zielgruppe": lambda: {str(each.pk) for each in groups},
        "alter": lambda: {
            "65+" if high == 120 else f"{low}-{high}"
            for low, high in AGES
            if any(set(range(low, high + 1)) & set(range(a, b + 1)) for a, b in ages)
        },
        "wochentag": lambda: {str(each.first_date.isoweekday()) for each in dates},
        "uhrzeit": lambda: {
            f"{low}-{high}"
            for low, high in hours
            for each in dates
            if each.has_time and low <= each.start_time.hour < high
        },
        "traeger": lambda: {str(offer.provider.carrier_id)} if offer.provider.carrier_id else set(),
        "kosten": lambda: {offer.cost_kind} - {"unknown"},
        "barrierefrei": lambda: {offer.accessibility} - {"unknown"},
        "sprache": lambda: set(offer.languages or ["de"]),
    }[name]()


SPANS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 1), st.sampled_from(MOMENTS), st.sampled_from([*MOMENTS, None])),
    max_size=8,
)


def written(offers, drawn):
    """Spans of these offers (the sixth is one that is gone), whatever was drawn that is in order."""
    Span.objects.all().delete()
    ids = [*(each.pk for each in offers), 999_999]
    kept = [(ids[at], 7 + who, since, until) for at, who, since, until in drawn if until is None or since < until]
    Span.objects.bulk_create(Span(offer_id=a, provider_id=b, since=c, until=d) for a, b, c, d in kept)
    return kept


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=SPANS, period=st.sampled_from(PERIODS))
def test_offers_and_providers_over_time(town, drawn, period):
    with inside(municipality("ahausen")):
        spans = written(town, drawn)
        wanted = asked(period)
        table = over_time(wanted)
        assert len(table.rows) == len(wanted.period.parts)
        for part, row in zip(wanted.period.parts, table.rows, strict=True):
            there = public_on(spans, part.first, part.last)
            providers = {who for offer, who, since, until in spans
                         if public_on([(offer, who, since, until)], part.first, part.last)}  # fmt: skip
            then = year_before(part.first, part.last)
            # Unknown, and not none, before anything was public at all.
            known = public_on(spans, date(1900, 1, 1), then[1])
            before = len(public_on(spans, *then)) if known else None
            told = bool(public_on(spans, date(1900, 1, 1), part.last)) or part.last >= NOW.date()
            assert tuple(row[1:]) == ((len(there), before, len(providers)) if told else (None, before, None))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=SPANS, period=st.sampled_from(PERIODS), names=st.permutations([each.name for each in DIMENSIONS]),
       narrow=st.sampled_from(["", "&kosten=free", "&kategorie=sport", "&ort=nord"]))  # fmt: skip
def test_every_dimension_and_every_field(town, drawn, period, names, narrow):
    with inside(municipality("ahausen")):
        spans = written(town, drawn)
        sport, north = Category.objects.get(name="Sport"), District.objects.get(name="Nord")
        query = period + narrow.replace("sport", str(sport.pk)).replace("nord", str(north.pk))
        wanted = asked(query)
        there = public_on(spans, wanted.day, wanted.day)
        fits = {
            "": lambda _each: True,
            "&kosten=free": lambda each: each.cost_kind == "free",
            "&kategorie=sport": lambda each: "Ball" in {topic.name for topic in each.categories.all()},
            "&ort=nord": lambda each: any(place.district_id == north.pk for place in each.locations.all()),
        }[narrow]
        shown = [each for each in town if each.pk in there and fits(each)]
        whole = len(shown) + (999_999 in there and not narrow)
        name = names[0] if names[0] != "thema" or not narrow else names[1]
        if wanted.day.isocalendar().week != 53 and name in ("wochentag", "uhrzeit"):
            name = "kosten"
        one = by(BY_NAME[name], wanted)
        counted = Counter(value for each in shown for value in values_of(each, name))
        keys = [value.key for value in BY_NAME[name].spread(current_facts(), wanted).values]
        assert [row[1] for row in one.rows] == [counted[key] for key in keys]
        assert one.ends[1][1] == whole
        matrix = asked_for(asked(f"{query}&zeilen={name}&spalten=barrierefrei"))
        for at, value in matrix.values(0):
            for place, column in matrix.values(1):
                behind = {
                    each.pk for each in shown
                    if value.key in (values_of(each, name) or {NONE})
                    and column.key in (values_of(each, matrix.columns.name) or {NONE})
                }  # fmt: skip
                found = set(matrix.facts.ids[matrix.field(value.key, column.key)].tolist()) - {999_999}
                assert found == behind
                gone = int(NONE == value.key == column.key and 999_999 in there and not narrow)
                assert matrix.numbers[0][at][place] == len(behind) + gone


def test_dates_and_hours_of_the_week(town):
    with inside(municipality("ahausen")):
        written(town, [(at, 0, MOMENTS[0], None) for at in range(4)])
        table = when(asked("von=2026-12-31&bis=2026-12-31"))
        assert [list(row[1:]) for row in table.rows] == [
            [0] * 8,
            [1, 0, 0, 0, 0, 0, 0, 1],
            [0] * 8,
            [1, 0, 0, 1, 0, 0, 0, 2],
            [0, 0, 1, 0, 0, 0, 0, 1],
        ]
        assert "ohne Uhrzeit: 1" in table.notes[0]
        hours = asked_for(asked("von=2026-12-31&bis=2026-12-31&zeilen=ort&spalten=kosten&mass=wochenstunden"))
        # An hour and a half, one and three quarters in both districts, two more in the north; the sum counts once.
        assert hours.numbers[1] == [5.2, 3.2, 0.0]
        assert hours.numbers[3] == 5.2


def test_a_week_whose_dates_are_gone_says_so(town, settings):
    with inside(municipality("ahausen")):
        written(town, [(at, 0, MOMENTS[0], None) for at in range(4)])
        settings.KEEP_PAST_DATES = timedelta(days=400)
        kept, gone = (f"von={day}&bis={day}" for day in ("2025-12-02", "2025-11-20"))
        for query, is_said in ((kept, False), (gone, True)):
            said = [
                when(asked(query)).notes,
                by(BY_NAME["uhrzeit"], asked(query)).notes,
                asked_for(asked(f"{query}&zeilen=wochentag")).notes,
                asked_for(asked(f"{query}&mass=wochenstunden")).notes,
            ]
            assert [any("400 Tage" in each for each in notes) for notes in said] == [is_said] * 4
            assert not any("400 Tage" in each for each in by(BY_NAME["kosten"], asked(query)).notes)


@pytest.mark.parametrize("days", ["von=0001-01-01&bis=0005-01-01", "bis=0001-01-03", "von=1989-12-31&bis=1989-12-31"])
def test_the_first_years_there_are_are_no_days_of_a_portal(town, days):
    with inside(municipality("ahausen")):
        period = asked(days).period
        assert period.first >= date(2016, 12, 31)
        assert any("kein Datum" in note for note in period.notes)


def test_a_year_before_a_whole_february_has_its_leap_day():
    assert year_before(date(2025, 2, 1), date(2025, 2, 28)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert year_before(date(2025, 2, 22), date(2025, 2, 28)) == (date(2024, 2, 22), date(2024, 2, 28))
    assert year_before(date(2024, 2, 29), date(2024, 2, 29)) == (date(2023, 2, 28), date(2023, 2, 28))
    assert year_before(date(2024, 2, 1), date(2024, 2, 29)) == (date(2023, 2, 1), date(2023, 2, 28))


def test_a_week_is_called_by_its_iso_number(town):
    with inside(municipality("ahausen")):
        labels = [str(row[0]) for row in over_time(asked("von=2026-12-14&bis=2026-12-31&je=woche")).rows]
    assert [label[:10] for label in labels] == ["KW 51/2026", "KW 52/2026", "KW 53/2026"]


def test_protected_addresses_are_on_no_map(town):
    with inside(municipality("ahausen")):
        Location.objects.update(latitude=49.2, longitude=7.6, precision="exact")
        written(town, [(at, 0, MOMENTS[0], None) for at in range(5)])
        facts = current_facts()
        assert set(facts.ids[facts.point_rows].tolist()) == {town[0].pk, town[3].pk}
