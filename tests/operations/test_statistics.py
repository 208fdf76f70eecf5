"""Sums, months and shares of costs: from shared tables alone, and every cent has its place."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from comparison.models import Group, Member, MonthFigures
from core.access import Role
from operations.statistics.costs import Key, mixed
from operations.statistics.models import CostShares
from shared_categories.models import Entry, Kind, Use
from tenants.models import Municipality, MunicipalityFigures
from tenants.running.context import inside_public
from tracker.tickets.models import Participant
from tracker.tickets.participating import participant_of

HOME = "/betrieb/statistik/"
COSTS = f"{HOME}kosten/"
NUMBERS = st.integers(0, 10**6)


@pytest.fixture
def operator(ahausen, bedorf, signed_in):
    return signed_in(None, Role.OPERATOR)


@settings(max_examples=80)
@given(
    st.integers(0, 10**11),
    st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=25),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_shares_make_the_sum_and_nobody_is_off_by_a_cent(cents, given_numbers, first, second):
    second = min(second, 100 - first)
    mixture = {Key.INHABITANTS: first, Key.OFFERS: second, Key.EQUAL: 100 - first - second}
    numbers = [{Key.INHABITANTS: a + 1, Key.OFFERS: b + 1, Key.EQUAL: 1} for a, b in given_numbers]
    shares = mixed(cents, mixture, numbers)
    assert sum(shares) == cents
    for share, own in zip(shares, numbers, strict=True):
        exact = sum(
            Fraction(cents * percent * own[key], 100 * sum(each[key] for each in numbers))
            for key, percent in mixture.items()
        )
        assert abs(share - exact) < 1
    assert mixed(cents, mixture, numbers) == shares


def test_known_shares_with_what_is_left_over_to_the_largest_remainder():
    three = [{Key.EQUAL: 1, Key.INHABITANTS: each} for each in (10_000, 20_000, 40_000)]
    assert mixed(10_000, {Key.EQUAL: 100}, three) == [3334, 3333, 3333]
    assert mixed(10_000, {Key.INHABITANTS: 100}, three) == [1429, 2857, 5714]
    assert mixed(10_000, {Key.EQUAL: 40, Key.INHABITANTS: 60}, three) == [2190, 3048, 4762]
    for wrong in ({Key.EQUAL: 99}, {Key.EQUAL: 101, Key.INHABITANTS: -1}, {Key.OFFERS: 100}):
        with pytest.raises(ValueError, match="mixture|nothing"):
            mixed(100, wrong, [{Key.EQUAL: 1, Key.INHABITANTS: 1, Key.OFFERS: 0}])


def given_costs(**more):
    shared = {"title": "Betrieb 2027", "first": "2027-01-01", "last": "2027-12-31", "amount": "12.500,01"}
    return {**shared, "key_gleich": 100, **more}


def test_costs_are_shown_then_kept_and_taken_along(operator, ahausen, bedorf):
    answer = operator.post(COSTS, {**given_costs(key_gleich=50), "tun": "rechnen"})
    assert answer.status_code == 400
    assert "zusammen 50 Prozent" in answer.content.decode()
    answer = operator.post(COSTS, {**given_costs(key_gleich=40, key_einwohner=60), "tun": "rechnen"})
    assert "Einwohnerzahl nicht bekannt" in answer.content.decode()
    with inside_public():
        for town, number in ((ahausen, 30_000), (bedorf, 10_000)):
            Participant.objects.filter(pk=participant_of(town).pk).update(inhabitants=number)
    chosen = given_costs(key_gleich=40, key_einwohner=60)
    page = operator.post(COSTS, {**chosen, "tun": "rechnen"}).content.decode()
    assert "8.125,01\N{NO-BREAK SPACE}€" in page
    assert "4.375,00\N{NO-BREAK SPACE}€" in page
    assert not CostShares.objects.exists()
    assert operator.post(COSTS, {**chosen, "tun": "behalten"}).status_code == 302
    kept = CostShares.objects.get()
    assert (kept.made_by, kept.mixture) == ("operator@platform.example", {"gleich": 40, "einwohner": 60})
    # Names and numbers of that day stay.
    Municipality.objects.filter(pk=ahausen.pk).update(name="Umbenannt")
    lines = operator.get(f"{COSTS}{kept.pk}/anteile.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "bedorf;Gemeinde Bedorf;1;10000;4375,00",
        "ahausen;Stadt Ahausen;1;30000;8125,01",
        ";Zusammen;2;40000;12500,01",
    ]


def test_offers_that_were_not_counted_yet_are_no_nought_in_the_shares(operator, ahausen, bedorf):
    """A town of today would bear nothing, and the others its part."""
    with inside_public():
        MunicipalityFigures.objects.all().delete()
        MunicipalityFigures.objects.create(
            municipality=ahausen, night=date(2026, 11, 30), published_offers=10, providers=1, measured_at=timezone.now()
        )
    wanted = {**given_costs(key_gleich=0, key_angebote=100), "tun": "rechnen"}
    said = operator.post(COSTS, wanted)
    assert said.status_code == 400
    assert "Die Angebote von 1 Kommune wurden noch nicht gezählt (Gemeinde Bedorf)." in said.content.decode()
    # Counted, and none: that is known.
    with inside_public():
        MunicipalityFigures.objects.create(
            municipality=bedorf, night=date(2026, 11, 30), published_offers=0, providers=1, measured_at=timezone.now()
        )
    assert operator.post(COSTS, wanted).status_code == 200


def test_the_command_says_the_same(ahausen, bedorf, tmp_path, capsys):
    days = ("--from", "2027-01-01", "--until", "2027-12-31")
    with inside_public():
        Member.objects.create(municipality=bedorf, group=Group.objects.create(name="Dörfer"))
    call_command("cost_shares", "Betrieb", "100,01", *days, "--key", "gleich=100", "--csv", str(tmp_path / "a.csv"))
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()] == ["50,01", "50,00"]
    assert "bedorf" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    call_command("cost_shares", "Betrieb", "100", *days, "--key", "gleich=100", "--group", "Dörfer", "--save")
    assert [row["cents"] for row in CostShares.objects.get().rows] == [10_000]
    for wrong in (["gleich=99"], ["quatsch=100"], ["gleich=x"], ["beitraege=100"]):
        with pytest.raises(CommandError):
            call_command("cost_shares", "Betrieb", "100", *days, "--key", *wrong)


def test_sums_medians_months_and_common_categories(operator, ahausen, bedorf):
    today = timezone.localdate()
    with inside_public():
        for town, offers in ((ahausen, 10), (bedorf, 35)):
            for day in (today - timedelta(days=1), today):
                MunicipalityFigures.objects.create(
                    municipality=town, night=day, published_offers=offers, measured_at=timezone.now()
                )
            MonthFigures.objects.create(
                municipality=town, month=date(2026, 5, 1), night=date(2026, 5, 31), published_offers=offers,
                free_offers=1, accessible_offers=0, providers=2, users=3, mails_sent=4,
            )  # fmt: skip
        entry = Entry.objects.filter(kind=Kind.CATEGORY).first() or Entry.objects.create(
            kind=Kind.CATEGORY, code="K-901", name="Sport"
        )
        Use.objects.create(municipality=ahausen, code=entry.code, offers=7, night=today)
        Use.objects.create(municipality=bedorf, code=entry.code, offers=5, night=today)
    page = operator.get(HOME)
    whole = page.context["whole"]
    assert (whole.towns, whole.totals[0].sum, whole.totals[0].median) == (2, 45, 22.5)
    months = operator.get(f"{HOME}tabellen/monate.csv").content.decode("utf-8-sig").splitlines()
    assert months[1] == "2026-05;2;45;22.5;4;2.0;6;8"
    topics = operator.get(f"{HOME}tabellen/themen.csv").content.decode("utf-8-sig")
    assert f"{entry.code};{entry.name};2;12" in topics
    assert operator.get(f"{HOME}tabellen/quatsch.csv").status_code == 404


def test_no_page_asks_a_municipality(operator, ahausen):
    asked = []

    def look(execute, sql, params, many, context):
        asked.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        for address in ("", "gruppen/", "kosten/", "einwohner/"):
            assert operator.get(f"{HOME}{address}").status_code == 200
    assert asked
    assert {each for each in asked if "ahausen" in each or "search_path" in each} <= {'SET search_path = "public"'}


def test_groups_and_inhabitants_by_their_pages(operator, ahausen, bedorf):
    assert operator.post(f"{HOME}gruppen/", {"name": "Kleine"}).status_code == 302
    group = Group.objects.get()
    assert operator.post(f"{HOME}gruppen/", {"name": "Kleine"}).status_code == 400
    address = f"{HOME}gruppen/{group.pk}/"
    operator.post(f"{address}aufnehmen/", {"kommune": [ahausen.pk, bedorf.pk, "x", "9" * 30]})
    assert Member.objects.count() == 2
    operator.post(f"{address}herausnehmen/", {"kommune": bedorf.pk})
    assert list(Member.objects.values_list("municipality__slug", flat=True)) == ["ahausen"]
    assert operator.post(f"{HOME}einwohner/", {"ahausen": "12345", "bedorf": ""}).status_code == 302
    assert operator.post(f"{HOME}einwohner/", {"ahausen": "-1"}).status_code == 400
    assert "12345" in operator.get(f"{HOME}einwohner/").content.decode()
    assert "12345" in operator.get(address).content.decode().replace(".", "")
    operator.post(f"{address}loeschen/")
    assert not Group.objects.exists()
