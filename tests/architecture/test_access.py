"""Who may enter where, as written down by hand in `access.csv`: URL × method × person, with real objects.

The file is the expectation: it is read in review, never made from the declarations it tests. A row says for one URL of
one side and one method what each person gets: a status, or `login` for being asked to sign in. `address` leads to the
objects of `access_town.py` by their names in braces. Whoever adds a URL adds its two rows (GET and POST); whoever opens
or closes a page changes its rows.
"""

import csv
import re
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import Client
from django.urls import get_resolver

from core.checks import URLCONFS, views_of
from tenants.running.context import inside, inside_public
from tests.architecture.access_town import PEOPLE, furnish, furnish_platform, people

FILE = Path(__file__).with_name("access.csv")
SIDES = {"town": "config.urls_tenant", "platform": "config.urls_public"}
HOSTS = {"town": "ahausen.localhost", "platform": "localhost"}
METHODS = ("GET", "POST")
HEAD = ["side", "method", "pattern", "address", *PEOPLE]
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))


def _patterns() -> Counter[tuple[str, str, str]]:
    """What the URL maps have: (side, method, pattern)."""
    found = [(side, path) for side, urlconf in SIDES.items() for path, _view in views_of(urlconf)]
    return Counter((side, method, path) for side, path in found for method in METHODS)


def test_the_file_has_the_columns_it_is_read_by():
    assert FILE.read_text(encoding="utf-8").splitlines()[0].split(",") == HEAD
    assert set(SIDES.values()) == set(URLCONFS)
    assert all(None not in row and all(row.values()) for row in ROWS), "a cell is empty or too many"


def test_every_url_has_its_rows_and_every_row_its_url():
    written = Counter((row["side"], row["method"], row["pattern"]) for row in ROWS)
    missing, too_many = _patterns() - written, written - _patterns()
    assert not missing, f"add to access.csv: {sorted(missing)}"
    assert not too_many, f"no such URL, or twice in access.csv: {sorted(too_many)}"


def _not_there(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return HttpResponseNotFound()


@pytest.fixture
def plain_404(monkeypatch) -> None:
    """Half of all answers are the page for what is not there, and its looks are others' matter: it is not drawn five
    thousand times. Each person sees the real one once."""
    for urlconf in URLCONFS:
        monkeypatch.setattr(import_module(urlconf), "handler404", _not_there)


@pytest.mark.parametrize("side", SIDES)
def test_what_is_not_there_has_a_page_for_everybody(ahausen, things, side):
    accounts = things[side][0]
    pages = {}
    for name in PEOPLE:
        with inside(ahausen) if side == "town" else inside_public():
            session = "" if name == "visitor" else session_of(accounts[name])
        client = Client(HTTP_HOST=HOSTS[side])
        client.cookies["sessionid"] = session
        answer = client.get("/gibt/es/nicht/")
        pages[name] = answer.status_code, "</html>" in answer.content.decode()
    assert pages == dict.fromkeys(PEOPLE, (404, True))


@pytest.fixture
def things(ahausen) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """For each side its accounts and its objects."""
    with inside(ahausen):
        accounts = people()
        town = accounts, furnish(accounts)
    with inside_public():
        accounts = people()
        return {"town": town, "platform": (accounts, furnish_platform())}


def test_every_address_leads_to_its_url(things):
    wrong = []
    for row in ROWS:
        address = row["address"].format(**things[row["side"]][1])
        route = get_resolver(SIDES[row["side"]]).resolve(re.sub(r"[?#].*", "", address)).route
        if f"/{route}" != row["pattern"]:
            wrong.append((row["pattern"], address, route))
    assert wrong == []


def answer_of(response: Any) -> str:
    """A status, or `login` for being sent to sign in."""
    if response.status_code == 302 and response.url.startswith("/konto/anmelden/"):
        return "login"
    return str(response.status_code)


def session_of(user: Any) -> str:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def ask(host: str, method: str, address: str, session: str) -> str:
    """What a browser with this cookie gets; whatever it did is undone."""
    client = Client(HTTP_HOST=host, raise_request_exception=False)
    if session:
        client.cookies["sessionid"] = session
    with transaction.atomic():
        response = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        answer = answer_of(response)
        # Read to its end, so that a file is closed.
        b"".join(response)
        transaction.set_rollback(True)
    return answer


@pytest.mark.usefixtures("plain_404")
@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("side", SIDES)
def test_everybody_gets_what_the_file_says(ahausen, things, side, name):
    accounts, objects = things[side]
    with inside(ahausen) if side == "town" else inside_public():
        session = "" if name == "visitor" else session_of(accounts[name])
    asked, wrong = 0, []
    for row in (row for row in ROWS if row["side"] == side):
        address = row["address"].format(**objects)
        answer = ask(HOSTS[side], row["method"], address, session)
        asked += 1
        if answer != row[name]:
            wrong.append(f"{row['method']} {address}: {answer} instead of {row[name]}")
    assert asked > 15
    assert wrong == []


@pytest.mark.usefixtures("plain_404")
@pytest.mark.parametrize("name", ["administrator", "admin", "operator"])
def test_next_door_everybody_is_a_visitor(ahausen, bedorf, name):
    """Isolation between municipalities, URL by URL: the cookie of one is worth nothing in the other, whose objects
    are all there and may have the same numbers."""
    with inside(ahausen):
        session = session_of(people()[name])
    with inside(bedorf):
        objects = furnish(people())
    asked, wrong = 0, []
    for row in (row for row in ROWS if row["side"] == "town"):
        address = row["address"].format(**objects)
        answer = ask("bedorf.localhost", row["method"], address, session)
        asked += 1
        if answer != row["visitor"]:
            wrong.append(f"{row['method']} {address}: {answer} instead of {row['visitor']}")
    assert asked > 250
    assert wrong == []
