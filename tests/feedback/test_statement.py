"""The accessibility statement: complete, reachable from everywhere, and never older than a year unnoticed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from core.access import Role
from mail.models import OutboxMessage
from portal.feedback.bodies import BODIES, Land
from portal.feedback.models import AccessibilityStatement, KnownBarrier
from portal.feedback.services import remind_of_review
from portal.pages.models import Page
from tenants.running.context import inside
from theming.models import Theme


@pytest.fixture
def portal(visitor):
    return visitor("ahausen")


def test_a_new_portal_says_that_it_is_not_assessed_and_how_to_report(ahausen, portal):
    page = portal.get("/barrierefreiheit/").content.decode()
    assert "noch nicht fertig geprüft" in page
    assert 'href="/barrierefreiheit/melden/"' in page
    assert "Durchsetzungs- oder Schlichtungsstelle Ihres Bundeslandes" in page


def test_every_part_the_law_wants_is_shown(ahausen, portal, django_assert_max_num_queries):
    with inside(ahausen):
        Theme.objects.update(email="stadt@ahausen.example", phone="0681 5060", organisation="Stadt Ahausen")
        statement = AccessibilityStatement.load()
        statement.status, statement.land = "partial", "NW"
        statement.made_on, statement.reviewed_on = date(2026, 1, 15), date(2026, 3, 20)
        statement.assessed_by = "Amt 40"
        statement.save()
        KnownBarrier.objects.create(
            statement=statement, what="PDF-Dateien", reason="burden", alternative="Rufen Sie uns an"
        )
        Page.objects.filter(slug="barrierefreiheit").update(body="<p>Uns ist das wichtig.</p>")
    with django_assert_max_num_queries(13):
        page = portal.get("/barrierefreiheit/").content.decode()
    for words in (
        "Uns ist das wichtig.",
        "teilweise vereinbar",
        "PDF-Dateien",
        "unverhältnismäßige Belastung",
        "Rufen Sie uns an",
        "15. Januar 2026",
        "20. März 2026",
        "Selbstbewertung",
        "Amt 40",
        "mailto:stadt@ahausen.example",
        "tel:+496815060",
        "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen",
        "https://www.lbbp.nrw.de/ombudsstelle",
        "BGG NRW",
    ):
        assert words in page, words


def test_it_answers_also_when_the_editors_took_their_page_down(ahausen, portal):
    with inside(ahausen):
        Page.objects.filter(slug="barrierefreiheit").delete()
    assert portal.get("/barrierefreiheit/").status_code == 200
    with inside(ahausen):
        AccessibilityStatement.objects.all().delete()
    assert portal.get("/barrierefreiheit/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/angebote/", "/anbieter/", "/impressum/", "/fehlt/", "/konto/anmelden/"])
def test_every_page_links_to_it_and_to_the_form_that_knows_the_page(ahausen, portal, path):
    page = portal.get(path).content.decode()
    assert 'href="/barrierefreiheit/"' in page
    assert f'href="/barrierefreiheit/melden/?seite={path}"' in page


def test_there_is_a_body_for_each_of_the_sixteen_states():
    assert set(BODIES) == set(Land)
    assert len(Land) == 16
    assert all(body.name and body.law and body.url.startswith("https://") for body in BODIES.values())


FILLED = {
    "status": "partial",
    "made_on": "2026-01-15",
    "reviewed_on": "2026-03-20",
    "method": "self",
    "land": "SL",
    "barriere-TOTAL_FORMS": "2",
    "barriere-INITIAL_FORMS": "0",
    "barriere-0-what": "PDF-Dateien",
    "barriere-0-reason": "burden",
    "barriere-1-reason": "not_yet",
}


def test_the_editors_fill_it_in(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    page = editor.get("/redaktion/barrierefreiheit/").content.decode()
    assert "bitte Ihre prüfen" in page
    assert "älter als ein Jahr" in page
    assert editor.post("/redaktion/barrierefreiheit/", FILLED).status_code == 302
    with inside(ahausen):
        statement = AccessibilityStatement.objects.get()
        assert (statement.status, statement.land) == ("partial", "SL")
        assert [barrier.what for barrier in statement.barriers.all()] == ["PDF-Dateien"]
        entry = Entry.objects.get(action="statement.saved")
        assert entry.changes["status"] == ["unknown", "partial"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reviewed_on": ""}, "wann die Erklärung erstellt und zuletzt überprüft wurde"),
        ({"reviewed_on": "2025-01-01"}, "nicht vor der Erstellung"),
    ],
)
def test_a_declared_state_needs_its_dates_in_order(ahausen, signed_in, wrong, words):
    answer = signed_in(ahausen, Role.EDITOR).post("/redaktion/barrierefreiheit/", {**FILLED, **wrong})
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_nobody_has_thousands_of_rows_made(ahausen, signed_in):
    """Each row is a form with five fields: as many as a browser names would take the server seconds."""
    page = signed_in(ahausen, Role.EDITOR).post(
        "/redaktion/barrierefreiheit/", {**FILLED, "barriere-TOTAL_FORMS": "99999", "status": "unsinn"}
    )
    assert page.status_code < 500
    assert 'name="barriere-29-what"' in page.content.decode()
    assert 'name="barriere-40-what"' not in page.content.decode()


def test_the_editors_are_reminded_when_it_is_missing_or_a_year_old(ahausen):
    with inside(ahausen):
        Theme.objects.update(email="stadt@ahausen.example")
        assert remind_of_review()
        assert not remind_of_review()
        assert "/redaktion/barrierefreiheit/" in OutboxMessage.objects.get().body
        today = timezone.localdate()
        AccessibilityStatement.objects.update(status="full", made_on=today, reviewed_on=today)
        with time_machine.travel(timezone.now() + timedelta(days=365)):
            assert not remind_of_review()
        with time_machine.travel(timezone.now() + timedelta(days=367)):
            assert remind_of_review()
