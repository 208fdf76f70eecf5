"""Taking in large files.

The web page's jobs run in a process of their own, as a worker runs them; it tells what each took and the most memory it
ever had."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile

from accounts.models import User
from portal.exchange.excel.services import import_offers
from portal.imports.models import Upload
from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.benchmarks.table import Row, seconds
from tests.children import environment
from tests.conftest import municipality
from tests.exchange.excel.workbooks import row, save
from tests.factories import a_provider

ROWS = 5000
MOST_SECONDS = 30.0
MOST_SECONDS_LOOKING = 10.0
MOST_MIB = 300.0


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
        yield Row(
            "Excel import, 5,000 offers", f"{taken:.1f} s", f"limit {MOST_SECONDS:.0f} s", taken / MOST_SECONDS, 1.0
        )
        Offer.objects.all().delete()
        # Once new, once every row changed.
        other = a_provider()
        for name, summary in (("new", "Turnen"), ("changed", "Turnen für alle, die mögen")):
            lines = [each | {"summary": summary} for each in lines]
            yield from _in_a_worker(name, other, save(Path(folder) / "a.xlsx", *lines))


def _in_a_worker(name: str, provider: Provider, path: Path) -> Iterator[Row]:
    """What the pages of a provider start: the dry run, the marked copy, the import."""
    person = User.objects.create_user(f"{name}@bench.example")
    Membership.objects.create(user=person, provider=provider, role=Membership.Role.ADMINISTRATOR)
    upload = Upload(provider=provider, by=person, key=name, name="a.xlsx", language="de")
    upload.file.save("a", ContentFile(path.read_bytes(), name="a"))
    upload.save()
    found = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.imports_process", str(upload.pk)],
        env=environment(),
        cwd=Path(settings.BASE_DIR),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seen = json.loads(found.stdout.splitlines()[-1])
    if seen["written"] != ROWS:
        raise RuntimeError(f"{seen['written']} of the benchmark's rows were written.")
    for what, most in (("looking", MOST_SECONDS_LOOKING), ("taking", MOST_SECONDS)):
        told = f"{seen[what]:.1f} s ({seen[f'{what}_cpu']:.1f} processor)"
        yield Row(f"a table of 5,000 {name} offers: {what}", told, f"limit {most:.0f} s", seen[what] / most, 1.0)
    told = f"{seen['marking']:.1f} s"
    yield Row(f"a table of 5,000 {name} offers: marked copy", told, "", seen["marking"], None)
    yield Row(
        "… most memory of the worker", f"{seen['mib']:.0f} MiB", f"limit {MOST_MIB:.0f}", seen["mib"] / MOST_MIB, 1.0
    )


def _choices() -> None:
    """What the rows refer to."""
    Category.objects.get_or_create(name="Sport")
    TargetGroup.objects.get_or_create(name="Kinder")
