"""Bringing 1,000 municipalities to a new release. ROLLOUT_MUNICIPALITIES in the environment makes it fewer."""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from procrastinate.contrib.django.utils import connector_params

from portal.offers.models import Offer
from tenants.lifecycle.making import create_municipality
from tenants.models import Municipality, RolloutStep
from tenants.rollout.fingerprint import digests
from tenants.rollout.release import replay
from tenants.rollout.services import is_behind, roll_out
from tenants.rollout.wish import DEFAULT_JOBS, Wish
from tenants.running.context import inside, inside_public
from tests.benchmarks.table import Row
from tests.children import python
from tests.databases import clone, use
from tests.factories import a_provider, an_offer
from tests.rollout.conftest import Silent
from tests.rollout.releases import package

MANY = int(os.environ.get("ROLLOUT_MUNICIPALITIES", "1000"))
BUSY = 50
TURNS = 6
KILLS = 20
ROUNDS = 3
PAGES = ("/", "/angebote/", "/angebote/?q=Garten")
DATA = """
from django.db import migrations
def fill(apps, schema_editor):
    page = apps.get_model("pages", "Page")
    if page.objects.filter(title="").exists():
        raise ValueError("a page without a title")
    page.objects.filter(pk__gt=0).update(body="Fassung {number}")
class Migration(migrations.Migration):
    dependencies = [("usage", "{before}"), ("pages", "0001_initial")]
    operations = [migrations.RunPython(fill)]
"""
numbers = count(1)


