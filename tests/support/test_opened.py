"""What is open to a visitor: URL by URL, method by method, against `access.csv` and what is written down here."""

import csv
import re
from pathlib import Path

import pytest

from core.access import Role, allowed_roles
from core.checks import views_of
from support.opened import _PAGES, _SECTIONS, answer_for
from tenants.running.context import inside
from tests.architecture.access_town import furnish, people
from tests.architecture.test_access import ask as asked_of
from tests.support.test_support import asked, let_in

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "architecture" / "access.csv").read_text().splitlines()))
VIEWS = dict(views_of("config.urls_tenant"))
# Never open, in any way. What a file of a list is ends in a kind.
NEVER = re.compile(
    r"/konto/(?!abmelden/)|/redaktion/(personen|beitritte|zugang|meldungen|newsletter|nachbarn|import|export|filter)"
    r"|/redaktion/einstellungen/(anmeldung|anmeldedienst|schreibtisch)/|/plattform/|/auswertung/"
    r"|/redaktion/mails/(versand|adressen|erneut|<int:pk>)|.*/liste\.|/redaktion/protokoll/."
)
ALWAYS = {"/hilfe-zugang/beenden/", "/hilfe-zugang/<str:key>/", "/konto/abmelden/"}


def _is_public(pattern):
    return Role.VISITOR in allowed_roles(VIEWS[pattern])


def _expected(row, *, writes):
    """403 where it is closed, else what an editor gets."""
    pattern, safe = row["pattern"], row["method"] == "GET"
    roles = allowed_roles(VIEWS[pattern])
    if pattern in ALWAYS:
        return None
    if not roles & {Role.VISITOR, Role.SIGNED_IN, Role.EDITOR}:
        return "404"
    if _is_public(pattern):
        return row["editor"] if safe else "403"
    if NEVER.match(pattern) or (not safe and not writes):
        return "403"
    answer = answer_for(pattern.lstrip("/"))
    return row["editor"] if (answer.look if safe else answer.change) else "403"


def test_nothing_that_is_never_open_stands_on_the_list():
    wrong = []
    for pattern in VIEWS:
        answer = answer_for(pattern.lstrip("/"))
        if NEVER.match(pattern) and not _is_public(pattern) and (answer.look or answer.change):
            wrong.append(pattern)
    assert wrong == []


def test_every_section_of_the_list_has_pages():
    routes = [pattern.lstrip("/") for pattern in VIEWS]
    assert [each for each in _SECTIONS if not any(route.startswith(each) for route in routes)] == []
    assert [each for each in _PAGES if each not in routes] == []


@pytest.mark.parametrize("scope", ["look", "change"])
def test_every_url_and_method_answers_a_visitor_as_an_editor_or_not_at_all(operator, visitor, ahausen, scope):
    client = let_in(operator, visitor, asked(operator, scope=scope))
    session = client.cookies["sessionid"].value
    with inside(ahausen):
        things = furnish(people())
    wrong, seen = [], 0
    for row in (row for row in ROWS if row["side"] == "town"):
        expected = _expected(row, writes=scope == "change")
        if expected is None or (scope == "look" and (row["method"] == "GET" or expected != "403")):
            # Looking is the same for both.
            continue
        answer = asked_of("ahausen.localhost", row["method"], row["address"].format(**things), session)
        seen += 1
        if answer != expected:
            wrong.append(f"{row['method']} {row['pattern']}: {answer} instead of {expected}")
    assert wrong == []
    assert seen > 250
