"""Gaps: every figure by hand, the signs by their rule, and nobody is to be recognised."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.access import Role
from portal.offers.models import Occurrence, Schedule
from portal.planning import sought
from portal.planning.asking import asked_by
from portal.planning.gaps import Gaps, Known, _sign, as_table
from portal.planning.models import AreaFigure, FigureNote, SavedView, Source
from portal.planning.reach import Reach
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.factories import an_offer

BERLIN = ZoneInfo("Europe/Berlin")
PAGE = "/auswertung/luecken/"


def square(lon, lat, size=0.02):
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def asked(query=""):
    return asked_by(RequestFactory().get(f"{PAGE}?{query}"))


@pytest.fixture
def town(ahausen):
    """Four districts in a row: people, hours and ways of each by hand."""
    with inside(ahausen):
        source = Source.objects.create(name="Amt", as_of=date(2026, 1, 1), file_name="x.csv")
        names = ("Nord", "Mitte", "Süd", "Weiler")
        districts = [
            District.objects.create(name=name, position=at, outline=square(7.5 + at * 0.1, 49.2))
            for at, name in enumerate(names)
        ]
        for district, people in zip(districts, (1000, 500, 480, 4), strict=True):
            AreaFigure.objects.create(source=source, district=district, indicator="Einwohner", unit="number",
                                      from_age=3, to_age=9, year=2025, value=people)  # fmt: skip
        for district, hours in zip(districts, (40, 20, 6, 2), strict=True):
            held(district, hours)
    return ahausen


def held(district, hours):
    """An offer for children in a district, so many hours in this week."""
    lon, lat = district.outline["coordinates"][0][0]
    place = {"district": district, "latitude": lat + 0.01, "longitude": lon + 0.01, "precision": "exact"}
    offer = an_offer(min_age=4, max_age=8, places=[place])
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    for day in range(-(-hours // 10)):
        long = min(10, hours - 10 * day)
        begin = datetime.combine(monday + timedelta(days=day), time(8), BERLIN)
        end = begin + timedelta(hours=long)
        rule = Schedule.objects.create(offer=offer, first_date=begin.date(), start_time=time(8), end_time=end.time())
        Occurrence.objects.create(offer=offer, schedule=rule, starts_at=begin, ends_at=end, has_time=True,
                                  first_date=begin.date(), last_date=begin.date(), start_time=time(8),
                                  end_time=end.time())  # fmt: skip


def test_all_figures_by_hand(town):
    with inside(town):
        gaps = Gaps(asked())
        told = [(row.name, row.people, row.offers, row.hours, row.per) for row in gaps.rows]
        assert told == [
            ("Nord", 1000, 1, 40, 40),
            ("Mitte", 500, 1, 20, 40),
            ("Süd", 480, 1, 6, 12.5),
            ("Weiler", None, 1, 2, None),
        ]
        assert gaps.medians["per"] == 40
        # A square of 1.5 by 2.2 km: two kilometres around its middle are all of it.
        assert [row.way for row in gaps.rows] == [100, 100, 100, 100]
        assert 50 < Gaps(asked("umkreis=1")).rows[0].way < 100
        first = gaps.found[0]
        assert (first.row.name, first.number, first.lacking) == ("Süd", 1, pytest.approx(13.2))


def test_searches_make_a_sign_where_somebody_records_them(town, monkeypatch):
    monkeypatch.setattr(sought._known, "ask", [])
    with inside(town):
        pks = dict(District.objects.values_list("name", "pk"))
        assert [sign.given for sign in Gaps(asked()).found[0].signs] == [True, None, False]
        sought.register(lambda _asked: {pks["Nord"]: 40, pks["Mitte"]: 20, pks["Süd"]: 29})
        first = Gaps(asked()).found[0]
        assert (first.row.name, first.number, first.row.searches) == ("Süd", 2, 60.4)


def test_four_people_are_told_nowhere(signed_in, town):
    client = signed_in(town, Role.PLANNER)
    page = client.get(PAGE).content.decode()
    assert "unter 5" in page
    with inside(town):
        row = as_table(asked()).rows[3]
    assert row == ["Weiler", "unter 5", None, 1, 2, None, 100, None]
    csv = client.get("/auswertung/tabellen/luecken.csv").content.decode("utf-8-sig")
    assert "Weiler;unter 5;;1;2.0;;100.0;" in csv.replace("\r", "")


@given(st.integers(0, 4), st.floats(0, 100), st.floats(0, 500))
def test_few_people_cannot_be_reckoned_from_what_is_told(people, hours, searches):
    row = Known({1: people}, {1: 50.0}, {1: 2}, {1: hours}, Reach({1: 10.0}, {1}), {1: searches}).row(1, 1, "Weiler")
    assert row.few
    assert (row.people, row.per, row.need, row.way, row.searches) == (None,) * 5


@given(st.lists(st.floats(0, 1000).map(lambda value: round(value, 1)), min_size=1, max_size=9), st.booleans())
def test_a_sign_is_a_tenth_worse_than_the_median(values, low):
    middle = round(median(values), 1)
    for value in values:
        by = Decimal(str(middle)) - Decimal(str(value)) if low else Decimal(str(value)) - Decimal(str(middle))
        assert _sign("per", value, middle, low=low).given is (by > 0 and by >= Decimal(str(middle)) / 10)


def test_exactly_a_tenth_is_a_tenth():
    assert [_sign("searches", value, 10.0, low=False).given for value in (10.9, 11.0, 11.1)] == [False, True, True]
    assert [_sign("way", value, 10.0, low=True).given for value in (9.1, 9.0, 8.9)] == [False, True, True]


def test_without_figures_the_page_shows_supply_and_the_way_to_the_template(signed_in, ahausen):
    with inside(ahausen):
        District.objects.create(name="Mitte")
    page = signed_in(ahausen, Role.PLANNER).get(PAGE).content.decode()
    assert "Noch gibt es keine Zahlen Ihrer Ortsteile" in page
    assert "/auswertung/zahlen/" in page


def test_a_note_stays_with_the_figure(signed_in, ahausen):
    client = signed_in(ahausen, Role.PLANNER)
    client.post("/auswertung/notizen/luecken/", {"text": "Hallen <b>belegt</b>.\nAnfrage läuft."})
    page = signed_in(ahausen, Role.EDITOR).get(PAGE).content.decode()
    assert "Hallen &lt;b&gt;belegt&lt;/b&gt;.<br>Anfrage läuft." in page
    assert "Hallen" not in client.get("/auswertung/matrix/").content.decode()
    client.post("/auswertung/notizen/luecken/", {"text": "x" * 2001})
    with inside(ahausen):
        assert FigureNote.objects.get().text.startswith("Hallen")
    assert client.post("/auswertung/notizen/unbekannt/", {"text": "x"}).status_code == 404


def test_a_view_is_kept_with_its_filters_and_shared_only_where_wanted(signed_in, ahausen):
    client, other = signed_in(ahausen, Role.PLANNER), signed_in(ahausen, Role.EDITOR)
    given_ = {"name": "Sport im Norden", "path": "/auswertung/matrix/", "query": "zeilen=ort&spalten=kosten"}
    answer = client.post("/auswertung/ansichten/", given_)
    assert answer.url == "/auswertung/matrix/?zeilen=ort&spalten=kosten"
    assert "Sport im Norden" in client.get("/auswertung/").content.decode()
    assert "Sport im Norden" not in other.get("/auswertung/").content.decode()
    client.post("/auswertung/ansichten/", {**given_, "shared": "on"})
    assert "Sport im Norden" in other.get("/auswertung/").content.decode()
    with inside(ahausen):
        kept = SavedView.objects.get()
    assert other.post(f"/auswertung/ansichten/{kept.pk}/loeschen/").status_code == 404
    client.post("/auswertung/ansichten/", {**given_, "name": "Fort", "path": "https://boese.example/"})
    with inside(ahausen):
        assert SavedView.objects.count() == 1


@pytest.mark.parametrize("path", ["", "angebot/", "matrix/?zeile=ohne&spalte=ohne", "luecken/"])
def test_pages_cost_the_same_statements_however_much_there_is(signed_in, ahausen, path, django_assert_max_num_queries):
    client = signed_in(ahausen, Role.PLANNER)
    with inside(ahausen):
        for _number in range(12):
            an_offer()
    client.get(f"/auswertung/{path}")
    with django_assert_max_num_queries(60) as few:
        client.get(f"/auswertung/{path}")
    with inside(ahausen):
        for _number in range(12):
            an_offer()
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(f"/auswertung/{path}")
