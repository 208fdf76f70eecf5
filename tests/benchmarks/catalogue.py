"""A release of the shared catalogue taken by 300 municipalities, each with changes of its own: against 10 s in all."""

import subprocess
import sys
import time
from collections.abc import Iterator
from random import Random

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.offers.models import Offer
from portal.taxonomy.adoption import services
from portal.taxonomy.models import Category
from portal.vocabulary import changing, placing
from portal.vocabulary.kinds import CATEGORIES
from shared_categories import reading, start
from shared_categories import services as catalogue
from shared_categories.models import Entry, Kind
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tests.benchmarks import many
from tests.benchmarks.table import Row, seconds
from tests.children import environment

TOWNS, MOST = 300, 10.0
# Of one municipality: whatever a release changes (tests/adoption/test_writing.py).
STATEMENTS = 36
BY = "bench"


def rows() -> Iterator[Row]:
    """The release in all of them together, what it asks the database in one, and the page with its differences."""
    with inside_public():
        if not Entry.objects.exists():
            start.begin(by=BY)
            catalogue.issue_release("Die erste.", by=BY)
    towns = many.make(TOWNS, prefix="katalog")
    luck = Random(17)
    mine = {town.slug: _live_in(town, luck) for town in towns}
    with inside_public():
        _second()
    with inside(towns[0]):
        taken = seconds(services.outlook, rounds=5)
        yield Row("catalogue: the differences of one", f"{taken * 1000:.0f} ms", "limit 100 ms", taken / 0.1, 1.0)
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            transaction.atomic(),
        ):
            services.take_all(by=BY)
            transaction.set_rollback(True)
        yield Row("catalogue: statements of one", str(len(asked)), f"limit {STATEMENTS}", len(asked) / STATEMENTS, 1.0)
    begin = time.perf_counter()
    # As the operator does it (`manage`): one process for each processor, their beginning included.
    command = [sys.executable, "-m", "config.cli", "catalogue", "adopt", "--all"]
    subprocess.run(command, env=environment(), cwd=settings.BASE_DIR, check=True, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - begin
    yield Row(
        f"catalogue: a release in {TOWNS} municipalities", f"{taken:.1f} s", f"limit {MOST:.0f} s", taken / MOST, 1.0
    )
    late = sum(_late(town) for town in towns)
    yield Row("catalogue: municipalities without it", str(late), "none", float(late), 0.0)
    lost = sum(_lost(town, mine[town.slug]) for town in towns)
    yield Row("catalogue: changes of their own that were lost", str(lost), "none", float(lost), 0.0)


def _live_in(town: Municipality, luck: Random) -> dict[int, tuple[str, int | None, str]]:
    """Rename five, move two, hide one, add one of its own, put offers on some; what is theirs since then."""
    with inside(town):
        topics = list(Category.objects.order_by("pk"))
        tops = [each for each in topics if each.parent_id is None]
        chosen = luck.sample(topics, 8)
        for number, topic in enumerate(chosen[:5]):
            topic.name = f"{topic.name} in {town.slug} {number}"
            changing.change(CATEGORIES, topic, by=BY)
        for topic in [each for each in chosen[5:7] if each.parent_id is not None]:
            placing.move(CATEGORIES, topic.pk, parent=luck.choice(tops).pk, before=None, by=BY)
        changing.retire(CATEGORIES, chosen[7].pk, retired=True, by=BY)
        changing.add(CATEGORIES, Category(name=f"Nur in {town.slug}"), by=BY)
        for offer in Offer.objects.all()[:6]:
            offer.categories.set(luck.sample(topics, 2))
        kept = {each.pk for each in chosen[:5]}
        return {each.pk: (each.name, each.parent_id, each.color) for each in Category.objects.filter(pk__in=kept)}


def _late(town: Municipality) -> int:
    newest = reading.newest()
    with inside(town):
        return int(newest is None or services.current().taken != newest.number)


def _lost(town: Municipality, mine: dict[int, tuple[str, int | None, str]]) -> int:
    with inside(town):
        now = dict(Category.objects.filter(pk__in=mine).values_list("pk", "name"))
    return sum(now.get(pk) != name for pk, (name, _parent, _color) in mine.items())


def _second() -> None:
    """Names, colours and places change, one goes, two become one, three are new."""
    topics = list(Entry.objects.present().filter(kind=Kind.CATEGORY).order_by("pk"))
    tops = [each for each in topics if each.parent_id is None]
    leaves = [each for each in topics if not any(other.parent_id == each.pk for other in topics)]
    for number, entry in enumerate(topics[::3]):
        catalogue.change(entry, by=BY, name=f"{entry.name} (neu {number})", color="#225588")
    catalogue.move(Entry.objects.get(pk=leaves[0].pk), parent=Entry.objects.get(pk=tops[-1].pk), behind=None, by=BY)
    catalogue.remove(Entry.objects.get(pk=leaves[1].pk), by=BY)
    catalogue.merge(Entry.objects.get(pk=leaves[2].pk), into=Entry.objects.get(pk=leaves[3].pk), by=BY)
    for number in range(3):
        catalogue.create(Kind.CATEGORY, by=BY, parent=Entry.objects.get(pk=tops[0].pk), name=f"Ganz neu {number}")
    catalogue.issue_release("Die zweite.", by=BY)
