"""What is said of an offer in the specification's words, and which offers a question means."""

import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.interfaces.hsds.ids import Entity, identifier, number_of
from portal.offers.models import Location, Offer, Schedule
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


def of(pk, entity=Entity.SERVICE):
    return identifier("ahausen", entity, pk)


def ids(client, **asked):
    body = client.get("/hsds/services", {"per_page": 100, **asked}).json()
    return [number_of("ahausen", Entity.SERVICE, each["id"]) for each in body["contents"]]


@given(st.sampled_from(Entity), st.integers(0, 2**62 - 1))
def test_an_identifier_holds_its_number_and_no_other_kind_or_town_takes_it(entity, number):
    made = identifier("ahausen", entity, number)
    assert uuid.UUID(made).version == 8
    assert uuid.UUID(made).variant == uuid.RFC_4122
    assert number_of("ahausen", entity, made) == number
    assert number_of("bedorf", entity, made) is None
    assert all(number_of("ahausen", other, made) is None for other in Entity if other != entity)


@given(st.text() | st.uuids().map(str))
def test_whatever_else_somebody_asks_for_is_nothing(text):
    assert number_of("ahausen", Entity.SERVICE, text) is None


def test_an_identifier_that_was_given_away_stays():
    assert of(7) == "06c1e1c6-449e-87cf-8000-000000000007"


def test_everything_an_offer_says(ahausen, visitor):
    with inside(ahausen):
        provider = a_provider(name="Verein", phone="0681 2", email="nie@verein.example")
        offer = an_offer(
            title="Schach",
            provider=provider,
            cost_kind="free",
            min_age=6,
            languages=["tr"],
            contact_email="person@verein.example",
            contact_name="Erika Muster",
            online_url="https://bord.example/",
        )
        hidden = Location.objects.create(
            offer=offer, street="Geheimweg 3", postcode="66111", city="Ahausen", hide_exact_address=True
        )
        place = Location.objects.create(offer=offer, street="Weg 1", postcode="66111", city="Ahausen")
        Schedule.objects.create(
            offer=offer, first_date=date(2026, 7, 6), start_time=time(17), rrule="FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231"
        )
    said = visitor("ahausen").get(f"/hsds/services/{of(offer.pk)}")
    body, text = said.json(), said.content.decode()
    assert body["name"] == "Schach"
    assert body["status"] == "active"
    assert body["organization_id"] == body["organization"]["id"] == of(provider.pk, Entity.ORGANIZATION)
    assert body["minimum_age"] == 6
    assert "maximum_age" not in body
    assert [(each["code"], each["name"]) for each in body["languages"]] == [("tr", "Türkisch")]
    assert [(each["amount"], each["currency"]) for each in body["cost_options"]] == [(0, "EUR")]
    assert [each["number"] for each in body["phones"]] == ["0681 2"]
    (schedule,) = body["schedules"]
    assert schedule["dtstart"] == "2026-07-06"
    assert (schedule["freq"], schedule["byday"], schedule["interval"]) == ("WEEKLY", "MO", 1)
    assert schedule["until"] == "2026-12-31"
    # Summer time holds on the first day.
    assert schedule["opens_at"] == "17:00:00+02:00"
    assert schedule["schedule_link"].endswith("termine.ics")
    kinds = [each["location"]["location_type"] for each in body["service_at_locations"]]
    assert kinds == ["physical", "physical", "virtual"]
    assert [each["id"] for each in body["service_at_locations"]] == [
        of(hidden.pk, Entity.SERVICE_AT_LOCATION),
        of(place.pk, Entity.SERVICE_AT_LOCATION),
        of(offer.pk, Entity.ONLINE),
    ]
    for secret in ("Geheimweg", "Erika", "nie@", "person@", "null"):
        assert secret not in text


