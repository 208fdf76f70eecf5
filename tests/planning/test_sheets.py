"""Districts compared: values and types by hand, few people never shown; the supply as open data."""

import csv
import json
from datetime import date, datetime, time, timedelta
from io import StringIO
from statistics import median
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCAT, Graph

from core.access import Role
from portal.interfaces import limits
from portal.offers.models import Occurrence, Schedule
from portal.planning.asking import asked_by
from portal.planning.models import AreaFigure, DistrictSheet, Source
from portal.planning.sheets.grouping import types_of
from portal.planning.sheets.making import made_of
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.factories import an_offer

pytestmark = pytest.mark.usefixtures("db")
AT = "/auswertung/ortsteile/"
KEY = "z:2025:0-2:Leistungsbezug"
BERLIN = ZoneInfo("Europe/Berlin")


def square(lon):
    return {"type": "Polygon", "coordinates": [[[lon, 49], [lon + 1, 49], [lon + 1, 50], [lon, 50], [lon, 49]]]}


@pytest.fixture
def town(ahausen):
    """Three districts: 1, 2 and 3 offers; 100, 200 and 4 small children, of which a share."""
    with inside(ahausen):
        source = Source.objects.create(name="Amt", as_of=date(2026, 1, 1), file_name="x.csv")
        for at, (name, people, share) in enumerate((("Nord", 100, 30), ("Mitte", 200, 10), ("Weiler", 4, 50)), start=1):
            district = District.objects.create(name=name, position=at, outline=square(6 + at))
            for indicator, unit, value in (("Einwohner", "number", people), ("Leistungsbezug", "percent", share)):
                AreaFigure.objects.create(source=source, district=district, indicator=indicator, unit=unit, from_age=0,
                                          to_age=2, year=2025, value=value)  # fmt: skip
            for _number in range(at):
                an_offer(places=[{"district": district}])
    return ahausen


def sheet(**said):
    return DistrictSheet.objects.create(**{"name": "Kinder", "indicators": ["angebote", KEY, "z:2025:0-2:Einwohner"],
                                           "axes": ["angebote", KEY], **said})  # fmt: skip


def test_values_and_types_are_those_reckoned_by_hand(town):
    with inside(town):
        made = made_of(sheet(names={"B": "Viel da"}), asked_by(RequestFactory().get(AT)))
        # Of four children nothing is told, and so the district has no type.
        assert [list(row) for row in made.table.rows] == [
            ["Nord", 1.0, 30.0, 100.0, "C"],
            ["Mitte", 2.0, 10.0, 200.0, "D"],
            ["Weiler", 3.0, None, None, "–"],
        ]
        assert [(each.letter, each.districts) for each in made.types] == [
            ("A", []), ("B", []), ("C", ["Nord"]), ("D", ["Mitte"])
        ]  # fmt: skip
        assert made.types[1].name == "Viel da"
        assert made.types[1].meaning.startswith("Angebote: über dem Median; Leistungsbezug")
        assert made.gone == []


def test_weekly_hours_per_inhabitant_are_those_reckoned_by_hand(town):
    with inside(town):
        district = District.objects.get(name="Nord")
        offer = an_offer(places=[{"district": district}])
        monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
        schedule = Schedule.objects.create(offer=offer, first_date=monday, start_time=time(9), end_time=time(14))
        begin, end = (datetime.combine(monday, moment, BERLIN) for moment in (time(9), time(14)))
        Occurrence.objects.create(offer=offer, schedule=schedule, starts_at=begin, ends_at=end, has_time=True,
                                  first_date=monday, last_date=monday, start_time=time(9),
                                  end_time=time(14))  # fmt: skip
        made = made_of(sheet(indicators=["stunden", "stunden-je-1000"], axes=[]), asked_by(RequestFactory().get(AT)))
        assert [list(row) for row in made.table.rows] == [
            ["Nord", 5.0, 50.0], ["Mitte", 0.0, 0.0], ["Weiler", 0.0, None]
        ]  # fmt: skip
        assert made.typed is None


