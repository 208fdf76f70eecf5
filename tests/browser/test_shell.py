"""What every page stands in, measured in a browser: header, hyphens, the search's first view, numbers in Arabic."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import law
from tests.browser.conftest import HOSTS, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PASSWORD = "demo-passwort-2026"

# Pairs of texts and pictures of the header that lie over one another.
_OVERLAPS = """() => {
    const parts = [...document.querySelectorAll(
        ".brand__name, .brand__claim, .brand__logo, .nav__link, .bookmarks__link, .nav__tools > a, .account > summary,"
        + ".tongues > summary, .menu > summary"
    )].filter(e => e.checkVisibility());
    const boxes = parts.map(e => {
        const range = document.createRange();
        range.selectNodeContents(e);
        return e.matches("img") ? e.getBoundingClientRect() : range.getBoundingClientRect();
    });
    const found = [];
    boxes.forEach((a, i) => boxes.forEach((b, j) => {
        if (i < j && a.right > b.left + 1 && b.right > a.left + 1 && a.bottom > b.top + 1 && b.bottom > a.top + 1)
            found.push(parts[i].textContent.trim() + " / " + parts[j].textContent.trim());
    }));
    return found;
}"""
# The signs of a text in the order in which the eye meets them from left to right, line by line.
_AS_SEEN = """element => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const signs = [];
    while (walker.nextNode()) {
        for (let place = 0; place < walker.currentNode.length; place++) {
            const range = document.createRange();
            range.setStart(walker.currentNode, place);
            range.setEnd(walker.currentNode, place + 1);
            const box = range.getBoundingClientRect();
            if (box.width) signs.push([Math.round(box.top / 12), box.left, walker.currentNode.data[place]]);
        }
    }
    return signs.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(each => each[2]).join("");
}"""
# Every text on the page that holds a number with a sign in it, as written and as seen, where they differ.
_TURNED = """() => {
    const wrong = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest("script, style, svg, option, .visually-hidden, [hidden]")) continue;
        if (!node.parentElement.checkVisibility()) continue;
        for (const run of node.data.matchAll(/\\d+(?:(?: ?[–-] ?|[ .:,/])\\d+)+(?: ?€)?/g)) {
            const seen = [];
            for (let place = run.index; place < run.index + run[0].length; place++) {
                const range = document.createRange();
                range.setStart(node, place);
                range.setEnd(node, place + 1);
                const box = range.getBoundingClientRect();
                if (box.width && node.data[place].trim()) seen.push([box.top, box.left, node.data[place]]);
            }
            if (new Set(seen.map(each => Math.round(each[0]))).size > 1) continue;
            const text = seen.slice().sort((a, b) => a[1] - b[1]).map(each => each[2]).join("");
            if (text !== seen.map(each => each[2]).join("")) wrong.push(run[0] + " seen as " + text);
        }
    }
    return wrong;
}"""


@pytest.fixture
def page(demo: Demo, chromium: Browser):
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="de-DE")
    yield context.new_page()
    context.close()


def sign_in(page: Page, demo: Demo, name: str) -> None:
    page.goto(demo.address(HOSTS[0], "/konto/anmelden/"))
    page.fill("input[name=login]", f"{name}@{HOSTS[0]}.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/konto/$"))


@pytest.mark.parametrize("slug", HOSTS)
@pytest.mark.parametrize("width", [320, 390, 768, 991, 992, 1000, 1024, 1050, 1100, 1180, 1247, 1248, 1280, 1600])
def test_the_header_never_lies_over_itself(page: Page, demo: Demo, slug: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(demo.address(slug, "/angebote/"))
    assert page.evaluate(_OVERLAPS) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_long_names_break_the_menu_into_lines_and_cover_nothing(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[1]))
    page.evaluate(
        """() => { document.querySelector(".brand__name").textContent = "Chancenportal der Verbandsgemeinde Hinterau";
        document.querySelectorAll(".nav__link").forEach(e => { e.append(" und alles weitere") }); }"""
    )
    for width in (992, 1100, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(_OVERLAPS) == []


def test_the_first_view_of_the_search_shows_results(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[0], "/angebote/"))
    inside = "all => all.filter(e => e.getBoundingClientRect().bottom <= innerHeight).length"
    assert page.locator(".cards .card").evaluate_all(inside) >= 3


def test_pictures_of_cards_are_shown_whole(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[0], "/angebote/"))
    pictures = page.locator(".card__thumb img")
    assert pictures.count() > 0
    assert set(pictures.evaluate_all("all => all.map(e => getComputedStyle(e).objectFit)")) == {"contain"}


def test_words_that_end_a_line_have_a_hyphen_and_nothing_else_has(page: Page, demo: Demo) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(demo.address(HOSTS[0], "/angebote/?q=Wassergewöhnung"))
    title = page.locator(".card__title a").first
    assert "Was\u00adser\u00adge\u00adwöh\u00adnung" in (title.text_content() or "")
    title.click()
    assert "\u00ad" in (page.locator("h1").text_content() or "")
    assert "\u00ad" not in page.title()
    others = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap(e => [...e.attributes].map(a => a.value))
        .concat([...document.querySelectorAll("script")].map(e => e.textContent)).join(" ")"""
    )
    assert "\u00ad" not in others


