"""A portal in its first weeks: what nobody counted yet is unknown and not none, and nothing leads to what is not there.

Written first for today (the first day of a month), with no offer, and then with the very first one.
"""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from core.access import Role
from portal.planning.charts import along, plot
from portal.planning.models import Span
from portal.taxonomy.models import District
from portal.usage.models import DailyFilter
from tenants.running.context import inside
from tests.factories import an_offer

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
PAGES = ("", "angebot/", "matrix/", "luecken/", "nachfrage/", "nachfrage/woerter/", "nachfrage/nicht-gefunden/",
         "nachfrage/themen/", "nachfrage/filter/", "vergleich/")  # fmt: skip


@pytest.fixture
def planner(signed_in, ahausen):
    with time_machine.travel(NOW, tick=False):
        yield signed_in(ahausen, Role.PLANNER)


def page(planner, path):
    answer = planner.get(f"/auswertung/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def line(planner, query=""):
    """The months of the table, each: offers, a year before, providers."""
    rows = planner.get(f"/auswertung/tabellen/verlauf.csv{query}").content.decode("utf-8-sig").splitlines()
    return {row.split(";")[0]: row.split(";")[1:4] for row in rows}


def first_offer(ahausen, day):
    with inside(ahausen):
        offer = an_offer()
        Span.objects.filter(offer_id=offer.pk).update(since=day)


def test_without_an_offer_only_of_today_it_is_known_that_there_is_none(planner):
    found = line(planner)
    assert found["Dezember 2026 (1. Dez bis 1. Dez)"] == ["0", "", "0"]
    assert found["November 2026"] == found["Januar 2026"] == ["", "", ""]


def test_months_before_the_first_offer_are_unknown_and_the_line_begins_with_it(planner, ahausen):
    first_offer(ahausen, datetime(2026, 11, 20, 12, tzinfo=UTC))
    found = line(planner)
    assert found["Oktober 2026"] == ["", "", ""]
    assert found["November 2026"] == found["Dezember 2026 (1. Dez bis 1. Dez)"] == ["1", "", "1"]
    drawn = re.search(r'plot__now" points="([^"]*)"', page(planner, ""))[1].split()
    assert [point.split(",")[0] for point in drawn] == ["90.909", "100"]


def test_a_day_before_the_first_offer_has_no_figures(planner, ahausen):
    first_offer(ahausen, datetime(2026, 11, 20, 12, tzinfo=UTC))
    past = "?zeitraum=eigener&von=2026-10-01&bis=2026-11-19"
    tiles = [tile.value for tile in planner.get(f"/auswertung/{past}").context["tiles"]]
    assert tiles[:2] == ["–", "–"]
    for path in ("angebot/", "matrix/"):
        assert "hier zählt es als keines" in page(planner, path + past)
        assert "hier zählt es als keines" not in page(planner, path)
    assert "Aus dieser Zeit ist nichts bekannt" in page(planner, past)
    picture = planner.get(f"/auswertung/bilder/verlauf.svg{past}")
    assert picture.status_code == 200
    # The day on which the first one became public is known to its end.
    known = planner.get("/auswertung/?zeitraum=eigener&von=2026-10-01&bis=2026-11-20").context["tiles"]
    assert [tile.value for tile in known[:2]] == ["1", "1"]


def test_what_was_sought_is_unknown_until_a_third_of_a_month_is_over(planner, ahausen):
    with inside(ahausen):
        DailyFilter.objects.create(day=NOW.date(), name="", value="", count=3)
        District.objects.create(name="Mitte")
    for path in ("", "nachfrage/", "nachfrage/themen/"):
        assert "unter 5" not in page(planner, path)
    assert "gezeigt, sobald ein Monatsdrittel vorbei ist" in page(planner, "")
    assert "Noch gibt es nichts zu zeigen" in page(planner, "nachfrage/")
    assert "fielen in kein" not in page(planner, "nachfrage/woerter/")
    rows = planner.get("/auswertung/tabellen/gesuchte-orte.csv").content.decode("utf-8-sig").splitlines()
    assert "Mitte;;;;;;0" in rows


@pytest.mark.parametrize("offers", [0, 1])
def test_every_picture_that_is_linked_is_there(planner, ahausen, offers):
    for _number in range(offers):
        first_offer(ahausen, datetime(2026, 11, 20, 12, tzinfo=UTC))
    links = {
        link for path in PAGES for link in re.findall(r'href="(/auswertung/bilder/[^"]*svg[^"]*)"', page(planner, path))
    }
    assert links
    gone = [link for link in sorted(links) if planner.get(link.replace("&amp;", "&")).status_code != 200]
    assert gone == []


def test_without_districts_nothing_is_said_of_gaps_but_where_districts_come_from(planner, ahausen):
    said = page(planner, "luecken/")
    assert "Noch gibt es keine Ortsteile." in said
    assert "Kein Ortsteil hat zwei Zeichen" not in said
    with inside(ahausen):
        District.objects.create(name="Mitte")
    said = page(planner, "luecken/")
    assert "Noch gibt es keine Zahlen Ihrer Ortsteile." in said
    assert "Altersgruppe: 0 bis 2. Weg:" in said
    assert "Einwohner von" not in said


def test_one_offer_is_one(planner, ahausen):
    first_offer(ahausen, datetime(2026, 11, 20, 12, tzinfo=UTC))
    said = " ".join(page(planner, "angebot/").split())
    assert "0 Angebote haben einen öffentlichen Ort. 1 findet anderswo" in said


def test_one_known_point_of_a_line_is_seen():
    assert along([None, None, 4]) == [(0.8, 4), (1.0, 4)]
    assert along([None, 4, None, None, None]) == [(0.15, 4), (0.35, 4)]
    assert along([7]) == [(0.0, 7), (1.0, 7)]
    assert along([None, None]) == []
    assert plot([None, None], [], ["", ""]).now == ""


def test_the_board_of_quality_praises_nobody_for_nothing(signed_in, ahausen):
    said = signed_in(ahausen, Role.EDITOR).get("/redaktion/qualitaet/").content.decode()
    assert "100 %" not in said
    assert said.count("noch nichts zu zählen") == 6
    assert "Noch gibt es nichts zu prüfen." in said
