"""What a page says of itself: schema.org in JSON-LD and microdata, Open Graph, and plain German."""

import json
from datetime import date
from decimal import Decimal

import pytest

from portal.drafting.reading.everything import Reading
from portal.drafting.web.reading import read_page

TODAY = date(2026, 11, 28)
URL = "https://verein.example/programm/fest"


def read(page: str) -> list[Reading]:
    return read_page(page.encode(), URL, today=TODAY)


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


CONCERT = {
    "@context": "https://schema.org",
    "@type": "MusicEvent",
    "name": "Konzert &amp; Tanz",
    "startDate": "2027-03-12T18:30:00Z",
    "endDate": "2027-03-12T22:00:00+01:00",
    "description": "<p>Viel <b>Musik</b>.</p>",
    "image": ["/bild.jpg"],
    "location": {
        "@type": "Place",
        "name": "Saal",
        "address": {"@type": "PostalAddress", "streetAddress": "Markt 1", "postalCode": "66111",
                    "addressLocality": "Saarbrücken"},
    },
    "offers": {"@type": "Offer", "price": "12.00", "priceCurrency": "EUR", "url": "https://karten.example/1"},
    "organizer": {"@type": "Organization", "name": "V", "telephone": "0681 12", "email": "mailto:a@b.example"},
}  # fmt: skip


def rows(found: Reading) -> list[tuple]:
    return [(each["first_date"], each["last_date"], each["start_time"], each["end_time"], each["rrule"])
            for each in found.when.rules]  # fmt: skip


def test_an_event_is_read_as_a_whole():
    (found,) = read(ld({"@graph": [{"@type": "WebSite", "name": "x"}, CONCERT]}))
    assert (found.title, found.title_sure, found.summary) == ("Konzert & Tanz", True, "Viel Musik.")
    # Written in two zones; told in ours.
    assert (rows(found), found.when.kind, found.when.doubts) == (
        [("2027-03-12", None, "19:30", "22:00", "")], "dates", set())  # fmt: skip
    assert (found.place.name, found.place.street, found.place.postcode, found.place.city, found.place.sure) == (
        "Saal", "Markt 1", "66111", "Saarbrücken", True)  # fmt: skip
    assert (found.cost.kind, found.cost.amount) == ("amount", Decimal("12.00"))
    assert (found.contact.phone, found.contact.mail, found.contact.web) == (
        "0681 12", "a@b.example", "https://karten.example/1")  # fmt: skip
    assert found.image == "https://verein.example/bild.jpg"


def test_microdata_says_the_same():
    page = (
        '<div itemscope itemtype="http://schema.org/Event"><h1 itemprop="name">Basar</h1>'
        '<time itemprop="startDate" datetime="2027-04-03T10:00">Samstag</time>'
        '<div itemprop="location" itemscope itemtype="http://schema.org/Place"><b itemprop="name">Haus</b>'
        '<span itemprop="address">Hauptstraße 5, 66111 Saarbrücken</span></div></div>'
    )
    (found,) = read(page)
    assert (found.title, rows(found)) == ("Basar", [("2027-04-03", None, "10:00", None, "")])
    assert (found.place.name, found.place.street, found.place.city) == ("Haus", "Hauptstraße 5", "Saarbrücken")


def test_a_page_without_events_is_read_as_it_is_written_and_asked():
    page = (
        '<head><meta property="og:title" content="Tag der offenen Tür | Turnverein">'
        '<meta property="og:description" content="Kommen Sie vorbei."><meta property="og:image" content="b.png"></head>'
        "<body><nav>Am 1.1.2027 um 8 Uhr</nav><main><h1>Tag</h1><p>Samstag, 20. Februar 2027, 10 bis 16 Uhr</p>"
        "<p>Eintritt frei</p></main></body>"
    )
    (found,) = read(page)
    assert (found.title, found.title_sure, found.summary) == ("Tag der offenen Tür", False, "Kommen Sie vorbei.")
    assert rows(found) == [("2027-02-20", None, "10:00", "16:00", "")]
    assert found.when.doubts == {"text"}
    assert (found.cost.kind, found.image) == ("free", "https://verein.example/programm/b.png")


