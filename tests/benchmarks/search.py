"""Searching in a municipality with very many offers."""

import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.garbage import set_aside
from portal.offers.models import Offer
from portal.search.questions import understand
from portal.search.text import asked, text_statement
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.lifecycle.making import create_municipality
from tenants.running.context import inside
from tests.benchmarks import town
from tests.benchmarks.table import Row
from tests.conftest import municipality

FEW, MANY = 10_000, 100_000
REQUESTS = 120
MOST_MS = 80.0
MOST_SUGGEST_MS = 25.0
MOST_QUERIES = 8
MOST_GROWTH = 3.0


def rows() -> Iterator[Row]:
    """The whole search page, suggestions, the page after a change; with ten times the offers as well."""
    few, few_suggestions, queries, rebuilt = _town("viel", FEW)
    yield Row("search page, 10,000 offers, p95", f"{few:.0f} ms", f"limit {MOST_MS:.0f} ms", few / MOST_MS, 1.0)
    yield Row("search page, statements", str(queries), f"limit {MOST_QUERIES}", queries / MOST_QUERIES, 1.0)
    yield Row(
        "suggestions, 10,000 offers, p95",
        f"{few_suggestions:.1f} ms",
        f"limit {MOST_SUGGEST_MS:.0f} ms",
        few_suggestions / MOST_SUGGEST_MS,
        1.0,
    )
    yield Row("search page after a change, 10,000 offers", f"{rebuilt:.0f} ms", "unchanged", rebuilt / few, None)
    many, many_suggestions, _queries, rebuilt = _town("sehrviel", MANY)
    yield Row("search page, 100,000 offers, p95", f"{many:.0f} ms", f"10,000: {few:.0f} ms", many / few, MOST_GROWTH)
    yield Row(
        "suggestions, 100,000 offers, p95", f"{many_suggestions:.1f} ms", "limit 25 ms", many_suggestions / 25, None
    )
    yield Row("search page after a change, 100,000 offers", f"{rebuilt:.0f} ms", "unchanged", rebuilt / many, None)


def _town(slug: str, offers: int) -> tuple[float, float, int, float]:
    """Milliseconds of a search page and of suggestions (p95), statements, milliseconds of the page after a change."""
    with inside(create_municipality(slug, name=slug.title(), host=f"{slug}.localhost")):
        town.fill(offers)
        addresses = list(_addresses(Random(7)))
        first = Offer.objects.order_by("pk").first()
    server = Server(f"{slug}.localhost")
    for address in addresses[:5]:
        server.milliseconds(address)
    # As a web process does when it is warm.
    set_aside()
    pages = [server.milliseconds(address) for address in addresses]
    statements = max(server.statements(address) for address in addresses[:20])
    suggestions = [server.milliseconds(f"/angebote/vorschlaege/?{urlencode({'q': word})}") for word in _beginnings()]
    with inside(municipality(slug)):
        Offer.objects.filter(pk=first.pk).update(volunteering=True)
    return _p95(pages), _p95(suggestions[1:]), statements, server.milliseconds(addresses[0])


class Server:
    """Django as gunicorn calls it, without the page cache."""

    def __init__(self, host: str) -> None:
        self._django, self._host = get_wsgi_application(), host

    def milliseconds(self, address: str) -> float:
        """How long one page takes."""
        environ = RequestFactory().get(address, HTTP_HOST=self._host, HTTP_ACCEPT_ENCODING="gzip").environ
        statuses: list[str] = []
        start = time.perf_counter()
        answer = self._django(environ, lambda status, _headers: statuses.append(status))
        b"".join(answer)
        answer.close()
        taken = (time.perf_counter() - start) * 1000
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{address}: {statuses[0]}")
        return taken

    def statements(self, address: str) -> int:
        """How many statements one page takes. (Counted here: the next request empties the log.)"""
        with CaptureQueriesContext(connection) as caught:
            self.milliseconds(address)
        return len(caught)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _beginnings() -> list[str]:
    return [word[:length] for word in words()[::9] for length in (2, 3, 5)][:REQUESTS]


def words() -> list[str]:
    """Words that stand in many offers."""
    return town._words()


def _addresses(rng: Random) -> Iterator[str]:
    """Searches with a word and some filters, as the page's own links have them."""
    today = timezone.localdate()
    categories = list(Category.objects.values_list("pk", flat=True))
    groups = list(TargetGroup.objects.values_list("pk", flat=True))
    districts = list(District.objects.values_list("pk", flat=True))
    choices = [
        lambda: ("kategorie", rng.choice(categories)),
        lambda: ("zielgruppe", rng.choice(groups)),
        lambda: ("ortsteil", rng.choice(districts)),
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
        yield f"/angebote/?{urlencode(given)}"


def explained(text: str) -> str:
    """EXPLAIN ANALYZE of the text search, inside the municipality of the caller."""
    question = understand(text)
    statement, parameters = text_statement(question.terms, asked(question))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())
