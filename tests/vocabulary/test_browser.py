"""The lists in a real browser: dragging, keys, what is read out, no barrier, no overflow, right to left, no script."""

import json
import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from portal.taxonomy.models import Category, District, TargetGroup
from portal.vocabulary.uploads import keep
from tenants.running.context import inside
from tests.browsing import address, barriers, browser, chromium, sign_in
from tests.conftest import PASSWORD, municipality
from tests.factories import an_offer

__all__ = ["address", "browser", "chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-vocabulary")]
THEMES = "/redaktion/themen/"
SQUARE = {"type": "Polygon", "coordinates": [[[6.9, 49.2], [7, 49.2], [7, 49.3], [6.9, 49.3], [6.9, 49.2]]]}


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        editor = User.objects.create_user("ina@stadt.example", PASSWORD, name="Ina Stadt", roles=["editor"])
        family = Category.objects.create(name="Familie", color="#0b6e69", icon="family")
        Category.objects.create(name="Ferien", parent=family, retired=True)
        Category.objects.create(name="Lernhilfe", parent=family, position=1)
        long = Category.objects.create(name="Donaudampfschifffahrtsgesellschaftskapitänsbildung", position=1)
        Category.objects.create(name="Sport", position=2)
        an_offer(categories=[family, long])
        District.objects.create(name="Mitte", outline=SQUARE)
        TargetGroup.objects.create(name="Kinder im Grundschulalter", min_age=6, max_age=10)
        rows = [[2, {"number": family.pk, "name": "Familien", "parent": ""}]]
        good = keep("baum", {"rows": rows, "errors": [], "unknown": ["Notiz"]}, by=editor)
        bad = keep("baum", {"rows": rows, "errors": [[2, "Falsch."]], "unknown": []}, by=editor)
        areas = [{"names": {"name": "Mitte"}, "outline": {**SQUARE, "coordinates": [SQUARE["coordinates"][0]]}}]
        areas += [{"names": {"name": "Nord"}, "outline": SQUARE}]
        shapes = keep("umrisse", {"areas": areas, "notes": ["Bitte prüfen."]}, by=editor)
        return {"topic": family.pk, "good": good.pk, "bad": bad.pk, "shapes": shapes.pk, "long": long.pk}


