"""How soon a command gets to work: ours against Django as `startproject` makes it, with PostgreSQL."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests.benchmarks.table import Row

ROUNDS = 11
MOST = 1.5
# What does nothing, one that lists, one that writes, and Django's own list of all.
OURS = ("version", "list_municipalities --help", "create_user --help", "help")
BARE = (
    "-c",
    """
import sys
from django.conf import settings
from django.core.management import execute_from_command_line
settings.configure(
    INSTALLED_APPS=["django.contrib." + app for app in "admin auth contenttypes sessions messages staticfiles".split()],
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "none"}},
)
execute_from_command_line(["manage", "version"])
""",
)


def _processor_seconds(arguments: Sequence[str]) -> float:
    """What one run takes of the processor: how busy the machine is otherwise matters little."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environ = {**os.environ, "DEMO": "1", "DATABASE_URL": "postgres://nobody@127.0.0.1/none"}
    subprocess.run([sys.executable, *arguments], env=environ, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows() -> Iterator[Row]:
    """By turns, the best of each."""
    commands = {name: ("-m", "config.cli", *name.split()) for name in OURS}
    taken: dict[str, list[float]] = {name: [] for name in ("", *OURS)}
    for _round in range(ROUNDS):
        taken[""].append(_processor_seconds(BARE))
        for name, command in commands.items():
            taken[name].append(_processor_seconds(command))
    bare = min(taken[""])
    for name in OURS:
        ours = min(taken[name])
        yield Row(f"manage {name}", f"{ours * 1e3:.0f} ms", f"bare Django: {bare * 1e3:.0f} ms", ours / bare, MOST)