@pytest.mark.parametrize(
    ("rrule", "said"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", {"freq": "WEEKLY", "interval": 2, "byday": "MO,FR"}),
        ("FREQ=MONTHLY;BYDAY=-1FR", {"freq": "MONTHLY", "byday": "-1FR"}),
        ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3", {"freq": "MONTHLY", "bymonthday": "15", "count": 3}),
        ("FREQ=DAILY", {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU"}),
        ("FREQ=DAILY;BYDAY=SA,SU", {"freq": "WEEKLY", "byday": "SA,SU"}),
        ("FREQ=DAILY;INTERVAL=3", {"freq": None, "notes": "RRULE:FREQ=DAILY;INTERVAL=3"}),
        ("FREQ=YEARLY", {"freq": None, "notes": "RRULE:FREQ=YEARLY"}),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1", {"freq": None, "notes": "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1"}),
        ("", {"freq": None, "until": "2026-07-06"}),
    ],
)
def test_a_rule_is_said_in_the_specifications_words_or_as_it_is(ahausen, visitor, rrule, said):
    with inside(ahausen):
        offer = an_offer()
        Schedule.objects.create(offer=offer, first_date=date(2026, 7, 6), rrule=rrule)
    (found,) = visitor("ahausen").get(f"/hsds/services/{of(offer.pk)}").json()["schedules"]
    assert {name: found.get(name) for name in said} == said


def test_who_keeps_a_copy_is_told_what_went_and_only_then(ahausen, visitor):
    with inside(ahausen):
        stays, leaves, ends = an_offer(title="Bleibt"), an_offer(title="Geht"), an_offer(title="Endet")
        never = an_offer(title="Nie", state="draft", published_at=None)
        # Its coming dates were taken out: what is left was long ago.
        emptied = an_offer(title="War einmal", schedule_kind="dates", ends_at=timezone.now() - timedelta(days=30))
        moment = timezone.now() - timedelta(minutes=5)
        Offer.objects.filter(pk=leaves.pk).update(state="paused")
        Offer.objects.filter(pk=ends.pk).update(schedule_kind="dates", ends_at=timezone.now() - timedelta(minutes=1))
    client = visitor("ahausen")
    asked = {"modified_after": moment.isoformat()}
    body = client.get("/hsds/services", asked).json()
    told = {number_of("ahausen", Entity.SERVICE, each["id"]): each for each in body["contents"]}
    assert {pk: each["status"] for pk, each in told.items()} == {
        stays.pk: "active",
        leaves.pk: "defunct",
        ends.pk: "inactive",
        emptied.pk: "inactive",
    }
    assert all(datetime.fromisoformat(each["last_modified"]) >= moment for each in told.values())
    assert never.pk not in told
    assert "Geht" not in str(told[leaves.pk])
    assert body["total_items"] == len(told)
    # Asked for some things only, nobody knows whether what went was among them.
    assert ids(client, search="Bleibt", **asked) == [stays.pk]
    assert ids(client, modified_after="1970-01-01") == [stays.pk]
    assert ids(client, modified_after="2999-01-01T00:00:00Z") == []
    for early in ("0001-01-01T00:00:00", "1969-12-31T23:00:00-11:00"):
        assert ids(client, modified_after=early) == [stays.pk]
    assert ids(client) == [stays.pk]
    assert client.get(f"/hsds/services/{of(leaves.pk)}").status_code == 410
    assert client.get(f"/hsds/services/{of(ends.pk)}").json()["status"] == "inactive"


PEOPLE = st.tuples(st.none() | st.integers(0, 20), st.none() | st.integers(0, 20))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        st.tuples(st.sampled_from("ab"), st.sets(st.sampled_from("xyz")), st.booleans(), PEOPLE), min_size=1, max_size=6
    ),
    who=st.none() | st.sampled_from("ab"),
    topic=st.none() | st.sampled_from("xyz"),
    tied=st.booleans(),
    ages=PEOPLE,
)
def test_filters_hold_together(db, ahausen, visitor, made, who, topic, tied, ages):
    """Against the plain reading of each filter."""
    with inside(ahausen):
        Offer.objects.all().delete()
        providers = {name: a_provider(name=name) for name in "ab"}
        topics = {name: Category.objects.create(name=f"Thema {name}") for name in "xyz"}
        group = TargetGroup.objects.get_or_create(name="Familien")[0]
        rows = []
        for owner, named, grouped, (least, most) in made:
            bounds = (least, most) if None in (least, most) or least <= most else (most, least)
            chosen = [topics[name] for name in sorted(named)]
            offer = an_offer(provider=providers[owner], categories=chosen, min_age=bounds[0], max_age=bounds[1])
            if grouped:
                offer.target_groups.add(group)
            rows.append((offer.pk, owner, named, grouped, bounds))
    asked, (youngest, oldest) = {}, ages
    if who:
        asked["organization_id"] = of(providers[who].pk, Entity.ORGANIZATION)
    if topic:
        asked["taxonomy_term_id"] = of(topics[topic].pk, Entity.CATEGORY)
    if tied:
        asked["taxonomy_id"] = of(2, Entity.TAXONOMY)
    asked |= {name: age for name, age in (("minimum_age", youngest), ("maximum_age", oldest)) if age is not None}
    expected = [
        pk
        for pk, owner, named, grouped, (least, most) in rows
        if who in (None, owner)
        and (topic is None or topic in named)
        and (grouped or not tied)
        and (youngest is None or most is None or most >= youngest)
        and (oldest is None or least is None or least <= oldest)
    ]
    assert ids(visitor("ahausen"), **asked) == expected
    with inside(ahausen):
        Category.objects.filter(pk__in=[each.pk for each in topics.values()]).delete()


