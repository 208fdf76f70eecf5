"""Start page, search, list of providers and sitemap as visitors get them."""

import json
from datetime import date, time, timedelta
from itertools import product

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.offers.states import State
from portal.pages.models import Page
from portal.preferences.models import Preferences
from portal.providers.models import State as ProviderState
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.search import corpus

SITEMAPS = ("/sitemap-angebote-1.xml", "/sitemap-anbieter-1.xml")
LISTS = ("/", "/angebote/", "/anbieter/")
MOST_QUERIES = 8


@pytest.fixture
def portal(ahausen, visitor):
    return visitor("ahausen")


def text(client, path, **params):
    answer = client.get(path, params)
    assert answer.status_code == 200, (path, params)
    return answer.content.decode()


def weekly(offer, day, first=None):
    rule = Schedule(
        first_date=first or timezone.localdate(),
        start_time=time(16),
        end_time=time(17, 30),
        rrule=f"FREQ=WEEKLY;BYDAY={day}",
    )
    set_schedules(offer, ScheduleKind.WEEKLY, [rule])


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in caught.captured_queries]


PATHS = (
    "/",
    "/angebote/",
    "/angebote/?q=e&wochentag=di&ort=66111&umkreis=50&sortierung=entfernung",
    "/angebote/?q=e&alter=30",
    "/anbieter/",
)


def test_the_number_of_queries_is_small_and_fixed(own_database, visitor):
    ahausen, portal = municipality("ahausen"), visitor("ahausen")
    with inside(ahausen):
        corpus.taxonomy()
        corpus.offers(10, 1)
        Category.objects.filter(parent=None).update(color="#00519e")
        an_offer(title="Eins", categories=Category.objects.all()[:1], places=[{"postcode": "66111"}])
    few = {path: queries(portal, path) for path in PATHS}
    with inside(ahausen):
        corpus.offers(2989, 2)
        assert Offer.objects.count() == 3000
    for path in PATHS:
        many = queries(portal, path)
        # The start page has new offers and providers besides.
        assert len(many) == len(few[path]) <= MOST_QUERIES + 2 * (path == "/"), "\n".join(many)


def test_only_public_offers_of_public_providers_are_seen_anywhere(ahausen, portal):
    cases = []
    with inside(ahausen):
        for number, (state, provider_state) in enumerate(product(State, ProviderState)):
            now = timezone.now()
            provider = a_provider(name=f"Verein Q{number:02}", state=provider_state, published_at=now)
            offer = an_offer(provider=provider, title=f"Kurs Z{number:02}", state=state, published_at=now)
            weekly(offer, "TU")
            cases.append((offer, provider, provider_state == ProviderState.PUBLISHED, state == State.PUBLISHED))
    pages = {path: text(portal, path) for path in (*LISTS, *SITEMAPS)}
    for offer, provider, public, published in cases:
        seen = public and published
        for path in ("/", "/angebote/"):
            assert (offer.title in pages[path]) == seen
        assert (provider.name in pages["/anbieter/"]) == public
        for one, shown in ((offer, seen), (provider, public)):
            assert any(f"{one.get_absolute_url()}<" in pages[path] for path in SITEMAPS) == shown
            answer = portal.get(one.get_absolute_url())
            # What was public once and is withdrawn gives notice, unlisted and without a word of its contents.
            withdrawn = answer.status_code == 200 and "Nicht mehr verfügbar" in answer.content.decode()
            assert (answer.status_code == 200 and not withdrawn) == shown
        # No other words lead to a withdrawn one's title either.
        other = portal.get(f"/angebote/{offer.pk}-falsch/")
        assert (other.status_code == 301) == seen
        assert offer.title not in other.content.decode()
        if public:
            assert (offer.title in text(portal, provider.get_absolute_url())) == seen


def test_offers_that_are_over_are_not_in_lists(ahausen, portal):
    with inside(ahausen):
        offer = an_offer(title="Kurs Zaunkönig")
        yesterday = timezone.localdate() - timedelta(days=1)
        set_schedules(offer, ScheduleKind.DATES, [Schedule(first_date=yesterday)])
    for path in LISTS:
        assert "Kurs Zaunkönig" not in text(portal, path)
        assert offer.get_absolute_url() not in text(portal, path)


def test_results_can_be_paged_and_pages_do_not_overlap(ahausen, portal):
    with inside(ahausen):
        provider = a_provider()
        made = {an_offer(provider=provider, title=f"Kurs {number % 3}").get_absolute_url() for number in range(45)}
    seen = []
    for number in (1, 2, 3):
        page = text(portal, "/angebote/", sortierung="name", q="kurs", seite=number)
        seen += [url for url in made if f'href="{url}"' in page]
        assert ("seite=2" in page.partition("<main")[2]) == (number != 2)
        assert "q=kurs&amp;sortierung=name&amp;seite=" in page
    assert sorted(seen) == sorted(made)


def test_chosen_filters_are_shown_as_links_that_take_them_away(ahausen, portal):
    with inside(ahausen):
        topic = Category.objects.create(name="Musik & Tanz")
        an_offer(title="Chor", categories=[topic])
    page = text(portal, "/angebote/", kategorie=topic.pk, q="chor", alter=7)
    assert 'href="?q=chor&amp;alter=7"' in page
    assert f'href="?kategorie={topic.pk}&amp;alter=7"' in page
    assert "Musik &amp; Tanz" in page


def test_a_parent_category_finds_what_is_in_its_children(ahausen, portal):
    with inside(ahausen):
        parent = Category.objects.create(name="Musik")
        child = Category.objects.create(name="Chöre", parent=parent)
        an_offer(title="Kirchenchor", categories=[child])
        an_offer(title="Fußball")
    page = text(portal, "/angebote/", kategorie=parent.pk)
    assert "Kirchenchor" in page
    assert "Fußball" not in page


