"""What planners see of demand equals a slow recount, is the same in pages and files, and shows nobody."""

import csv
import random
from collections import Counter, defaultdict
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.access import Role
from portal.planning.asking import asked_by
from portal.planning.demand import tables
from portal.planning.demand.alike import groups_of
from portal.planning.demand.figures import Demand
from portal.planning.demand.rows import hidden
from portal.search.models import Synonyms
from portal.taxonomy.models import Category, District
from portal.usage.few import sum_sought
from portal.usage.models import (
    CONTACTS,
    DailyCategorySearch,
    DailyFilter,
    DailyOfferAct,
    DailyOfferView,
    DailySearch,
    Span,
)
from portal.usage.stretches import begun, first_of, following, last_of
from tenants.running.context import inside
from tests.conftest import PASSWORD, municipality
from tests.factories import an_offer
from tests.usage.test_few import slow

# Around two year changes, the 53rd week of 2026, both changes of the clock and a leap day.
FIRST, TODAY = date(2026, 10, 21), date(2028, 4, 6)
NOW = f"{TODAY}T09:00:00+02:00"
RARE = ("maria aus der gartenlaube", "hilfe gegen meinen nachbarn")
WORDS = ("chor", "yoga", "deutschkurs", "deutschkurse", *RARE)
PAGES = ("", "woerter/", "nicht-gefunden/", "themen/", "filter/")


class Truth:
    """The days as they were written, by what and which."""

    def __init__(self) -> None:
        self.days: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)

    def add(self, what, which, day, number):
        if number:
            self.days[what, which][day] += number

    def told(self, what, which, first, last):
        """What may be told, by the rule alone: the longest stretches of the calendar within two days."""
        total, day = 0, first
        while day <= last:
            span = next(each for each in reversed(Span) if first_of(each, day) == day and last_of(each, day) <= last
                        and last_of(each, day) < TODAY and day >= first_of(each, FIRST))  # fmt: skip
            total += slow(self.days[what, which], span, day, FIRST)
            day = following(span, day)
        return total


@pytest.fixture(scope="module")
def town(module_database, django_db_blocker):
    """Two years of days, summed up as in the night."""
    dice, truth = random.Random(19), Truth()
    with django_db_blocker.unblock(), inside(municipality("ahausen")), time_machine.travel(NOW, tick=False):
        User.objects.create_user("planung@ahausen.example", PASSWORD, name="Petra", roles=[Role.PLANNER])
        sport, music = (Category.objects.create(name=name) for name in ("Sport", "Musik"))
        centre, north = (District.objects.create(name=name) for name in ("Mitte", "Nord"))
        offers = [an_offer(title="Chor", categories=[music], places=[{"district": centre}]),
                  an_offer(title="Turnen", categories=[sport, music], places=[{"district": north}])]  # fmt: skip
        _write(dice, truth, [sport, music], [centre, north], offers)
        sum_sought()
    return truth, [sport, music], [centre, north], offers


def _write(dice, truth, topics, districts, offers):
    rows = defaultdict(list)
    day = FIRST
    while day < TODAY:
        if dice.random() < 0.4 or day.day in (10, 11, 28, 29, 31):
            _searches(dice, truth, rows, day, topics, districts)
            for offer in offers:
                views, calls = dice.randrange(1, 9), dice.randrange(4)
                rows[DailyOfferView].append(DailyOfferView(day=day, offer_id=offer.pk, count=views))
                rows[DailyOfferAct].append(DailyOfferAct(day=day, offer_id=offer.pk, act="phone", count=calls))
                truth.add("views", "", day, views)
                truth.add("act", "phone", day, calls)
                for topic in offer.categories.all():
                    truth.add("views.topic", str(topic.pk), day, views)
                    truth.add("contacts.topic", str(topic.pk), day, calls)
                for place in offer.locations.all():
                    truth.add("views.district", str(place.district_id), day, views)
                    truth.add("contacts.district", str(place.district_id), day, calls)
        day += timedelta(days=1)
    for kind, made in rows.items():
        kind.objects.bulk_create(made)


