"""The operator's statistics with 1,000 municipalities, two years of months and 60 categories: p95 against 200 ms;
and what a switch costs that is asked."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.test import Client
from django.utils import timezone

from accounts.models import User
from comparison.keeping import decide, keep_months
from comparison.models import Consent, Group, Member, MonthFigures
from shared_categories.models import Entry, Kind, Use
from switches.asking import is_on
from tenants.models import Municipality, MunicipalityFigures
from tenants.running.context import inside, inside_public
from tests.benchmarks.konto import BACKEND, _percentile
from tests.benchmarks.table import Row, seconds
from tests.conftest import municipality
from tracker.tickets.models import Participant

MOST = 0.200
TOWNS, MONTHS, TOPICS, NIGHTS = 1000, 25, 60, 8


def _fill() -> None:
    towns = Municipality.objects.bulk_create(
        Municipality(slug=f"b-{each}", schema_name=f"b-{each}", name=f"Ort {each}") for each in range(TOWNS)
    )
    today = timezone.localdate()
    first = today.replace(day=1)
    MonthFigures.objects.bulk_create(
        (_month(town, first - relativedelta(months=back)) for town in towns for back in range(1, MONTHS)),
        batch_size=5000,
    )
    MunicipalityFigures.objects.bulk_create(
        (
            MunicipalityFigures(
                municipality=town, night=today - timedelta(days=back), published_offers=50 + town.pk % 400,
                providers=20, measured_at=timezone.now(),
            )
            for town in towns
            for back in range(NIGHTS)
        ),
        batch_size=5000,
    )  # fmt: skip
    codes = [f"K-9{each:03}" for each in range(TOPICS)]
    Entry.objects.bulk_create(Entry(kind=Kind.CATEGORY, code=code, name=f"Thema {code}") for code in codes)
    Use.objects.bulk_create(
        (Use(municipality=town, code=code, offers=5, night=today) for town in towns for code in codes), batch_size=5000
    )
    Participant.objects.bulk_create(
        Participant(municipality=town, slug=town.slug, name=town.name, shown_name=town.name, inhabitants=20_000)
        for town in towns
    )
    group = Group.objects.create(name="Alle")
    since = timezone.now() - timedelta(days=90)
    Member.objects.bulk_create(Member(municipality=town, group=group, since=since) for town in towns[:400])
    Consent.objects.bulk_create(Consent(municipality=town, since=since) for town in towns[:400])


def _month(town: Municipality, month: date) -> MonthFigures:
    return MonthFigures(
        municipality=town, month=month, night=month + relativedelta(months=1) - timedelta(days=1),
        published_offers=50 + town.pk % 400, free_offers=20, accessible_offers=10, providers=20, users=30,
        mails_sent=100, inhabitants=20_000,
    )  # fmt: skip


def rows() -> Iterator[Row]:
    """Pages of the operator, the night's work, and a switch."""
    with inside_public():
        _fill()
        operator = User.objects.create_user("statistik@platform.example", "x" * 20, roles=["operator"])
    console = Client(HTTP_HOST="localhost")
    with inside_public():
        console.force_login(operator, backend=BACKEND)
    town = municipality("ahausen")
    costs = {"title": "x", "first": "2027-01-01", "last": "2027-12-31", "amount": "100000", "tun": "rechnen"}
    mixture = {"key_gleich": 40, "key_einwohner": 0, "key_angebote": 60}
    pages: dict[str, Callable[[], Any]] = {
        "statistics": lambda: console.get("/betrieb/statistik/"),
        "groups": lambda: console.get("/betrieb/statistik/gruppen/"),
        "shares of costs, worked out": lambda: console.post("/betrieb/statistik/kosten/", {**costs, **mixture}),
        "switches": lambda: console.get("/betrieb/schalter/"),
        "one switch": lambda: console.get("/betrieb/schalter/embedding/"),
    }
    for name, ask in pages.items():
        p95 = _percentile(town, ask)
        yield Row(f"{name}, {TOWNS} municipalities", f"{p95 * 1e3:.0f} ms", "limit 200 ms p95", p95 / MOST, 1.0)
    with inside_public():
        night = seconds(lambda: (keep_months(timezone.localdate()), decide(timezone.localdate())), rounds=1)
    yield Row("months and medians of a night", f"{night:.1f} s", "limit 10 s", night / 10, 1.0)
    with inside(town):
        is_on("embedding")
        asked = seconds(lambda: [is_on("embedding") for _time in range(1000)], rounds=3) / 1000
    yield Row("asking a switch", f"{asked * 1e6:.0f} µs", "limit 100 µs", asked / 0.0001, 1.0)
