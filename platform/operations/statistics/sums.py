"""Sums, medians and months of all municipalities, from nightly figures: no schema is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shared_categories.models import Entry, Kind
from shared_categories.showing import Line, lines
from shared_categories.uses import COUNTED, usage
from tenants.running.changes import remembered
from tenants.running.figures import newest

MONTHS = 25
# Columns of the nights, with what they are called.
COLUMNS: dict[str, Promise] = {
    "published_offers": _("Public offers"),
    "free_offers": _("of which free of charge"),
    "accessible_offers": _("of which barrier-free"),
    "providers": _("Providers"),
    "users": _("Active accounts"),
    "mails_sent": _("Mails sent in thirty days"),
}
_OF_MONTHS = """
SELECT m.month, count(*), sum(m.published_offers), percentile_cont(0.5) WITHIN GROUP (ORDER BY m.published_offers),
    sum(m.providers), percentile_cont(0.5) WITHIN GROUP (ORDER BY m.providers), sum(m.users), sum(m.mails_sent)
FROM comparison_monthfigures m GROUP BY m.month ORDER BY m.month DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Total:
    """One figure over all municipalities in operation that were counted."""

    name: str
    label: Promise
    sum: int
    median: float
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Month:
    """All municipalities in one month."""

    month: date
    towns: int
    offers: int
    offers_median: float
    providers: int
    providers_median: float
    users: int
    mails: int


@dataclass(frozen=True, slots=True)
class Whole:
    """How many municipalities are counted, the oldest night among them, and the figures."""

    towns: int
    oldest: date | None
    totals: Sequence[Total]


def totals() -> Whole:
    """As of the last night of each municipality in operation."""
    rows = list(newest().filter(municipality__state__in=COUNTED).order_by().values_list("night", *COLUMNS))
    if not rows:
        return Whole(0, None, ())
    nights, *columns = zip(*rows, strict=True)
    found = [
        Total(name, label, sum(values), median(values), min(values), max(values))
        for (name, label), values in zip(COLUMNS.items(), columns, strict=True)
    ]
    return Whole(len(rows), min(nights), found)


def months() -> tuple[Month, ...]:
    """The last two years, the newest month first; remembered until the night writes the next."""
    return remembered("statistics.months", _months, rooms=("comparison",), shared=True)


def _months() -> tuple[Month, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_OF_MONTHS, [MONTHS])
        return tuple(Month(*row) for row in cursor.fetchall())


def topics() -> list[Line]:
    """The categories of the shared catalogue with who has adopted them and the published offers on them."""
    return lines(Entry.objects.present().filter(kind=Kind.CATEGORY), usage())
