"""Export and restore of a municipality with 20,000 offers: time, and the memory of the process that does it."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tenants.lifecycle.making import create_municipality
from tenants.lifecycle.states import delete_municipality
from tenants.running.context import inside
from tests.benchmarks import town
from tests.benchmarks.table import Row
from tests.children import python

OFFERS = 20_000
SECONDS, MEBIBYTES = 60.0, 200.0
SLUG, COPY = "umzug", "umgezogen"
_MEASURED = """
import json, time
from pathlib import Path
from tenants.transfer.exporting import export_municipality
from tenants.transfer.restoring import restore_municipality
begun = time.perf_counter()
{work}
# Not ru_maxrss: Linux counts in it what the parent had when it started us.
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 2**10
print(json.dumps([time.perf_counter() - begun, peak]))
"""


def _measured(work: str) -> tuple[float, float]:
    """Seconds and the most MiB a process of its own needs, Django's start counted in the memory only."""
    with python(_MEASURED.format(work=work)) as child:
        said, _nothing = child.communicate()
    if child.returncode != 0:
        raise RuntimeError(said)
    seconds, peak = json.loads(said.splitlines()[-1])
    return seconds, peak


def rows() -> Iterator[Row]:
    """Beside the limits of issue 4, and the restore beside the export."""
    municipality = create_municipality(SLUG, name="Umzug", host=f"{SLUG}.localhost")
    with inside(municipality):
        town.fill(OFFERS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "umzug.zip"
        out, out_peak = _measured(f"export_municipality({SLUG!r}, Path({str(path)!r}))")
        back, back_peak = _measured(
            f"restore_municipality(Path({str(path)!r}), slug={COPY!r}, host='{COPY}.localhost')"
        )
    for slug in (SLUG, COPY):
        delete_municipality(slug, confirm=slug)
    what = f"{OFFERS:,} offers"
    yield Row(f"export, {what}", f"{out:.1f} s", f"limit {SECONDS:.0f} s", out / SECONDS, 1.0)
    yield Row(f"export, {what}", f"{out_peak:.0f} MiB", f"limit {MEBIBYTES:.0f} MiB", out_peak / MEBIBYTES, 1.0)
    yield Row(f"restore, {what}", f"{back:.1f} s", f"export {out:.1f} s", back / out, None)
    yield Row(f"restore, {what}", f"{back_peak:.0f} MiB", f"limit {MEBIBYTES:.0f} MiB", back_peak / MEBIBYTES, 1.0)
