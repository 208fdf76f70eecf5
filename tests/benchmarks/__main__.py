"""Runs all benchmarks on a database of their own; exit 1 when a limit is missed."""

import os
import sys
from itertools import chain

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.test.utils import setup_test_environment

from tests.benchmarks import imports, municipalities
from tests.benchmarks.table import head
from tests.databases import clone


def main() -> int:
    """Print the table line by line."""
    setup_test_environment()
    print(head(), flush=True)
    kept = True
    with clone("bench"):
        for row in chain(municipalities.rows(), imports.rows()):
            print(row, flush=True)
            kept = kept and row.kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
