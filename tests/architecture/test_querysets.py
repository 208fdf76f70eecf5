"""No query outlives a request: a queryset kept by a module belongs to every thread and every municipality at once."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db.models import Prefetch, QuerySet

ROOMS = ("platform", "tenants", "theming", "shared_categories", "portal")
# Runs when it is imported.
PROGRAMS = {"__main__"}


def _modules() -> Iterator[str]:
    root = Path(settings.BASE_DIR)
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            parts = path.relative_to(root / room if room == "platform" else root).with_suffix("").parts
            if not {"migrations", "vendor", *PROGRAMS} & set(parts) and parts != ("config", "settings"):
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _kept(value: object) -> bool:
    """Whether a value, or one it consists of, is a query (Django changes a Prefetch's while it is used)."""
    if isinstance(value, dict):
        return any(map(_kept, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_kept, value))
    return isinstance(value, QuerySet | Prefetch)


def test_no_module_keeps_a_queryset():
    names = [name for name in _modules() if name]
    for name in names:
        import_module(name)
    guilty = [
        f"{name}.{variable}" for name in names for variable, value in vars(sys.modules[name]).items() if _kept(value)
    ]
    assert len(names) > 300
    assert guilty == []


def test_the_rule_sees_what_it_forbids():
    users = import_module("accounts.models").User.objects
    assert _kept(users.all())
    assert _kept({"places": ("categories", Prefetch("groups", users.all()))})
    assert not _kept(users)