def test_an_offer_twice_in_a_category_and_its_child_counts_once_on_the_tile(ahausen, portal):
    with inside(ahausen):
        parent = Category.objects.create(name="Musik")
        child = Category.objects.create(name="Chöre", parent=parent)
        Category.objects.create(name="Leeres Thema")
        an_offer(title="Kirchenchor", categories=[parent, child])
    page = text(portal, "/")
    assert "1 Angebot<" in page
    assert "Leeres Thema" not in page


def test_the_card_shows_the_date_that_fits_the_search(ahausen, portal):
    with inside(ahausen):
        weekly(an_offer(title="Chor"), "TU", first=date(2026, 1, 6))
    first = timezone.localdate() + timedelta(days=40)
    last = first + timedelta(days=6)
    page = text(portal, "/angebote/", von=first.isoformat(), bis=last.isoformat(), wochentag="di")
    tuesday = next(first + timedelta(days=n) for n in range(7) if (first + timedelta(days=n)).weekday() == 1)
    assert f"Di., {tuesday:%d.%m.}" in page


def test_an_empty_result_helps_on(ahausen, portal):
    page = text(portal, "/angebote/", q="gibtesnicht", alter=7)
    assert "Nichts gefunden für „gibtesnicht“" in page
    assert "Dazu haben wir gerade nichts gefunden" in text(portal, "/angebote/", alter=7)
    assert 'href="?alter=7"' in page


def test_things_are_called_as_the_municipality_calls_them(ahausen, portal):
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(offer_name="Kurs", offers_name="Kurse", providers_name="Vereine")
        an_offer()
    page = text(portal, "/angebote/")
    assert "Kurse finden" in page
    assert "1 Kurs gefunden" in page
    assert "Vereine <span" in page


def test_tabs_count_offers_and_providers_for_the_same_words(ahausen, portal):
    with inside(ahausen):
        provider = a_provider(name="Jugendbüro Süd")
        an_offer(provider=provider)
        an_offer(provider=provider)
        a_provider(name="Anderer")
    for path in ("/angebote/", "/anbieter/"):
        page = text(portal, path, q="JUGENDBUERO")
        assert 'Angebote <span class="badge">2</span>' in page
        assert 'Anbieter <span class="badge">1</span>' in page
    assert "Anderer" not in text(portal, "/anbieter/", q="jugendbüro")


JUNK = [
    "-1",
    "\0",
    "x" * 10_000,
    "' OR 1=1; DROP TABLE offers_offer; --",
    "<script>alert(1)</script>",
    "%",
    "\ud7ff",
    "٣",
]
PARAMETERS = [
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
    "barrierefrei",
    "engagement",
    "online",
    "sprache_angebot",
    "sortierung",
    "ansicht",
    "seite",
    "sonstwas",
]


@pytest.mark.parametrize("value", JUNK)
def test_junk_is_left_out_and_named(portal, value):
    page = text(portal, "/angebote/", **dict.fromkeys(PARAMETERS, value))
    assert "<script>alert" not in page
    assert "haben sie weggelassen" in page
    for path in ("/angebote/", "/anbieter/"):
        assert "<script>alert" not in text(portal, path, q=value, ort=value)


def test_the_list_of_naughty_strings_does_no_harm(portal, shared):
    path = shared / "data" / "blns.json"
    if not path.exists():
        pytest.skip("blns.json is not there")
    for value in json.loads(path.read_text()):
        assert portal.get("/angebote/", dict.fromkeys(PARAMETERS, value)).status_code == 200


def test_no_public_page_sets_a_cookie_or_asks_for_a_session(ahausen, portal):
    with inside(ahausen):
        offer = an_offer()
        Page.objects.update_or_create(slug="hilfreich", defaults={"title": "Hilfreich"})
    paths = [
        *LISTS,
        "/robots.txt",
        "/hilfreich/",
        offer.get_absolute_url(),
        offer.provider.get_absolute_url(),
        "/fehlt/",
    ]
    for path in paths:
        with CaptureQueriesContext(connection) as caught:
            answer = portal.get(path)
        assert not answer.cookies, path
        assert "Cookie" not in answer.get("Vary", ""), path
        assert not [query for query in caught.captured_queries if "session" in query["sql"]], path


def test_htmx_gets_a_clean_address_to_show(portal):
    answer = portal.get("/angebote/", {"q": "chor", "alter": "", "von": ""}, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/angebote/?q=chor"
    assert "HX-Request" in answer["Vary"]


def test_districts_or_distance_as_the_municipality_chose(ahausen, portal):
    with inside(ahausen):
        District.objects.create(name="Mitte")
        TargetGroup.objects.get_or_create(name="Familien")
        an_offer()
    assert 'name="ortsteil"' in text(portal, "/angebote/")
    assert 'name="umkreis"' not in text(portal, "/angebote/")
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(place_mode="radius")
    assert 'name="ortsteil"' not in text(portal, "/angebote/")
    assert 'name="umkreis"' in text(portal, "/angebote/")


def test_the_sitemap_names_the_municipalitys_own_host(ahausen, portal):
    with inside(ahausen):
        offer = an_offer()
    page = text(portal, "/sitemap-angebote-1.xml")
    assert f"<loc>{settings.URL_SCHEME}://ahausen.localhost{settings.URL_PORT}{offer.get_absolute_url()}</loc>" in page
    assert "Sitemap: " in text(portal, "/robots.txt")
