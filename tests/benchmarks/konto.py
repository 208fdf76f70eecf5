"""What the pages of somebody with two thousand offers of their own cost: the 95th percentile against 100 ms."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import psutil
from django.db import connection
from django.test import Client
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
from portal.usage.models import DailyOfferView
from tenants.models import Municipality
from tenants.running.context import inside
from tenants.running.table_statistics import refresh_statistics
from tests.benchmarks.table import Row
from tests.benchmarks.town import fill
from tests.conftest import municipality
from tests.factories import a_provider

MOST = 0.100
OFFERS, ROUNDS = 2000, 41
LIST = "/konto/angebote/"
CLOCK = os.environ.get("BENCH_CLOCK") == "1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def rows() -> Iterator[Row]:
    """List, filters, bin, landing page, and the summary of everything ticked."""
    town = municipality("ahausen")
    with inside(town):
        person, picked = _filled()
    client = Client(HTTP_HOST="ahausen.localhost")
    with inside(town):
        client.force_login(person, backend=BACKEND)
    pages: dict[str, Callable[[], Any]] = {
        "own offers": lambda: client.get(LIST),
        "own offers, filters and words": lambda: client.get(
            LIST, {"zustand": ["public", "draft"], "zu_tun": "wartet", "q": "e", "reihenfolge": "termin", "seite": "3"}
        ),
        "landing page": lambda: client.get("/konto/"),
        "summary of a page of 25": lambda: client.post(f"{LIST}sammeln/", {"tun": "verlaengern", "wahl": picked}),
        "summary of all 2,000": lambda: client.post(f"{LIST}sammeln/", {"tun": "pausieren", "alle": "1"}),
        "summary of all 2,000, new ends": lambda: client.post(f"{LIST}sammeln/", {"tun": "verlaengern", "alle": "1"}),
    }
    for name, page in pages.items():
        taken = _percentile(town, page)
        yield Row(f"{name}, p95", f"{taken * 1000:.1f} ms", f"limit {MOST * 1000:.0f} ms", taken / MOST, 1.0)


def _percentile(town: Municipality, page: Callable[[], Any]) -> float:
    """Time of the processor, so that what else runs on the machine does not count: of this process for each request,
    and of the database on the average, whose clock only knows hundredths of a second. With BENCH_CLOCK=1, on a quiet
    machine, time of the clock."""
    page()
    # As a web process does when it is warm.
    set_aside()
    times, before = [], database_seconds(town)
    for _round in range(ROUNDS):
        start = _now()
        answer = page()
        times.append(_now() - start)
        assert answer.status_code == 200
    return statistics.quantiles(times, n=20)[-1] + (0 if CLOCK else (database_seconds(town) - before) / ROUNDS)


def _now() -> float:
    return time.perf_counter() if CLOCK else time.process_time()


def database_seconds(town: Municipality) -> float:
    """Seconds of the processor that the database has spent on our connections."""
    with inside(town), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        )
        pids = [pid for (pid,) in cursor.fetchall()]
    spent = [psutil.Process(pid).cpu_times() for pid in pids if psutil.pid_exists(pid)]
    return sum(each.user + each.system for each in spent)


def _filled() -> tuple[User, list[int]]:
    """A club with all offers of a town: drafts, waiting, returned, paused, ending and long unchecked ones."""
    fill(OFFERS)
    club, dice = a_provider(name="Großer Verein"), Random(7)
    person = User.objects.create_user("bench-konto@ahausen.example", "ein-passwort-2026")
    Membership.objects.create(user=person, provider=club, role=Membership.Role.ADMINISTRATOR)
    ids = list(Offer.objects.order_by("pk").values_list("pk", flat=True))[-OFFERS:]
    Offer.objects.filter(pk__in=ids).update(provider=club, author=person)
    Provider.objects.filter(pk=club.pk).update(trusted=False)
    dice.shuffle(ids)
    parts = [ids[start : start + 200] for start in range(0, 1000, 200)]
    for part, fields in zip(parts, ({"state": State.DRAFT}, {"state": State.PAUSED}, {"reviewed_at": "2025-01-01"}),
                            strict=False):  # fmt: skip
        Offer.objects.filter(pk__in=part).update(**fields)
    waiting = {row.pk: snapshot.take(row) for row in bulk.fetched(KIND, parts[3])}
    bulk.let_wait(KIND, waiting, by=person, desks=dict.fromkeys(waiting, Desk.EDITORS), rows=waiting)
    today = timezone.localdate()
    DailyOfferView.objects.bulk_create(DailyOfferView(offer_id=pk, day=today, count=dice.randint(1, 90)) for pk in ids)
    refresh_statistics()
    return person, parts[4][:25]
