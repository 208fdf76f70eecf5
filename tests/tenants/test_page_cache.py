"""Pages come from memory, and never an old one."""

import subprocess
import sys
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.models import Schedule
from portal.offers.services import set_schedules
from portal.preferences.models import Preferences
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tenants.running.page_cache import PageCache
from tests.conftest import municipality
from tests.factories import an_offer


class Counting:
    """Django, and how often it was asked."""

    def __init__(self):
        from django.core.wsgi import get_wsgi_application

        self.asked = 0
        self._django = get_wsgi_application()

    def __call__(self, environ, start_response):
        self.asked += 1
        return self._django(environ, start_response)


class Browser:
    def __init__(self):
        self.django = Counting()
        self.cache = PageCache(self.django)

    def get(self, path, host="ahausen.localhost", **extra):
        from django.test import RequestFactory

        environ = RequestFactory().get(path, HTTP_HOST=host, **extra).environ
        self.answer = {}

        def start(status, headers, exc_info=None):
            self.answer = {"status": status, **{name.lower(): value for name, value in headers}}

        return b"".join(self.cache(environ, start)).decode(errors="replace")


@pytest.fixture
def browser(own_database):
    return Browser()


def elsewhere(statement):
    """A change by another process that knows nothing of our code."""
    given = connection.settings_dict
    with psycopg.connect(
        host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"], dbname=given["NAME"]
    ) as link:
        link.execute(statement)


def test_an_unchanged_page_is_made_once(browser):
    with time_machine.travel("2026-11-22T10:00:05+01:00", tick=False):
        first = browser.get("/angebote/?q=chor")
        assert browser.get("/angebote/?q=chor") == first
        assert browser.django.asked == 1
        assert browser.get("/angebote/?q=chor", HTTP_IF_NONE_MATCH=browser.answer["etag"]) == ""
    assert browser.answer["status"] == "304 Not Modified"


def test_a_change_by_anybody_is_on_the_next_page(browser):
    with inside(municipality("ahausen")):
        offer = an_offer(title="Kurs Amsel")
    assert "Kurs Amsel" in browser.get("/angebote/")
    elsewhere(f"UPDATE ahausen.offers_offer SET title = 'Kurs Zaunkönig' WHERE id = {offer.pk}")
    page = browser.get("/angebote/")
    assert "Kurs Zaunkönig" in page
    assert "Kurs Amsel" not in page
    elsewhere("UPDATE ahausen.preferences_preferences SET offers_name = 'Kurse'")
    assert "Kurse finden" in browser.get("/angebote/")


def test_a_change_next_door_leaves_pages_in_memory(browser):
    with time_machine.travel("2026-11-22T10:00:05+01:00", tick=False):
        browser.get("/angebote/")
        elsewhere("UPDATE bedorf.preferences_preferences SET offers_name = 'Kurse'")
        browser.get("/angebote/")
        assert browser.django.asked == 1
        assert "Kurse finden" in browser.get("/angebote/", host="bedorf.localhost")


def test_a_municipality_that_is_suspended_is_so_at_once(browser):
    browser.get("/")
    with inside_public():
        Municipality.objects.filter(slug="ahausen").update(state="suspended", state_reason="Umzug")
    assert "Umzug" in browser.get("/")
    assert browser.answer["status"].startswith("503")


def test_an_offer_that_ends_disappears_when_the_minute_is_over(browser):
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False) as clock:
        with inside(municipality("ahausen")):
            offer = an_offer(title="Kurs Zaunkönig")
            now = timezone.localtime()
            rule = Schedule(first_date=now.date(), start_time=now.time(), end_time=(now + timedelta(minutes=30)).time())
            set_schedules(offer, ScheduleKind.DATES, [rule])
        clock.move_to("2026-11-22T09:29:59+01:00")
        assert "Kurs Zaunkönig" in browser.get("/angebote/")
        clock.move_to("2026-11-22T09:30:01+01:00")
        assert "Kurs Zaunkönig" not in browser.get("/angebote/")


@pytest.mark.parametrize(
    ("path", "extra"),
    [
        ("/angebote/", {"HTTP_COOKIE": "sessionid=abc"}),
        ("/konto/anmelden/", {}),
        ("/gibt-es-nicht/", {}),
        ("/healthz", {"HTTP_HOST": "unbekannt.localhost"}),
        ("/", {"HTTP_HOST": "localhost"}),
    ],
)
def test_what_belongs_to_one_person_or_may_change_is_never_kept(browser, path, extra):
    host = extra.pop("HTTP_HOST", "ahausen.localhost")
    browser.get(path, host=host, **extra)
    browser.get(path, host=host, **extra)
    assert browser.django.asked == 2


def test_a_page_and_its_part_for_htmx_and_its_compressed_form_are_kept_apart(browser):
    plain = browser.get("/angebote/")
    browser.get("/angebote/", HTTP_ACCEPT_ENCODING="gzip")
    assert browser.answer["content-encoding"] == "gzip"
    browser.get("/angebote/", HTTP_HX_REQUEST="true")
    assert browser.answer["hx-push-url"] == "/angebote/"
    assert browser.get("/angebote/") == plain


def test_a_name_read_from_memory_is_new_in_every_process(browser):
    with inside(municipality("ahausen")):
        Preferences.load()
    asked = (
        "import django; django.setup()\n"
        "from tests.databases import use; import sys; use(sys.argv[1])\n"
        "from tests.conftest import municipality; from tenants.running.context import inside\n"
        "from portal.preferences.models import Preferences\n"
        "with inside(municipality('ahausen')):\n"
        "    print(Preferences.current().offers_name, flush=True); sys.stdin.readline()\n"
        "    print(Preferences.current().offers_name, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", asked, connection.settings_dict["NAME"]],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout.readline() == "Angebote\n"
        with inside(municipality("ahausen")):
            Preferences.objects.update(offers_name="Kurse")
        other.stdin.write("\n")
        other.stdin.close()
        assert other.stdout.readline() == "Kurse\n"
