"""Parts for other websites: framed by whom the municipality lists and nobody else, without a cookie, kept in memory."""

import re
from datetime import date, time, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.access import Role
from portal.embedding.agenda import month_of
from portal.embedding.component import NEWEST, VERSIONS, integrity
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.preferences.hosts import host_of, is_host
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.tenants.test_page_cache import Browser

# A file that was in a release is pinned by websites: it is never changed, a new version comes beside it.
HASHES = {1: "sha384-+H1Ug0UNe989hGUTwzUO9rrpOiYG1ws+N+na+q6uphSaL7keOnN8ynM0yz0uw4lD"}
PATHS = ("/embed/suche/", "/embed/liste/", "/embed/kalender/", "/embed/angebot/{offer}/", "/embed/anbieter/{provider}/")
# What no address may bring about: an error of ours.
NAUGHTY = ("", "x", "-1", "9" * 30, "%00", "2027-13", "0000-01", "'\"><script>", "٣", "NaN", "💥")


def on_day(offer, days, at="18:00"):
    day = timezone.localdate() + timedelta(days=days)
    rule = Schedule(first_date=day, start_time=time.fromisoformat(at), end_time=time(20))
    set_schedules(offer, ScheduleKind.DATES, [rule])


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        music = Category.objects.create(name="Musik")
        choir = Category.objects.create(name="Chor", parent=music)
        sport = Category.objects.create(name="Sport")
        provider = a_provider(name="Verein Eins")
        offer = an_offer(title="Singen am Abend", provider=provider, categories=[choir], summary="Alle singen mit.")
        on_day(offer, 1)
        an_offer(title="Geige für Anfänger", categories=[music])
        an_offer(title="Laufen im Park", categories=[sport])
    return {"offer": offer.pk, "provider": provider.pk, "music": music.pk, "choir": choir.pk, "sport": sport.pk}


def test_the_address_above_the_parts_leads_to_what_explains_them(ahausen, visitor):
    answer = visitor("ahausen").get("/embed/", follow=True)
    assert answer.redirect_chain == [("/hilfe/entwicklung/einbetten/", 302)]
    assert "/embed/liste/" in answer.content.decode()


def allow_hosts(*hosts):
    rules = Preferences.load()
    rules.embed_hosts = list(hosts)
    rules.save()


def ancestors(answer):
    return re.search(r"frame-ancestors ([^;]*)", answer["Content-Security-Policy"])[1]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_may_frame_it_until_the_municipality_says_who(town, ahausen, visitor, path):
    client, address = visitor("ahausen"), path.format(**town)
    assert ancestors(client.get(address)) == "'none'"
    with inside(ahausen):
        allow_hosts("www.stadt.de", "*.verein.example")
    answer = client.get(address)
    assert (answer.status_code, ancestors(answer)) == (200, "www.stadt.de *.verein.example")
    assert "X-Frame-Options" not in answer
    # The rest of the policy is the usual one.
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    # The builder's preview stands in our own pages, and there alone.
    assert ancestors(client.get(f"{address}?vorschau=1")) == "'self'"


def test_other_pages_stay_unframed_and_so_does_the_town_next_door(town, ahausen, visitor):
    with inside(ahausen):
        allow_hosts("www.stadt.de")
    for path in ("/", "/angebote/", "/merkliste/", "/embed/gibts/nicht/"):
        answer = visitor("ahausen").get(path)
        assert (ancestors(answer), answer["X-Frame-Options"]) == ("'none'", "DENY"), path
    assert ancestors(visitor("bedorf").get("/embed/liste/")) == "'none'"


def test_a_row_that_holds_something_else_widens_nothing(ahausen, visitor):
    with inside(ahausen):
        Preferences.objects.update(embed_hosts=["*", "https:", "x.de; script-src *", "'unsafe-inline'", "ok.example"])
    assert ancestors(visitor("ahausen").get("/embed/liste/")) == "ok.example"


def test_who_has_the_page_already_keeps_the_leave(town, ahausen, signed_in):
    """Browsers put the headers of “304 Not Modified” in place of the old ones."""
    with inside(ahausen):
        allow_hosts("www.stadt.de")
    client = signed_in(ahausen, Role.EDITOR)
    first = client.get("/embed/liste/")
    again = client.get("/embed/liste/", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, ancestors(again)) == (304, "www.stadt.de")
    assert "X-Frame-Options" not in again


