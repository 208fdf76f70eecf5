"""Addresses of the search: read without failing, written so that they read the same."""

from datetime import date, time

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.search.parameters import Known, SearchQuery, Sort, parse

KNOWN = Known(categories={1, 2}, target_groups={3}, districts={4, 5})
NAMES = [
    "q",
    "kategorie",
    "zielgruppe",
    "ortsteil",
    "ort",
    "umkreis",
    "von",
    "bis",
    "wochentag",
    "ab",
    "bis_uhr",
    "alter",
    "kostenfrei",
    "sortierung",
    "ansicht",
    "seite",
]


def read(address):
    return parse(QueryDict(address), KNOWN)


def test_every_parameter_is_understood():
    query, ignored = read(
        "q=t%C3%B6pfern&kategorie=1&kategorie=2&zielgruppe=3&ortsteil=4&ort=66111&umkreis=5&von=2026-12-01&bis=2026-12-31"
        "&wochentag=di&wochentag=sa&ab=08:00&bis_uhr=17:30&alter=6&kostenfrei=1&barrierefrei=1&engagement=1&online=1"
        "&sprache_angebot=tr&sortierung=entfernung&ansicht=liste&seite=3"
    )
    assert ignored == []
    assert query == SearchQuery(
        text="töpfern",
        categories=(1, 2),
        target_groups=(3,),
        districts=(4,),
        place="66111",
        radius=5,
        from_date=date(2026, 12, 1),
        to_date=date(2026, 12, 31),
        weekdays=("di", "sa"),
        from_time=time(8),
        to_time=time(17, 30),
        age=6,
        free=True,
        accessible=True,
        volunteering=True,
        online=True,
        language="tr",
        sort=Sort.DISTANCE,
        view="liste",
        page=3,
    )
    assert parse(QueryDict(query.link(page=3)), KNOWN) == (query, [])


@pytest.mark.parametrize(
    "address",
    [
        "seite=-1",
        "seite=0",
        "seite=9999999999999999999999",
        "seite=²",
        "kategorie=99",
        "kategorie=1%20OR%201=1",
        "zielgruppe=1",
        "ortsteil=x",
        "von=2026-02-31",
        "von=20261201",
        "bis=morgen",
        "von=2026-12-02&bis=2026-12-01",
        "wochentag=montag",
        "ab=25:00",
        "ab=10:00&bis_uhr=09:00",
        "alter=121",
        "alter=-1",
        "kostenfrei=ja",
        "sprache_angebot=TR'--",
        "sortierung=zufall",
        "sortierung=entfernung",
        "umkreis=5",
        "ort=66111&umkreis=0",
        "q=a%00b",
        "q=" + "x" * 10_000,
        "alter=5&alter=6",
        "quatsch=1",
    ],
)
def test_what_cannot_be_understood_is_named(address):
    _query, ignored = read(address)
    assert len(ignored) == 1
    assert len(ignored[0].short_value) <= 41


def test_empty_fields_of_the_form_and_marks_of_newsletters_are_no_mistake():
    query, ignored = read("q=&ort=+&von=&alter=&utm_source=brief&fbclid=1&sprache=de")
    assert (query, ignored) == (SearchQuery(), [])


@given(st.lists(st.tuples(st.sampled_from([*NAMES, "x"]), st.text(max_size=30)), max_size=8))
def test_no_address_fails_and_links_read_the_same(pairs):
    given_values = QueryDict(mutable=True)
    for name, value in pairs:
        given_values.appendlist(name, value)
    query, _ignored = parse(given_values, KNOWN)
    again, ignored = parse(QueryDict(query.link(page=query.page)), KNOWN)
    assert (again, ignored) == (query, [])
