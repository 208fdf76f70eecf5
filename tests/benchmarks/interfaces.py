"""Other programs: a file of all offers, a page of a hundred, and an answer that has not changed."""

import statistics
from collections.abc import Iterator
from itertools import count
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.garbage import set_aside
from portal.interfaces import limits
from portal.interfaces.exporting import FORMATS, export
from portal.offers.models import Offer
from portal.taxonomy.models import Category
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.benchmarks import town
from tests.benchmarks.search import Server, _addresses, _p95
from tests.benchmarks.table import Row, seconds
from tests.conftest import municipality

OFFERS = 5_000
MOST_SECONDS = {"jsonl": 0.5, "csv": None, "geojson": None}
MOST_STATEMENTS = 10
MOST_PAGE_MS = 50.0
MOST_RENAMING = 0.5


def rows() -> Iterator[Row]:
    """5,000 offers; the limits are those of issue 21."""
    slug = "schnittstelle"
    with inside(create_municipality(slug, name="Schnittstelle", host=f"{slug}.localhost")):
        town.fill(OFFERS)
        searches = [address.partition("?")[2] for address in _addresses(Random(7))][:60]
    limits.MOST = 10**9
    set_aside()
    for kind in FORMATS:
        with inside(municipality(slug)):
            taken = seconds(lambda kind=kind: export(kind, "https://x")[0].close(), rounds=5)
            with CaptureQueriesContext(connection) as asked:
                export(kind, "https://x")[0].close()
        most = MOST_SECONDS[kind]
        against = f"limit {most} s" if most else "(no limit)"
        yield Row(f"all 5,000 offers as {kind}", f"{taken:.2f} s", against, taken / (most or taken), most and 1.0)
        statements = len(asked)
        limit = f"limit {MOST_STATEMENTS}"
        yield Row(f"statements of {kind}", str(statements), limit, statements / MOST_STATEMENTS, 1.0)
    with inside(municipality(slug)):
        topic = Category.objects.create(name="Umbenannt 0")
        through = Offer.categories.through
        numbers = Offer.objects.values_list("pk", flat=True)
        through._default_manager.bulk_create(through(offer_id=pk, category_id=topic.pk) for pk in numbers)
        names = (f"Umbenannt {number}" for number in count(1))
        taken = seconds(lambda: Category.objects.filter(pk=topic.pk).update(name=next(names)), rounds=5)
    limit = f"limit {MOST_RENAMING} s"
    yield Row("another name for a topic of 5,000 offers", f"{taken:.2f} s", limit, taken / MOST_RENAMING, 1.0)
    server = Server(f"{slug}.localhost")
    addresses = [f"/api/v1/offers/?limit=100&{search}" for search in searches]
    server.milliseconds(addresses[0])
    pages = [server.milliseconds(address) for address in addresses]
    p95 = _p95(pages)
    yield Row("a page of 100 offers, p95", f"{p95:.0f} ms", f"limit {MOST_PAGE_MS:.0f} ms", p95 / MOST_PAGE_MS, 1.0)
    median = statistics.median(pages)
    yield Row("a page of 100 offers, median", f"{median:.0f} ms", f"limit {MOST_PAGE_MS:.0f} ms", median / 50, None)