@pytest.mark.parametrize("path", PATHS)
def test_no_cookie_no_third_party_no_inline_script(town, visitor, path):
    answer = visitor("ahausen").get(f"{path.format(**town)}?stil=akzent&modus=dunkel")
    page = answer.content.decode()
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page) == []
    assert re.findall(r"<script(?![^>]* src=)", page) == []
    assert re.findall(r'<script [^>]*src="([^"]+)"', page) == re.findall(r'src="(/static/embedding/frame[^"]*)"', page)
    # Whatever leads out of the part leads to the portal in the window around the frame.
    assert '<base target="_top">' in page
    inner = re.findall(r'<(?:a|form)[^>]*(?:href|action)="(/embed/[^"]*)"[^>]*>', page)
    assert len(inner) == len(re.findall(r'<(?:a|form)[^>]*target="_self"[^>]*>', page))


# What is kept is kept until the minute ends.
@time_machine.travel("2026-11-22T10:00:05+01:00", tick=False)
def test_pages_come_from_memory_and_never_old(own_database):
    browser = Browser()
    with inside(municipality("ahausen")):
        offer = an_offer(title="Vorher")
    first = browser.get("/embed/liste/?stil=akzent")
    asked = browser.django.asked
    assert browser.get("/embed/liste/?stil=akzent") == first
    assert browser.django.asked == asked
    with inside(municipality("ahausen")):
        Offer.objects.filter(pk=offer.pk).update(title="Nachher")
        allow_hosts("www.stadt.de")
    assert "Nachher" in browser.get("/embed/liste/?stil=akzent")
    assert "frame-ancestors www.stadt.de" in browser.answer["content-security-policy"]
    assert "set-cookie" not in browser.answer


def titles(client, address):
    return re.findall(r'found__title"><a href="[^"]*">(?:<bdi[^>]*>)?([^<]*)', client.get(address).content.decode())


def test_a_list_shows_what_the_portal_finds(town, visitor):
    client = visitor("ahausen")
    assert sorted(each.replace("\xad", "") for each in titles(client, f"/embed/liste/?kategorie={town['music']}")) == [
        "Geige für Anfänger",
        "Singen am Abend",
    ]
    page = client.get(f"/embed/liste/?kategorie={town['music']}&anzahl=3").content.decode()
    assert f'href="/angebote/?kategorie={town["music"]}"' in page


def test_pages_of_a_list_hold_everything_once(ahausen, visitor):
    with inside(ahausen):
        for number in range(8):
            an_offer(title=f"Angebot {number}")
    client, address, seen = visitor("ahausen"), "/embed/liste/?anzahl=3&stil=akzent", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'found__title"><a href="/angebote/([0-9]+)-', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
        assert not address or ("stil=akzent" in address and "anzahl=3" in address)
    assert len(seen) == len(set(seen)) == 8


def test_the_search_stays_within_what_its_owner_filtered(town, visitor):
    client, music = visitor("ahausen"), town["music"]
    page = client.get(f"/embed/suche/?kategorie={music}").content.decode()
    assert re.findall(r'<option value="(\d+)"', page) == [str(town["choir"])]
    inside_it = titles(client, f"/embed/suche/?kategorie={music}&thema={town['choir']}")
    assert [each.replace("\xad", "") for each in inside_it] == ["Singen am Abend"]
    # A topic beside it is none to choose, whatever an address says.
    assert len(titles(client, f"/embed/suche/?kategorie={music}&thema={town['sport']}")) == 2
    assert titles(client, f"/embed/suche/?kategorie={music}&q=Laufen") == []


def test_the_calendar_shows_the_months_dates(town, visitor):
    client = visitor("ahausen")
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client.get(f"/embed/kalender/?monat={tomorrow:%Y-%m}").content.decode().replace("\xad", "")
    assert "Singen am Abend" in page
    assert "18:00" in page
    # Without a month the first one in which something happens, even where today is the last day of this one.
    assert "Singen am Abend" in client.get("/embed/kalender/").content.decode().replace("\xad", "")
    later = client.get(f"/embed/kalender/?monat={(tomorrow + timedelta(days=62)):%Y-%m}").content.decode()
    assert "Singen" not in later


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=10) | st.dates().map(lambda day: f"{day:%Y-%m}"), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_every_month_asked_for_is_one_that_can_be_shown(text, today):
    month = month_of(text, today)
    assert month.day == 1
    assert today.replace(day=1) <= month <= today + timedelta(days=740)
    within = f"{today:%Y-%m}" <= text <= f"{today + timedelta(days=365):%Y-%m}" and "01" <= text[5:] <= "12"
    if re.fullmatch(r"\d{4}-\d\d", text, re.ASCII) and within:
        assert f"{month:%Y-%m}" == text