@pytest.fixture
def entered(browser, address):
    def at(width, **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        page = context.new_page()
        return sign_in(page, address, "ina@stadt.example")

    return at


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_barrier_or_overflows(entered, address, filled, width):
    page = entered(width)
    entry = f"{THEMES}baum/{filled['topic']}/"
    paths = [
        THEMES,
        *(f"{THEMES}{slug}/" for slug in ("zielgruppen", "ortsteile", "kennzeichen", "traeger")),
        f"{THEMES}baum/neu/",
        entry,
        f"{entry}verschieben/",
        f"{entry}zusammenfuehren/?into={filled['long']}",
        f"{entry}stilllegen/",
        f"{entry}loeschen/",
        f"{THEMES}baum/einlesen/",
        f"{THEMES}baum/einlesen/{filled['good']}/",
        f"{THEMES}baum/einlesen/{filled['bad']}/",
        f"{THEMES}ortsteile/umrisse/",
        f"{THEMES}ortsteile/umrisse/{filled['shapes']}/",
    ]
    for path in paths:
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    for path in (f"{THEMES}baum/neu/", f"{THEMES}baum/einlesen/", f"{THEMES}ortsteile/umrisse/"):
        page.goto(f"{address}{path}")
        page.click("main .form__actions button")
        expect(page.locator("main .alert--danger")).to_be_focused()
        assert barriers(page) == [], path


def names(page):
    return page.locator(".tree > li > .node .node__name a").all_inner_texts()


def test_by_keyboard_a_topic_moves_the_focus_stays_and_the_place_is_said(entered, address):
    page = entered(1280)
    page.goto(f"{address}{THEMES}")
    before = names(page)
    up = page.get_by_role("button", name="Sport: nach oben")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stand")).to_have_text("„Sport“ steht an zweiter von drei Stellen.")
    expect(page.get_by_role("button", name="Sport: nach oben")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#stand")).to_have_text("„Sport“ steht an erster von drei Stellen.")
    assert names(page)[0] == "Sport"
    # At the top the button is still there and says so; nothing happens.
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sport: nach oben")).to_be_focused()
    down = page.get_by_role("button", name="Sport: nach unten")
    for place in ("zweiter", "dritter"):
        down.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#stand")).to_have_text(f"„Sport“ steht an {place} von drei Stellen.")
    assert names(page) == before


def test_dragging_puts_a_topic_before_another_and_into_one(entered, address):
    page = entered(1280)
    page.goto(f"{address}{THEMES}")
    sport = page.locator(".node", has_text="Sport")
    family = page.locator(".node", has_text="Familie").first
    sport.drag_to(family, target_position={"x": 120, "y": 4})
    expect(page.locator("#stand")).to_have_text("„Sport“ steht an erster von drei Stellen.")
    learning = page.locator(".node", has_text="Lernhilfe")
    learning.drag_to(page.locator(".node", has_text="Sport"), target_position={"x": 120, "y": 22})
    expect(page.locator("#stand")).to_have_text("„Lernhilfe“ steht allein in „Sport“.")
    page.get_by_role("button", name="Lernhilfe: eine Ebene höher").click()
    expect(page.locator("#stand")).to_have_text("„Lernhilfe“ steht an zweiter von vier Stellen.")
    expect(page.get_by_role("button", name="Lernhilfe: eine Ebene höher")).to_be_focused()
    page.locator(".node", has_text="Lernhilfe").drag_to(family, target_position={"x": 120, "y": 22})
    expect(page.locator("#stand")).to_have_text("„Lernhilfe“ steht an zweiter von zwei Stellen in „Familie“.")
    page.locator(".node", has_text="Sport").drag_to(
        page.locator(".node", has_text="Donau"), target_position={"x": 120, "y": 42}
    )
    expect(page.locator("#stand")).to_have_text("„Sport“ steht an dritter von drei Stellen.")


def test_a_refused_move_is_said_where_one_is(entered, address, filled):
    page = entered(1280)
    page.goto(f"{address}{THEMES}")
    child = page.locator(".node", has_text="Ferien").locator("..").get_attribute("data-entry")
    page.evaluate(
        "([entry, child]) => { document.getElementById(`runter-${entry}`).value = `${entry}:${child}::runter`; }",
        [filled["topic"], child],
    )
    page.get_by_role("button", name="Familie: nach unten").click()
    expect(page.get_by_role("alert")).to_contain_text("„Familie“ kann nicht unter „Ferien“ stehen")


def test_without_scripts_everything_works_by_forms(entered, address):
    page = entered(390, java_script_enabled=False)
    page.goto(f"{address}{THEMES}")
    page.get_by_role("button", name="Sport: nach oben").click()
    page.wait_for_url(re.compile("bewegt="))
    expect(page.locator("#stand")).to_have_text("„Sport“ steht an zweiter von drei Stellen.")
    page.get_by_role("button", name="Sport: nach unten").click()
    expect(page.locator("#stand")).to_have_text("„Sport“ steht an dritter von drei Stellen.")


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_dark_and_in_forced_colours_there_is_no_barrier(entered, address, filled, look):
    page = entered(1280, **look)
    for path in (THEMES, f"{THEMES}baum/{filled['topic']}/"):
        page.goto(f"{address}{path}")
        assert barriers(page) == [], path


def test_right_to_left_the_tree_turns_round(entered, address):
    page = entered(390)
    page.goto(f"{address}{THEMES}")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    inner = page.locator(".tree ul").first.evaluate("e => getComputedStyle(e).borderRightWidth")
    assert json.dumps(inner) != '"0px"'