@pytest.mark.parametrize(
    "asked",
    ["page=0", "page=abc", "per_page=101", "full=1", "format=xml", "modified_after=gestern", "day=XX", "proximity=5",
     "start_time=spät", "minimum_age=-1", "search=%00", "page=1&page=2", "postcode=gibtsnicht"],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_with_a_sentence(ahausen, visitor, asked):
    with inside(ahausen):
        an_offer()
    answer = visitor("ahausen").get(f"/hsds/services?{asked}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["parameter"] == asked.partition("=")[0]
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "path", ["services/x", "services/00000000-0000-0000-0000-000000000001", "nichts", "services/", "uk/nichts/7"]
)
def test_what_is_not_there_is_a_problem_too(ahausen, visitor, path):
    answer = visitor("ahausen").get(f"/hsds/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_another_municipality_knows_none_of_it(ahausen, bedorf, visitor):
    with inside(ahausen):
        offer = an_offer()
    for path in (f"services/{of(offer.pk)}", f"organizations/{of(offer.provider_id, Entity.ORGANIZATION)}"):
        assert visitor("ahausen").get(f"/hsds/{path}").status_code == 200
        assert visitor("bedorf").get(f"/hsds/{path}").status_code == 404
    assert visitor("bedorf").get("/hsds/services").json()["total_items"] == 0


def test_statements_do_not_grow_with_the_offers(ahausen, visitor):
    client, counts = visitor("ahausen"), []
    for number in (2, 30):
        with inside(ahausen):
            for _each in range(number):
                offer = an_offer(categories=[Category.objects.get_or_create(name="Thema")[0]])
                Location.objects.create(offer=offer, street="Weg 1", postcode="66111", city="Ahausen")
        for path in ("services?full=true&per_page=100", "service_at_locations?full=true&per_page=100"):
            client.get(f"/hsds/{path}&search=x")
            with CaptureQueriesContext(connection) as caught:
                assert client.get(f"/hsds/{path}").status_code == 200
            counts.append(len(caught))
    assert counts[:2] == counts[2:]
    # Most are read once a process, but nothing is remembered inside a transaction, as this test is.
    assert max(counts) <= 45


def test_lines_are_all_services(ahausen, visitor):
    with inside(ahausen):
        made = [an_offer().pk for _each in range(7)]
    answer = visitor("ahausen").get("/hsds/services?format=ndjson&per_page=2")
    assert answer["Content-Type"].startswith("application/x-ndjson")
    assert b"".join(answer).count(b"\n") == len(made)
