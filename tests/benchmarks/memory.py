"""What a process takes that serves a thousand municipalities, beside the bound of what it may remember.

Making a thousand municipalities of 300 offers would take an hour. So there are twenty, all different, and a process of
its own (as gunicorn starts one: the cache of pages, Django, four threads) that visits them by turns, page by page.
After each visit all that was remembered is put under the name of a municipality that does not exist, so that the next
visit finds nothing and everything is read and built anew: what is in the memory in the end are the things of a thousand
municipalities, each built for itself from real rows, not copies (`memory_process`). The process may remember half of
what they weigh, so that the bound is met and things have to go and come back all the time. Left out is only what grows
on PostgreSQL's side (`connections` measures that).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.benchmarks import town
from tests.benchmarks.table import Row
from tests.children import environment

MUNICIPALITIES = int(os.environ.get("BENCH_MUNICIPALITIES", "1000"))
TOWNS, OFFERS = 20, 300
MEMORY_MB = 128
# Besides what is remembered, a process that works has requests under way, connections and memory in pieces.
MOST = 1.25
# A page asks for a dozen remembered things.
MOST_MICROSECONDS = 20.0


def rows() -> Iterator[Row]:
    """Growth of the resident memory against the bound, and against what was remembered by its own account."""
    slugs = [f"gewicht-{number:02}" for number in range(TOWNS)]
    for number, slug in enumerate(slugs):
        with inside(create_municipality(slug, name=slug.title(), host=f"{slug}.localhost")):
            town.fill(OFFERS, seed=number, vacuum=False)
    found = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.memory_process", str(MUNICIPALITIES), *slugs],
        env=environment(MEMORY_MB=str(MEMORY_MB)),
        cwd=Path(settings.BASE_DIR),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    seen = json.loads(found.stdout.splitlines()[-1])
    growth, bound, kept = seen["growth"], seen["bound"], seen["kept"]
    name = f"a process after {MUNICIPALITIES} municipalities"
    yield Row(f"{name}: growth", f"{growth:.0f} MiB", f"it may remember {bound:.0f} MiB", growth / bound, MOST)
    yield Row(f"{name}: honesty", f"{growth:.0f} MiB", f"by its own account {kept:.0f} MiB", growth / kept, MOST)
    without = seen["each"] * MUNICIPALITIES / 1024
    yield Row("what is remembered, asked for again", f"{seen['hit']:.1f} µs", f"limit {MOST_MICROSECONDS:.0f} µs",
              seen["hit"] / MOST_MICROSECONDS, 1.0)  # fmt: skip
    yield Row(f"remembered of one, {OFFERS} offers", f"{seen['each']:.0f} KiB", f"of all: {without:.0f} MiB",
              without / bound, None)  # fmt: skip
