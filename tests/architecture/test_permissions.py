"""The table of permissions is the truth: every URL it is about lets in whom it says, as declared and as written down by
hand in `access.csv`; every permission the code names is in it, and every row of it is used."""

import ast
import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

from core.access import PERMISSIONS, Holder, Permission, Role, allow, allowed_roles, may, roles_with
from core.checks import views_of
from core.permissions import HOLDER_NAMES, RIGHTS, right_of

ROOT = Path(settings.BASE_DIR)
ROWS = list(csv.DictReader((Path(__file__).with_name("access.csv")).read_text(encoding="utf-8").splitlines()))
TOWN = {
    (row["pattern"], row["method"]): row for row in ROWS if row["side"] == "town" and row["pattern"] != "/redaktion/"
}
REFUSED = {"403", "404", "login"}
# What leads everybody to the same answer, or none: asked for here only where the page says 405 to a GET.
ADDRESSED = ("/redaktion/", "/konto/angebote/", "/konto/anbieter/<int:pk>/")


def _decisive(pattern: str) -> dict[str, str]:
    """The row that tells who may: GET, or POST where the page has only that."""
    row = TOWN[pattern, "GET"]
    return TOWN[pattern, "POST"] if "405" in {row["admin"], row["administrator"]} else row


PATTERNS = sorted({pattern for pattern, _method in TOWN if right_of(pattern) is not None})


def test_every_permission_has_its_row_and_every_row_its_words():
    assert set(PERMISSIONS) == set(Permission)
    assert [each.permission for each in RIGHTS] == list(dict.fromkeys(each.permission for each in RIGHTS))
    assert {each.permission for each in RIGHTS} == set(Permission)
    assert set(HOLDER_NAMES) == set(Holder)
    assert all(PERMISSIONS.values())


def test_every_page_of_the_editors_and_providers_has_a_row():
    paths = {path for path, _view in views_of("config.urls_tenant") if path.startswith(ADDRESSED)}
    assert len(paths) > 90
    assert [path for path in sorted(paths) if right_of(path) is None] == []


# One's own among editors: the filter in the town of access.csv is the editor's, so the administrator meets none.
OF_ONE_EDITOR = {"/redaktion/filter/<int:pk>/teilen/", "/redaktion/filter/<int:pk>/entfernen/"}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_access_csv_says_what_the_table_says(pattern):
    right, row = right_of(pattern), _decisive(pattern)
    assert right is not None
    let_in = {holder for holder in Holder if row[holder.value] not in REFUSED}
    if right.permission is Permission.OWN_ACCOUNT:
        # The pages that prove who one is answer 403 to whoever has no need to.
        assert row["visitor"] == "login"
        return
    mine = {Holder.EDITOR} if pattern in OF_ONE_EDITOR else right.holders
    assert let_in == mine, f"{pattern}: {row}"


def test_views_declare_what_the_table_says():
    wrong = []
    for path, view in views_of("config.urls_tenant"):
        right = right_of(path)
        if right is None or view is None or right.permission is Permission.OWN_ACCOUNT:
            continue
        if allowed_roles(view) != roles_with(right.permission):
            wrong.append((path, sorted(allowed_roles(view)), right.permission.value))
    assert wrong == []


def test_every_row_is_about_a_page_that_is_there():
    paths = [path for path, _view in views_of("config.urls_tenant")]
    used = {right.permission for path in paths if (right := right_of(path)) is not None}
    assert set(Permission) - used == set()


def test_every_permission_named_in_code_and_templates_is_in_the_table():
    named = set()
    for room in ("platform", "portal", "theming", "shared_categories", "tenants"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Attribute)
                    and isinstance(node.value, ast.Name)
                    and node.value.id == "Permission"
                ):
                    named.add(node.attr)
    assert named == set(Permission.__members__)
    in_templates = {
        name
        for room in ("platform", "portal", "theming", "shared_categories")
        for path in (ROOT / room).rglob("*.html")
        for name in re.findall(r'{% may "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert in_templates
    assert in_templates <= {each.value for each in Permission}


class Person:
    """Somebody with these roles."""

    def __init__(self, *roles: Role) -> None:
        self.granted_roles = frozenset(roles) - {Role.PROVIDER}
        self.held_roles = frozenset(roles)


@pytest.mark.parametrize(
    ("role", "permission", "expected"),
    [
        (Role.ADMIN, Permission.ACCOUNTS, True),
        (Role.EDITOR, Permission.ACCOUNTS, False),
        (Role.EDITOR, Permission.HELP, True),
        (Role.PLANNER, Permission.HELP, False),
        (Role.PLANNER, Permission.OWN_ACCOUNT, True),
        (Role.PROVIDER, Permission.OFFERS, True),
        (Role.PROVIDER, Permission.REVIEW, False),
        (Role.OPERATOR, Permission.ACCOUNTS, False),
    ],
)
def test_may_asks_the_table(role, permission, expected):
    assert may(Person(role), permission) is expected


def test_allow_takes_permissions_and_roles_alike():
    @allow(Permission.ACCOUNTS, Role.PLANNER)
    def view():
        """A page."""

    assert allowed_roles(view) == {Role.ADMIN, Role.PLANNER}
