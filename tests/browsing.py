"""Pages of a municipality in a real Chromium, cheaply: one database, server and browser a module, a context a test.

A module gives the fixture `filled` (scope module, after `module_database`), which writes what its pages show; the
fixtures `address` and `browser` come from here:

    from tests.browsing import address, browser, chromium  # noqa: F401
    pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser-search")]

The group keeps a module's tests in one process; without it each would make all of it again.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from shutil import which
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

from tests.conftest import PASSWORD

_WINDOWS = ("chromium", "chromium-browser", "google-chrome")
# The shell draws and runs a page as the whole browser does, in two thirds of the time: it has no windows of its own.
CHROMIUM = next(filter(None, map(which, ("chromium-headless-shell", *_WINDOWS))), None)
# What it fetches ahead is another thing: it knows nothing of the line.
WITH_WINDOWS = next(filter(None, map(which, _WINDOWS)), None)
# A busy machine is no fault of a page; as long as Playwright waits for everything else.
expect.set_options(timeout=30_000)
# Chromium would otherwise look for its maker's servers at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def launched(playwright: Playwright, *more: str) -> Iterator[Browser]:
    """Chromium, in which a click that leads to another page ends when that page is read. `more` goes to its start.

    Playwright's own click ends when the first byte of the page is there; what looks at it next finds half of it on a
    busy machine. And its own waiting for a condition asks once from outside and then from within the page, where our
    policy forbids to run a text as a program: it worked only where the condition held at once.
    """
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            for deed in ("click", "press"):
                patch.setattr(kind, deed, _and_read(getattr(kind, deed)))
        patch.setattr(Page, "wait_for_function", _asked_from_outside)
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *more])
        yield started
        started.close()


def _and_read(act: Callable[..., None]) -> Callable[..., None]:
    @wraps(act)
    def acted(where: Page | Locator, *args: object, **options: object) -> None:
        act(where, *args, **options)
        (where if isinstance(where, Page) else where.page).wait_for_load_state("domcontentloaded")

    return acted


def _asked_from_outside(page: Page, condition: str, *, seconds: float = 30) -> None:
    """Wait until a condition of the page holds; AssertionError when it does not come to hold."""
    until = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < until, f"still not: {condition}"
        page.wait_for_timeout(50)


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the parent's name)
        """A test prints nothing."""


@pytest.fixture(scope="module")
def address(filled: object) -> Iterator[str]:
    """Where the filled municipality is served by this process."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=_Silent)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://ahausen.localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    # After `address`: while Playwright's event loop runs in this thread, Django refuses to touch the database.
    with sync_playwright() as playwright, launched(playwright) as started:
        yield started


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser that remembers nothing of the test before."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def sign_in(page: Page, address: str, email: str) -> Page:
    """Signed in by the form, as a person would; the landing page is read."""
    page.goto(f"{address}/konto/anmelden/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/anmelden/" not in url)
    return page


_AXE = Axe().axe_script
# Only what is wrong, as text: what is right are hundreds of kilobytes a page, put together and read for nobody.
_EXAMINE = """async ([part, options]) => {
    const {violations} = await axe.run(part || document, {resultTypes: ["violations"], ...options});
    return violations.flatMap((each) => each.nodes.map(
        (node) => `${each.id}: ${node.html.slice(0, 160)} ${node.failureSummary || ""}`));
}"""


def barriers(page: Page, part: str | None = None, *, colours: bool = True, **options: object) -> list[str]:
    """What axe objects to: the rule, the beginning of the element, and why. Forced colours are the system's, not ours.

    `part` is the selector of a part of the page. `options` are axe's own, as `runOnly=["color-contrast"]`.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    if not colours:
        options["rules"] = {"color-contrast": {"enabled": False}}
    return list(page.evaluate(_EXAMINE, [part, options]))


def barriers_in_the_dark(page: Page, part: str | None = None) -> list[str]:
    """What axe objects to in the colours that somebody gets whose system is dark; the rest is as it is in the light."""
    page.emulate_media(color_scheme="dark")
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", ground)[:3]) < 80, f"the page is not dark: {ground}"
    found = barriers(page, part, runOnly=["color-contrast"])
    page.emulate_media(color_scheme="light")
    return found
