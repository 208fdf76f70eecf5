"""Printing a programme: how long, and how much memory the worker and the press take together."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from django.conf import settings
from django.utils import timezone

from portal.offers.choices import CostKind, ScheduleKind
from portal.offers.models import Location, Offer, Schedule
from portal.offers.services import write_occurrences
from portal.printing import making, tasks
from portal.printing.models import Paper
from portal.taxonomy.models import Category, District
from tenants.running.context import inside
from tests.benchmarks.table import Row
from tests.conftest import municipality
from tests.factories import a_provider
from tests.printing.rules import breaches

OFFERS = 1000
MOST_SECONDS = 60.0
MOST_MIB = 300.0
TEXT = "Gemeinsam lernen wir Neues kennen, kommen ins Gespräch und haben Freude daran; alle sind willkommen. " * 3


class Peak:
    """The most memory the children of this process had together, and what it took itself meanwhile."""

    def __init__(self) -> None:
        self.children = self.own = 0
        self._before = psutil.Process().memory_info().rss
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._ended.wait(0.25):
            self.own = max(self.own, me.memory_info().rss - self._before)
            self.children = max(self.children, sum(_proportional(each) for each in me.children(recursive=True)))


def _proportional(process: psutil.Process) -> int:
    """What is shared with forks counts once."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def _fill() -> None:
    topics = [Category.objects.create(name=f"Thema {number}", position=number) for number in range(8)]
    districts = [District.objects.create(name=f"Ortsteil {number}") for number in range(10)]
    providers = [a_provider(name=f"Verein {number}", phone="0681 12345") for number in range(60)]
    now, today = timezone.now(), timezone.localdate()
    offers = Offer.objects.bulk_create(
        Offer(
            provider=providers[number % 60], title=f"Kurs {number}: Gemeinsam unterwegs", slug="kurs",
            state="published", published_at=now, summary=TEXT[:280], min_age=6,
            cost_kind=CostKind.FREE, schedule_kind=ScheduleKind.WEEKLY,
            conditions="Bitte melden Sie sich telefonisch an.",
        )
        for number in range(OFFERS)
    )  # fmt: skip
    through = Offer.categories.through
    through.objects.bulk_create(through(offer=each, category=topics[n % 8]) for n, each in enumerate(offers))
    Location.objects.bulk_create(
        Location(offer=each, name="Haus der Begegnung", street=f"Hauptstraße {n}", postcode="66111", city="Ahausen",
                 district=districts[n % 10])
        for n, each in enumerate(offers)
    )  # fmt: skip
    rules = [Schedule(offer=each, first_date=today, rrule="FREQ=WEEKLY;BYDAY=TU") for each in offers]
    write_occurrences(Schedule.objects.bulk_create(rules), horizon=today + timedelta(days=120))


def rows() -> Iterator[Row]:
    """A programme of 1,000 offers by topic and by week; the second time gives the same bytes."""
    with inside(municipality("ahausen")), TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        _fill()
        today = timezone.localdate()
        days = {"first": today.isoformat(), "last": (today + timedelta(days=90)).isoformat()}
        digests = set()
        for chapters in ("topic", "week", "topic"):
            paper = Paper.objects.create(
                key=f"{chapters}-{len(digests)}-{time.monotonic()}", kind="programme", title="Programm",
                says={**days, "chapters": chapters},
            )  # fmt: skip
            making.ask_for(paper, by="bench")
            began, before = time.perf_counter(), sum(os.times()[:4])
            with Peak() as peak:
                tasks.make_paper(paper=paper.pk)
            taken, worked = time.perf_counter() - began, sum(os.times()[:4]) - before
            paper.refresh_from_db()
            if (paper.state, paper.number) != (Paper.State.READY, OFFERS):
                raise RuntimeError(f"The programme is {paper.state} ({paper.trouble}), {paper.number} offers.")
            if wrong := breaches(Path(paper.file.path)):
                raise RuntimeError(f"The benchmark's programme is not accessible: {wrong[:3]}")
            digests.add((chapters, paper.digest))
            what = f"programme by {chapters}, {OFFERS} offers, {paper.pages} pages"
            ours = f"{taken:.1f} s ({worked:.0f} s of a processor)"
            mib = (peak.children + peak.own) / 2**20
            yield Row(what, ours, f"limit {MOST_SECONDS:.0f} s", taken / MOST_SECONDS, 1.0)
            yield Row("  press and worker", f"{mib:.0f} MiB", f"limit {MOST_MIB:.0f} MiB", mib / MOST_MIB, 1.0)
        if len(digests) != 2:
            raise RuntimeError("The same programme gave other bytes.")
