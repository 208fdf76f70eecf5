"""A rule that is saved shows on public pages at the next request, page cache and columns included, without a cookie."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.access import Role
from mail.models import OutboxMessage
from portal.offers.models import Occurrence, Schedule
from portal.offers.tasks import extend_here
from portal.pages.crawlers import AI_CRAWLERS
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer

# The shared rows are made in a database with real commits: only they are told to what is remembered.
BASE = "/redaktion/einstellungen/"
LONG_AGO = "Das ist lange her."


@pytest.fixture
def town(own_database, person):
    """Ahausen with an offer of every kind, an editor and a visitor."""
    from accounts.models import User

    here = municipality("ahausen")
    with inside(here):
        Preferences.load()
        Preferences.objects.update(latitude=49.236, longitude=7.0)
        centre = District.objects.create(name="Mitte")
        club = a_provider(name="Turnverein")
        near = {"city": "Saarbrücken", "latitude": 49.236, "longitude": 7.0, "precision": "exact", "district": centre}
        far = {**near, "latitude": 49.30, "district": None}
        for number in range(22):
            an_offer(title=f"Kurs {number:02}", provider=club, places=[near if number % 2 else far])
        newest = an_offer(title="Zuletzt gekommen", provider=club, categories=[Category.objects.create(name="Sport")])
        type(newest).objects.filter(pk=newest.pk).update(published_at=timezone.now() + timedelta(seconds=1))
        User.objects.create_user("redaktion@ahausen.example", PASSWORD, roles=[Role.EDITOR.value])
    return here


def browser() -> Client:
    """Somebody without an account."""
    return Client(HTTP_HOST="ahausen.localhost")


def served(path: str, **query: str) -> str:
    """What a visitor gets, who gets no cookie."""
    answer = browser().get(path, query)
    assert not answer.cookies
    return answer.content.decode()


def set_rules(slug: str, **values: object) -> None:
    """An editor saves a page of rules: what they see, with these changes."""
    from tests.preferences.test_pages import filled

    client = browser()
    client.post("/konto/anmelden/", {"login": "redaktion@ahausen.example", "password": PASSWORD})
    address = f"{BASE}{slug}/"
    sent = {**filled(client.get(address).content.decode()), **values}
    assert client.post(address, sent).status_code == 302


def test_names_of_things(town):
    assert "Angebote finden" in served("/angebote/")
    long = "Bürgerschaftliche Fördermöglichkeiten"
    set_rules("namen", offers_name=long, offer_name="Fördermöglichkeit", providers_name="Träger")
    page = served("/angebote/")
    assert f"{long} finden" in page
    assert f"23 {long} gefunden" in page
    assert "Träger" in served("/anbieter/")


def test_districts_or_radius_and_its_steps(town):
    assert 'name="ortsteil"' in served("/angebote/")
    set_rules("orte", place_mode="radius", usual_radius="3", radius_steps="1 km, 3; 7 40")
    page = served("/angebote/")
    assert 'name="ort"' in page
    assert 'name="ortsteil"' not in page
    assert "wie üblich (3 km)" in page
    assert [f'<option value="{km}"' in page for km in (1, 3, 7, 40, 20)] == [True, True, True, True, False]
    # Seven kilometres away: outside of the usual three, inside of ten.
    assert "Kurs 00" not in served("/angebote/", ort="66111")
    set_rules("orte", usual_radius="10")
    assert "Kurs 00" in served("/angebote/", ort="66111")


def test_the_search_begins_as_the_town_wants(town):
    assert served("/angebote/").index("Kurs 00") >= 0
    set_rules("suche", start_sort="neu", page_size="10")
    page = served("/angebote/")
    assert "Zuletzt gekommen" in page
    assert "seite=3" in page
    set_rules("suche", start_sort="name", page_size="50")
    page = served("/angebote/")
    assert page.index("Kurs 00") < page.index("Kurs 21") < page.index("Zuletzt gekommen")
    # Who looks for words gets the best match, whatever the rule.
    assert "aria-current" in served("/angebote/", q="Kurs")


def test_filters_are_switched_off_and_ordered_but_links_with_them_go_on(town):
    page = served("/angebote/")
    assert page.index('name="kategorie"') < page.index('name="alter"') < page.index('name="sprache_angebot"')
    set_rules("suche", search_filters_order=["language", "whom", "topic", "when", "place", "matters"],
              search_filters=["language", "whom", "matters"], search_flags=["free"])  # fmt: skip
    page = served("/angebote/")
    assert page.index('name="sprache_angebot"') < page.index('name="alter"') < page.index('name="kostenfrei"')
    assert [f'name="{name}"' in page for name in ("kategorie", "von", "online", "barrierefrei")] == [False] * 4
    with inside(town):
        sport = Category.objects.get(name="Sport").pk
    kept = served("/angebote/", kategorie=str(sport), online="1")
    assert f'name="kategorie" value="{sport}" checked' in kept
    assert 'name="online" value="1" checked' in kept


def test_search_engines_and_ai_crawlers(town):
    robots = served("/robots.txt")
    assert "Disallow: /konto/" in robots
    assert all(f"User-agent: {name}\n" in robots for name in AI_CRAWLERS)
    assert robots.count("Disallow: /\n") == 1
    assert "nofollow" not in served("/").split("</head>")[0]
    set_rules("suchmaschinen", ai_crawlers="ja")
    robots = served("/robots.txt")
    assert "GPTBot" not in robots
    assert "Sitemap: " in robots
    set_rules("suchmaschinen", search_engines="nein")
    assert served("/robots.txt") == "User-agent: *\nDisallow: /\n"
    for path in ("/", "/angebote/", "/anbieter/"):
        assert '<meta name="robots" content="noindex, nofollow">' in served(path)


def test_contact_by_address_instead_of_a_form(town):
    with inside(town):
        from theming.services import current_theme

        theme = current_theme()
        type(theme).objects.update_or_create(pk=1, defaults={"email": "rathaus@ahausen.example"})
    assert "<textarea" in served("/kontakt/schreiben/")
    set_rules("kontakt", contact_by_form="nein")
    page = served("/kontakt/schreiben/")
    assert "<textarea" not in page
    assert 'href="mailto:rathaus@ahausen.example"' in page
    assert browser().post("/kontakt/schreiben/", {"message": "Hallo"}).status_code == 200


def test_who_gets_the_editors_mails_and_where_answers_go(town):
    set_rules("kontakt", mail_receiver="postfach@ahausen.example", mail_reply_to="antwort@ahausen.example")
    with inside(town):
        from portal.feedback import letters
        from portal.feedback.models import Case, Kind

        letters.received(Case.objects.create(kind=Kind.QUESTION, text="Wann?"))
        mail = OutboxMessage.objects.latest("pk")
        assert (mail.to, mail.reply_to) == ("postfach@ahausen.example", "antwort@ahausen.example")


def test_how_long_an_ended_offer_stays(town):
    with inside(town):
        ended = an_offer(title="Vorbei", schedule_kind="dates", ends_at=timezone.now() - timedelta(days=100))
    assert browser().get(ended.get_absolute_url()).status_code == 200
    set_rules("fristen", gone_after_days="99")
    assert browser().get(ended.get_absolute_url()).status_code == 410


def test_when_something_counts_as_long_unchecked(town):
    with inside(town):
        checked = timezone.localdate() - timedelta(days=70)
        provider = a_provider(name="Geprüft", reviewed_at=checked)
    before = served(provider.get_absolute_url())
    set_rules("fristen", stale_after_months="2")
    after = served(provider.get_absolute_url())
    assert (LONG_AGO in before, LONG_AGO in after) == (False, True)


def test_another_state_has_other_holidays(town):
    """Fronleichnam is no holiday in Berlin, but in the Saarland, where the middle of the map lies."""
    year = timezone.localdate().year + 1
    easter = {2026: date(2026, 4, 5), 2027: date(2027, 3, 28), 2028: date(2028, 4, 16)}.get(year, date(year, 4, 1))
    feast = easter + timedelta(days=60)
    with inside(town):
        from portal.offers.choices import ScheduleKind
        from portal.offers.services import set_schedules

        offer = an_offer(title="Donnerstags")
        rule = Schedule(
            first_date=timezone.localdate(),
            start_time="10:00",
            end_time="11:00",
            rrule="FREQ=WEEKLY;BYDAY=TH",
            off=["public"],
        )
        set_schedules(offer, ScheduleKind.WEEKLY, [rule])
        assert not Occurrence.objects.filter(first_date=feast).exists()
    set_rules("orte", federal_state="BE")
    with inside(town):
        extend_here()
        assert Occurrence.objects.filter(schedule__offer=offer, first_date=feast).exists()
    set_rules("orte", federal_state="")
    with inside(town):
        extend_here()
        assert not Occurrence.objects.filter(schedule__offer=offer, first_date=feast).exists()
