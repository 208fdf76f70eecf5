"""The whole demo as a person meets it: real server, real database, real Chromium, one of each for all tests here."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from tests.databases import clone

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTS = ("saarbruecken", "rheda-wiedenbrueck", "pirmasens")
# Chromium would otherwise look for its maker's servers at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = Path(settings.BASE_DIR) / "screenshots"


@dataclass(frozen=True)
class Demo:
    """The running demo."""

    port: int

    def address(self, slug: str, path: str = "/") -> str:
        """The address of a page; an empty slug is the operator's side."""
        host = f"{slug}.localhost" if slug else "localhost"
        return f"http://{host}:{self.port}{path}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, port: int) -> dict[str, str]:
    params = connection.settings_dict
    url = f"postgresql://{params['USER']}:{params['PASSWORD']}@{params['HOST']}:{params['PORT']}/{params['NAME']}"
    fixed = {"DATABASE_URL": url, "DATA_DIR": str(folder), "DEMO": "1", "PORT": str(port), "BASE_DOMAIN": "localhost"}
    return {**os.environ, **fixed, "DJANGO_SETTINGS_MODULE": "config.settings"}


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.2)


# For one module, not the session: afterwards the database is the worker's own again, and no event loop runs.
@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str, tmp_path_factory
) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    port = _free_port()
    with django_db_blocker.unblock(), clone(f"test_browser_{worker_id}"):
        environment = _environment(folder, port)
        connection.close()
        for command in (["seed_demo"], ["collectstatic", "--noinput", "-v", "0"]):
            subprocess.run(
                [sys.executable, "-m", "config.cli", *command], env=environment, check=True, capture_output=True
            )
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi",
                "-b",
                f"127.0.0.1:{port}",
                "-k",
                "gthread",
                "--threads",
                "4",
            ],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            yield Demo(port)
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="module")
def chromium(demo: Demo) -> Iterator[Browser]:
    # After `demo`: while Playwright's event loop runs in this thread, Django refuses to touch the database.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
