"""Releases that never were: the real migrations of an app and some more, made in a temporary package."""

import sys
from collections.abc import Mapping
from importlib import import_module
from itertools import count
from pathlib import Path

from django.apps import apps

numbers = count(1)
HEAD = """
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from tenants.running.changes import watch

class Migration(migrations.Migration):
    dependencies = [("{app}", "{before}")]
"""


def _body(app: str, before: str, text: str) -> str:
    """`text` is either a list of operations or, with its own `class`, a whole module."""
    if "class Migration" in text:
        return text
    head = HEAD.format(app=app, before=before)
    flags, _bar, operations = text.rpartition("|")
    return f"{head}    {flags.strip()}\n    operations = [{operations}]\n"


def package(folder: Path, app: str, migrations: Mapping[str, str]) -> str:
    """Write the migrations (name to operations, optionally `atomic = False|` before them) after the app's real ones.

    Returns the package's dotted name for MIGRATION_MODULES; `folder` is put on Python's path.
    """
    real = f"{apps.get_app_config(app).name}.migrations"
    name = f"release_{next(numbers)}_{app}"
    target = folder / name
    target.mkdir(parents=True)
    (target / "__init__.py").touch()
    names = sorted(path.stem for path in Path(import_module(real).__path__[0]).glob("[0-9]*.py"))
    for each in names:
        (target / f"{each}.py").write_text(
            f"from importlib import import_module\nMigration = import_module('{real}.{each}').Migration\n"
        )
    before = names[-1]
    for each, text in migrations.items():
        (target / f"{each}.py").write_text(_body(app, before, text))
        before = each
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return name
