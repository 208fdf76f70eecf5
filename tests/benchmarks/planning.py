"""The evaluation over 20,000 offers with 120,000 dates and ten years of having been public (limit 300 ms a page)."""

import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.access import Role
from portal.planning.models import AreaFigure, Source, Span
from portal.taxonomy.models import District
from tenants.running.context import inside
from tenants.running.table_statistics import refresh_statistics
from tests.benchmarks.table import Row
from tests.benchmarks.town import fill
from tests.conftest import municipality

OFFERS, ROUNDS, LIMIT, STATEMENTS = 20_000, 20, 0.3, 60
HOST = "ahausen.localhost"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = {
    "overview, ten years by month": "?zeitraum=eigener&von={first}&bis={last}&je=monat",
    "overview, 90 days by week": "?zeitraum=90-tage&je=woche",
    "supply": "angebot/",
    "supply of a past day": "angebot/?von={past}&bis={past}",
    "matrix, district by age": "matrix/",
    "matrix, topic by weekday, a field": "matrix/?zeilen=thema&spalten=wochentag&zeile=ohne",
    "matrix, postcode by language, hours": "matrix/?zeilen=plz&spalten=sprache&mass=wochenstunden",
    "gaps": "luecken/",
    "a table as Excel": "tabellen/matrix.xlsx",
}


def rows() -> Iterator[Row]:
    """Each page often, and how many statements it takes."""
    town = municipality("ahausen")
    with inside(town):
        person = _filled()
    client = Client(HTTP_HOST=HOST)
    with inside(town):
        client.force_login(person, backend=BACKEND)
    today = timezone.localdate()
    days = {"first": today - timedelta(days=3640), "last": today, "past": today - timedelta(days=1500)}
    for name, path in PAGES.items():
        address = f"/auswertung/{path.format(**days)}"
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as statements:
            client.get(address)
        taken = sorted(_taken(client, address) for _round in range(ROUNDS))
        worst = statistics.quantiles(taken, n=20)[-1]
        told = (f"p95 {worst * 1000:.0f} ms, {len(statements)} statements", f"limit {LIMIT * 1000:.0f} ms")
        yield Row(name, *told, max(worst / LIMIT, len(statements) / STATEMENTS), 1.0)


def _taken(client: Client, address: str) -> float:
    start = time.perf_counter()
    assert client.get(address).status_code == 200
    return time.perf_counter() - start


def _filled() -> User:
    """A town's offers, each public three times in ten years, and its inhabitants."""
    fill(OFFERS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Span._meta.db_table} (offer_id, provider_id, since, until) SELECT offer_id, provider_id, "
            "since - make_interval(days => (1000 * step + offer_id %% 300)::int), "
            "since - make_interval(days => (1000 * step - 500)::int) "
            f"FROM {Span._meta.db_table}, generate_series(1, 3) AS step"
        )
    source = Source.objects.create(name="Amt", as_of=date(2025, 12, 31), file_name="x.csv")
    AreaFigure.objects.bulk_create(
        AreaFigure(source=source, district=district, indicator="Einwohner", unit="number", from_age=low, to_age=high,
                   year=2025, value=300 + district.pk % 100)
        for district in District.objects.all()
        for low, high in ((0, 2), (3, 9), (10, 17), (18, 64))
    )  # fmt: skip
    refresh_statistics()
    return User.objects.create_user("bench-planning@ahausen.example", "ein-passwort-2026", roles=[Role.PLANNER.value])
