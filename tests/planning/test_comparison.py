"""The planners' comparison: beside their own past, and beside the medians that were told, never more."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from comparison.models import Cohort, Consent, Group, Median, Member, MonthFigures
from core.access import Role
from portal.planning.models import Span
from portal.usage.few import sum_sought
from portal.usage.models import DailyFilter, DailyOfferAct
from tenants.running.context import inside, inside_public
from tests.factories import an_offer

PAGE = "/auswertung/vergleich/"
DAYS = "?zeitraum=eigener&von=2026-10-01&bis=2026-10-31"


@pytest.fixture
def planner(signed_in, ahausen):
    return signed_in(ahausen, Role.PLANNER)


def rows(answer, name):
    return {row[0]: row[1:] for row in answer.context[name]["rows"]}


def searched_in_two_years():
    days = (date(2026, 10, 5), 23), (date(2026, 9, 15), 12), (date(2025, 10, 25), 7), (date(2025, 9, 5), 9)
    for day, count in days:
        DailyFilter.objects.create(day=day, name="", value="", count=count)


def test_what_was_sought_stands_beside_as_many_thirds_before_and_the_year_before(planner, ahausen):
    with inside(ahausen):
        searched_in_two_years()
        sum_sought()
        an_offer()
    with time_machine.travel(date(2026, 11, 30), tick=False):
        found = rows(planner.get(PAGE + DAYS), "past")
    # The first offer, the one above, is public since today: of the period, too, nothing is known.
    assert found["Angebote"] == ["–", "–", "–", "–", "–"]
    # In fives, and of all of October, September's last days and a year before only where it can all be told.
    assert found["Suchen"] == ["20", "10", "+10", "5", "+15"]


def test_what_was_not_counted_yet_is_unknown_and_not_none(planner, ahausen):
    """A portal of its first year grew by what it has, says who takes its past for nought."""
    with inside(ahausen):
        for day in (datetime(2026, 9, 10, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)):
            Span.objects.filter(offer_id=an_offer().pk).update(since=day)
        searched_in_two_years()
        DailyOfferAct.objects.create(day=date(2026, 10, 5), offer_id=1, act="mail", count=12)
        DailyOfferAct.objects.create(day=date(2026, 9, 5), offer_id=1, act="share", count=12)
        sum_sought()
    with time_machine.travel(date(2026, 11, 30), tick=False):
        found = rows(planner.get(PAGE + DAYS), "past")
        line = planner.get("/auswertung/tabellen/verlauf.csv" + DAYS).content.decode("utf-8-sig")
        tiles = planner.get("/auswertung/" + DAYS).content.decode()
    assert found["Angebote"] == ["2", "1", "+1", "–", "–"]
    assert found["Suchen"] == ["20", "10", "+10", "5", "+15"]
    # Views were counted in none of these times, contacts in the last two.
    assert found["Aufrufe von Angeboten"] == ["unter 5", "–", "–", "–", "–"]
    assert found["Kontakte"] == ["10", "unter 5", "+10", "–", "–"]
    assert "Sa, 31. Okt. 2026;2;;2\r\n" in line
    assert "öffentlich am 31. Oktober 2026<" in tiles
    assert 'class="plot__now"' in tiles
    assert 'class="plot__before"' not in tiles


def test_offers_of_the_period_and_what_they_cost(planner, ahausen):
    with inside(ahausen):
        an_offer(cost_kind="free", accessibility="yes")
        an_offer(cost_kind="free")
        an_offer()
    found = rows(planner.get(PAGE), "past")
    assert [found[each][0] for each in ("Angebote", "davon kostenfrei", "davon barrierefrei", "Anbieter")] == [
        "3", "2", "1", "3",
    ]  # fmt: skip


def put_into_group(town, *, agreed=True):
    with inside_public():
        group = Group.objects.create(name="Kleine Städte")
        Member.objects.create(municipality=town, group=group)
        if agreed:
            Consent.objects.create(municipality=town)
        for month, value in ((date(2026, 9, 1), 120), (date(2026, 10, 1), 130)):
            cohort = Cohort.objects.create(group=group, month=month, towns=[1, 2, 3, 4, 5, 6])
            Median.objects.create(cohort=cohort, figure="offers", value=value)
            Median.objects.create(cohort=cohort, figure="offers_per_thousand", value=4.5)
        for month, offers in ((date(2026, 10, 1), 99), (date(2025, 10, 1), 66)):
            MonthFigures.objects.create(
                municipality=town, month=month, night=month.replace(day=31), published_offers=offers, free_offers=33,
                accessible_offers=0, providers=10, users=0, mails_sent=0, inhabitants=20_000,
            )  # fmt: skip


def test_ours_stands_beside_the_median_of_a_month_on_the_page_and_in_the_file(planner, ahausen):
    put_into_group(ahausen)
    answer = planner.get(PAGE)
    found = rows(answer, "group")
    assert found["Öffentliche Angebote am Monatsende"] == ["99", "66", "130"]
    assert found["Öffentliche Angebote je 1.000 Einwohner"] == ["5", "3,3", "4,5"]
    assert found["Kostenfrei, in Prozent"] == ["33,3", "50", "–"]
    assert "Oktober 2026, Gruppe „Kleine Städte“" in answer.content.decode()
    found = rows(planner.get(f"{PAGE}?monat=2026-09"), "group")
    assert found["Öffentliche Angebote am Monatsende"] == ["–", "–", "120"]
    for kind in ("csv", "xlsx"):
        assert "monat=2026-09" in planner.get(f"{PAGE}?monat=2026-09").context["group"]["files"][kind]
    book = load_workbook(BytesIO(planner.get("/auswertung/tabellen/vergleichsgruppe.xlsx?monat=2026-09").content))
    assert [cell.value for cell in next(book.worksheets[0].iter_rows(min_row=2, max_row=2))][3] == 120
    said = [row[1].value for row in book.worksheets[1].iter_rows()]
    assert any("mindestens sechs" in str(each) for each in said)


def test_a_month_at_whose_end_we_were_not_counted_says_nothing_of_its_end(planner, ahausen):
    """Suspended from the 24th of October on, and a year before counted until the 25th: a week before its end."""
    put_into_group(ahausen)
    with inside_public():
        MonthFigures.objects.filter(month=date(2026, 10, 1)).update(night=date(2026, 10, 24))
        MonthFigures.objects.filter(month=date(2025, 10, 1)).update(night=date(2025, 10, 25))
    assert rows(planner.get(PAGE), "group")["Öffentliche Angebote am Monatsende"] == ["–", "66", "130"]


def test_whoever_does_not_take_part_sees_no_median_in_no_format(planner, signed_in, ahausen):
    put_into_group(ahausen, agreed=False)
    page = planner.get(PAGE).content.decode()
    assert "nimmt nicht teil" in page
    assert "/redaktion/" not in page
    assert "130" not in planner.get("/auswertung/tabellen/vergleichsgruppe.csv?monat=2026-10").content.decode()
    assert 'href="/redaktion/vergleich/"' in signed_in(ahausen, Role.EDITOR).get(PAGE).content.decode()
