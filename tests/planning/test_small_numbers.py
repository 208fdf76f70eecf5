"""Few people are told on no page, and cannot be reckoned from what any page tells: an attack with sums and differences
of all age groups, of shares, and of all pages together."""

from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from django.test import RequestFactory
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.access import Role
from portal.planning.asking import asked_by
from portal.planning.gaps import Gaps
from portal.planning.models import AreaFigure, Source
from portal.planning.sheets.indicators import known
from portal.planning.small_numbers import few_of, untold
from portal.taxonomy.models import District
from tenants.running.context import inside

GROUPS = [(0, 2), (3, 5), (6, 9), (0, 5), (3, 9), (0, 9), (10, 17), (0, 17), (0, 120)]


def reckoned(wanted, told):
    """All numbers of an age group that follow from those of others, by exact elimination over single years."""
    rows = [([Fraction(low <= year <= high) for year in range(121)], Fraction(value))
            for (low, high), value in told.items()]  # fmt: skip
    left, value = [Fraction(wanted[0] <= year <= wanted[1]) for year in range(121)], Fraction(0)
    for year in range(121):
        pivot = next((row for row in rows if row[0][year] and not any(row[0][:year])), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [_without(row, pivot, year) for row in rows]
        times = left[year] / pivot[0][year]
        left = [a - times * b for a, b in zip(left, pivot[0], strict=True)]
        value += times * pivot[1]
    return None if any(left) else value


def _without(row, pivot, year):
    times = row[0][year] / pivot[0][year]
    return [a - times * b for a, b in zip(row[0], pivot[0], strict=True)], row[1] - times * pivot[1]


@st.composite
def districts(draw):
    """Inhabitants of each year that fit one another, and some age groups of which they are told."""
    parts = draw(st.lists(st.integers(0, 9), min_size=5, max_size=5))
    cuts = [(0, 2), (3, 5), (6, 9), (10, 17), (18, 120)]
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=2, max_size=7, unique=True))
    return {
        (low, high): sum(part for part, (begin, end) in zip(parts, cuts, strict=True) if low <= begin and end <= high)
        for low, high in groups
    }


@settings(max_examples=60, deadline=None)
@given(districts())
@example({(0, 5): 40, (3, 5): 37, (0, 2): 3})
@example({(0, 2): 2, (3, 5): 6, (6, 9): 7, (0, 9): 15})
def test_no_sum_and_no_difference_tells_of_few(values):
    few = few_of("Einwohner", "number", values, values)
    assert few == {ages for ages, value in values.items() if value < 5}
    hidden = untold(values, few)
    told = {ages: value for ages, value in values.items() if ages not in hidden}
    assert all(reckoned(ages, told) is None for ages in few)
    assert hidden == few or any(
        reckoned(ages, {each: value for each, value in values.items() if each not in few}) is not None for ages in few
    )


def test_what_tells_nobody_is_not_withheld():
    values = {(0, 2): 3, (3, 5): 37, (6, 9): 50}
    assert untold(values, {(0, 2)}) == {(0, 2)}
    assert untold(values, set()) == set()


@pytest.mark.parametrize(
    ("unit", "value", "people", "is_few"),
    [
        ("number", 4, 500, True), ("number", 5, 500, False), ("number", 0, 500, False), ("number", 80, 4, True),
        ("percent", "0.8", 500, True), ("percent", 2, 220, True), ("percent", 2, 230, False),
        ("percent", 0, 500, False),
        ("percent", 50, 4, True),
    ],
)  # fmt: skip
def test_a_share_is_as_many_people_as_it_means(unit, value, people, is_few):
    found = few_of("Leistungsbezug", unit, {(0, 2): float(value)}, {(0, 2): float(people)})
    assert found == ({(0, 2)} if is_few else set())


@pytest.fixture
def town(ahausen):
    """Two districts: three unemployed, two percent of two hundred, and three small children beside all under six."""
    figures = {
        "Nord": [("Einwohner", "number", 0, 2, 3), ("Einwohner", "number", 3, 5, 37), ("Einwohner", "number", 0, 5, 40),
                 ("Arbeitslose", "number", 0, 5, 3), ("Einwohner", "number", 18, 64, 200),
                 ("Leistungsbezug", "percent", 18, 64, 2)],
        "Mitte": [("Einwohner", "number", 0, 2, 100), ("Einwohner", "number", 3, 5, 110),
                  ("Einwohner", "number", 0, 5, 210), ("Arbeitslose", "number", 0, 5, 8),
                  ("Einwohner", "number", 18, 64, 900), ("Leistungsbezug", "percent", 18, 64, 2)],
    }  # fmt: skip
    with inside(ahausen):
        source = Source.objects.create(name="Amt", as_of=date(2026, 1, 1), file_name="x.csv")
        for name, rows in figures.items():
            district = District.objects.create(name=name)
            AreaFigure.objects.bulk_create(
                AreaFigure(source=source, district=district, indicator=what, unit=unit, from_age=low, to_age=high,
                           year=2025, value=value)
                for what, unit, low, high, value in rows
            )  # fmt: skip
    return ahausen


def asked(query=""):
    return asked_by(RequestFactory().get(f"/auswertung/luecken/?{query}"))


def test_all_pages_together_tell_nothing_of_few(town, signed_in):
    with inside(town):
        north = District.objects.get(name="Nord").pk
        told = {}
        for ages in ((0, 2), (3, 5), (0, 5), (18, 64)):
            for what in ("Arbeitslose", "Leistungsbezug"):
                gaps = Gaps(asked(f"altersgruppe={ages[0]}-{ages[1]}&merkmal={what}"))
                row = next(each for each in gaps.rows if each.pk == north)
                other = next(each for each in gaps.rows if each.pk != north)
                assert other.people is not None
                if row.people is not None:
                    told[ages] = row.people
                assert row.need is None, (ages, what)
        sheets = {key: each.values(asked())[north] for key, each in known().items() if key.startswith("z:")}
        told |= {ages: value for ages in GROUPS
                 if (value := sheets.get(f"z:2025:{ages[0]}-{ages[1]}:Einwohner")) is not None}  # fmt: skip
        assert {key for key, value in sheets.items() if value is not None} == {
            "z:2025:0-5:Einwohner", "z:2025:18-64:Einwohner"
        }  # fmt: skip
        assert told == {(0, 5): 40, (18, 64): 200}
        assert all(reckoned((0, 2), dict(some)) is None for n in range(3) for some in combinations(told.items(), n))
    page = signed_in(town, Role.PLANNER).get("/auswertung/luecken/?altersgruppe=3-5").content.decode()
    assert "keine Zahl, aus der sich ihre errechnen ließe" in page
    assert "37" not in page.partition('id="zahlen"')[2].partition("</table>")[0]
