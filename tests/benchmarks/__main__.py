"""Runs all benchmarks, or those named (`make bench ARGS="search pages"`), on a database of their own.

Exit 1 when a limit is missed, 2 for an unknown name.
"""

import os
import subprocess
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tests.benchmarks import (
    audit,
    calendars,
    catalogue,
    cells,
    connections,
    editing,
    failover,
    figures,
    forms,
    hostile,
    imports,
    interfaces,
    konto,
    lighthouse,
    memory,
    municipalities,
    neighbours,
    newsletter,
    operations,
    pages,
    people,
    planning,
    printing,
    profiles,
    redaktion,
    restart,
    rollout,
    rules,
    search,
    search_change,
    search_quality,
    start,
    statistics,
    tracker,
    transfer,
    upkeep,
)
from tests.benchmarks.table import head
from tests.databases import clone

SUBJECTS = {
    "start": start,
    "restart": restart,
    "failover": failover,
    "municipalities": municipalities,
    "neighbours": neighbours,
    "rollout": rollout,
    "imports": imports,
    "newsletter": newsletter,
    "calendars": calendars,
    "editing": editing,
    "konto": konto,
    "figures": figures,
    "interfaces": interfaces,
    "forms": forms,
    "hostile": hostile,
    "rules": rules,
    "pages": pages,
    "people": people,
    "planning": planning,
    "printing": printing,
    "profiles": profiles,
    "redaktion": redaktion,
    "search": search,
    "search_quality": search_quality,
    "search_change": search_change,
    "statistics": statistics,
    "tracker": tracker,
    "catalogue": catalogue,
    "transfer": transfer,
    "cells": cells,
    "upkeep": upkeep,
    "connections": connections,
    "audit": audit,
    "operations": operations,
    "memory": memory,
    "lighthouse": lighthouse,
}


def main(names: list[str]) -> int:
    """Print the table line by line."""
    if unknown := [name for name in names if name not in SUBJECTS]:
        print(f"There is no benchmark {unknown[0]}; there are: {', '.join(SUBJECTS)}.", file=sys.stderr)
        return 2
    # In a process of its own: the tests' settings, which the benchmarks share, collect without a manifest.
    subprocess.run([sys.executable, "-m", "config.cli", "collectstatic", "--noinput", "--verbosity=0"], check=True)
    print(head(), flush=True)
    kept = True
    for name in names or SUBJECTS:
        # Each in a database of its own: several furnish the same town.
        with clone("bench"):
            for row in SUBJECTS[name].rows():
                print(row, flush=True)
                kept = kept and row.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
