"""The go-live check: what it names, in which order, and that an editor alone gets to its end."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.access import Role
from core.go_live import Check, Found, look, register
from portal.feedback.models import AccessibilityStatement
from portal.pages.models import Page
from portal.site.models import MenuItem
from portal.taxonomy.models import Category
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.site.test_legal import ALL
from tests.site.test_legal import HERE as LEGAL
from theming.models import Theme

HERE = "/redaktion/start-check/"
# By hand: what builds on something comes after it.
ORDER = ["impressum", "datenschutz", "nutzungsbedingungen", "barrierefreiheit", "menues", "themen", "anbieter",
         "angebot", "suchmaschinen"]  # fmt: skip


def missing() -> list[str]:
    return [each.check.key for each in look() if each.check.must and not each.done]


@pytest.fixture(autouse=True)
def _urls(settings):
    """Checks ask which pages are there, as within a request of a municipality."""
    settings.ROOT_URLCONF = "config.urls_tenant"


def test_the_order_builds_up(ahausen):
    with inside(ahausen):
        keys = [each.check.key for each in look()]
    assert [key for key in keys if key in ORDER] == ORDER


def test_a_new_portal_lacks_what_only_its_editors_know(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        lacking = missing()
    assert {"impressum", "datenschutz", "nutzungsbedingungen", "barrierefreiheit", "anbieter", "angebot"} <= set(
        lacking
    )
    assert {"menues", "suchmaschinen"}.isdisjoint(lacking)
    page = editor.get(HERE).content.decode()
    assert f"{len(lacking)} Schritte fehlen noch" in page
    assert f'href="{LEGAL}impressum/"' in page


def test_each_step_done_is_done_at_the_next_look(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    for slug, answers in ALL.items():
        with inside(ahausen):
            assert slug in missing()
        editor.post(f"{LEGAL}{slug}/", answers)
        with inside(ahausen):
            assert slug in missing()
            assert next(each for each in look() if each.check.key == slug).url == f"{LEGAL}{slug}/text/"
        editor.post(f"{LEGAL}{slug}/text/")
        with inside(ahausen):
            assert slug not in missing()


def test_the_footer_must_lead_to_the_legal_pages(ahausen):
    with inside(ahausen):
        MenuItem.objects.filter(page__slug="datenschutz").delete()
        found = next(each for each in look() if each.check.key == "menues")
        assert not found.done
        assert "Datenschutz" in found.found.said
        assert "Impressum" not in found.found.said


def test_offers_and_providers_count_when_they_are_public(ahausen):
    with inside(ahausen):
        Category.objects.create(name="Ferien")
        a_provider()
        an_offer(title="Töpfern")
        assert {"themen", "anbieter", "angebot"}.isdisjoint(missing())


def test_the_next_step_leads_on_and_nothing_missing_is_said(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    seen = re.search(r'golive__now".*?href="([^"]+)"', editor.get(HERE).content.decode(), re.DOTALL)
    assert seen
    assert editor.get(seen[1]).status_code == 200


def test_every_step_leads_to_a_page_that_is_there(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    page = editor.get(HERE).content.decode()
    steps = set(
        re.findall(r'href="(/redaktion/[^"]+)"', page.partition('<ol class="golive">')[2].partition("</ol>")[0])
    )
    assert len(steps) > 6
    assert {step: editor.get(step.replace("&amp;", "&")).status_code for step in steps} == dict.fromkeys(steps, 200)


def test_a_check_whose_page_is_not_there_is_not_shown(ahausen, monkeypatch):
    monkeypatch.setattr("core.go_live._checks", [])
    register(Check("weg", 1, "Weg", "", "/redaktion/gibt-es-nicht/", lambda: Found(False, "")))
    register(Check("da", 2, "Da", "", HERE, lambda: Found(True, "")))
    with inside(ahausen):
        assert [each.check.key for each in look()] == ["da"]
    with pytest.raises(ValueError, match="already"):
        register(Check("da", 3, "Da", "", HERE, lambda: Found(True, "")))


def test_the_number_of_statements_does_not_grow(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    editor.get(HERE)

    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor.get(HERE).status_code == 200
        return len(found)

    with inside(ahausen):
        AccessibilityStatement.load()
    few = statements()
    with inside(ahausen):
        provider = a_provider()
        for number in range(30):
            an_offer(provider=provider, title=f"Kurs {number}")
        Page.objects.bulk_create(Page(slug=f"s{n}", title=f"S{n}", body="<p>x</p>") for n in range(60))
    # While there are none, two checks also look whether one was begun.
    assert statements() == few - 2


def test_when_every_step_is_done_the_portal_is_ready(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    for slug, answers in ALL.items():
        editor.post(f"{LEGAL}{slug}/", answers)
        editor.post(f"{LEGAL}{slug}/text/")
    with inside(ahausen):
        Theme.objects.update(
            organisation="Stadt Ahausen", street="Markt 1", postcode="66111", city="Ahausen", phone="0681 1",
            brand_color="#0a5f38",
        )  # fmt: skip
        statement = AccessibilityStatement.load()
        statement.status, statement.land = "full", "SL"
        statement.made_on = statement.reviewed_on = timezone.localdate()
        statement.save()
        Page.objects.filter(slug__in=["ueber-uns", "kontakt"]).update(body="<p>Wir sind da.</p>")
        Category.objects.create(name="Ferien")
        an_offer(title="Töpfern", provider=a_provider())
        assert missing() == []
    page = editor.get(HERE).content.decode()
    assert "Ihr Portal ist bereit" in page
    assert "Was es besser macht:" in page