def test_one_offer_and_its_end(town, ahausen, visitor):
    client, address = visitor("ahausen"), f"/embed/angebot/{town['offer']}/"
    page = client.get(address).content.decode().replace("\xad", "")
    assert "Alle singen mit." in page
    assert "Verein Eins" in page
    with inside(ahausen):
        Offer.objects.filter(pk=town["offer"]).update(state="draft")
    hidden = client.get(address)
    assert hidden.status_code == 404
    assert "Singen" not in hidden.content.decode()
    # Even then in the frame of the website: with the policy of a part.
    assert "X-Frame-Options" not in hidden
    assert client.get("/embed/angebot/999999/").status_code == 404
    assert client.get("/embed/anbieter/999999/").status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_no_address_breaks_a_part(town, visitor, path):
    client = visitor("ahausen")
    names = ("stil", "modus", "anzahl", "thema", "monat", "seite", "kategorie", "q", "von", "sprache", "vorschau")
    for value in NAUGHTY:
        assert client.get(path.format(**town), dict.fromkeys(names, value)).status_code == 200, value


def test_the_look_is_what_the_address_says(town, ahausen, visitor):
    client = visitor("ahausen")

    def mode(query):
        return re.search(r"<html[^>]*>", client.get(f"/embed/liste/?{query}").content.decode())[0]

    assert 'data-kern-theme="light"' in mode("modus=dunkel"), "no dark display where the town allows none"
    with inside(ahausen):
        from theming.services import current_theme, save_theme

        theme = current_theme()
        theme.dark_mode_allowed = True
        save_theme(theme, by=None)
    assert 'data-kern-theme="dark"' in mode("modus=dunkel")
    assert 'data-kern-theme="light"' in mode("modus=hell")
    assert "data-kern-theme" not in mode("modus=auto")
    assert "part--accent" in client.get("/embed/liste/?stil=akzent").content.decode()
    assert "part--accent" not in client.get("/embed/liste/").content.decode()


def test_a_part_speaks_the_language_of_its_address(town, visitor):
    page = visitor("ahausen").get("/embed/suche/?sprache=en&anzahl=3").content.decode()
    assert '<html lang="en"' in page
    assert '<input type="hidden" name="sprache" value="en">' in page


def test_statements_do_not_grow_with_what_is_shown(ahausen, visitor):
    with inside(ahausen):
        provider = a_provider(name="Viele")
        for number in range(25):
            on_day(an_offer(title=f"Angebot {number}", provider=provider), 1 + number % 3)
    client = visitor("ahausen")

    def statements(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    for path in ("/embed/liste/", "/embed/suche/", f"/embed/anbieter/{provider.pk}/"):
        assert statements(f"{path}?anzahl=20") == statements(f"{path}?anzahl=3"), path
    month = f"{timezone.localdate() + timedelta(days=3):%Y-%m}"
    full, empty = statements(f"/embed/kalender/?monat={month}"), statements("/embed/kalender/?q=Zaunkönig")
    assert full <= empty + 1


def test_the_script_is_the_same_for_ever(ahausen, visitor):
    assert {version: integrity(version) for version in VERSIONS} == HASHES
    client = visitor("ahausen")
    pinned, newest = client.get(f"/embed/chancenportal-{NEWEST}.js"), client.get("/embed/chancenportal.js")
    assert pinned.content == newest.content == Path(VERSIONS[NEWEST]).read_bytes()
    assert "immutable" in pinned["Cache-Control"]
    assert "immutable" not in newest["Cache-Control"]
    for answer in (pinned, newest):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Content-Type"].startswith("text/javascript")
        assert not answer.cookies
    assert client.get("/embed/chancenportal-999.js").status_code == 404
    assert len(pinned.content) < 4096


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://www.Stadt.de/aktuelles/?a=1#b", "www.stadt.de"),
        ("http://stadt.de.", "stadt.de"),
        ("*.stadt.de", "*.stadt.de"),
        ("www.stadt.de:8443", "www.stadt.de:8443"),
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("Weiß.münchen.de:8443", "xn--wei-7ka.xn--mnchen-3ya.de:8443"),
        ("*.de", None),
        ("*", None),
        ("stadt", None),
        ("a..de", None),
        ("-a.de", None),
        ("x.de;script-src", None),
        ("'self'", None),
        ("data:", None),
        ("javascript:alert(1)", None),
        (f"{'a' * 64}.de", None),
        ("", None),
    ],
)
def test_what_is_a_website(given, kept):
    assert host_of(given) == kept


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=40))
def test_nothing_typed_gets_a_second_word_into_the_policy(text):
    host = host_of(text)
    if host is not None:
        assert is_host(host)
        assert re.fullmatch(r"[a-z0-9.:*-]+", host)
        assert host_of(host) == host