def test_several_events_are_several_offers_and_one_on_many_days_is_one():
    course = [{"@type": "Event", "name": "Kurs", "startDate": f"2027-01-{day}T18:00", "endDate": f"2027-01-{day}T19:00"}
              for day in (12, 19, 26)]  # fmt: skip
    over = {"@type": "Event", "name": "Vorbei", "startDate": "2026-02-02T10:00"}
    first, second, last = read(ld([over, {"@type": "Event", "name": "Fest", "startDate": "2027-05-05T20:00",
                                          "endDate": "2027-05-06T01:00"}, *course]))  # fmt: skip
    assert (first.title, [row[0] for row in rows(first)]) == ("Kurs", ["2027-01-12", "2027-01-19", "2027-01-26"])
    # Past midnight is one evening.
    assert (second.title, rows(second)) == ("Fest", [("2027-05-05", None, "20:00", "01:00", "")])
    assert (last.title, last.when.doubts) == ("Vorbei", {"past"})


def test_a_stretch_of_days_a_day_without_time_and_a_repetition():
    (trip,) = read(ld({"@type": "Event", "name": "Freizeit", "startDate": "2027-08-02", "endDate": "2027-08-06"}))
    assert (trip.when.kind, rows(trip), trip.when.doubts) == (
        "period", [("2027-08-02", "2027-08-06", None, None, "")], {"no_clock"})  # fmt: skip
    schedule = {"@type": "Schedule", "repeatFrequency": "P1W", "byDay": "https://schema.org/Tuesday",
                "startTime": "16:00:00", "endTime": "17:00", "startDate": "2027-01-05"}  # fmt: skip
    (weekly,) = read(ld({"@type": "Event", "name": "Treff", "eventSchedule": schedule, "isAccessibleForFree": True}))
    assert rows(weekly) == [("2027-01-05", None, "16:00", "17:00", "FREQ=WEEKLY;BYDAY=TU")]
    assert weekly.cost.kind == "free"


@pytest.mark.parametrize(
    ("node", "doubt"),
    [
        ({"startDate": "1970-01-01T00:00:00Z"}, "past"),
        ({"startDate": "2027-01-01T10:00", "eventStatus": "https://schema.org/EventCancelled"}, "off"),
        ({"startDate": "2096-01-01T10:00"}, "far"),
        ({"startDate": "2027-01-01"}, "no_clock"),
    ],
)
def test_dates_that_cannot_be_believed_are_asked(node, doubt):
    (found,) = read(ld({"@type": "Event", "name": "X", **node}))
    assert doubt in found.when.doubts


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>nichts</p>",
        "\x00\ufffe",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">' + '{"a":' * 50_000 + "</script>",
        '<div itemscope itemprop="location">' * 20_000,
        '<div itemscope itemtype="http://schema.org/Event">' * 20_000,
        "<div>" * 100_000 + "12.3.2027",
        ld({"@type": "Event", "name": {"x": [1]}, "startDate": [[]], "location": 5, "offers": [3, {"price": "NaN"}]}),
        ld({"@type": "Event", "name": "A", "startDate": "0001-01-01T00:00+14:00"}),
        ld({"@type": "Event", "name": "A", "startDate": "9999-12-31T23:59-12:00"}),
        ld({"@type": ["Event", 3, None], "name": ["A"], "image": [{"url": {}}], "organizer": [[]], "offers": {}}),
    ],
)
def test_strange_pages_end_quickly(page):
    assert len(read(page)) <= 1


def test_what_is_written_by_hand_with_a_comma_too_many_is_read():
    said = '<!-- {"@type":"Event","name":"A","startDate":"2027-01-01T10:00",} -->'
    page = f'<script type="application/ld+json">{said}</script>'
    assert [each.title for each in read(page)] == ["A"]


def test_pictures_and_links_lead_to_the_web_only():
    for image in ("javascript:alert(1)", "file:///etc/passwd", "http://[", "data:image/png;base64,xx"):
        (found,) = read(ld({"@type": "Event", "name": "A", "image": image, "startDate": "2027-01-01T10:00"}))
        assert found.image == ""
