"""Random but valid offers in bulk."""

from datetime import time, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from portal.offers.choices import ScheduleKind
from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Offer, Schedule
from portal.offers.occurrences import end_of
from portal.offers.services import write_occurrences
from portal.providers.models import Provider
from portal.taxonomy.models import Category, District, TargetGroup

WORDS = [
    "Töpfern",
    "Sprachcafé",
    "Mädchen",
    "Fußball",
    "für",
    "Große",
    "Deutsch-Kurs",
    "Straße",
    "100%",
    "Chor",
    "Yoga",
    "A1",
    "Übung",
]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def taxonomy():
    """A small tree, groups with and without ages, districts with and without a centre."""
    roots = [Category.objects.create(name=f"Thema {n}") for n in range(3)]
    below = [Category.objects.create(name=f"Unter {root.pk}", parent=root) for root in roots[:2]]
    Category.objects.create(name="Ganz unten", parent=below[0])
    District.objects.create(name="Mitte", latitude=49.24, longitude=6.99)
    District.objects.create(name="Rand", latitude=49.35, longitude=7.2)
    District.objects.create(name="Nirgends")


def _rules(rng, kind, offer):
    today = timezone.localdate()
    first = today + timedelta(days=rng.randint(-30, 60))
    start = rng.choice([None, time(rng.randint(0, 23), rng.choice([0, 30]))])
    end = time(rng.randint(0, 23), 0) if start and rng.random() < 0.7 else None
    times = {"offer": offer, "first_date": first, "start_time": start, "end_time": end}
    if kind == ScheduleKind.PERIOD:
        return [Schedule(**times, last_date=first + timedelta(days=rng.randint(0, 20)))]
    if kind == ScheduleKind.DATES:
        return [Schedule(**{**times, "first_date": first + timedelta(days=n)}) for n in range(rng.randint(1, 3))]
    until = f";UNTIL={first + timedelta(days=rng.randint(0, 90)):%Y%m%d}" if rng.random() < 0.6 else ""
    rules = {
        ScheduleKind.WEEKLY: f"FREQ=WEEKLY;BYDAY={rng.choice(DAYS)}",
        ScheduleKind.DAILY: "FREQ=DAILY;INTERVAL=5",
        ScheduleKind.MONTHLY: f"FREQ=MONTHLY;BYDAY=2{rng.choice(DAYS)}",
    }
    return [Schedule(**times, rrule=rules[kind] + until)]


def _place(rng, offer, districts):
    address = {"postcode": rng.choice(["", "66111", "66333"]), "city": rng.choice(["", "Saarbrücken", "Völklingen"])}
    spot = {}
    if rng.random() < 0.7:
        spot = {"latitude": 49.1 + rng.random() * 0.4, "longitude": 6.8 + rng.random() * 0.5, "precision": "exact"}
    return Location(
        offer=offer,
        district=rng.choice([None, *districts]),
        hide_exact_address=rng.random() < 0.2,
        **address,
        **spot,
    )


def offers(number, seed):
    """Make this many offers, of all states and kinds, in a few statements."""
    rng = Random(seed)
    now = timezone.now()
    providers = Provider.objects.bulk_create(
        Provider(name=f"Verein {n}", slug="v", state="paused" if n == 0 else "published", published_at=now)
        for n in range(6)
    )
    kinds = list(ScheduleKind)
    ages = [(None, None), (None, None), (6, 12), (18, None), (None, 5)]
    rows = []
    for n in range(number):
        low, high = rng.choice(ages)
        rows.append(
            Offer(
                provider=rng.choice(providers),
                title=" ".join(rng.sample(WORDS, 2)),
                summary=rng.choice(WORDS),
                slug=f"o-{n}",
                state=rng.choice(["published"] * 8 + ["draft", "submitted", "paused"]),
                published_at=now - timedelta(hours=rng.randint(0, 500)),
                min_age=low,
                max_age=high,
                venue=rng.choice(["on_site"] * 4 + ["online", "both"]),
                cost_kind=rng.choice(["free", "unknown"]),
                accessibility=rng.choice(["yes", "no"]),
                volunteering=rng.random() < 0.3,
                languages=rng.choice([[], ["de"], ["tr", "de"], ["ar"]]),
                schedule_kind=rng.choice(kinds),
            )
        )
    Offer.objects.bulk_create(rows)
    rules = [rule for row in rows if row.schedule_kind != "none" for rule in _rules(rng, row.schedule_kind, row)]
    Schedule.objects.bulk_create(rules)
    by_offer = {}
    for rule in rules:
        by_offer.setdefault(rule.offer_id, []).append(rule)
    for row in rows:
        row.ends_at = end_of(by_offer[row.pk]) if row.pk in by_offer else None
    Offer.objects.bulk_update(rows, ["ends_at"])
    write_occurrences(rules)
    districts = list(District.objects.all())
    Location.objects.bulk_create(_place(rng, row, districts) for row in rows for _n in range(rng.choice([0, 1, 1, 2])))
    _link(Offer.categories.through, "category_id", list(Category.objects.values_list("pk", flat=True)), rows, rng)
    _link(
        Offer.target_groups.through, "targetgroup_id", list(TargetGroup.objects.values_list("pk", flat=True)), rows, rng
    )
    refresh_search_text(rows)
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself soon after: without figures it plans as if the tables were empty.
        cursor.execute(
            "ANALYZE offers_offer, offers_location, offers_occurrence, offers_schedule, offers_searchdocument"
        )
    return rows


def _link(through, column, ids, rows, rng):
    through.objects.bulk_create(
        through(offer_id=row.pk, **{column: one}) for row in rows for one in rng.sample(ids, rng.choice([0, 1, 2]))
    )