class _Releases:
    """One release after the other, each with one migration more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.migrations: dict[str, str] = {}
        self.last = "0001_initial"

    def add(self, text: str) -> None:
        name = f"{len(self.migrations) + 50:04}_more"
        self.migrations[name] = text.replace("{number}", str(next(numbers))).replace("{before}", self.last)
        self.last = name
        settings.MIGRATION_MODULES = {"usage": package(self.folder, "usage", self.migrations)}


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rolled_out(jobs: int = DEFAULT_JOBS) -> None:
    with inside_public():
        outcome = roll_out(Wish(jobs=jobs), by="bench", report=Silent())
    assert not outcome.errors, outcome.errors[:1]


def _by_hand(slugs: list[str], *statements: str, one_message: bool) -> None:
    """The same statements, one transaction per schema, by somebody who knows what to do."""
    record = "INSERT INTO django_migrations (app, name, applied) VALUES ('bench', 'by-hand', now())"
    with psycopg.connect(**connector_params("default"), autocommit=True) as link:
        for slug in slugs:
            all_of_it = ["BEGIN", f'SET LOCAL search_path = "{slug}", public', *statements, record, "COMMIT"]
            for statement in ["; ".join(all_of_it)] if one_message else all_of_it:
                link.execute(statement)


def _pair(name: str, ours: list[float], hand: list[float], limit: float) -> Row:
    mine, theirs = statistics.median(ours), statistics.median(hand)
    return Row(name, f"{mine:.2f} s", f"by hand {theirs:.2f} s", mine / theirs, limit)


def _columns(releases: _Releases, slugs: list[str]) -> Row:
    ours, hand = [], []
    for number in range(ROUNDS):
        alter = f'ALTER TABLE "usage_dailysearch" ADD COLUMN "hand{number}" varchar(9) DEFAULT \'\' NOT NULL'
        hand.append(_seconds(lambda text=alter: _by_hand(slugs, text, one_message=True)))
        # Then by hand the column goes again, or every schema would have drifted.
        _by_hand(slugs, f'ALTER TABLE "usage_dailysearch" DROP "hand{number}"', one_message=True)
        releases.add(
            "migrations.AddField('dailysearch', 'note{number}', models.CharField(max_length=9, db_default=''))"
        )
        ours.append(_seconds(lambda: _rolled_out(jobs=1)))
    return _pair(f"added column, {len(slugs)} municipalities, 1 connection", ours, hand, 3.0)


def _data(releases: _Releases, slugs: list[str]) -> Row:
    ours, hand = [], []
    for _round in range(ROUNDS):
        statements = (
            "SELECT 1 FROM pages_page WHERE title = '' LIMIT 1",
            "UPDATE pages_page SET body = 'von Hand' WHERE id > 0",
        )
        hand.append(_seconds(lambda texts=statements: _by_hand(slugs, *texts, one_message=False)))
        releases.add(DATA)
        ours.append(_seconds(_rolled_out))
    return _pair(f"data migration in Python, {len(slugs)} municipalities, {DEFAULT_JOBS} connections", ours, hand, 3.0)


def _made() -> list[str]:
    """The first are made in full, as pages are asked of them; the others get their schema only."""
    with inside_public():
        slugs = list(Municipality.objects.values_list("slug", flat=True))
        for _number in range(BUSY):
            _create(slugs)
        while len(slugs) < MANY:
            with transaction.atomic():
                for _number in range(min(20, MANY - len(slugs))):
                    slugs.append(f"gemeinde-{len(slugs)}")
                    Municipality.objects.create(slug=slugs[-1], schema_name=slugs[-1], name=slugs[-1])
                    replay(slugs[-1])
    return slugs


def _creation(many: str, slugs: list[str]) -> Row:
    """One more where there are many, and where there are ten, by turns: the disk is now quick and now slow."""
    times: dict[str, list[float]] = {}
    with clone("bench_few") as few:
        # Other names: both have their files in the same folder.
        here = {few: ("klein", list(slugs[:8])), many: ("gemeinde", slugs)}
        for _turn in range(TURNS):
            for name, (prefix, there) in here.items():
                use(name)
                with inside_public():
                    # The first one after the change makes the connection.
                    times[name] = times.get(name, []) + [_create(there, prefix) for _number in range(3)][1:]
    first, last = min(times[few]), min(times[many])
    name = f"creating municipality no. {len(slugs)}"
    return Row(name, f"{last * 1e3:.0f} ms", f"no. 10 and on: {first * 1e3:.0f} ms", last / first, 1.5)


def _create(slugs: list[str], prefix: str = "gemeinde") -> float:
    slug = f"{prefix}-{len(slugs)}"
    slugs.append(slug)
    return _seconds(lambda: create_municipality(slug, name=slug, host=f"{slug}.localhost"))


# --- requests meanwhile ---------------------------------------------------------------------------------------


class _Load:
    """Two threads that read pages and write offers in all of some municipalities, one after the other."""

    def __init__(self, places: list[Municipality]) -> None:
        self.places = places
        self.times: list[float] = []
        self.errors: list[str] = []
        self._end = threading.Event()

    @contextmanager
    def going_on(self) -> Iterator[None]:
        threads = [threading.Thread(target=self._work, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._end.set()
            for thread in threads:
                thread.join()

    def _work(self, number: int) -> None:
        try:
            for turn in count(number * len(self.places) // 2):
                if self._end.is_set():
                    return
                place = self.places[turn % len(self.places)]
                for work in (self._read, self._write):
                    self.times.append(_seconds(partial(work, place, turn)))
        except Exception as error:  # noqa: BLE001 (counted, and told in the table)
            self.errors.append(repr(error))
        finally:
            connection.close()

    def _read(self, place: Municipality, turn: int) -> None:
        answer = Client(HTTP_HOST=f"{place.slug}.localhost").get(PAGES[turn % len(PAGES)], {"zahl": turn})
        if answer.status_code != 200:
            self.errors.append(f"{place.slug} {answer.status_code}")

    @staticmethod
    def _write(place: Municipality, turn: int) -> None:
        with inside(place):
            Offer.objects.update(summary=f"Runde {turn}")


def _meanwhile(releases: _Releases, slugs: list[str]) -> Iterator[Row]:
    with inside_public():
        places = list(Municipality.objects.filter(slug__in=slugs[:BUSY]))
    for place in places:
        with inside(place):
            an_offer(provider=a_provider(name="Gartenverein"), title="Gartenkurs")
    settings.MIGRATION_MODULES = {
        **settings.MIGRATION_MODULES,
        "offers": package(
            releases.folder,
            "offers",
            {"0050_more": "migrations.AddField('offer', 'mood', models.CharField(max_length=9, db_default=''))"},
        ),
    }
    load, held = _Load(places), places[0].schema_name
    for place in places:
        Client(HTTP_HOST=f"{place.slug}.localhost").get("/angebote/")
    quiet = _Load(places)
    with quiet.going_on():
        time.sleep(5)
    code = (
        f"import sys; sys.path.insert(0, {str(releases.folder)!r})\n"
        f"from django.conf import settings; settings.MIGRATION_MODULES = {settings.MIGRATION_MODULES!r}\n"
        "from django.core.management import call_command; call_command('rollout')"
    )
    with psycopg.connect(**connector_params("default")) as long_one, load.going_on():
        long_one.execute(f'SELECT count(*) FROM "{held}".offers_offer')
        with python(code) as child:
            # So long that everybody else is done and the held one was tried several times.
            time.sleep(12)
            long_one.rollback()
            said, _nothing = child.communicate()
    assert child.returncode == 0, said
    gave_way = RolloutStep.objects.filter(schema_name=held).latest("id").gave_way
    name = f"slowest of {len(load.times)} requests during a rollout"
    slowest, before = max(load.times), max(quiet.times)
    yield Row(name, f"{slowest * 1e3:.0f} ms", "limit 1 s", slowest, 1.0)
    yield Row(name, f"{slowest * 1e3:.0f} ms", f"without: {before * 1e3:.0f} ms", slowest / before, None)
    told = load.errors[0][:30] if load.errors else "none"
    yield Row("errors meanwhile", str(len(load.errors)), told, float(len(load.errors)), 0.0)
    yield Row("gave way to a long transaction (times)", str(gave_way), "at least once", float(gave_way == 0), 0.0)


def _kills() -> Iterator[Row]:
    """In a process of its own, with a database server of its own."""
    code = f"from tests.rollout.killing import main; main({KILLS})"
    with python(code, PYTHONUNBUFFERED="1") as child:
        said, _nothing = child.communicate()
    last = said.strip().splitlines()[-1] if said.strip() else "nothing"
    found = dict(part.split("=") for part in last.split()) if last.startswith("kills=") else {}
    if not found:
        print(said, file=sys.stderr)
    wrong = int(found.get("wrong", "-1"))
    name = f"kill -9 of rollout, database, all; {found.get('midway', '?')} midway"
    yield Row(name, f"{found.get('kills', '0')} kills", f"schemas wrong: {wrong}", float(abs(wrong)), 0.0)


def rows() -> Iterator[Row]:
    """The figures of issue 4 on rollouts."""
    modules = settings.MIGRATION_MODULES
    with tempfile.TemporaryDirectory() as folder, clone("bench_rollout") as many:
        releases = _Releases(Path(folder))
        slugs = _made()
        yield _creation(many, slugs)
        took = min(_seconds(_rolled_out) for _round in range(ROUNDS))
        yield Row(f"nothing to do, {len(slugs)} municipalities: rollout", f"{took:.2f} s", "limit 1 s", took, 1.0)
        took = min(_seconds(is_behind) for _round in range(ROUNDS))
        yield Row(f"nothing to do, {len(slugs)} municipalities: prepare", f"{took:.2f} s", "limit 1 s", took, 1.0)
        yield _columns(releases, slugs)
        yield _data(releases, slugs)
        with inside_public():
            took = _seconds(lambda: digests(slugs))
            one = statistics.median(_seconds(lambda s=slug: digests([s])) for slug in slugs[:5])
        against = f"one by one {one * len(slugs):.0f} s"
        yield Row(f"fingerprints of {len(slugs)} schemas", f"{took:.1f} s", against, took / one / len(slugs), None)
        yield from _meanwhile(releases, slugs)
    settings.MIGRATION_MODULES = modules
    yield from _kills()
