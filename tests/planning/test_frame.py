"""The way into the evaluation, and what an address asks for."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.access import Role
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.factories import an_offer

START = "/auswertung/"


@pytest.mark.parametrize("role", [Role.PLANNER, Role.EDITOR, Role.ADMIN])
def test_the_town_hall_gets_in_and_finds_the_way(signed_in, ahausen, role):
    client = signed_in(ahausen, role)
    page = client.get(START).content.decode()
    assert "<h1>Auswertung</h1>" in page
    assert f'href="{START}"' in client.get("/konto/", follow=True).content.decode()


def test_planners_are_led_to_nothing_that_is_closed_to_them(signed_in, ahausen):
    page = signed_in(ahausen, Role.PLANNER).get(START).content.decode()
    assert "/redaktion/" not in page


def test_offers_and_providers_of_today_are_counted(signed_in, ahausen):
    with inside(ahausen):
        an_offer()
        an_offer()
        an_offer(state="draft", published_at=None)
    page = signed_in(ahausen, Role.PLANNER).get(START)
    assert [(tile.label, tile.value) for tile in page.context["tiles"]][:2] == [("Angebote", "2"), ("Anbieter", "2")]


def test_what_is_not_understood_is_said_and_left_out(signed_in, ahausen):
    page = signed_in(ahausen, Role.PLANNER).get(f"{START}?ort=99&zeitraum=nie&von=gestern&kosten=%3Cb%3E").content
    text = page.decode()
    assert "„99“" in text
    assert "„nie“" in text
    assert "„gestern“" in text
    assert "<b>“" not in text


def test_a_table_goes_along_with_its_definition_and_filters(signed_in, ahausen):
    with inside(ahausen):
        north = District.objects.create(name="=Nord")
        an_offer(places=[{"district": north}])
    client = signed_in(ahausen, Role.PLANNER)
    file = client.get(f"/auswertung/tabellen/ort.xlsx?ort={north.pk}&zeitraum=30-tage")
    book = load_workbook(BytesIO(file.content))
    rows = list(book.worksheets[0].values)
    assert rows[1] == ("=Nord", 1)
    assert book.worksheets[0]["A2"].data_type == "s"
    said = {row[0]: row[1] for row in book.worksheets[1].values}
    assert said["Ortsteil"] == "=Nord"
    assert said["Adresse"].endswith(f"/auswertung/tabellen/ort.xlsx?zeitraum=30-tage&ort={north.pk}")
    assert "Gezählt wird jedes Angebot" in said["Angebote"]
    csv = client.get("/auswertung/tabellen/ort.csv").content.decode("utf-8-sig")
    assert csv.splitlines()[1] == "'=Nord;1"
    assert client.get("/auswertung/tabellen/gibtesnicht.csv").status_code == 404
    assert client.get("/auswertung/tabellen/ort.pdf").status_code == 404
