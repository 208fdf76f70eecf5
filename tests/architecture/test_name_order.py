"""Whoever sorts by a name does it by `core.ordering`: by `name_key` in Python, by `ByName` or a kept key in SQL.

Otherwise “Ä” stands behind “Z”, and small letters behind all capitals. Looked for in the code, because a list that
nobody has a test for is sorted wrongly just the same.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("platform", "tenants", "portal", "theming", "shared_categories")
NAMES = {"name", "title", "label", "author_name"}
IN_DATABASE = ("order_by", "Sort")
CALLS = (*IN_DATABASE, "sorted", "sort", "insort")
# Where what is called a name is none for people to read, or decides among what nobody tells apart.
OTHERS = {
    "platform/gazetteer/services.py": "among places of equal size, as candidates",
    "tenants/running/folders.py": "folders of files",
    "tenants/running/schema_states.py": "labels of Django apps",
    "portal/authoring/finding.py": "steps of a form in their order",
    "portal/authoring/profile/finding.py": "steps of a form in their order",
    "portal/search/places.py": "names as keys, for one question to the gazetteer",
}


def _called(node: ast.AST) -> str:
    function = node.func if isinstance(node, ast.Call) else None
    return getattr(function, "id", getattr(function, "attr", ""))


def _is_name(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    return node.value.lstrip("-").rpartition("__")[2] in NAMES


def _bare(node: ast.AST, *, texts: bool) -> Iterator[str]:
    """Names read in an expression, but for those within a key; `texts`: also fields that are named by a text."""
    if _called(node) in ("name_key", "ByName"):
        return
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield ast.unparse(node)
    if texts and _is_name(node):
        yield ast.unparse(node)
    for each in ast.iter_child_nodes(node):
        yield from _bare(each, texts=texts)


def sorted_otherwise(code: str) -> list[str]:
    """The calls in which something is sorted by a bare name."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        looked_at: list[ast.expr] = []
        if _called(node) in IN_DATABASE:
            looked_at = node.args[2:] if _called(node) == "Sort" else node.args
        elif _called(node) in CALLS:
            looked_at = [each.value for each in node.keywords if each.arg == "key"] or node.args
        if any(True for each in looked_at for _name in _bare(each, texts=True)):
            found.append(ast.unparse(node)[:120])
    return found


def test_nothing_is_sorted_by_a_bare_name():
    found = {}
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            code = "" if "migrations" in file.parts else file.read_text()
            # Most files call nothing of that kind: reading them as text is quick, parsing is not.
            if any(f"{call}(" in code for call in CALLS) and (wrong := sorted_otherwise(code)):
                found[file.relative_to(ROOT).as_posix()] = wrong
    assert {file: wrong for file, wrong in found.items() if file not in OTHERS} == {}
    # What is no exception any more leaves the list.
    assert set(OTHERS) - set(found) == set()


@pytest.mark.parametrize(
    ("code", "is_wrong"),
    [
        ("rows.order_by('provider__name', 'pk')", True),
        ("rows.order_by('-title')", True),
        ("rows.order_by(Lower('name'))", True),
        ("rows.order_by(ByName('name'), 'pk')", False),
        ("rows.order_by('name_key', 'position')", False),
        ("Sort('titel', _('By title'), ('title', 'pk'))", True),
        ("Sort('name', _('By name'), (ByName('title'), 'pk'))", False),
        ("sorted(rows, key=lambda row: row.name)", True),
        ("sorted(rows, key=lambda row: (row.position, row.provider.name))", True),
        ("sorted(rows, key=attrgetter('title'))", True),
        ("sorted(row.name for row in rows)", True),
        ("sorted(rows.values_list('name', flat=True))", True),
        ("rows.sort(key=lambda row: name_key(row.name))", False),
        ("sorted({row.pk for row in rows})", False),
    ],
)
def test_what_is_found(code, is_wrong):
    assert bool(sorted_otherwise(code)) is is_wrong
