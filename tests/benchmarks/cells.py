"""How long a municipality of 2,000 offers is read-only while it moves to another cell."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.test import override_settings

from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.benchmarks import town
from tests.benchmarks.table import Row
from tests.cells.two_cells import two_cells

OFFERS = 2_000
SECONDS = 60.0


def rows() -> Iterator[Row]:
    """Without a proxy to tell: its part is a fraction of a second (tests/cells/test_moving.py has one)."""
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder) / "nord" / "media"):
        with inside(create_municipality("wandert", name="Wandert", host="wandert.localhost")):
            town.fill(OFFERS)
        (Path(folder) / "cells").mkdir()
        with two_cells(Path(folder) / "cells", "bench_cell_sued") as cells:
            done = cells.manage("nord", "move_municipality", "wandert", "sued")
    found = re.search(r"([0-9]+[.,][0-9])", done.stdout)
    if done.returncode != 0 or found is None:
        raise RuntimeError(done.stderr)
    taken = float(found[1].replace(",", "."))
    yield Row(f"move of {OFFERS:,} offers: read-only", f"{taken:.1f} s", f"limit {SECONDS:.0f} s", taken / SECONDS, 1.0)
