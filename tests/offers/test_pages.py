"""One offer and one provider as visitors get them."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from portal.providers.models import Carrier, Fact, OpeningHours
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.factories import a_provider, an_offer


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def test_the_page_of_an_offer_answers_all_questions(ahausen, portal):
    with inside(ahausen):
        topic = Category.objects.create(name="Sprachen", color="#00519e", icon="language")
        district = District.objects.create(name="Malstatt")
        offer = an_offer(
            provider=a_provider(name="Sprachhaus", phone="0681 / 905-123"),
            title="Sprachcafé",
            summary="Reden und Kaffee",
            description="<p>Wir <b>reden</b>.<script>x()</script></p>",
            categories=[topic],
            places=[
                {"name": "Bücherei", "street": "Weg 1", "postcode": "66113", "city": "Saarbrücken", "note": "Raum 3"}
            ],
            min_age=18,
            languages=["de", "tr", "xx"],
            cost_kind="free",
            accessibility="yes",
            conditions="Einfach kommen",
            registration_url="https://anmeldung.example/",
            contact_name="Frau Muster",
            contact_email="muster@sprachhaus.example",
            video_url="https://video.example/1",
            venue="both",
            online_url="https://raum.example/1",
        )
        offer.locations.update(district=district)
        first = timezone.localdate() - timedelta(days=30)
        rule = Schedule(first_date=first, start_time=time(16), end_time=time(18), rrule="FREQ=WEEKLY;BYDAY=TU")
        set_schedules(offer, ScheduleKind.WEEKLY, [rule])
    page = portal.get(offer.get_absolute_url()).content.decode()
    for words in (
        "<h1>Sprachcafé</h1>",
        "Sprachhaus",
        "Reden und Kaffee",
        "<b>reden</b>",
        "Jeden Dienstag, 16:00–18:00 Uhr",
        "Bücherei",
        "66113 Saarbrücken",
        "Raum 3",
        "Malstatt",
        "ab 18 Jahren",
        "Deutsch, Türkisch, xx",
        "kostenfrei",
        "barrierefrei",
        "Einfach kommen",
        "https://anmeldung.example/",
        "Frau Muster",
        f"{offer.get_absolute_url()}kontakt/",
        f"{offer.get_absolute_url()}melden/",
        "tel:+49681905123",
        "https://video.example/1",
        "https://raum.example/1",
        f'href="/angebote/?kategorie={topic.pk}"',
    ):
        assert words in page, words
    assert "<script>x" not in page
    assert "<iframe" not in page
    assert "muster@sprachhaus.example" not in page


def test_a_protected_address_is_nowhere_on_the_page(ahausen, portal):
    with inside(ahausen):
        district = District.objects.create(name="Malstatt")
        spot = {"latitude": 49.24123, "longitude": 6.98765, "precision": "exact"}
        hidden = {"name": "Haus Zuflucht", "street": "Geheimweg 1", "postcode": "66113", "note": "Klingel 2", **spot}
        offer = an_offer(places=[{**hidden, "district": district, "hide_exact_address": True}])
    for path in (offer.get_absolute_url(), "/angebote/", "/"):
        page = portal.get(path).content.decode()
        for secret in ("Zuflucht", "Geheimweg", "66113", "Klingel", "49.24", "6.98"):
            assert secret not in page
    assert "Malstatt" in portal.get(offer.get_absolute_url()).content.decode()
    assert offer.title not in portal.get("/angebote/?q=geheimweg").content.decode()


def test_an_offer_that_is_over_says_so_and_shows_others(ahausen, portal):
    with inside(ahausen):
        topic = Category.objects.create(name="Musik")
        offer = an_offer(title="Alter Chor", categories=[topic], registration_url="https://anmeldung.example/")
        yesterday = timezone.localdate() - timedelta(days=1)
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=yesterday)])
        an_offer(title="Neuer Chor", categories=[topic])
        provider_page = offer.provider.get_absolute_url()
    page = portal.get(offer.get_absolute_url()).content.decode()
    assert "Dieses Angebot ist vorbei." in page
    assert "Neuer Chor" in page
    assert "https://anmeldung.example/" not in page
    assert "Vergangene Angebote" in portal.get(provider_page).content.decode()


def test_the_page_of_a_provider_says_who_they_are(ahausen, portal):
    with inside(ahausen):
        provider = a_provider(
            name="Sprachhaus",
            tagline="Wir reden",
            description="<p>Seit 1990.</p>",
            carrier=Carrier.objects.create(name="Verein"),
            street="Weg 1",
            postcode="66113",
            city="Saarbrücken",
            website="https://sprachhaus.example/",
            volunteering=True,
            contact_name="Herr Muster",
            opening_hours_note="An Feiertagen zu",
        )
        Fact.objects.create(provider=provider, label="Gegründet", text="<p>1990</p>")
        OpeningHours.objects.create(provider=provider, weekday=1, opens=time(8), closes=time(12))
    page = portal.get(provider.get_absolute_url()).content.decode()
    for words in (
        "<h1>Sprachhaus</h1>",
        "Wir reden",
        "Seit 1990.",
        "Verein",
        "Weg 1",
        "66113 Saarbrücken",
        "https://sprachhaus.example/",
        "Herr Muster",
        "Gegründet",
        "1990",
        "08:00–12:00 Uhr",
        "Dienstag bis Sonntag",
        "geschlossen",
        "An Feiertagen zu",
        "Freiwillige sind willkommen",
    ):
        assert words in page, words


@pytest.mark.parametrize("kind", ["offer", "provider"])
def test_a_wrong_slug_leads_to_the_right_one_for_ever(ahausen, portal, kind):
    with inside(ahausen):
        offer = an_offer(title="Töpfern")
        thing = offer if kind == "offer" else offer.provider
    right = thing.get_absolute_url()
    answer = portal.get(right.replace(f"-{thing.slug}/", "-anders%20x/"))
    assert (answer.status_code, answer["Location"]) == (301, right)
    assert portal.get(right).status_code == 200


@pytest.mark.parametrize(
    "path", ["/angebote/1/", "/angebote/0-x/", "/angebote/999999999999999999-x/", "/angebote/x-1/"]
)
def test_numbers_that_are_nobodys_are_not_found(portal, path):
    assert portal.get(path).status_code == 404
    assert portal.get(path.replace("angebote", "anbieter")).status_code == 404


def test_the_page_of_an_offer_asks_a_fixed_number_of_queries(ahausen, portal, django_assert_max_num_queries):
    with inside(ahausen):
        topic = Category.objects.create(name="Musik")
        offer = an_offer(categories=[topic], places=[{"city": f"Ort {n}"} for n in range(12)])
        for _number in range(30):
            an_offer(provider=offer.provider, categories=[topic], places=[{"city": "Ort"}])
        provider = offer.provider.get_absolute_url()
    with django_assert_max_num_queries(25):
        portal.get(offer.get_absolute_url())
    with django_assert_max_num_queries(24):
        portal.get(provider)


def test_several_numbers_are_several_links_and_one_in_doubt_is_text(ahausen, visitor):
    with inside(ahausen):
        provider = a_provider(phone="0681 905123\n0170 1234567", phone_2="905-12 oder -15")
        offer = an_offer(provider=provider)
    for page in (provider.get_absolute_url(), offer.get_absolute_url()):
        shown = visitor("ahausen").get(page).content.decode()
        assert 'href="tel:+49681905123"' in shown
        assert 'href="tel:+491701234567"' in shown
        assert shown.count('href="tel:') == 2
    shown = visitor("ahausen").get(provider.get_absolute_url()).content.decode()
    assert "905-12 oder -15" in shown
    assert '"telephone": ["+49 681 905123", "+49 170 1234567", "905-12 oder -15"]' in shown
