"""Searching what twenty neighbours show, beside a municipality that has the same offers itself."""

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.utils import timezone

from core.garbage import set_aside
from neighbours import indexing
from neighbours.models import Agreement, IndexedTown
from portal.offers.models import Offer
from portal.search.around.columns import columns_of, load
from portal.taxonomy.models import Category, TargetGroup
from tenants.lifecycle.making import create_municipality
from tenants.models import Domain, Municipality
from tenants.running.context import inside, inside_public
from tests.benchmarks import copied_town, town
from tests.benchmarks.search import REQUESTS, Server, _p95, words
from tests.benchmarks.table import Row
from tests.conftest import municipality

TOWNS, EACH = 20, 2_000
MOST_MS, MOST_TIMES, MOST_STATEMENTS, MOST_COMMIT_MS = 100.0, 1.5, 2, 50.0
# As the index has them: `neighbours_rows` gives everything after the number.
_ROWS = """
INSERT INTO public.neighbours_indexedoffer (municipality_id, number, slug, title, title_key, summary, provider, ends_at,
    published_at, min_age, max_age, groups, cost_kind, cost_amount, cost_text, venue, accessibility, volunteering,
    schedule_kind, languages, topics, codes, places, dates)
SELECT (%s::bigint[])[1 + (row_number() OVER ()) %% %s], r.* FROM public.neighbours_rows('gross', NULL) AS r
"""
_TEXTS = """
INSERT INTO public.neighbours_indexeddocument (offer_id, title_vector, vector)
SELECT i.id, d.title_vector, d.vector || array_to_tsvector(ARRAY['#' || i.municipality_id])
FROM gross.offers_searchdocument d JOIN public.neighbours_indexedoffer i ON i.number = d.offer_id
"""


def rows() -> Iterator[Row]:
    """The list of neighbours beside the same offers at home; the search page with and without neighbours; a change."""
    with inside(create_municipality("gross", name="Gross", host="gross.localhost")):
        copied_town.fill(TOWNS * EACH)
    with inside(create_municipality("klein", name="Klein", host="klein.localhost")):
        town.fill(200)
    here, there = Server("gross.localhost"), Server("klein.localhost")
    alone = [there.milliseconds(each) for each in _addresses("klein", "/angebote/")]
    statements_alone = _statements(there)
    numbers = _neighbours()
    loading = _milliseconds(lambda: load(numbers))
    at_home, outside = list(_addresses("gross", "/angebote/")), list(_addresses("klein", "/angebote/nachbarn/"))
    for address in at_home[:5]:
        here.milliseconds(address)
    for address in outside[:5]:
        there.milliseconds(address)
    set_aside()
    local = _p95([here.milliseconds(each) for each in at_home])
    listed = _p95([there.milliseconds(each) for each in outside])
    beside = [there.milliseconds(each) for each in _addresses("klein", "/angebote/")]
    yield Row(f"all of {TOWNS} neighbours with {EACH:,} offers each, p95", f"{listed:.0f} ms",
              f"limit {MOST_MS:.0f} ms", listed / MOST_MS, 1.0)  # fmt: skip
    yield Row("the same, beside a search at home of the same size", f"{listed:.0f} ms", f"home: {local:.0f} ms",
              listed / local, MOST_TIMES)  # fmt: skip
    yield Row("search page with neighbours, p95", f"{_p95(beside):.0f} ms", f"without: {_p95(alone):.0f} ms",
              _p95(beside) / MOST_MS, 1.0)  # fmt: skip
    more = _statements(there) - statements_alone
    yield Row("statements more where there are neighbours", str(more), f"limit {MOST_STATEMENTS}",
              more / MOST_STATEMENTS, 1.0)  # fmt: skip
    yield Row("reading the index anew", f"{loading:.0f} ms", f"{TOWNS * EACH:,} offers", 0.0, None)
    mib = _weight(numbers) / 2**20
    yield Row("the index in memory", f"{mib:.1f} MiB", f"{TOWNS * EACH:,} offers", 0.0, None)
    yield from _changes()


