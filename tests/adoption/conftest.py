"""Releases as tests want them, and a municipality that follows them."""

from collections.abc import Callable
from typing import Any

import pytest

from shared_categories.content import digest_of
from shared_categories.models import Release
from tenants.running.context import inside_public

PLAIN = {
    "kind": "category",
    "definition": "",
    "parent": "",
    "position": 0,
    "icon": "",
    "color": "",
    "min_age": None,
    "max_age": None,
    "words": [],
    "text": "",
    "translations": {},
    "mappings": [],
    "replaced_by": "",
    "removed": False,
}


def entry(code: str, name: str, **more: Any) -> dict[str, Any]:
    """One entry as a release writes it."""
    return {**PLAIN, "code": code, "name": name, **more}


# A tree of two levels, two target groups, synonyms and a sentence.
FIRST = (
    entry("K-001", "Bewegung", color="#117733", icon="sport", position=100,
          translations={"fr": {"name": "Activité physique"}, "ar": {"name": "حركة"}}),
    entry("K-002", "Schwimmen", parent="K-001", position=100),
    entry("K-003", "Turnen", parent="K-001", position=200),
    entry("K-004", "Beratung", position=200, color="#aa3377"),
    entry("Z-001", "Kinder", kind="target_group", min_age=6, max_age=12, position=100,
          translations={"fr": {"name": "Enfants"}}),
    entry("Z-002", "Jugendliche", kind="target_group", min_age=13, max_age=17, position=200),
    entry("W-001", "Kita", kind="synonyms", words=["Kita", "Kindergarten", "Krippe"]),
    entry("T-001", "Bild", kind="text_block", text="Beim Bild fehlt, wer es gemacht hat."),
)  # fmt: skip


def changed(entries: Any, **changes: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """The same with other values: `K_001={"name": "Sport"}`; unknown codes are added."""
    by_code = {name.replace("_", "-"): value for name, value in changes.items()}
    known = {each["code"] for each in entries}
    fresh = [entry(code, **values) for code, values in by_code.items() if code not in known]
    return (*({**each, **by_code.get(each["code"], {})} for each in entries), *fresh)


def issue(entries: Any) -> int:
    """A release of these, and its number."""
    content = list(entries)
    with inside_public():
        last = Release.objects.order_by("number").last()
        number = last.number + 1 if last else 1
        Release.objects.create(number=number, note="Für Tests", by="test", content=content, digest=digest_of(content))
    return number


@pytest.fixture
def first(db: None) -> int:
    """Release 1."""
    return issue(FIRST)


@pytest.fixture
def released() -> Callable[[Any], int]:
    return issue