def _searches(dice, truth, rows, day, topics, districts):
    words = {word: dice.randrange(1, 6) for word in WORDS if word not in RARE}
    if day in (date(2027, 2, 28), date(2028, 2, 29)):
        words |= dict.fromkeys(RARE, 2)
    for word, count in words.items():
        nothing = count if word in RARE else dice.randrange(count + 1)
        rows[DailySearch].append(DailySearch(day=day, term=word, count=count, nothing=nothing))
        truth.add("term", word, day, count)
        truth.add("term0", word, day, nothing)
    every = sum(words.values())
    filters = {"": (every, 1), "ortsteil": (3, 1), "kostenfrei": (2, 0), "kostenfrei=1": (2, 0)}
    for topic, district in zip(topics, districts, strict=True):
        count, nothing = dice.randrange(1, 5), dice.randrange(2)
        rows[DailyCategorySearch].append(
            DailyCategorySearch(day=day, category_id=topic.pk, count=count, nothing=min(count, nothing))
        )
        truth.add("topic", str(topic.pk), day, count)
        truth.add("topic0", str(topic.pk), day, min(count, nothing))
        filters[f"ortsteil={district.pk}"] = (dice.randrange(1, 4), 1)
        filters[f"kategorie+ortsteil={topic.pk}:{district.pk}"] = (1, 1)
    for key, (count, nothing) in filters.items():
        name, _sign, value = key.partition("=")
        rows[DailyFilter].append(DailyFilter(day=day, name=name, value=value, count=count, nothing=nothing))
        truth.add("filter", key, day, count)
        truth.add("filter0", key, day, nothing)


def demand_of(first, last):
    return Demand(asked_by(RequestFactory().get("/auswertung/nachfrage/", {"von": f"{first}", "bis": f"{last}"})))


def cell(number):
    return number or hidden()


def row_of(lines, label):
    return next(list(row.cells) for row in lines.rows if row.label == label)


PERIODS = [
    (date(2026, 12, 21), date(2027, 1, 10)),
    (date(2027, 2, 1), date(2027, 3, 31)),
    (date(2027, 1, 1), date(2027, 12, 31)),
    (date(2027, 3, 25), date(2028, 3, 2)),
    (date(2028, 2, 29), date(2028, 4, 6)),
    (date(2026, 10, 1), date(2028, 4, 6)),
]


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_figure_equals_a_slow_recount_from_the_days(town, django_db_blocker, first, last):
    truth, topics, districts, _offers = town
    with django_db_blocker.unblock(), inside(municipality("ahausen")), time_machine.travel(NOW, tick=False):
        demand = demand_of(first, last)
        thirds = [each for each in begun(Span.THIRD, max(first, first_of(Span.THIRD, FIRST)), TODAY)
                  if last_of(Span.THIRD, each) <= last and last_of(Span.THIRD, each) < TODAY]  # fmt: skip
        begin, end = thirds[0], last_of(Span.THIRD, thirds[-1])
        assert (demand.time.first, demand.time.last) == (begin, end)
        before = demand.time.before

        def told(what, which, time=(begin, end)):
            return truth.told(what, which, *time)

        words = demand.words()
        assert {row.label for row in words.rows} <= {*WORDS} - {*RARE}
        for group in groups_of({word: told("term", word) for word in WORDS if told("term", word)}):
            count = sum(told("term", word) for word in group.terms)
            nothing = sum(told("term0", word) for word in group.terms)
            found = row_of(words, group.name)
            assert (found[0], found[2]) == (count, cell(nothing))
            if before is not None:
                then = sum(told("term", word, (before.first, before.last)) for word in group.terms)
                assert found[1] == (
                    f"+{count - then}" if count > then else f"−{then - count}" if then > count else "±0"
                )
        for topic in topics:
            kinds = ("topic", "topic0", "views.topic", "contacts.topic")
            numbers = [cell(told(kind, str(topic.pk))) for kind in kinds]
            found = row_of(demand.topics(), topic.name)
            assert [found[0], *found[2:5]] == numbers
        for district in districts:
            found = row_of(demand.districts(), district.name)
            key = f"ortsteil={district.pk}"
            used = [cell(told(f"{kind}.district", str(district.pk))) for kind in ("views", "contacts")]
            assert [found[0], *found[2:5]] == [cell(told("filter", key)), cell(told("filter0", key)), *used]
        assert demand.whole("filter")[0] == told("filter", "")
        assert demand.whole("views")[0] == told("views", "")
        assert demand.contacts()[0] == sum(told("act", act.value) for act in CONTACTS)
        for month, row in zip(demand.time.months, demand.over_time().rows, strict=True):
            within = max(month.first, begin), min(last_of(Span.MONTH, month.first), end)
            assert row.cells[0] == cell(told("filter", "", within))


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_the_gaps_are_told_the_searches_of_each_district(town, django_db_blocker, first, last):
    truth, topics, districts, _offers = town
    with django_db_blocker.unblock(), inside(municipality("ahausen")), time_machine.travel(NOW, tick=False):
        demand = demand_of(first, last)
        time = demand.time.first, demand.time.last
        every = {each.pk: truth.told("filter", f"ortsteil={each.pk}", *time) for each in districts}
        assert demand.by_district(0) == {pk: number for pk, number in every.items() if number}
        for topic, district in zip(topics, districts, strict=True):
            number = truth.told("filter", f"kategorie+ortsteil={topic.pk}:{district.pk}", *time)
            assert demand.by_district(topic.pk) == ({district.pk: number} if number else {})


