"""Accessible by law: every kind of public page in every state, with axe, keyboard, zoom, large text and no movement.

A new page is one new line in PAGES. `{offer}` and `{provider}` are pages of the demo. A second entry is what a
person does there first.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import law
from tests.browser.conftest import DARK, Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SLUG = DARK
Act = Callable[[Page], None]


def submit(page: Page) -> None:
    """Send the page's form as it is: empty, so that it comes back with its errors."""
    page.locator("main form[method='post'] button[type='submit']").first.click()
    page.wait_for_selector(".field__error")


def open_all(page: Page) -> None:
    """Unfold everything that can be unfolded."""
    page.evaluate("() => document.querySelectorAll('main details').forEach(each => { each.open = true; })")


_NEXT = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
PAGES: dict[str, tuple[str, Act | None]] = {
    "start": ("/", None),
    "search": ("/angebote/", None),
    "search with filters open": ("/angebote/?q=kurs&kostenfrei=1", open_all),
    "search without result": ("/angebote/?q=qwertzuiop", None),
    "search with junk": ("/angebote/?seite=-1&umkreis=abc&von=x&quatsch=1", None),
    "search as map": ("/angebote/?ansicht=karte", None),
    "search as calendar": ("/angebote/?ansicht=kalender", None),
    # A whole month and a whole week that are still to come: today's may be all but over.
    "a month to come": (f"/angebote/?ansicht=kalender&von={_NEXT}", None),
    "a week to come": (f"/angebote/?ansicht=kalender&von={_NEXT}&bis={_NEXT + timedelta(days=6)}", None),
    "a day to come": (f"/angebote/?ansicht=kalender&von={_NEXT}&bis={_NEXT}", None),
    "providers": ("/anbieter/", None),
    "offer": ("{offer}", None),
    "provider": ("{provider}", None),
    "contact": ("{offer}kontakt/", None),
    "contact with errors": ("{offer}kontakt/", submit),
    "contact of a provider": ("{provider}kontakt/", None),
    "contact sent": ("{offer}kontakt/danke/?kopie=nein", None),
    "report a mistake": ("{offer}melden/", None),
    "report a mistake with errors": ("{offer}melden/", submit),
    "report sent": ("{offer}melden/danke/", None),
    "accessibility": ("/barrierefreiheit/", None),
    "report a barrier": ("/barrierefreiheit/melden/?seite=/angebote/", None),
    "report a barrier with errors": ("/barrierefreiheit/melden/", submit),
    "question": ("/kontakt/schreiben/", None),
    "editorial page": ("/impressum/", None),
    "sign in": ("/konto/anmelden/", None),
    "not found": ("/gibt-es-nicht/", None),
}
# Pages with most of the parts a theme colours, looked at in the dark, in forced colours and from right to left too.
COLOURED = ("start", "search with filters open", "offer", "contact with errors", "accessibility")
# Where the keyboard walks from the first control to the last, and at which widths.
WALKED = (("start", 1280), ("search", 1280), ("search", 390), ("offer", 390), ("report a mistake", 1280))
# The style guide shows every component from right to left; pages do as soon as a language needs it.
RIGHT_TO_LEFT = [code for code in dict(settings.LANGUAGES) if code in {"ar", "fa"}]


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    return chromium


def _context(browser: Browser, **wishes: str) -> BrowserContext:
    return browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE", **wishes)


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = _context(chromium, reduced_motion="reduce")
    yield made
    made.close()


@pytest.fixture(scope="module")
def names(context: BrowserContext, demo: Demo) -> dict[str, str]:
    """The addresses of one offer and one provider."""
    page = context.new_page()
    found = {}
    for name, path in (("offer", "/angebote/"), ("provider", "/anbieter/")):
        page.goto(demo.address(SLUG, path))
        links = page.locator(f"main a[href^='{path}']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        found[name] = next(link for link in links if re.fullmatch(rf"{path}\d+-[^/]+/", link))
    page.close()
    return found


def _open(context: BrowserContext, demo: Demo, name: str, names: dict[str, str], *, more: str = "") -> Page:
    path, act = PAGES[name]
    address = path.format(**names)
    page = context.new_page()
    page.goto(demo.address(SLUG, address + ("&" if "?" in address else "?") * bool(more) + more))
    if act:
        act(page)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_the_page(name: str, context: BrowserContext, demo: Demo, names: dict[str, str]) -> None:
    page = _open(context, demo, name, names)
    found = [*law.barriers(page), *law.language(page), *law.movement(page)]
    found += [*law.cut_off(page), *law.too_small(page), *law.too_wide(page)]
    page.close()
    assert found == []


@pytest.mark.parametrize("name", COLOURED)
def test_everybody_can_use_the_page_on_a_phone_in_the_dark(
    name: str, browser: Browser, demo: Demo, names: dict[str, str]
) -> None:
    dark_phone = _context(browser, color_scheme="dark")
    page = _open(dark_phone, demo, name, names)
    page.set_viewport_size({"width": 390, "height": 844})
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", ground)[:3]) < 80, "the page is not dark"
    found = law.barriers(page)
    dark_phone.close()
    assert found == []


@pytest.mark.parametrize(("name", "width"), WALKED)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    name: str, width: int, context: BrowserContext, demo: Demo, names: dict[str, str]
) -> None:
    page = _open(context, demo, name, names)
    page.set_viewport_size({"width": width, "height": 900})
    found = law.keyboard(page)
    page.close()
    assert found == []


