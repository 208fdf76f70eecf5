"""Taking in large files."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from portal.exchange.excel.services import import_offers
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.benchmarks.table import Row, seconds
from tests.conftest import municipality
from tests.exchange.excel.workbooks import row, save
from tests.factories import a_provider

ROWS = 5000
MOST_SECONDS = 30.0


def rows() -> Iterator[Row]:
    """5,000 rows of Excel, read, checked and written."""
    with inside(municipality("ahausen")), tempfile.TemporaryDirectory() as folder:
        _choices()
        provider = a_provider()
        lines = [
            row(id=n, title=f"Angebot {n}", kind="Konkrete Daten", start_date=date(2027, 3, 1)) for n in range(ROWS)
        ]
        path = save(Path(folder) / "a.xlsx", *lines)

        def work() -> None:
            result = import_offers(path, provider=provider, by="bench")
            if (result.created, len(result.errors)) != (ROWS, 0):
                raise RuntimeError("The benchmark's workbook was not imported whole.")

        taken = seconds(work, rounds=1)
    yield Row("Excel import, 5,000 offers", f"{taken:.1f} s", f"limit {MOST_SECONDS:.0f} s", taken / MOST_SECONDS, 1.0)


def _choices() -> None:
    """What the rows refer to."""
    Category.objects.get_or_create(name="Sport")
    TargetGroup.objects.get_or_create(name="Kinder")
