"""The interface finds what the page finds: the same offers in the same order, with the same numbers."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.offers.models import Occurrence, Offer
from portal.providers.models import Provider
from portal.search.parameters import WEEKDAYS, Sort
from portal.search.views import reading_of
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.search import corpus

API = "/api/v1/offers/"


def parameters():
    """Search parameters as people and programs write them, wrong ones among them."""

    def some(name, values):
        return st.lists(st.sampled_from([*values, "0", "quatsch", "-1", "999999999999999999999"]), max_size=2).map(
            lambda chosen: [(name, value) for value in chosen]
        )

    def one(name, values):
        return st.sampled_from([None, None, *values]).map(lambda value: [] if value is None else [(name, value)])

    today = timezone.localdate()
    days = [today.isoformat(), today.replace(day=1).isoformat(), "2026-13-01", f"{today.year + 1}-01-15"]
    parts = [
        one("q", ["töpfern", "MAEDCHEN", "fuß straße", "100%", "übung chor", "xyz", "kostenlos für kinder", "\0", "%"]),
        some("kategorie", map(str, Category.objects.values_list("pk", flat=True))),
        some("zielgruppe", map(str, TargetGroup.objects.values_list("pk", flat=True))),
        some("ortsteil", map(str, District.objects.values_list("pk", flat=True))),
        one("ort", ["Mitte", "66111", "nirgendwo", "Rand"]),
        one("umkreis", ["5", "0", "x", "301"]),
        one("von", days),
        one("bis", days),
        some("wochentag", WEEKDAYS),
        one("ab", ["08:00", "25:00"]),
        one("bis_uhr", ["12:00", "7"]),
        one("alter", ["8", "121", "-2"]),
        *(one(name, ["1", "ja"]) for name in ("kostenfrei", "barrierefrei", "engagement", "online", "woertlich")),
        one("sprache_angebot", ["tr", "klingonisch"]),
        one("sortierung", [*map(str, Sort), "egal"]),
        one("angabe", ["1-ja", "x"]),
        one("fremd", ["1"]),
    ]
    return st.tuples(*parts).map(lambda found: [pair for each in found for pair in each])


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(70, 11)
    return ahausen


def all_of(client, query, path=API):
    """Every result, page by page, and the first answer."""
    answer = client.get(f"{path}{'' if '?' in path else '?'}{query}")
    assert answer.status_code == 200, answer.content
    first = body = answer.json()
    found = list(body["results"])
    while body["next"]:
        address = body["next"].partition("localhost")[2].partition("/")[2]
        body = client.get(f"/{address}").json()
        found += body["results"]
    return found, first


def test_it_finds_what_the_page_finds(town, visitor):
    client, sizes = visitor("ahausen"), set()
    with inside(town):
        strategy = parameters()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(strategy)
    def agree(pairs):
        query = urlencode(pairs)
        page = client.get(f"/angebote/?{query}")
        assert page.status_code == 200
        results, first = all_of(client, f"{query}&facets=1&limit=7&fields=url")
        shown = page.context["page"]
        sizes.add(first["total"])
        assert first["total"] == shown.paginator.count == len(results)
        urls = [each["url"].partition("localhost")[2] for each in results]
        cards = [each.url for each in page.context["cards"]]
        assert [url.partition("/")[2] for url in urls[: len(cards)]] == [url.lstrip("/") for url in cards]
        told = {(each["name"], each["value"]) for each in first["ignored"]}
        with inside(town):
            expected = {(each.name, each.short_value) for each in reading_of(QueryDict(query))[2]}
        assert told == expected
        _same_numbers(page.context["numbers"], first["facets"])

    agree()
    assert len(sizes) > 5, "the searches were all alike"


def _same_numbers(of_page, of_interface):
    for name, counts in of_page.items():
        there = {each["value"]: each["count"] for each in of_interface.get(name, [])}
        for value, count in counts.items():
            if name in of_interface and (name != "umkreis" or there):
                assert there.get(value, 0) == count, (name, value)


def test_pages_of_any_size_have_each_offer_once(town, visitor):
    client = visitor("ahausen")
    whole, first = all_of(client, "limit=100")
    assert len(whole) == first["total"] > 20
    for limit in (1, 3, 99):
        part, _first = all_of(client, f"limit={limit}&fields=id")
        assert [each["id"] for each in part] == [each["id"] for each in whole]


def test_what_goes_between_two_pages_hides_nothing(town, visitor):
    client = visitor("ahausen")
    before = [each["id"] for each in all_of(client, "limit=100&sortierung=name")[0]]
    first = client.get(f"{API}?limit=5&sortierung=name").json()
    with inside(town):
        # The one the next page would begin after, and one before it.
        Offer.objects.filter(pk__in=[before[1]]).update(state="paused")
    rest = client.get("/" + first["next"].partition("localhost")[2].partition("/")[2].replace("limit=5", "limit=100"))
    assert [each["id"] for each in rest.json()["results"]] == before[5:]


@pytest.mark.parametrize("order", ["naechste", "name", "neu"])
def test_what_moves_between_two_pages_hides_nothing_that_stays(town, visitor, time_machine, order):
    """The last of a page goes to the end of the list, or a date passes: all others come once, in their order."""
    client = visitor("ahausen")
    # Dates of the corpus begin and end at full and half hours.
    time_machine.move_to(timezone.localtime().replace(hour=17, minute=50))
    before = [each["id"] for each in all_of(client, f"limit=100&sortierung={order}")[0]]
    first = client.get(f"{API}?limit=5&sortierung={order}").json()
    with inside(town):
        moved = Offer.objects.get(pk=before[4])
        moved.title, moved.published_at = "ZZZ", moved.published_at - timedelta(days=900)
        moved.save()
        Occurrence.objects.filter(offer=moved).delete()
    time_machine.move_to(timezone.now() + timedelta(minutes=14))
    with inside(town):
        lasting = set(Offer.objects.current().exclude(pk=moved.pk).values_list("pk", flat=True))
    rest = client.get("/" + first["next"].partition("localhost")[2].partition("/")[2].replace("limit=5", "limit=100"))
    found = [each["id"] for each in rest.json()["results"] if each["id"] != moved.pk]
    assert found == [pk for pk in before[5:] if pk in lasting]


def test_an_organisation_that_gets_another_name_between_two_pages_hides_none(town, visitor):
    client, path = visitor("ahausen"), "/api/v1/providers/"
    before = [each["id"] for each in all_of(client, "limit=100", path)[0]]
    first = client.get(f"{path}?limit=2").json()
    with inside(town):
        Provider.objects.filter(pk=before[1]).update(name="Zett", name_key="zett")
    rest = client.get("/" + first["next"].partition("localhost")[2].partition("/")[2].replace("limit=2", "limit=99"))
    assert [each["id"] for each in rest.json()["results"]] == [*before[2:], before[1]]


def test_dates_are_those_of_the_calendar_each_once(town, visitor):
    client = visitor("ahausen")
    with inside(town):
        expected = sorted(
            Occurrence.objects.filter(offer__in=Offer.objects.current(), ends_at__gte=timezone.now()).values_list(
                "first_date", "offer_id"
            )
        )
    for limit in (100, 13):
        found, _first = all_of(client, f"limit={limit}", "/api/v1/dates/")
        assert sorted((each["first_date"], each["offer_id"]) for each in found) == [
            (day.isoformat(), pk) for day, pk in expected
        ]
        keys = [(each["first_date"], each["start_time"] or "") for each in found]
        assert keys == sorted(keys)
    weekend, _first = all_of(client, "limit=100&wochentag=sa", "/api/v1/dates/")
    assert 0 < len(weekend) < len(expected)


def test_next_date_is_the_next_that_fits(town, visitor):
    client = visitor("ahausen")
    results, _first = all_of(client, "limit=100&wochentag=mi")
    dated = [each["next_date"] for each in results if each["next_date"]]
    assert dated
    assert {each["offer_id"] for each in dated} <= {each["id"] for each in results}