def test_the_first_tab_offers_the_way_to_the_content(context: BrowserContext, demo: Demo) -> None:
    page = context.new_page()
    page.goto(demo.address(SLUG, "/angebote/"))
    page.keyboard.press("Tab")
    skip = page.locator("a.skip").first
    assert skip.evaluate("e => e === document.activeElement && e.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "inhalt"
    page.close()


def test_in_forced_colours_buttons_fields_and_chosen_options_keep_their_shape(
    browser: Browser, demo: Demo, names: dict[str, str]
) -> None:
    forced = _context(browser, forced_colors="active")
    page = _open(forced, demo, "report a mistake", names)
    page.locator("input[type='radio']").first.check()
    drawn = "e => ['borderTopWidth', 'outlineWidth'].some(name => parseFloat(getComputedStyle(e)[name]) >= 1)"
    for part in (".kern-btn--primary", "textarea", "input[type='radio']:not(:checked)"):
        assert page.locator(part).first.evaluate(drawn), f"{part} has no edge"
    looks = "e => getComputedStyle(e).backgroundColor + getComputedStyle(e).borderTopColor"
    chosen, other = (page.locator(f"input[type='radio']{state}").first for state in (":checked", ":not(:checked)"))
    assert chosen.evaluate(looks) != other.evaluate(looks)
    forced.close()


@pytest.mark.parametrize("path", ["/stil/?sprache=ar", *(f"/angebote/?sprache={code}" for code in RIGHT_TO_LEFT)])
def test_right_to_left_everybody_can_use_it_too(path: str, context: BrowserContext, demo: Demo) -> None:
    page = context.new_page()
    page.goto(demo.address(SLUG, path))
    assert page.evaluate("() => document.documentElement.dir") == "rtl"
    found = [*law.barriers(page), *law.language(page), *law.too_wide(page)]
    page.close()
    assert found == []


BAD = """<!doctype html><html lang="ar" dir="ltr"><title>x</title><style>
 @keyframes turn { to { rotate: 1turn } }
 .turns { animation: turn 1s infinite } .cut { overflow: hidden; block-size: 1.2em; inline-size: 8em }
 .wide { inline-size: 600px } .blind:focus { outline: none } .lid { position: fixed; inset: 0; z-index: 9 }
</style><main><h1>x</h1><p class="turns">dreht sich</p><p class="cut">Dies ist ein Text, der zwei Zeilen braucht</p>
<div class="wide">breit</div><button class="blind">blind</button><a href="#" tabindex="-1">x</a><img src="x"></main>"""


def test_the_measures_find_what_they_are_for(context: BrowserContext) -> None:
    page = context.new_page()
    page.set_content(BAD)
    assert any("image-alt" in complaint for complaint in law.barriers(page))
    assert law.language(page) == ["language: ar does not run ltr"]
    assert [complaint[:5] for complaint in law.movement(page)] == ["moves"]
    assert any("Dies ist ein Text" in complaint for complaint in law.cut_off(page))
    assert any("breit" in complaint for complaint in law.too_wide(page))
    assert [complaint.split(":")[0] for complaint in law.keyboard(page)] == ["focus not visible"]
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<div class=lid></div>')")
    assert "focus covered" in {complaint.split(":")[0] for complaint in law.keyboard(page)}
    page.evaluate("() => { document.querySelector('button').onkeydown = event => event.preventDefault(); }")
    page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<button>danach</button>')")
    assert any("not reached" in complaint and "danach" in complaint for complaint in law.keyboard(page))
    page.close()
