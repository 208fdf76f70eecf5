"""What pages say in the words of schema.org: each property belongs to its type, and each value fits it."""

import json
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.models import Location, Schedule
from portal.offers.services import set_schedules
from portal.providers.models import OpeningHours
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

FILE = json.loads(Path(__file__).with_name("schema_org.json").read_text(encoding="utf-8"))
TYPES, TERMS = FILE["types"], {f"https://schema.org/{name}" for name in FILE["terms"]}
PLAIN = {"Text", "URL", "Date", "DateTime", "Time", "Boolean", "Number", "Integer", "Float"}


def lineage(kind):
    """A type and all above it."""
    return {kind}.union(*(lineage(above) for above in TYPES[kind]["above"]))


def ranges(kind, name):
    """What a property of a type may hold; None where the type has none of that name."""
    found = [TYPES[each]["properties"][name] for each in lineage(kind) if name in TYPES[each]["properties"]]
    return set().union(*found) if found else None


def fits(value, allowed):
    if isinstance(value, dict):
        return bool(lineage(value["@type"]) & allowed)
    if isinstance(value, bool):
        return "Boolean" in allowed
    if isinstance(value, int | float):
        return bool({"Number", "Integer"} & allowed)
    if value.startswith("https://schema.org/"):
        return value in TERMS
    return "Text" in allowed or any(_reads(kind, value) for kind in PLAIN & allowed) or not PLAIN & allowed


def _reads(kind, value):
    if kind == "URL":
        return re.match(r"https?://", value) is not None
    try:
        {"Date": date, "DateTime": datetime, "Time": time}[kind].fromisoformat(value)
    except (KeyError, ValueError):
        return False
    return True


def wrong(value, path=""):
    """Everything that is no word of the vocabulary, with where it stands."""
    if isinstance(value, list):
        return [each for one in value for each in wrong(one, path)]
    if not isinstance(value, dict):
        return []
    kind = value.get("@type")
    if kind not in TYPES:
        return [f"{path}: {kind} is no known type"]
    found = []
    for name, held in value.items():
        here = f"{path}/{kind}.{name}"
        # `query-input` is Google's, after a proposal for actions that schema.org describes but has no property for.
        if name.startswith("@") or name == "query-input":
            continue
        allowed = ranges(kind, name)
        if allowed is None:
            found.append(f"{here}: no such property")
            continue
        found += [f"{here}: {one!r}" for one in (held if isinstance(held, list) else [held]) if not fits(one, allowed)]
        found += wrong(held, here)
    return found


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        music, group = Category.objects.create(name="Musik"), TargetGroup.objects.get(name="Familien")
        provider = a_provider(name="Verein", phone="0681 12345, 0171 2345678", website="https://verein.example/",
                              street="Weg 1", postcode="66111", city="Ahausen", latitude=49.2, longitude=7.0,
                              precision="exact", closed_on_holidays=True)  # fmt: skip
        OpeningHours.objects.create(provider=provider, weekday=1, opens="08:00", closes="12:00")
        every = {"provider": provider, "categories": [music], "summary": "Kurz."}
        dated = an_offer(title="Konzert", venue="both", online_url="https://treffen.example/", min_age=6,
                         cost_kind="amount", cost_amount="3.50", speaker="Ada", **every)  # fmt: skip
        weekly = an_offer(title="Chor", cost_kind="free", **every)
        course = an_offer(title="Kurs", course_number="A-1", languages=["de", "en"], **every)
        service = an_offer(title="Beratung", venue="online", online_url="https://rat.example/", **every)
        for offer in (dated, weekly, course, service):
            offer.target_groups.add(group)
            Location.objects.create(offer=offer, name="Haus", street="Weg 2", city="Ahausen", latitude=49.2,
                                    longitude=7.0, precision="exact")  # fmt: skip
        day = timezone.localdate() + timedelta(days=3)
        once = [Schedule(first_date=day + timedelta(days=n), start_time=time(18), end_time=time(20)) for n in (0, 9)]
        set_schedules(dated, ScheduleKind.DATES, once)
        rule = Schedule(first_date=day, start_time=time(18), rrule="FREQ=WEEKLY;BYDAY=TU", exdates=[day])
        set_schedules(weekly, ScheduleKind.WEEKLY, [rule])
    return [each.get_absolute_url() for each in (dated, weekly, course, service, provider)]


def test_every_word_is_one_of_schema_org(town, visitor):
    client, said, kinds = visitor("ahausen"), [], set()
    for path in ["/", "/angebote/", *town]:
        page = client.get(path)
        assert page.status_code == 200, path
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
        for block in map(json.loads, blocks):
            kinds.add(block["@type"])
            said += [f"{path}: {each}" for each in wrong(block)]
    assert said == []
    assert {"Event", "Course", "Service", "Organization", "BreadcrumbList", "WebSite"} <= kinds


def test_events_say_when_with_their_dates(town, visitor):
    page = visitor("ahausen").get(town[0]).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    (event,) = [block for block in map(json.loads, blocks) if block["@type"] == "Event"]
    starts = [datetime.fromisoformat(each["startDate"]) for each in event["subEvent"]]
    assert datetime.fromisoformat(event["startDate"]) == starts[0] < starts[1]
    assert all(each.utcoffset() is not None for each in starts)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"@type": "Event", "wann": "heute"}, "no such property"),
        ({"@type": "Evnt"}, "no known type"),
        ({"@type": "Event", "startDate": "morgen"}, "startDate"),
        ({"@type": "Event", "organizer": {"@type": "Place"}}, "organizer"),
        ({"@type": "Event", "eventStatus": "https://schema.org/EventPlanned"}, "eventStatus"),
        ({"@type": "Event", "location": [{"@type": "Place", "geo": {"@type": "GeoCoordinates", "lat": 1}}]}, "lat"),
    ],
)
def test_the_check_sees_what_is_wrong(said, why):
    assert any(why in each for each in wrong(said))