def test_a_topic_in_a_district_says_what_there_is_today_and_leads_there(town, django_db_blocker):
    _truth, topics, districts, _offers = town
    with django_db_blocker.unblock(), inside(municipality("ahausen")), time_machine.travel(NOW, tick=False):
        pairs = demand_of(date(2027, 1, 1), date(2027, 12, 31)).pairs()
        found = {row.label: (row.cells, row.url) for row in pairs.rows}
        cells, url = found["Sport in Mitte"]
        assert cells[1] >= 5
        assert cells[2] == 0, "turning up in the north is not in the middle"
        assert url == f"/angebote/?kategorie={topics[0].pk}&ortsteil={districts[0].pk}"
        assert found["Musik in Nord"][0][2] == 1


@pytest.fixture
def planner(town, client, django_db_blocker):
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        with inside(municipality("ahausen")):
            client.defaults["HTTP_HOST"] = "ahausen.localhost"
            user = User.objects.get(email="planung@ahausen.example")
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        yield client


WIDEST = "?zeitraum=eigener&von=2026-10-01&bis=2028-04-06"


def test_pages_and_files_say_the_same_and_never_what_few_people_typed(planner):
    bodies = [planner.get(f"/auswertung/nachfrage/{page}{WIDEST}").content.decode() for page in PAGES]
    assert not any(word in body for body in bodies for word in ("maria", "gartenlaube", "nachbarn"))
    assert "deutschkurs" in bodies[1]
    with inside(municipality("ahausen")):
        for name in tables.MADE:
            file = planner.get(f"/auswertung/tabellen/{name}.csv{WIDEST}")
            rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
            table = tables.table(name, demand_of(date(2026, 10, 1), TODAY))
            assert [row[0] for row in rows[1:]] == [str(row[0]) for row in table.rows]
            assert not any(word in cell for row in rows for cell in row for word in RARE)
            numbers = [int(cell) for row in rows[1:] for cell in row[1:4] if cell.isdigit()]
            assert all(number >= 5 for number in numbers) or name in {tables.MISSING, tables.PAIRS}
        assert planner.get(f"/auswertung/tabellen/{tables.WORDS_TABLE}.xlsx{WIDEST}").status_code == 200


@pytest.mark.parametrize(("page", "most"), [("", 26), ("woerter/", 22), ("nicht-gefunden/", 28), ("themen/", 26)])
def test_a_page_asks_few_questions(planner, page, most):
    planner.get(f"/auswertung/nachfrage/{page}{WIDEST}")
    with CaptureQueriesContext(connection) as asked:
        assert planner.get(f"/auswertung/nachfrage/{page}{WIDEST}").status_code == 200
    assert len(asked) <= most, "\n".join(each["sql"][:120] for each in asked)


@pytest.mark.parametrize("page", PAGES)
def test_a_town_without_figures_gets_sentences_instead(signed_in, bedorf, page):
    answer = signed_in(bedorf, Role.PLANNER).get(f"/auswertung/nachfrage/{page}")
    assert answer.status_code == 200
    assert "Noch gibt es nichts zu zeigen" in answer.content.decode()


def test_words_that_mean_the_same_count_together_and_others_do_not(ahausen):
    with inside(ahausen):
        Synonyms.objects.all().delete()
        Synonyms.objects.create(words=["Schwimmen", "Schwimmkurs", "Seepferdchen"])
        numbers = {"schwimmkurs": 60, "seepferdchen": 25, "schwimmkurse": 5, "töpfern": 10, "toepfern": 5,
                   "kurs deutsch": 5, "deutsch kurs": 15, "kinderarzt": 20, "kinderärzte": 10, "arzt": 5}  # fmt: skip
        groups = [group.terms for group in groups_of(numbers)]
        assert groups[0][:2] == ("schwimmkurs", "seepferdchen")
        assert ("kinderarzt", "kinderärzte") in groups
        assert ("deutsch kurs", "kurs deutsch") in groups
        assert ("töpfern", "toepfern") in groups
        assert ("arzt",) in groups
        assert sorted(term for group in groups for term in group) == sorted(numbers)
