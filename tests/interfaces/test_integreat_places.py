"""Organisations for Integreat: each line passes its import of places, for that ends at the first it refuses.

The reader below refuses what it refuses (integreat-cms: `import_places_from_csv`, `PlaceForm`, `opening_hours`),
written anew from reading them.
"""

import csv
import io
import re
from datetime import time
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.interfaces.integreat import place
from portal.providers.models import OpeningHours, Provider
from tenants.running.context import inside
from tests.factories import a_provider

ADDRESS = "/daten/integreat-orte.csv"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PHONE = re.compile(r"^(?:\+|00)\d{1,3}\s?\d+$|^0\d+$")
LONGEST = {"name": 1024, "street_address": 250, "postal_code": 10, "city": 250, "country": 250}
CLOCK = re.compile(r"^(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]$")


def refused(line, on_map):
    """Why the import would end at this line; `on_map` is the column's name in that version."""
    for name, longest in LONGEST.items():
        if not line[name].strip() or len(line[name]) > longest:
            yield name
    if line["phone_number"] and not (PHONE.match(line["phone_number"]) and len(line["phone_number"]) <= 40):
        yield "phone_number"
    if len(line["website"]) > 250:
        yield "website"
    if line[on_map] == "yes" and not (abs(float(line["latitude"])) <= 90 and abs(float(line["longitude"])) <= 180):
        yield on_map
    for day in DAYS:
        start, end = line[f"{day}_start"], line[f"{day}_end"]
        # Neither is a day that is closed; one alone would be a day that is neither open nor closed.
        if bool(start) != bool(end) or (start and not (CLOCK.match(start) and CLOCK.match(end) and start < end)):
            yield day


def lines_of(client):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode())))


SOMEWHERE = {"latitude": 49.2, "longitude": 7.0, "precision": "exact"}
FULL = {"street": "Markt 1", "postcode": "66111", "city": "Ahausen", **SOMEWHERE}
NOWHERE = {"latitude": None, "longitude": None, "precision": ""}


def test_what_is_public_and_has_an_address_is_a_place(ahausen, visitor):
    with inside(ahausen):
        shown = a_provider(
            name="Café Übermut", phone="0681 905-0", website="https://x.example/", email="haus@x.example", **FULL
        )
        for weekday, opens, closes in ((1, 9, 12), (1, 14, 18), (3, 10, 11)):
            OpeningHours.objects.create(provider=shown, weekday=weekday, opens=time(opens), closes=time(closes, 30))
        a_provider(name="Ohne Karte", **FULL | NOWHERE, phone="Zentrale, Apparat 5")
        a_provider(name="Ohne Straße", **FULL | {"street": ""})
        a_provider(name="Entwurf", state="draft", published_at=None, **FULL)
    first, second = lines_of(visitor("ahausen"))
    assert [*refused(first, "place_on_map"), *refused(second, "location_on_map")] == []
    told = ("name", "street_address", "postal_code", "city", "country", "website", "phone_number", "place_on_map")
    assert [first[name] for name in told] == [
        "Café Übermut", "Markt 1", "66111", "Ahausen", "Deutschland", "https://x.example/", "00496819050", "yes"
    ]  # fmt: skip
    hours = [(first[f"{day}_start"], first[f"{day}_end"]) for day in DAYS]
    assert hours == [("14:00", "18:30"), ("", ""), ("10:00", "11:30"), *[("", "")] * 4]
    assert (second["name"], second["phone_number"], second["location_on_map"]) == ("Ohne Karte", "", "no")
    assert "haus@x.example" not in str(first)


@pytest.mark.parametrize("number", [1, 40])
def test_statements_do_not_grow(ahausen, visitor, number):
    with inside(ahausen):
        for n in range(number):
            a_provider(name=f"Verein {n}", **FULL)
    client = visitor("ahausen")
    client.get("/daten/")
    with CaptureQueriesContext(connection) as asked:
        assert len(lines_of(client)) == number
    assert len(asked) <= 12


def test_who_has_it_is_told_so(ahausen, visitor):
    client = visitor("ahausen")

    def asked(**headers):
        answer = client.get(ADDRESS, **headers)
        b"".join(answer)
        return answer

    etag = asked()["ETag"]
    assert asked(HTTP_IF_NONE_MATCH=etag).status_code == 304
    with inside(ahausen):
        a_provider(name="Neu", **FULL)
    assert asked(HTTP_IF_NONE_MATCH=etag).status_code == 200


class _Hours:
    def __init__(self, rows):
        self.rows = rows

    def all(self):
        return self.rows


@settings(max_examples=60)
@given(
    st.text(min_size=1, max_size=255).filter(str.strip),
    st.text("0123456789 +/()-abx.", max_size=40),
    st.lists(st.tuples(st.integers(1, 7), st.times(), st.times()).filter(lambda row: row[1] < row[2]), max_size=9),
)
def test_whatever_is_written_is_accepted_and_runs_nothing(name, phone, hours):
    provider = Provider(name=name, phone=phone, **FULL)
    known = [OpeningHours(weekday=day, opens=opens, closes=closes) for day, opens, closes in hours]
    names = ("name", "street", "postcode", "city", "latitude", "longitude", "website", "phone", "phone_2")
    fetched = SimpleNamespace(opening_hours=_Hours(known), **{each: getattr(provider, each) for each in names})
    line = {f"{day}_{end}": "" for day in DAYS for end in ("start", "end")} | place(fetched)
    assert list(refused(line, "place_on_map")) == []
    assert not str(line["name"]).startswith(("=", "+", "-", "@"))
    assert "\n" not in line["name"]