def test_one_key_leads_past_the_filters_and_few_lie_before_the_results(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[0], "/angebote/"))
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip:focus")).to_have_text("Zu den Treffern springen")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "ergebnis"
    stops = page.locator("#filter :is(a[href], input, select, summary, button):visible").count()
    assert stops <= 45, stops


def test_no_line_of_the_filters_only_says_more_precisely(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[0], "/angebote/"))
    form = page.locator("#filter")
    assert form.get_by_text("genauer", exact=True).count() == 0
    arrow = form.locator(".more--nested > summary").first
    line = form.locator("li:has(> .more--nested) > label").first
    assert abs(arrow.bounding_box()["y"] - line.bounding_box()["y"]) < 8
    below = form.locator(".more--nested").first.locator("input").first
    expect(below).not_to_be_visible()
    arrow.click()
    expect(below).to_be_visible()
    expect(form.locator("[data-show-results]")).not_to_be_visible()


def test_on_a_phone_a_button_with_the_number_leads_to_the_results(page: Page, demo: Demo) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(demo.address(HOSTS[0], "/angebote/"))
    page.locator("#filter > details > summary").click()
    page.wait_for_function("() => window.htmx")
    button = page.locator("[data-show-results]")
    expect(button).to_be_in_viewport()
    shown = page.locator("#zeigen")
    before = shown.inner_text().strip()
    assert re.fullmatch(r"\d+ Angebote zeigen", before)
    page.locator("#filter input[name=kostenfrei]").check()
    expect(shown).not_to_have_text(before)
    expect(button).to_be_in_viewport()
    number = re.match(r"\d+", shown.inner_text().strip())[0]
    button.click()
    expect(page.locator("#ergebnis h2").first).to_be_in_viewport()
    assert number in page.locator("#ergebnis h2").first.inner_text()
    assert not page.locator("#filter > details").evaluate("e => e.open")


def test_without_a_script_the_button_applies_the_filters(demo: Demo, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(demo.address(HOSTS[0], "/angebote/"))
    page.locator("#filter input[name=kostenfrei]").check()
    page.get_by_role("button", name="Filter anwenden").click()
    page.wait_for_url(re.compile("kostenfrei=1"))
    context.close()


@pytest.mark.parametrize(("width", "path"), [(390, "/angebote/"), (390, "/kontakt/"), (320, "/")])
def test_the_hint_of_a_language_leaves_the_heading_free(demo: Demo, chromium: Browser, width: int, path: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, locale="en-GB")
    page = context.new_page()
    page.goto(demo.address(HOSTS[0], path))
    hint, heading = page.locator(".tongues__hint"), page.locator("h1").first
    expect(hint).to_be_visible()
    assert hint.bounding_box()["y"] >= heading.bounding_box()["y"] + heading.bounding_box()["height"]
    context.close()


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_numbers_read_from_the_left(page: Page, demo: Demo, language: str) -> None:
    page.goto(demo.address(HOSTS[0], f"/?sprache={language}"))
    numbers = page.locator(".numbers__number").all()
    assert [number.evaluate(_AS_SEEN) for number in numbers] == ["112", "116 117", "116 016", "116 111"]
    page.goto(demo.address(HOSTS[0], f"/angebote/?sprache={language}"))
    address = page.locator(".card__title a").first.get_attribute("href")
    provider = page.goto(demo.address(HOSTS[0], address)) and page.locator(".byline a").get_attribute("href")
    turned = {}
    paths = ["/", "/angebote/", "/angebote/?ansicht=kalender", "/kontakt/", "/barrierefreiheit/", "/anbieter/"]
    for path in [*paths, address, provider, "/gibt-es-nicht/", "/konto/anmelden/"]:
        page.goto(demo.address(HOSTS[0], f"{path}{'&' if '?' in path else '?'}sprache={language}"))
        turned[path] = page.evaluate(_TURNED)
    assert {path: wrong for path, wrong in turned.items() if wrong} == {}


def test_shortened_german_titles_lose_their_end_not_their_beginning(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[0], "/?sprache=ar"))
    shortened = page.locator(".coming .entry__words, .card__text")
    assert shortened.count() > 10
    # What runs out of a box is cut where its lines end.
    assert set(shortened.evaluate_all("all => all.map(e => getComputedStyle(e).direction)")) == {"ltr"}
    assert set(shortened.evaluate_all("all => all.map(e => e.lang)")) == {"de"}


