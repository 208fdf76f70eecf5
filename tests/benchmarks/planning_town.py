"""A town for the evaluation: 20,000 offers with 120,000 dates, ten years of being public and of daily figures."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from core.access import Role
from portal.offers.models import Offer
from portal.planning.models import AreaFigure, Source, Span
from portal.taxonomy.models import Category, District
from portal.usage.few import sum_sought
from portal.usage.models import (
    Act,
    DailyCategorySearch,
    DailyFilter,
    DailyOfferAct,
    DailyOfferView,
    DailySearch,
)
from portal.usage.months import sum_months
from tenants.running.table_statistics import refresh_statistics
from tests.benchmarks.town import _words, fill

OFFERS, DAYS = 20_000, 3650
# Rows a day; five million in ten years together.
VIEWS, WORDS, ACTS, FILTERS, TOPICS = 700, 420, 100, 110, 40
# A word is made of two of the demo's; the first ones are searched most.
MOST_WORDS = 20_000


def filled() -> User:
    """A planner of the town. Inside the municipality of the caller."""
    fill(OFFERS)
    _was_public()
    _inhabitants()
    _used()
    _searched()
    refresh_statistics()
    sum_months()
    sum_sought()
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return User.objects.create_user("bench-planning@ahausen.example", "ein-passwort-2026", roles=[Role.PLANNER.value])


def daily_rows() -> int:
    """How many rows of daily figures there are."""
    kinds = (DailyOfferView, DailyOfferAct, DailySearch, DailyCategorySearch, DailyFilter)
    return sum(kind.objects.count() for kind in kinds)


def _was_public() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Span._meta.db_table} (offer_id, provider_id, since, until) SELECT offer_id, provider_id, "
            "since - make_interval(days => (1000 * step + offer_id %% 300)::int), "
            "since - make_interval(days => (1000 * step - 500)::int) "
            f"FROM {Span._meta.db_table}, generate_series(1, 3) AS step",
            [],
        )


def _inhabitants() -> None:
    """People by district and age, and an outline of each: squares of seven kilometres beside each other."""
    for at, district in enumerate(District.objects.order_by("pk")):
        west, south = 6.85 + 0.1 * (at % 5), 49.15 + 0.065 * (at // 5)
        ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.065], [west, south + 0.065], [west, south]]
        District.objects.filter(pk=district.pk).update(outline={"type": "Polygon", "coordinates": [ring]})
    source = Source.objects.create(name="Amt", as_of=date(2025, 12, 31), file_name="x.csv")
    AreaFigure.objects.bulk_create(
        AreaFigure(source=source, district=district, indicator="Einwohner", unit="number", from_age=low, to_age=high,
                   year=2025, value=300 + district.pk % 100)
        for district in District.objects.all()
        for low, high in ((0, 2), (3, 9), (10, 17), (18, 64))
    )  # fmt: skip


def _days() -> list[date]:
    today = timezone.localdate()
    return [today - timedelta(days=DAYS), today]


_EVERY_DAY = "generate_series(%s::date, %s::date, '1 day') AS day"


def _used() -> None:
    """Offers opened, and what was done with them: each day others, some of them on most days."""
    offers = list(Offer.objects.order_by("pk").values_list("pk", flat=True))
    acts = [act.value for act in Act]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DailyOfferView._meta.db_table} (day, offer_id, source, count) "
            f"SELECT day::date, (%s::bigint[])[1 + (n * n + 37 * (day::date - '2015-01-01'::date) * (n %% 7)) %% %s], "
            f"'', 1 + n %% 9 FROM {_EVERY_DAY}, generate_series(1, %s) AS n ON CONFLICT DO NOTHING",
            [offers, len(offers), *_days(), int(VIEWS * 1.05)],
        )
        cursor.execute(
            f"INSERT INTO {DailyOfferAct._meta.db_table} (day, offer_id, act, source, count) "
            f"SELECT day::date, (%s::bigint[])[1 + (31 * n + 17 * (day::date - '2015-01-01'::date)) %% %s], "
            f"(%s::text[])[1 + n %% %s], '', 1 + n %% 3 FROM {_EVERY_DAY}, generate_series(1, %s) AS n "
            "ON CONFLICT DO NOTHING",
            [offers, len(offers), acts, len(acts), *_days(), ACTS],
        )


def _searched() -> None:
    """Words by their rank (the first ones every day), topics, districts and topics in districts."""
    known = _words()
    words = [f"{known[at % len(known)]} {known[(at * 7 + at // len(known)) % len(known)]}" for at in range(MOST_WORDS)]
    words = [each.lower() for each in dict.fromkeys(words)]
    topics = list(Category.objects.order_by("pk").values_list("pk", flat=True))
    districts = list(District.objects.order_by("pk").values_list("pk", flat=True))
    found = "2 + n %% 5, n %% 3, n %% 2, 1"
    names = "source, count, nothing, few, many"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DailySearch._meta.db_table} (day, term, {names}) SELECT day::date, (%s::text[])[1 + "
            "(CASE WHEN n <= 150 THEN n ELSE n * n + 97 * n * (day::date - '2015-01-01'::date) END) %% %s], '', "
            f"{found} FROM {_EVERY_DAY}, generate_series(1, %s) AS n ON CONFLICT DO NOTHING",
            [words, len(words), *_days(), WORDS],
        )
        cursor.execute(
            f"INSERT INTO {DailyCategorySearch._meta.db_table} (day, category_id, {names}) SELECT day::date, "
            f"(%s::bigint[])[1 + n %% %s], '', {found} FROM {_EVERY_DAY}, generate_series(1, %s) AS n "
            "ON CONFLICT DO NOTHING",
            [topics, len(topics), *_days(), TOPICS],
        )
        cursor.execute(
            f"INSERT INTO {DailyFilter._meta.db_table} (day, name, value, {names}) "
            "SELECT day::date, CASE WHEN n = 0 THEN '' WHEN n <= 20 THEN 'ortsteil' ELSE 'kategorie+ortsteil' END, "
            "CASE WHEN n = 0 THEN '' WHEN n <= 20 THEN (%s::text[])[1 + n %% %s] ELSE "
            "(%s::text[])[1 + (n * 7 + (day::date - '2015-01-01'::date)) %% %s] || ':' "
            f"|| (%s::text[])[1 + n %% %s] END, '', {found} "
            f"FROM {_EVERY_DAY}, generate_series(0, %s) AS n ON CONFLICT DO NOTHING",
            [[str(pk) for pk in districts], len(districts), [str(pk) for pk in topics], len(topics),
             [str(pk) for pk in districts], len(districts), *_days(), FILTERS],
        )  # fmt: skip
