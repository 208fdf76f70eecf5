"""In a real Chromium, on a page of another website: framed by whom the town lists, as high as its content, without
barriers, light on the line, and with nothing left behind."""

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from core.access import Role
from portal.embedding.component import NEWEST, integrity
from portal.preferences.models import Preferences
from tenants.running.context import inside
from tests.browser.weight import first_view
from tests.browsing import address, barriers, browser, chromium, sign_in  # noqa: F401 (fixtures)
from tests.conftest import PASSWORD, municipality
from tests.search.test_browser import filled as searched  # noqa: F401 (fixture)
from tests.search.test_browser import paths  # noqa: F401 (fixture)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-embedding")]
MOST_BYTES = 60_000
SHOTS = os.environ.get("SHOTS")


class Websites:
    """Other websites, on a server of their own: browsers let no page of a made-up answer reach this machine."""

    def __init__(self) -> None:
        self.body = ""
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                page = f"<!DOCTYPE html><html lang=de><title>Verein</title><body><h1>Verein</h1>{outer.body}"
                self.wfile.write(page.encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
                """A test prints nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def host(self, name: str) -> str:
        return f"{name}.localhost:{self.server.server_port}"

    def open(self, page: Page, body: str, name: str = "verein") -> None:
        """Another website with these lines in it."""
        self.body = body
        page.goto(f"http://{self.host(name)}/")


@pytest.fixture(scope="module")
def websites() -> Iterator[Websites]:
    found = Websites()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(scope="module")
def filled(searched, websites, django_db_blocker) -> list[str]:  # noqa: F811
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        rules = Preferences.load()
        rules.embed_hosts = [websites.host("verein")]
        rules.save()
        User.objects.create_user("redaktion@ahausen.example", PASSWORD, roles=[Role.EDITOR], name="Redaktion")
    return searched


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def test_parts_have_no_barriers_and_are_light(address: str, browser: Browser) -> None:  # noqa: F811
    context = browser.new_context(viewport={"width": 360, "height": 700})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    sizes, moved = first_view(page, f"{address}/embed/suche/?stil=akzent")
    assert sum(sizes.values()) < MOST_BYTES, sizes
    assert moved < 0.1
    for path in ("suche/?stil=akzent", "liste/?anzahl=5", "kalender/", "kalender/?sprache=ar", "suche/?q=Zaunkönig"):
        page.goto(f"{address}/embed/{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        shot(page, path.replace("/", "_").replace("?", "-"))
    page.goto(f"{address}/embed/liste/")
    path = page.locator(".found__title a").first.get_attribute("href")
    page.goto(f"{address}/embed/angebot/{path.split('/')[2].split('-')[0]}/")
    assert barriers(page) == []
    shot(page, "angebot")
    assert all(url.startswith((address, "data:")) for url in asked), asked
    assert context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


def test_a_frame_grows_with_its_content_and_leads_to_the_portal(
    address: str,  # noqa: F811
    browser: Browser,  # noqa: F811
    websites: Websites,
) -> None:
    page = browser.new_context(viewport={"width": 700, "height": 900}).new_page()
    websites.open(
        page,
        f'<chancenportal-embed><iframe src="{address}/embed/liste/?anzahl=20" title="Angebote" width="100%" '
        f'height="200"></iframe></chancenportal-embed><script src="{address}/embed/chancenportal-{NEWEST}.js" '
        f'integrity="{integrity(NEWEST)}" crossorigin="anonymous" defer></script>',
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator(".found__one").first).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().height > 400")
    shot(page, "website")
    # A stranger's message moves nothing.
    height = page.evaluate("document.querySelector('iframe').getBoundingClientRect().height")
    page.evaluate("postMessage({chancenportal: 'height', height: 4000}, '*')")
    page.wait_for_timeout(100)
    assert page.evaluate("document.querySelector('iframe').getBoundingClientRect().height") == height
    link = frame.locator(".found__title a").first
    title = link.inner_text()
    link.click()
    page.wait_for_url(f"{address}/angebote/**")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_website_nobody_listed_shows_nothing(
    address: str,  # noqa: F811
    browser: Browser,  # noqa: F811
    websites: Websites,
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    websites.open(page, f'<iframe src="{address}/embed/liste/" title="Angebote"></iframe>', name="fremd")
    page.wait_for_timeout(300)
    assert any("frame-ancestors" in each for each in said), said
    assert page.frame_locator("iframe").locator(".found__one").count() == 0


def test_the_builder_shows_what_is_chosen_at_once(address: str, browser: Browser) -> None:  # noqa: F811
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, address, "redaktion@ahausen.example")
    page.goto(f"{address}/redaktion/einbetten/")
    frame = page.frame_locator(".embedding__frame")
    expect(frame.locator("form[role=search]")).to_be_visible()
    page.get_by_label("Kalender", exact=True).check()
    expect(frame.locator(".part__month")).to_be_visible()
    assert "/embed/kalender/" in page.locator("#schlicht").input_value()
    for width in (1280, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"einbetten-{width}")
    assert barriers(page, "main") == []