VALUES = st.dictionaries(st.integers(1, 9), st.one_of(st.none(), st.integers(0, 9)), max_size=9)


@settings(max_examples=30, deadline=None)
@given(first=VALUES, second=VALUES)
def test_a_type_says_which_values_are_above_their_median(first, second):
    districts = {pk: f"D{pk}" for pk in range(1, 10)}
    _types, letters = types_of(first, second, labels=("x", "y"), names={}, districts=districts)
    for pk in districts:
        one, other = first.get(pk), second.get(pk)
        if one is None or other is None:
            assert pk not in letters
            continue
        above = [value > median([each for each in values.values() if each is not None])
                 for value, values in ((one, first), (other, second))]  # fmt: skip
        assert letters[pk] == "DCBA"[2 * above[0] + above[1]]


def test_a_comparison_is_begun_looked_at_changed_and_deleted(town, signed_in):
    client = signed_in(town, Role.PLANNER)
    sent = {"name": "Kinder", "indicators": ["angebote", KEY], "first": "angebote", "second": KEY, "text": "So ist es.",
            "type_A": "Alles da"}  # fmt: skip
    begun = client.post(f"{AT}neu/", sent)
    page = client.get(begun.url).content.decode()
    assert "So ist es." in page
    assert "A · Alles da" in page
    svg = client.get(f"{begun.url}karte-0.svg").content.decode()
    assert "So ist es." in svg
    assert client.get(f"{begun.url}karte-2.png")["Content-Type"] == "image/png"
    assert client.get(f"{begun.url}tabelle.csv").content.decode("utf-8-sig").startswith("Ortsteil;Angebote;")
    for wrong in ({"indicators": []}, {"second": ""}, {"second": "angebote"}, {"indicators": ["z:1:2-3:x"]}):
        assert client.post(f"{begun.url}aendern/", sent | wrong).status_code == 400
    with inside(town):
        AreaFigure.objects.filter(indicator="Leistungsbezug").delete()
    assert "gibt es nicht mehr" in client.get(begun.url).content.decode()
    assert client.post(f"{begun.url}loeschen/").status_code == 302
    assert client.get(begun.url).status_code == 404


def test_the_supply_is_open_in_both_formats_and_in_the_catalogue(town, visitor):
    with inside(town):
        sport = Category.objects.create(name="=Sport")
        an_offer(categories=[sport], places=[{"district": District.objects.get(name="Nord")}])
    browser = visitor("ahausen")
    answer = browser.get("/daten/bestand-ortsteil-thema.json")
    said = json.loads(answer.content)
    assert {"district": "Nord", "topic": "=Sport", "offers": 1} in said["rows"]
    assert {"district": "Weiler", "topic": "=Sport", "offers": 0} in said["rows"]
    assert "Gezählt wird jedes Angebot" in said["counts"][0]
    assert browser.get("/daten/bestand-ortsteil-thema.json", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
    rows = list(csv.reader(StringIO(browser.get("/daten/bestand-ortsteil-thema.csv").content.decode("utf-8-sig")),
                           delimiter=";"))  # fmt: skip
    assert rows[0] == ["Ortsteil", "Thema", "Angebote"]
    assert ["Nord", "'=Sport", "1"] in rows
    assert browser.get("/daten/bestand-gibtesnicht.csv").status_code == 404
    graph = Graph().parse(data=browser.get("/daten/katalog.ttl").content, format="turtle")
    (about,) = {each for each in graph.subjects() if str(each).endswith("/daten/#bestand")}
    files = {str(each) for each in graph.objects(about, DCAT.distribution)}
    listed = browser.get("/daten/").content.decode()
    assert len(files) == 8
    for file in files:
        # Whoever fetches all of them at once waits a minute in between; the test does not.
        limits.counters.forget()
        path = urlsplit(file).path
        assert f'href="{path}"' in listed
        assert browser.get(path).status_code == 200
