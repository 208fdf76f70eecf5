"""A municipality with very many offers, made in a few statements: realistic words, weekly dates, places."""

from datetime import datetime, time, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from demo.content.patterns import ALL
from portal.offers.choices import ScheduleKind
from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Occurrence, Offer, Schedule
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.table_statistics import refresh_statistics

DATES_EACH = 6
BATCH = 5_000


def _words() -> list[str]:
    """Words as offers use them, from the demo's texts."""
    text = " ".join(str(part) for pattern in ALL.values() for part in (*pattern.teasers, *pattern.titles))
    return sorted({word.strip(".,:;!?„“()–") for word in text.split() if len(word) > 3 and "{" not in word})


def fill(offers: int, seed: int = 1, *, vacuum: bool = True) -> None:
    """Make this many public offers with six weekly dates each, inside the municipality of the caller.

    `vacuum` looks at the whole database: once is enough for many small towns.
    """
    rng, now = Random(seed), timezone.now()
    words = _words()
    roots = [Category.objects.create(name=f"Thema {n}", position=n) for n in range(10)]
    leaves = [
        Category.objects.create(name=f"Thema {n}.{m}", parent=root) for n, root in enumerate(roots) for m in range(4)
    ]
    groups = list(TargetGroup.objects.all())
    districts = District.objects.bulk_create(
        District(name=f"Ortsteil {n}", latitude=49.2 + n / 100, longitude=6.9 + n / 100) for n in range(20)
    )
    providers = Provider.objects.bulk_create(
        Provider(name=f"{rng.choice(words)} {n} e. V.", slug=f"v-{n}", state="published", published_at=now)
        for n in range(max(20, offers // 50))
    )
    for start in range(0, offers, BATCH):
        rows = Offer.objects.bulk_create(
            _offer(rng, words, providers, now, n) for n in range(start, min(start + BATCH, offers))
        )
        _link(Offer.categories.through, "category_id", [leaf.pk for leaf in leaves], rows, rng)
        _link(Offer.target_groups.through, "targetgroup_id", [group.pk for group in groups], rows, rng)
        Location.objects.bulk_create(_place(rng, row, districts) for row in rows)
        _dates(rng, rows)
        refresh_search_text(rows)
    refresh_statistics()
    if vacuum:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _offer(rng: Random, words: list[str], providers: list[Provider], now: datetime, number: int) -> Offer:
    low = rng.choice([None, None, 0, 3, 6, 10, 18, 60])
    return Offer(
        provider=rng.choice(providers),
        title=" ".join(rng.sample(words, 3)),
        summary=" ".join(rng.sample(words, 14)),
        description=f"<p>{' '.join(rng.choices(words, k=90))}</p>",
        slug=f"o-{number}",
        state="published",
        published_at=now - timedelta(hours=rng.randint(0, 5000)),
        min_age=low,
        max_age=None if low is None else low + 6,
        venue=rng.choice(["on_site"] * 8 + ["online", "both"]),
        cost_kind=rng.choice(["free", "unknown"]),
        accessibility=rng.choice(["yes", "no", "unknown"]),
        volunteering=rng.random() < 0.1,
        languages=rng.choice([[], [], ["de", "tr"], ["ar"], ["de", "uk", "en"]]),
        schedule_kind=ScheduleKind.WEEKLY,
    )


def _place(rng: Random, offer: Offer, districts: list[District]) -> Location:
    spot = {"latitude": 49.15 + rng.random() * 0.3, "longitude": 6.85 + rng.random() * 0.4, "precision": "exact"}
    return Location(offer=offer, district=rng.choice([None, *districts]), postcode="66111", city="Saarbrücken", **spot)


def _link(through: type, column: str, ids: list[int], rows: list[Offer], rng: Random) -> None:
    through.objects.bulk_create(  # type: ignore[attr-defined]
        through(offer_id=row.pk, **{column: one}) for row in rows for one in rng.sample(ids, rng.choice([1, 1, 2]))
    )


def _dates(rng: Random, rows: list[Offer]) -> None:
    today, zone = timezone.localdate(), timezone.get_current_timezone()
    rules, dates = [], []
    for row in rows:
        begin, first = time(rng.randint(8, 19)), today + timedelta(days=rng.randint(0, 60))
        rules.append(Schedule(offer=row, first_date=first, start_time=begin, end_time=time(begin.hour + 2),
                              rrule=f"FREQ=WEEKLY;COUNT={DATES_EACH}"))  # fmt: skip
    Schedule.objects.bulk_create(rules)
    for rule in rules:
        for week in range(DATES_EACH):
            day = rule.first_date + timedelta(days=7 * week)
            starts, ends = (datetime.combine(day, moment, zone) for moment in (rule.start_time, rule.end_time))
            dates.append(Occurrence(offer_id=rule.offer_id, schedule=rule, starts_at=starts, ends_at=ends,
                                    has_time=True, first_date=day, last_date=day,
                                    start_time=rule.start_time, end_time=rule.end_time))  # fmt: skip
    Occurrence.objects.bulk_create(dates, batch_size=BATCH)
