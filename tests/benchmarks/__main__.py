"""Runs all benchmarks on a database of their own; exit 1 when a limit is missed."""

import os
import sys
from itertools import chain

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command

from tests.benchmarks import connections, imports, municipalities, pages, search
from tests.benchmarks.table import head
from tests.databases import clone


def main() -> int:
    """Print the table line by line."""
    call_command("collectstatic", interactive=False, verbosity=0)
    print(head(), flush=True)
    kept = True
    with clone("bench"):
        for row in chain(municipalities.rows(), imports.rows(), pages.rows(), search.rows(), connections.rows()):
            print(row, flush=True)
            kept = kept and row.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
