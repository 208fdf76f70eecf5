"""Who may enter where: both URL maps × every role, from the maps themselves."""

import re

import pytest

from core.access import Role, allowed_roles
from core.checks import URLCONFS, views_of

SIDES = {"config.urls_tenant": "ahausen", "config.urls_public": ""}
STAFF = {
    "config.urls_tenant": [Role.PROVIDER, Role.PLANNER, Role.EDITOR, Role.ADMIN, Role.OPERATOR],
    "config.urls_public": [Role.OPERATOR, Role.ADMIN, Role.EDITOR],
}
# What a role is worth on the other side: nothing.
VALID = {
    "config.urls_tenant": {Role.PROVIDER, Role.PLANNER, Role.EDITOR, Role.ADMIN},
    "config.urls_public": {Role.OPERATOR},
}
ENTRIES = [(urlconf, path, view) for urlconf in URLCONFS for path, view in views_of(urlconf)]


def _address(pattern: str) -> str:
    """A path that reaches the pattern, with a number no object has and a name no page has."""
    path = re.sub(r"<int:\w+>", "999999", pattern)
    path = re.sub(r"<(?:slug|str|path):\w+>", "gibt-es-nicht", path)
    path = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1-x", path)
    return path.replace("^", "").replace("\\Z", "").replace("$", "").replace("\\", "").replace("//", "/")


def test_there_are_views_on_both_sides():
    assert {urlconf for urlconf, _path, _view in ENTRIES} == set(URLCONFS)
    assert len(ENTRIES) > 20


@pytest.mark.parametrize(("urlconf", "path", "view"), ENTRIES, ids=[f"{e[0][-6:]}{e[1]}" for e in ENTRIES])
def test_every_view_says_who_may_use_it(urlconf, path, view):
    assert allowed_roles(view), f"{path} lets nobody in: put @allow on it"


CLOSED = [entry for entry in ENTRIES if Role.VISITOR not in allowed_roles(entry[2])]


@pytest.mark.parametrize(("urlconf", "path", "view"), CLOSED, ids=[f"{e[0][-6:]}{e[1]}" for e in CLOSED])
def test_visitors_are_asked_to_sign_in_and_strangers_get_a_404(urlconf, path, view, ahausen, signed_in, visitor):
    where = ahausen if SIDES[urlconf] else None
    address = _address(path)
    asked = visitor(SIDES[urlconf]).get(address)
    assert asked.status_code == 302, address
    assert asked.url.startswith("/konto/anmelden/")
    for role in STAFF[urlconf]:
        answer = signed_in(where, role).get(address)
        held = {Role.SIGNED_IN, role} & (VALID[urlconf] | {Role.SIGNED_IN})
        if held & allowed_roles(view):
            assert answer.status_code != 302 or "/anmelden/" not in answer.url, (address, role)
        else:
            assert answer.status_code == 404, (address, role)