def _neighbours() -> list[int]:
    """Twenty municipalities of which only the shared schema knows, with the offers of one among them."""
    with inside_public():
        us, now = Municipality.objects.get(slug="klein"), timezone.now()
        made = []
        for number in range(TOWNS):
            name = f"nachbar{number}"
            made.append(Municipality.objects.create(slug=name, schema_name=name, name=name.title()))
            Domain.objects.create(tenant=made[-1], domain=f"{name}.localhost", is_primary=True)
            IndexedTown.objects.create(municipality=made[-1], schema_name=name, filled_at=now)
            Agreement.objects.create(
                kind="neighbour", first=us, second=made[-1], state="agreed", valid_from=timezone.localdate(),
                proposed_by="first", first_agreed_at=now, first_agreed_as="editor", second_agreed_at=now,
                second_agreed_as="editor",
            )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [[each.pk for each in made], TOWNS])
            cursor.execute(_TEXTS)
            cursor.execute("VACUUM ANALYZE")
        return [each.pk for each in made]


def _weight(numbers: list[int]) -> int:
    with inside(municipality("klein")):
        return columns_of(numbers).weight


def _milliseconds(work: Any) -> float:
    start = time.perf_counter()
    with inside_public():
        work()
    return (time.perf_counter() - start) * 1000


def _statements(server: Server) -> int:
    addresses = list(_addresses("klein", "/angebote/"))[:20]
    server.milliseconds(addresses[0])
    return max(server.statements(each) for each in addresses)


def _changes() -> Iterator[Row]:
    """What the index costs whoever saves an offer, and a rebuild."""
    whole = municipality("gross")
    with inside(whole):
        offers = list(Offer.objects.order_by("pk")[:30])
        before = _p95([_saving(each) for each in offers])
    IndexedTown.objects.create(municipality=whole, schema_name="gross")
    filling = _milliseconds(lambda: indexing.fill("gross"))
    comparing = _milliseconds(lambda: indexing.fill("gross"))
    with inside(whole):
        after = _p95([_saving(each) for each in offers])
    yield Row("saving an offer that others show, p95", f"{after:.0f} ms", f"before: {before:.0f} ms",
              (after - before) / MOST_COMMIT_MS, 1.0)  # fmt: skip
    yield Row("filling the index", f"{filling:.0f} ms", f"{TOWNS * EACH:,} offers", 0.0, None)
    yield Row("comparing it", f"{comparing:.0f} ms", f"{TOWNS * EACH:,} offers", 0.0, None)


def _saving(offer: Offer) -> float:
    start = time.perf_counter()
    with transaction.atomic():
        offer.summary = f"{offer.summary[:200]}."
        offer.save()
    return (time.perf_counter() - start) * 1000


def _addresses(slug: str, path: str) -> Iterator[str]:
    """The same searches everywhere, by what the topics and target groups are called."""
    rng, today = Random(7), timezone.localdate()
    with inside(municipality(slug)):
        categories = list(Category.objects.order_by("name").values_list("pk", flat=True))
        groups = list(TargetGroup.objects.order_by("name").values_list("pk", flat=True))
    choices = [
        lambda: ("kategorie", categories[rng.randrange(50)]),
        lambda: ("zielgruppe", groups[rng.randrange(20) % len(groups)]),
        lambda: ("von", today + timedelta(days=rng.randint(0, 20))),
        lambda: ("wochentag", rng.choice(["mo", "di", "sa"])),
        lambda: ("ab", "14:00"),
        lambda: ("alter", rng.randint(0, 80)),
        lambda: ("kostenfrei", 1),
        lambda: ("sprache_angebot", "tr"),
        lambda: ("ort", "66111"),
    ]
    for number in range(REQUESTS):
        given = dict(choice() for choice in rng.sample(choices, rng.randint(0, 4)))
        if number % 4:
            given["q"] = rng.choice(words())
        yield f"{path}?{urlencode(given)}"
