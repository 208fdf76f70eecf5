"""What counting adds to a page (limit 2 ms), and what the figures of 5,000 offers over three years cost to look at."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from portal.offers.models import Offer
from portal.providers.models import Membership
from portal.usage.models import DailyOfferAct, DailyOfferView
from portal.usage.months import sum_months
from portal.usage.served import record, tally
from tenants.models import Municipality
from tenants.running.context import inside
from tenants.running.page_cache import PageCache
from tenants.running.table_statistics import refresh_statistics
from tests.benchmarks.konto import database_seconds
from tests.benchmarks.table import Row
from tests.benchmarks.town import fill
from tests.conftest import municipality
from tests.factories import a_provider

ADDED = 0.002
FIRST, AGAIN = 1.0, 0.2
OFFERS, OWN, DAYS = 5000, 100, 1095
VISITS = 50
HOST = "ahausen.localhost"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = "/konto/statistik/"


def rows() -> Iterator[Row]:
    """First the counting, then the looking."""
    town = municipality("ahausen")
    with inside(town):
        person, offers, own = _filled()
    yield from _counting(offers)
    client = Client(HTTP_HOST=HOST)
    with inside(town):
        client.force_login(person, backend=BACKEND)
    for name, path in {
        "all offers, 12 months": f"{HERE}?zeitraum=12-monate",
        "all offers, 3 years": f"{HERE}?zeitraum=36-monate",
        "one offer, 90 days": f"{HERE}{own}/?zeitraum=90-tage",
        "one offer, 3 years": f"{HERE}{own}/?zeitraum=36-monate",
    }.items():
        cache.clear()
        first, again = _cost(town, client, path, 1), _cost(town, client, path, 7)
        for when, taken, limit in (("first", first, FIRST), ("again", again, AGAIN)):
            told = (f"{taken * 1000:.0f} ms", f"limit {limit * 1000:.0f} ms")
            yield Row(f"{name}, {when}", *told, taken / limit, 1.0)


def _counting(offers: list[Offer]) -> Iterator[Row]:
    """What counting takes of real requests, of pages that are made and of those from memory, where it weighs most."""
    taken: list[float] = []
    pages = PageCache(
        get_wsgi_application(), served=lambda *page: taken.append(_taken(lambda: record(*page)))
    )  # fmt: skip
    asked = [
        RequestFactory(HTTP_HOST=HOST, HTTP_USER_AGENT=FIREFOX).get(each.get_absolute_url()).environ
        for each in offers[:VISITS]
    ]
    for environ in asked * 12:
        _answer(pages, environ)
    assert len(taken) == len(asked) * 12
    added = statistics.quantiles(taken, n=20)[-1]
    yield Row("counting, added to a page, p95", f"{added * 1000:.3f} ms", "limit 2 ms", added / ADDED, 1.0)
    writing = _taken(tally.write)
    yield Row("writing a minute of visits", f"{writing * 1000:.0f} ms", "limit 1000 ms", writing, 1.0)


def _cost(town: Municipality, client: Client, path: str, rounds: int) -> float:
    """Seconds of the processor for each look: of this process and of the database, so that what else runs on the
    machine does not count."""
    before, start = database_seconds(town), time.process_time()
    for _round in range(rounds):
        assert client.get(path).status_code == 200
    return (time.process_time() - start + database_seconds(town) - before) / rounds


def _answer(application: PageCache, environ: dict[str, Any]) -> bytes:
    return b"".join(application(dict(environ), lambda *_given: None))


def _taken(work: Callable[[], Any]) -> float:
    """Seconds of this process's processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def _filled() -> tuple[User, list[Offer], int]:
    """A town's offers, a hundred of them one club's, opened on every other day of three years."""
    fill(OFFERS)
    club = a_provider(name="Großer Verein")
    person = User.objects.create_user("bench-figures@ahausen.example", "ein-passwort-2026")
    Membership.objects.create(user=person, provider=club, role=Membership.Role.ADMINISTRATOR)
    ids = list(Offer.objects.order_by("-pk").values_list("pk", flat=True)[:OWN])
    Offer.objects.update(published_at=timezone.now() - timedelta(days=DAYS))
    Offer.objects.filter(pk__in=ids).update(provider=club)
    today = timezone.localdate()
    between = [today - timedelta(days=DAYS), today]
    days = f"FROM {Offer._meta.db_table} AS o, generate_series(%s::date, %s::date, '1 day') AS day"
    luck = "(o.id + (day::date - '2020-01-01'::date))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DailyOfferView._meta.db_table} (day, offer_id, source, count) "
            f"SELECT day::date, o.id, '', 1 + o.id %% 7 {days} WHERE {luck} %% 2 = 0",
            between,
        )
        cursor.execute(
            f"INSERT INTO {DailyOfferAct._meta.db_table} (day, offer_id, act, source, count) "
            f"SELECT day::date, o.id, 'phone', '', 1 {days} WHERE {luck} %% 9 = 0",
            between,
        )
    sum_months()
    refresh_statistics()
    return person, list(Offer.objects.filter(state="published").order_by("pk")[:VISITS]), ids[0]
