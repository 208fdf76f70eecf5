"""Travel times: everything that is wrong is named by row and column; and who has an offer within reach is what a slow
count by hand says."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.access import Role
from portal.offers.models import Location
from portal.planning import areas, reach, travel
from portal.planning.asking import asked_of
from portal.planning.facts import current_facts
from portal.planning.gaps import Gaps, as_table
from portal.planning.models import AreaFigure, Source, TravelStart, TravelTime
from portal.planning.travel_reading import read
from portal.taxonomy.models import District
from portal.vocabulary.errors import RefusedError
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import an_offer
from tests.planning.test_areas import Endless, csv_of, xlsx_of
from tests.planning.test_gaps import square

HEAD = ("Von Ortsteil", "Von Teilgebiet", "Einwohner", "Nach", "Minuten zu Fuß", "Minuten mit Bus")
KNOWN, PLACES = {"nord": 1, "sued": 2}, {"turnhalle"}
PAGE = "/auswertung/wegezeiten/"

OWN = ("Nord", "", "", "Nord", 5, "")
WRONG = [
    (("Ost", "", "", "Süd", 9, 4), "Von Ortsteil", "„Ost“ ist keiner Ihrer Ortsteile"),
    (("Nord", "", "", "Kino", 9, 4), "Nach", "„Kino“ ist weder"),
    (("Nord", "", "", "", 9, 4), "Nach", "weder einer Ihrer Ortsteile"),
    (("Nord", "", "", "Süd", "", ""), "Minuten zu Fuß", "Weder zu Fuß noch mit Bus"),
    (("Nord", "", "", "Süd", "7,5", ""), "Minuten zu Fuß", "„7,5“ sind keine ganzen Minuten"),
    (("Nord", "", "", "Süd", "", 241), "Minuten mit Bus", "„241“"),
    (("Nord", "", "", "Süd", "", -1), "Minuten mit Bus", "„-1“"),
    (("Nord", "", "", "Süd", "=A1", 3), "Minuten zu Fuß", "Formel"),
    (("Nord", "", 4, "Süd", 9, ""), "Einwohner", "mindestens 5"),
    (("Nord", "", "0.500", "Süd", 9, ""), "Einwohner", "„0.500“"),
    (("Nord", "x" * 201, "", "Süd", 9, ""), "Von Teilgebiet", "200 Zeichen"),
    (("Nord", "", 70, "Süd", 9, ""), "Einwohner", "andere Einwohnerzahl"),
    (OWN, "Nach", "schon in Zeile 2"),
    (("Süd", "", "", "Nord", 9, ""), "Nach", "Weg in den eigenen Ortsteil"),
]


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
@pytest.mark.parametrize(("row", "column", "words"), WRONG)
def test_each_fault_is_named_by_row_and_column(make, row, column, words):
    found = read(make(OWN, row, head=HEAD), KNOWN, PLACES)
    assert [(each.line, each.column) for each in found.problems] == [(3, column)]
    assert words in found.problems[0].text


def test_areas_of_a_district_need_names_and_inhabitants():
    rows = [("Nord", "Kirche", 80, "Nord", 5, ""), ("Nord", "Bahnhof", "", "Nord", 9, ""), OWN]
    found = read(csv_of(*rows, head=HEAD), KNOWN, PLACES)
    assert [(each.line, each.column) for each in found.problems] == [(3, "Einwohner"), (4, "Von Teilgebiet")]


def test_all_that_is_wrong_in_a_row_is_named_at_once():
    found = read(csv_of(("Ost", "", "wenig", "Kino", "kurz", "lang"), head=HEAD), KNOWN, PLACES)
    assert [each.column for each in found.problems] == [HEAD[0], *HEAD[2:]]


def test_a_table_without_the_columns_is_refused_in_a_sentence():
    with pytest.raises(RefusedError, match="„Nach“"):
        read(csv_of(("Nord", 3), head=("Von Ortsteil", "Minuten zu Fuß")), KNOWN, PLACES)
    with pytest.raises(RefusedError, match="keine Zeile darunter"):
        read(csv_of(head=HEAD), KNOWN, PLACES)
    with pytest.raises(RefusedError, match="5 MB"):
        read(Endless(), KNOWN, PLACES)


def test_thousands_points_are_understood():
    rows = [("Nord", "Kirche", "1.200", "Nord", 5, ""), ("Nord", "Bahnhof", "12 000", "Turnhalle", "", 30),
            ("Nord", "Bahnhof", 12000, "Nord", 5, "")]  # fmt: skip
    found = read(csv_of(*rows, head=HEAD), KNOWN, PLACES)
    assert not found.problems
    assert [(row.people, row.to_district, row.to_place) for row in found.rows] == [
        (1200, 1, ""),
        (12_000, None, "Turnhalle"),
        (12_000, 1, ""),
    ]


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        for at, name in enumerate(("Nord", "Süd")):
            District.objects.create(name=name, position=at, outline=square(7.5 + at * 0.1, 49.2))
        an_offer(max_age=99, places=[{"name": "Turnhalle", "district": District.objects.get(name="Süd")}])
        an_offer(places=[{"name": "Frauenhaus", "hide_exact_address": True}])
    return ahausen


def take(*rows, replace=False):
    return travel.take_over(csv_of(*rows, head=HEAD), name="VRS", as_of=date(2026, 1, 1), replace=replace, by=None)


SOUTH = ("Süd", "", "", "Süd", 6, 4)


def test_a_file_is_taken_over_whole_or_not_at_all(town):
    with inside(town):
        source, found = take(OWN, ("Nord", "", "", "Kino", 3, ""))
        assert source is None
        assert found.problems
        # The name of a protected place is known to nobody.
        assert take(OWN, ("Nord", "", "", "Frauenhaus", 3, ""))[1].problems[0].column == "Nach"
        assert not TravelStart.objects.exists()
        assert not Source.objects.exists()
        assert take(OWN, ("nord", "", "", "TURNHALLE", 30, 12), SOUTH)[0] is not None
        assert TravelTime.objects.count() == 3
        with pytest.raises(RefusedError, match="„Süd“"):
            take(("Süd", "", "", "Süd", 1, ""))
        assert set(TravelTime.objects.values_list("on_foot", flat=True)) == {5, 30, 6}
        take(("Süd", "", "", "Süd", 1, ""), replace=True)
        assert set(TravelTime.objects.values_list("on_foot", flat=True)) == {5, 30, 1}
        assert Source.objects.count() == 2
        take(OWN, replace=True)
        # Nothing is left of the first file.
        assert Source.objects.count() == 2
        assert {each["part"] for each in travel.sources()} == {"Nord", "Süd"}
        assert areas.sources() == []


def test_the_template_is_what_is_read_and_holds_no_time(town):
    with inside(town):
        sheet = load_workbook(BytesIO(travel.template())).worksheets[0]
        assert tuple(cell.value for cell in sheet[1]) == HEAD
        assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
            [start, None, None, end, None, None] for start in ("Nord", "Süd") for end in ("Nord", "Süd")
        ]


def test_the_page_names_what_is_wrong_and_says_what_was_taken_over(signed_in, town):
    client = signed_in(town, Role.PLANNER)
    wanted = {"name": "VRS", "as_of": "2026-01-01"}
    page = client.post(PAGE, {**wanted, "file": csv_of(("Ost", *OWN[1:]), head=HEAD)}).content.decode()
    assert "Nichts wurde übernommen: 1 Fehler" in page
    page = client.post(PAGE, {**wanted, "file": csv_of(OWN, head=HEAD)}, follow=True).content.decode()
    assert "1 Wegezeit wurde übernommen" in page
    with inside(town):
        source = Source.objects.get()
    # The page of figures cannot delete what is not its own.
    assert client.post(f"/auswertung/zahlen/{source.pk}/loeschen/").status_code == 404
    page = client.post(f"{PAGE}{source.pk}/loeschen/", follow=True).content.decode()
    assert "sind gelöscht" in page
    with inside(town):
        assert not TravelTime.objects.exists()


def gaps_of(query=""):
    given_ = dict(pair.split("=") for pair in query.split("&") if pair)
    return asked_of("/auswertung/luecken/", given_, host="https://x.example")


def test_the_page_the_table_and_the_list_say_which_way_is_measured_how(signed_in, town):
    with inside(town):
        take(OWN, ("Nord", "", "", "Turnhalle", 30, 12))
        assert [row.by_minutes for row in Gaps(gaps_of()).rows] == [True, False]
        assert Gaps(gaps_of("minuten=10")).rows[0].way == 0
        assert Gaps(gaps_of("minuten=15")).rows[0].way == 100
        assert Gaps(gaps_of("minuten=20&mit=fuss")).rows[0].way == 0
        # Nothing is known of buses within the own district: as the crow flies.
        assert [row.by_minutes for row in Gaps(gaps_of("mit=bus")).rows] == [False, False]
        assert [row.by_minutes for row in Gaps(gaps_of("mit=luftlinie")).rows] == [False, False]
        table = as_table(gaps_of("mit=fuss&minuten=30&umkreis=3"))
        # The gym has no coordinates: as the crow flies it is nowhere.
        assert [row[6:8] for row in table.rows] == [[100, "Minuten"], [0, "Luftlinie"]]
        assert table.notes[-1].endswith(
            "Weg in Minuten (30 Minuten zu Fuß): Nord. Luftlinie (3 km Luftlinie), weil solche Zeiten fehlen: Süd."
        )
        assert table.notes[0] == "Wegezeiten: VRS, Stand 01.01.2026."
    page = signed_in(town, Role.PLANNER).get("/auswertung/luecken/?mit=fuss&minuten=30").content.decode()
    assert "Weg in Minuten (30 Minuten zu Fuß): Nord." in page
    assert "Wegezeiten: VRS, Stand 01.01.2026." in page
    assert '<option value="fuss" selected>' in page


def test_of_a_district_of_few_people_no_share_of_inhabitants_is_told(town):
    with inside(town):
        take(OWN)
        source = Source.objects.create(name="Amt", as_of=date(2026, 1, 1), file_name="x.csv")
        AreaFigure.objects.create(source=source, district=District.objects.get(name="Nord"), indicator="Einwohner",
                                  unit="number", from_age=0, to_age=120, year=2025, value=4)  # fmt: skip
        assert Gaps(gaps_of()).rows[0].way is None


def test_times_cost_no_statement_for_each(signed_in, town, django_assert_max_num_queries):
    client = signed_in(town, Role.PLANNER)
    with inside(town):
        take(OWN, SOUTH)
    client.get("/auswertung/luecken/")
    with django_assert_max_num_queries(60) as few:
        client.get("/auswertung/luecken/")
    most = len(few.captured_queries)
    with inside(town):
        take(*(("Nord", f"Block {n}", 50, "Nord", n, "") for n in range(40)), replace=True)
    client.get("/auswertung/luecken/")
    with django_assert_max_num_queries(most):
        client.get("/auswertung/luecken/")


@pytest.fixture(scope="module")
def offered(module_database, django_db_blocker):
    """Offers in districts, at places with names, protected, and nowhere."""
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        north, south, west = (District.objects.create(name=name) for name in ("Nord", "Süd", "West"))
        places = [
            [{"district": north, "name": "Halle"}],
            [{"district": north}, {"district": south, "name": "Bad"}],
            [{"district": south, "name": "Halle"}],
            [{"district": west, "name": "Bad", "hide_exact_address": True}],
            [{"name": "bad"}],
            [{"name": "Wald"}],
            [],
        ]
        yield [an_offer(places=each) for each in places], [north.pk, south.pk, west.pk]


MINUTES = st.none() | st.integers(0, 30)
ENDS = ("Nord", "Süd", "West", "halle", "bad")


@st.composite
def files(draw):
    """Up to two files; the districts of one are not those of the other."""
    made = []
    for districts in draw(st.sampled_from([((0,),), ((0, 1),), ((0,), (1, 2)), ((2,), (0, 1))])):
        starts = []
        for district in districts:
            for number in range(draw(st.integers(1, 3))):
                ends = draw(st.dictionaries(st.sampled_from(ENDS), st.tuples(MINUTES, MINUTES), max_size=4))
                ends[ENDS[district]] = draw(st.tuples(MINUTES, MINUTES).filter(lambda times: times != (None, None)))
                starts.append((district, f"Block {number}", draw(st.integers(5, 400)), ends))
        made.append(starts)
    return made


def written(drawn, districts):
    """Keep them, without ways of which nothing is known."""

    def towards(end):
        return {"to_district_id": districts[ENDS.index(end)]} if end[0].isupper() else {"to_place": end}

    Source.objects.all().delete()
    for at, starts in enumerate(drawn):
        source = Source.objects.create(name=f"Datei {at}", as_of=date(2026, 1, 1), file_name="x.csv")
        for district, name, people, ends in starts:
            start = TravelStart.objects.create(source=source, district_id=districts[district], name=name, people=people)
            TravelTime.objects.bulk_create(
                TravelTime(start=start, on_foot=on_foot, by_bus=by_bus, **towards(end))
                for end, (on_foot, by_bus) in ends.items() if (on_foot, by_bus) != (None, None)
            )  # fmt: skip


def slowly(drawn, districts, offers, mode, most):
    """Offer by offer, place by place: who lives where one is near enough."""

    def takes(times):
        known = [each for each, name in zip(times, ("fuss", "bus"), strict=True)
                 if each is not None and mode in (name, "schneller")]  # fmt: skip
        return min(known, default=None)

    places = list(Location.objects.filter(offer__in=offers).select_related("district"))
    shares = {}
    for starts in drawn:
        named = {end for *_start, ends in starts for end, times in ends.items()
                 if end[0].islower() and times != (None, None)}  # fmt: skip
        for district in {start[0] for start in starts}:
            blocks = [(people, ends) for each, _name, people, ends in starts if each == district]
            if any(takes(ends[ENDS[district]]) is None for _people, ends in blocks):
                continue
            near = 0
            for people, ends in blocks:
                reached = False
                for place in places:
                    name = "" if place.hide_exact_address else place.name.lower()
                    end = name if name in named else place.district.name if place.district else ""
                    minutes = takes(ends.get(end, (None, None)))
                    reached = reached or (minutes is not None and minutes <= most)
                near += people if reached else 0
            shares[districts[district]] = round(100 * near / sum(people for people, _ends in blocks), 1)
    return shares


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=files(), which=st.sets(st.integers(0, 6)), mode=st.sampled_from(["fuss", "bus", "schneller"]),
       most=st.sampled_from([5, 10, 15, 20, 30]))  # fmt: skip
def test_who_reaches_an_offer_in_time_is_what_a_slow_count_says(offered, drawn, which, mode, most):
    made, districts = offered
    with inside(municipality("ahausen")):
        written(drawn, districts)
        facts = current_facts()
        offers = [made[at] for at in which]
        mask = facts.ids < 0
        for offer in offers:
            mask |= facts.ids == offer.pk
        found = reach.reach(facts, mask, reach.Chosen(mode, most, 2))
        wanted = slowly(drawn, districts, offers, mode, most)
        assert {pk: found.shares[pk] for pk in found.in_minutes} == wanted
