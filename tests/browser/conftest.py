"""The whole demo as a person meets it: real server, real database, real Chromium, one of each for all tests here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, sync_playwright

from tenants.running.context import inside
from tests.browsing import QUIET, WITH_WINDOWS, launched
from tests.conftest import municipality
from tests.databases import clone
from tests.demo_server import running_demo
from theming.models import Theme

HOSTS = ("saarbruecken", "rheda-wiedenbrueck", "pirmasens")
DARK = "saarbruecken"
PICTURES = Path(settings.BASE_DIR) / "screenshots"


@dataclass(frozen=True)
class Demo:
    """The running demo."""

    port: int

    def address(self, slug: str, path: str = "/") -> str:
        """The address of a page; an empty slug is the operator's side."""
        host = f"{slug}.localhost" if slug else "localhost"
        return f"http://{host}:{self.port}{path}"


# For this folder, not the session: afterwards the database is the worker's own again, and no event loop runs.
@pytest.fixture(scope="package")
def demo(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str, tmp_path_factory
) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), clone(f"test_browser_{worker_id}"), running_demo(folder) as port:
        # One municipality allows the dark look. Once Chromium runs, Django refuses the database.
        with inside(municipality(DARK)):
            Theme.objects.update(dark_mode_allowed=True)
        yield Demo(port)


@pytest.fixture(scope="package")
def chromium(demo: Demo) -> Iterator[Browser]:
    # After `demo`: while Playwright's event loop runs in this thread, Django refuses to touch the database.
    with sync_playwright() as playwright, launched(playwright) as browser:
        yield browser


@pytest.fixture
def whole(chromium: Browser) -> Iterator[Browser]:
    """The browser people have: how much it loads of a page, and when, is measured in it."""
    started = chromium.browser_type.launch(executable_path=WITH_WINDOWS, args=QUIET)
    yield started
    started.close()
