"""Kinds of faults that were found once and are kept out by looking at the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HOUSES = ("platform", "portal", "shared_categories", "tenants", "theming")

# Kept for ever, for each value that was ever asked for: the values are those of our own code.
FEW_VALUES = {
    "platform/core/html.py:_sanitizer",
    "portal/embedding/component_views.py:text_of",
    "portal/inventory/browsing.py:_pattern",
    "portal/printing/libraries.py:_is_there",
    "portal/quality/doors.py:exists",
    "portal/taxonomy/adoption/loading.py:_asked",
    "theming/drawing.py:_frozen",
}


def code() -> Iterator[tuple[str, ast.Module]]:
    for house in HOUSES:
        for path in sorted((ROOT / house).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def without_end(tree: ast.Module) -> list[str]:
    """Functions of something that remember every answer."""
    return [
        each.name
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef)
        and (each.args.args or each.args.kwonlyargs or each.args.vararg)
        and {ast.unparse(one) for one in each.decorator_list} & {"cache", "functools.cache", "lru_cache(maxsize=None)"}
    ]


def half_digits(source: str) -> bool:
    """Whether "²" passes for a number: `str.isdigit` says so, `int` does not."""
    return any(
        ".isdigit()" in row and ".isascii()" not in row and "sum(sign." not in row and "[:5]" not in row
        for row in source.splitlines()
    )


def endless(row: str) -> bool:
    """Whether a number is read from what may have any length: of thousands of digits `int` says no, and the page with
    it. `core.numbers.whole_number` is for that."""
    return "int(" in row and (".isdigit()" in row or ".isdecimal()" in row) and "len(" not in row


# What has few digits in any case, and what the operator writes in commands.
SHORT = {
    "platform/comparison/management/commands/set_inhabitants.py",
    "platform/launch/environment.py",
    "portal/drafting/flyer/running.py",
    "portal/drafting/reading/tokens.py",
    "portal/offers/rules.py",
    "portal/search/wish_patterns.py",
    "tenants/management/commands/rollout.py",
}


# What is only counted or put together, and never becomes a number.
NO_NUMBERS = {
    "platform/core/phones.py",
    "platform/launch/postgres.py",
    "portal/calendars/reading/mapping.py",
    "portal/drafting/flyer/rereading.py",
    "portal/drafting/flyer/running.py",  # bytes know ASCII digits only
    "portal/drafting/web/reading.py",
    "tenants/public_names.py",
}


def test_what_anybody_may_ask_for_is_not_remembered_for_ever():
    found = {f"{name}:{each}" for name, tree in code() for each in without_end(tree)}
    assert found == FEW_VALUES


def test_a_superscript_is_no_number():
    assert half_digits("int(text) if text.isdigit() else 0")
    found = {name for name, _tree in code() if half_digits((ROOT / name).read_text())}
    assert found == NO_NUMBERS


def test_a_number_may_have_thousands_of_digits():
    assert endless("int(text) if text.isascii() and text.isdigit() else 0")
    found = {name for name, _tree in code() if any(map(endless, (ROOT / name).read_text().splitlines()))}
    assert found == SHORT


@pytest.mark.parametrize("line", ["@cache", "@functools.cache", "@lru_cache(maxsize=None)"])
def test_a_memory_without_end_is_noticed(line):
    assert without_end(ast.parse(f"{line}\ndef root(word: str) -> str: ...")) == ["root"]
    assert without_end(ast.parse(f"{line}\ndef words() -> str: ...")) == []