def test_the_map_without_a_background_names_districts_and_ends_where_nothing_is(page: Page, demo: Demo) -> None:
    page.goto(demo.address(HOSTS[0], "/angebote/?ansicht=karte"))
    expect(page.locator(".mapname:not(.mapname--hidden)", has_text="Heusweiler")).to_be_visible()
    assert page.locator(".mapname:not(.mapname--hidden)").count() >= 5
    deeper = page.locator(".leaflet-control-zoom-in")
    ended = page.locator(".leaflet-control-zoom-in.leaflet-disabled")
    # A click in the middle of a step deeper does nothing: three steps, and whatever clicks that takes.
    for _click in range(12):
        if ended.count():
            break
        deeper.click()
        page.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")
    expect(ended).to_be_visible()


def test_the_account_menu_opens_closes_and_leads_on(page: Page, demo: Demo) -> None:
    sign_in(page, demo, "redaktion")
    for width in (1280, 1050, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(demo.address(HOSTS[0]))
        if width == 390:
            page.locator(".menu > summary").click()
        page.locator(".account > summary").click()
        expect(page.locator(".account__panel")).to_be_visible()
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(demo.address(HOSTS[0]))
    page.locator(".account > summary").click()
    page.keyboard.press("Escape")
    expect(page.locator(".account__panel")).not_to_be_visible()
    page.locator(".account > summary").click()
    page.locator(".account__panel").get_by_role("link", name="Redaktion").click()
    expect(page.locator("h1")).to_have_text(re.compile("Guten Tag"))


def test_long_forms_keep_their_button_in_view_and_fit_on_few_screens(page: Page, demo: Demo) -> None:
    sign_in(page, demo, "redaktion")
    page.goto(demo.address(HOSTS[0], "/redaktion/barrierefreiheit/"))
    expect(page.locator(".savebar button")).to_be_in_viewport()
    assert page.evaluate("() => document.documentElement.scrollHeight") < 1600
    page.goto(demo.address(HOSTS[0], "/redaktion/synonyme/"))
    assert page.evaluate("() => document.documentElement.scrollHeight") < 1700


SIGNED_IN = (
    "/konto/",
    "/konto/person/",
    "/konto/sicherheit/",
    "/redaktion/",
    "/redaktion/?q=karte",
    "/redaktion/synonyme/",
    "/redaktion/barrierefreiheit/",
    "/redaktion/startseite/",
    "/redaktion/meldungen/",
)


def test_everybody_can_use_the_signed_in_pages(page: Page, demo: Demo) -> None:
    sign_in(page, demo, "redaktion")
    found = {}
    for path in SIGNED_IN:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(demo.address(HOSTS[0], path))
        # Menus at the top lie over the page while they are open: what they cover then is out of reach by intent.
        page.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true; })")
        complaints = [*law.barriers(page), *law.language(page), *law.cut_off(page)]
        found[path] = [*complaints, *law.too_small(page), *law.too_wide(page)]
    assert {path: complaints for path, complaints in found.items() if complaints} == {}


def test_everybody_can_use_the_menus_at_the_top(page: Page, demo: Demo) -> None:
    sign_in(page, demo, "redaktion")
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(demo.address(HOSTS[0], "/konto/"))
        menus = page.locator("header details")
        assert menus.count() > 2
        for number in range(menus.count()):
            menus.nth(number).evaluate("each => { each.open = true; }")
            found += law.barriers(page, "header")
            menus.nth(number).evaluate("each => { each.open = false; }")
    assert found == []


@pytest.mark.parametrize("path", ["/", "/konto/anmelden/", "/gibt-es-nicht/"])
def test_everybody_can_use_the_operators_side(page: Page, demo: Demo, path: str) -> None:
    page.goto(demo.address("", path))
    assert [*law.barriers(page), *law.cut_off(page), *law.too_small(page), *law.too_wide(page)] == []
