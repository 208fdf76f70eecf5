"""What the editors' pages cost with 20,000 offers and 2,000 providers: the 95th percentile against 150 ms, and the same
number of statements as in a town with two hundred.

Which pages there are says `tests/architecture/access.csv`: whoever adds one below /redaktion/ adds its row there, and
it is measured from then on. Lists are asked once more with filters, words, another order and a page in the middle
(`ASKED`).
"""

import csv
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.garbage import set_aside
from portal.offers import snapshot
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Membership, Provider
from portal.revisions import bulk
from portal.revisions.models import Desk
from tenants.models import Municipality
from tenants.running.context import inside
from tenants.running.table_statistics import refresh_statistics
from tests.architecture.access_town import furnish, people
from tests.benchmarks.table import Row
from tests.benchmarks.town import fill
from tests.conftest import municipality

MOST = 0.150
OFFERS, PROVIDERS, FEW, ROUNDS = 20_000, 2_000, 200, 41
BELOW, WHO = "/redaktion/", "admin"
CLOCK = os.environ.get("BENCH_CLOCK") == "1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TABLE = Path(__file__).parents[1] / "architecture" / "access.csv"
# What people ask lists for besides their first page.
ASKED = {
    "/redaktion/pruefen/": ("?seite=4",),
    "/redaktion/angebote/": (
        "?zustand=public&zustand=draft&q=e&reihenfolge=name&seite=60",
        "?q=verein",
        "?merkmal=pruefen&fehlt=bild&reihenfolge=ende",
    ),
    "/redaktion/anbieter/": ("?q=e&reihenfolge=angebote&seite=9",),
}
# A file has as many rows as the town; it is no page.
FILES = (".xlsx", ".csv", ".json", ".geojson", ".zip")


def rows() -> Iterator[Row]:
    """Each page, and how many of them ask more statements of a large town than of a small one."""
    small, large = (_Town(slug, offers) for slug, offers in (("bedorf", FEW), ("ahausen", OFFERS)))
    grown = []
    for name in large.pages:
        taken = large.percentile(name)
        yield Row(f"{name}, p95", f"{taken * 1000:.1f} ms", f"limit {MOST * 1000:.0f} ms", taken / MOST, 1.0)
        few, many = small.statements(name), large.statements(name)
        if many > few:
            grown.append(name)
            yield Row(f"{name}, statements", f"{many}", f"of {FEW} offers: {few}", many / few, 1.0)
    yield Row("pages with more statements for more rows", f"{len(grown)}", f"of {len(large.pages)}", len(grown), 0)


class _Town:
    """A municipality with one of everything that has an address, so many offers, and somebody signed in."""

    def __init__(self, slug: str, offers: int) -> None:
        self.municipality: Municipality = municipality(slug)
        self.client = Client(HTTP_HOST=f"{slug}.localhost")
        with inside(self.municipality):
            accounts = people()
            objects = furnish(accounts)
            _filled(offers, accounts["administrator"])
            self.client.force_login(accounts[WHO], backend=BACKEND)
        self.pages = {name: address.format(**objects) for name, address in _addresses()}

    def ask(self, name: str) -> HttpResponse:
        """One page, read to its end."""
        answer: HttpResponse = self.client.get(self.pages[name])
        b"".join(answer)
        assert answer.status_code == 200, (name, answer.status_code)
        return answer

    def statements(self, name: str) -> int:
        """How many statements a page needs that was asked for before."""
        self.ask(name)
        with CaptureQueriesContext(connection) as asked:
            self.ask(name)
        return len(asked)

    def percentile(self, name: str) -> float:
        """Time of the processor, of this process for each request and of the database on the average, so that what
        else runs on the machine does not count. With BENCH_CLOCK=1, on a quiet machine, time of the clock."""
        self.ask(name)
        # As a web process does when it is warm.
        set_aside()
        times, before = [], self._database()
        for _round in range(ROUNDS):
            start = _now()
            self.ask(name)
            times.append(_now() - start)
        return statistics.quantiles(times, n=20)[-1] + (0 if CLOCK else (self._database() - before) / ROUNDS)

    def _database(self) -> float:
        with inside(self.municipality), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity "
                "WHERE datname = current_database() AND backend_type = 'client backend'"
            )
            pids = [pid for (pid,) in cursor.fetchall()]
        spent = [psutil.Process(pid).cpu_times() for pid in pids if psutil.pid_exists(pid)]
        return sum(each.user + each.system for each in spent)


def _now() -> float:
    return time.perf_counter() if CLOCK else time.process_time()


def _addresses() -> list[tuple[str, str]]:
    """The pages of the table that this person may see, by a name for our own table."""
    found: list[tuple[str, str]] = []
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        is_page = row["side"] == "town" and row["method"] == "GET" and row[WHO] == "200"
        if not is_page or not row["pattern"].startswith(BELOW) or row["address"].endswith(FILES):
            continue
        found.append((row["pattern"], row["address"]))
        found += [(f"{row['pattern']}{more}", f"{row['address']}{more}") for more in ASKED.get(row["pattern"], ())]
    return found


def _filled(offers: int, person: User) -> None:
    """A town as large as the largest: every tenth offer a draft, paused, over, in the bin, waiting or long unchecked,
    and a provider for every ten."""
    fill(offers)
    dice, now = Random(7), timezone.now()
    ids = list(Offer.objects.filter(slug__startswith="o-").order_by("pk").values_list("pk", flat=True))
    providers = [
        *Provider.objects.filter(slug__startswith="v-"),
        *Provider.objects.bulk_create(
            Provider(name=f"Verein {n} für dies und das", slug=f"w-{n}", state="published", published_at=now)
            for n in range(max(0, offers // 10 - max(20, offers // 50)))
        ),
    ]
    for start, provider in enumerate(providers):
        Offer.objects.filter(pk__in=ids[start :: len(providers)]).update(provider=provider)
    Membership.objects.bulk_create(
        Membership(provider=each, user=person, role=Membership.Role.ADMINISTRATOR) for each in providers[:50]
    )
    dice.shuffle(ids)
    tenth = offers // 10
    parts = [ids[at * tenth : (at + 1) * tenth] for at in range(5)]
    for part, fields in zip(parts, (
        {"state": State.DRAFT}, {"state": State.PAUSED}, {"reviewed_at": "2025-01-01"}, {"state": State.ARCHIVED},
        {"state": State.TRASHED, "state_before": State.PUBLISHED, "trashed_at": now},
    ), strict=True):  # fmt: skip
        Offer.objects.filter(pk__in=part).update(**fields)
    waiting = {row.pk: snapshot.take(row) for row in bulk.fetched(KIND, ids[-offers // 40 :])}
    bulk.let_wait(KIND, waiting, by=person, desks=dict.fromkeys(waiting, Desk.EDITORS), rows=waiting)
    refresh_statistics()
