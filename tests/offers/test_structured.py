"""What search engines, messengers and posters are told of offers and providers."""

import json
import re
from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from portal.offers.choices import ScheduleKind
from portal.offers.models import OfferImage, Schedule
from portal.offers.services import set_schedules
from portal.providers.models import OpeningHours
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.factories import a_provider, an_offer

HOSTILE = '</script><script>alert(1)</script><!-- & "Töpfern" \u2028'
BASE = "https://ahausen.localhost"
# What search engines ask of each type, and what the page can always give.
REQUIRED = {
    "Event": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "organizer", "description", "url"},
    "Course": {"name", "description", "provider", "url"},
    "Service": {"name", "description", "provider", "areaServed", "url"},
    "Organization": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "WebSite": {"name", "url", "potentialAction"},
}


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def data_of(page):
    """The JSON-LD blocks of a page by type; each must have what its type requires."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = {block["@type"]: block for block in map(json.loads, blocks)}
    for kind, block in found.items():
        assert block["@context"] == "https://schema.org"
        assert not REQUIRED[kind] - block.keys(), (kind, block.keys())
    return found


def head_of(page):
    """Title, canonical address, description and Open Graph of a page."""
    metas = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page))
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    assert len(canonical) == 1
    return {"title": re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1].strip(), "canonical": canonical[0], **metas}


def test_a_weekly_course_is_an_event_with_its_schedule(ahausen, portal, settings):
    settings.URL_SCHEME, settings.URL_PORT = "https", ""
    with inside(ahausen):
        offer = an_offer(
            title="Sprachcafé", summary="Reden und Kaffee", cost_kind="free", min_age=18, venue="both",
            online_url="https://raum.example/1", contact_email="geheim@verein.example",
            places=[{"name": "Bücherei", "street": "Weg 1", "postcode": "66113", "city": "Saarbrücken"}],
        )  # fmt: skip
        first = timezone.localdate() - timedelta(days=30)
        rule = Schedule(
            first_date=first, start_time=time(16), end_time=time(18), rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
        )
        set_schedules(offer, ScheduleKind.WEEKLY, [rule])
    page = portal.get(offer.get_absolute_url()).content.decode()
    event = data_of(page)["Event"]
    assert event["url"] == f"{BASE}{offer.get_absolute_url()}"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]
    assert event["location"][0]["address"]["streetAddress"] == "Weg 1"
    assert event["offers"][0]["price"] == "0"
    assert event["isAccessibleForFree"] is True
    assert event["typicalAgeRange"] == "18-"
    schedule = event["eventSchedule"][0]
    assert (schedule["repeatFrequency"], schedule["byDay"]) == ("P2W", ["https://schema.org/Tuesday"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT16:00:00\+0[12]:00", event["startDate"])
    assert "geheim@" not in page
    assert event["image"] == [f"{BASE}{offer.get_absolute_url()}bild.png"]


def test_single_dates_are_told_one_by_one(ahausen, portal):
    with inside(ahausen):
        offer = an_offer(title="Fest")
        days = [timezone.localdate() + timedelta(days=number) for number in (3, 5)]
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=day) for day in days])
    event = data_of(portal.get(offer.get_absolute_url()).content.decode())["Event"]
    assert [each["startDate"] for each in event["subEvent"]] == [day.isoformat() for day in days]


@pytest.mark.parametrize(("number", "kind"), [("", "Service"), ("K 12", "Course")])
def test_what_has_no_date_is_a_service_or_a_course(ahausen, portal, number, kind):
    with inside(ahausen):
        offer = an_offer(course_number=number, venue="online")
    data = data_of(portal.get(offer.get_absolute_url()).content.decode())
    assert set(data) == {kind, "BreadcrumbList"}
    assert data[kind]["provider"]["name"] == offer.provider.name


def test_a_protected_address_is_not_told_to_search_engines_either(ahausen, portal):
    with inside(ahausen):
        district = District.objects.create(name="Malstatt")
        spot = {"latitude": 49.24123, "longitude": 6.98765, "precision": "exact"}
        place = {"street": "Geheimweg 1", "postcode": "66113", "district": district, "hide_exact_address": True, **spot}
        offer = an_offer(places=[place])
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=timezone.localdate())])
    page = portal.get(offer.get_absolute_url()).content.decode()
    assert data_of(page)["Event"]["location"][0]["name"] == "Malstatt"
    assert not any(secret in page for secret in ("Geheimweg", "49.24", "6.98", "66113"))


def test_no_title_breaks_out_of_the_data(ahausen, portal):
    with inside(ahausen):
        topic = Category.objects.create(name=HOSTILE[:100])
        provider = a_provider(name=HOSTILE)
        offer = an_offer(title=HOSTILE, provider=provider, categories=[topic], summary=HOSTILE)
    for path in (offer.get_absolute_url(), provider.get_absolute_url(), f"/angebote/?kategorie={topic.pk}"):
        page = portal.get(path).content.decode()
        assert "<script>alert" not in page
        assert data_of(page)["BreadcrumbList"]["itemListElement"][-1]["name"] in {HOSTILE, HOSTILE[:100]}


def test_a_provider_is_an_organisation_with_its_opening_hours(ahausen, portal):
    with inside(ahausen):
        provider = a_provider(name="Sprachhaus", street="Weg 1", postcode="66113", city="Saarbrücken",
                              email="post@sprachhaus.example", website="https://sprachhaus.example/")  # fmt: skip
        OpeningHours.objects.create(provider=provider, weekday=1, opens=time(8), closes=time(12))
    page = portal.get(provider.get_absolute_url()).content.decode()
    told = data_of(page)["Organization"]
    hours = {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Monday",
        "opens": "08:00",
        "closes": "12:00",
    }
    assert told["location"]["openingHoursSpecification"] == [hours]
    assert told["sameAs"] == ["https://sprachhaus.example/"]
    assert "post@" not in page
    assert f"{provider.get_absolute_url()}kontakt/" in page


def test_notes_on_weekdays_and_closed_holidays_are_told_too(ahausen, portal):
    with inside(ahausen):
        notes = ["Eingang hinten", "", "", "", "", "", ""]
        provider = a_provider(name="Sprachhaus", opening_notes=notes, closed_on_holidays=True)
        OpeningHours.objects.create(provider=provider, weekday=1, opens=time(8), closes=time(12))
    told = data_of(portal.get(provider.get_absolute_url()).content.decode())["Organization"]
    monday, holidays = told["location"]["openingHoursSpecification"]
    assert monday["description"] == "Eingang hinten"
    assert (holidays["dayOfWeek"], holidays["opens"], holidays["closes"]) == (
        "https://schema.org/PublicHolidays",
        "00:00",
        "00:00",
    )


def test_every_public_page_has_its_own_title_description_and_address(ahausen, portal):
    with inside(ahausen):
        topics = [Category.objects.create(name=name) for name in ("Musik", "Sport")]
        offers = [an_offer(title=f"Chor {name}", summary=f"Singen {name}", categories=topics) for name in "AB"]
    paths = ["/", "/angebote/", "/anbieter/", *(f"/angebote/?kategorie={topic.pk}" for topic in topics)]
    paths += [each.get_absolute_url() for offer in offers for each in (offer, offer.provider)]
    heads = [head_of(portal.get(path).content.decode()) for path in paths]
    for name in ("title", "description", "canonical"):
        assert len({head[name] for head in heads}) == len(paths), name
    for path, head in zip(paths, heads, strict=True):
        assert head["canonical"].endswith(path)
        assert "robots" not in head, path
        assert head["og:url"] == head["canonical"]
        assert head["og:image"].startswith("http")
        assert head["twitter:card"] == "summary_large_image"
        assert 0 < len(head["description"]) <= 160


@pytest.mark.parametrize(
    ("query", "canonical", "listed"),
    [
        ("?sortierung=name&ansicht=liste&utm_source=x", "", True),
        ("?q=chor&sortierung=name", "?q=chor", False),
        ("?kostenfrei=1&umkreis=abc", "?kostenfrei=1", False),
    ],
)
def test_searches_lead_to_one_address_and_filters_are_not_listed(ahausen, portal, query, canonical, listed):
    with inside(ahausen):
        an_offer(title="Chor")
    head = head_of(portal.get(f"/angebote/{query}").content.decode())
    assert head["canonical"].endswith(f"/angebote/{canonical}")
    assert ("robots" in head) != listed


def test_the_start_page_says_how_to_search(portal):
    site = data_of(portal.get("/").content.decode())["WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"].endswith("/angebote/?q={search_term_string}")


@pytest.mark.parametrize("title", ["Töpfern", "Donaudampfschifffahrts" * 10, "مرحبا", HOSTILE, "Şarkı ğ İ ẞ"])
def test_the_preview_picture_is_drawn_for_any_title_and_kept(ahausen, portal, title):
    with inside(ahausen):
        offer = an_offer(title=title)
    path = f"{offer.get_absolute_url()}bild.png"
    answers = [portal.get(path) for _number in range(2)]
    assert answers[0].content == answers[1].content
    picture = Image.open(BytesIO(answers[0].content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(answers[0].content) < 60_000
    assert portal.get("/vorschau.png")["Content-Type"] == "image/png"


def test_the_qr_code_is_a_drawing_without_styles(ahausen, portal):
    with inside(ahausen):
        offer = an_offer()
    answer = portal.get(f"{offer.get_absolute_url()}qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<path" in answer.content
    page = portal.get(offer.get_absolute_url()).content.decode()
    assert 'class="qr"' in page
    assert not re.search(r"<[^>]+ style=", page)


def test_lists_load_small_copies_of_pictures(ahausen, portal):
    with inside(ahausen):
        topic = Category.objects.create(name="Musik")
        offer = an_offer(title="Chor", categories=[topic])
        photo = BytesIO()
        gradient = Image.linear_gradient("L").resize((1600, 1200))
        Image.merge("RGB", [gradient, gradient.rotate(90), gradient.rotate(180)]).save(photo, "JPEG", quality=95)
        OfferImage.objects.create(
            offer=offer,
            kind="hero",
            copyright="Foto: M.",
            alt_text="Chor",
            image=ContentFile(photo.getvalue(), "a.jpg"),
        )
    small = re.search(r'<img src="(/media/abgeleitet/320/[^"]+)"', portal.get("/angebote/").content.decode())[1]
    copy = b"".join(portal.get(small).streaming_content)
    assert Image.open(BytesIO(copy)).width == 320
    assert len(copy) <= 8_000
    page = portal.get(offer.get_absolute_url()).content.decode()
    assert "640w" in page
    assert "Foto: M." in page
    for wrong in (small.replace("/320/", "/321/"), small.replace(".jpg", ".gif"), small.replace("offerimage", "..")):
        assert portal.get(wrong).status_code == 404


def test_the_sitemap_lists_all_public_pages_in_parts(ahausen, portal, monkeypatch):
    monkeypatch.setattr("portal.search.sitemap.PART", 2)
    with inside(ahausen):
        provider = a_provider()
        offers = [an_offer(provider=provider) for _number in range(5)]
        an_offer(provider=provider, state="draft")
    index = portal.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>https?://[^/]+(/sitemap-[^<]+)</loc>", index)
    assert {"/sitemap-seiten-1.xml", "/sitemap-anbieter-1.xml", "/sitemap-angebote-3.xml"} <= set(parts)
    listed = "".join(portal.get(part).content.decode() for part in parts)
    for path in (*(offer.get_absolute_url() for offer in offers), provider.get_absolute_url(), "/angebote/"):
        assert listed.count(f"{path}</loc>") == 1
    assert len(re.findall(r"/angebote/\d", listed)) == 5
    assert str(date.today().year) in re.search(r"<lastmod>([^<]+)</lastmod>", listed)[1]
    assert portal.get("/sitemap-angebote-9.xml").status_code == 404
    assert "Sitemap: " in portal.get("/robots.txt").content.decode()
