"""Sums of whole months by offer, so that what is usual over years is found without reading every day of everybody.

Worked out anew every night from the days, which stay the truth: nothing is written where nothing changed.
"""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from portal.usage.models import CONTACTS, Act, DailyOfferAct, DailyOfferView, OfferMonth

_KINDS = {
    "views": "what = 'view'",
    "contacts": f"what IN ({', '.join(repr(act.value) for act in CONTACTS)})",
    "bookmarks": f"what = '{Act.BOOKMARK.value}'",
    "calendar": f"what = '{Act.CALENDAR.value}'",
}


def sum_months() -> int:
    """Bring the sums of all months that are over up to date; returns how many changed."""
    table, names = OfferMonth._meta.db_table, ", ".join(_KINDS)
    sums = ", ".join(f"COALESCE(sum(count) FILTER (WHERE {which}), 0)" for which in _KINDS.values())
    old, new = (", ".join(f"{side}.{name}" for name in _KINDS) for side in (table, "EXCLUDED"))
    begun = timezone.localdate().replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (offer_id, month, {names}) "  # noqa: S608 (all names are our own)
            f"SELECT offer_id, date_trunc('month', day)::date, {sums} FROM ("
            f"SELECT offer_id, day, 'view' AS what, count FROM {DailyOfferView._meta.db_table} WHERE day < %s "
            f"UNION ALL SELECT offer_id, day, act, count FROM {DailyOfferAct._meta.db_table} WHERE day < %s) AS each "
            "GROUP BY 1, 2 ON CONFLICT (month, offer_id) DO UPDATE "
            f"SET ({names}) = ({new}) WHERE ({old}) IS DISTINCT FROM ({new})",
            [begun, begun],
        )
        return int(cursor.rowcount)


def summed_until() -> date | None:
    """The last day of which there are sums of months; None where there are none."""
    last: date | None = OfferMonth.objects.aggregate(last=Max("month"))["last"]
    return last + relativedelta(day=31) if last else None
