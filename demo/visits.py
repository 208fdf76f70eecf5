"""Invented visitors of the last months, the same each time, so that the figures of the demo have something to show."""

from datetime import date, timedelta

from django.db import connection

from portal.offers.models import Offer
from portal.usage.models import Act, DailyOfferAct, DailyOfferView

DAYS = 150
# One of how many days has such an act, of an offer in the middle.
SELDOM = {Act.PHONE: 17, Act.MAIL: 41, Act.WEBSITE: 9, Act.FORM: 23, Act.BOOKMARK: 13, Act.CALENDAR: 19}
_DAYS = (
    f"FROM {Offer._meta.db_table} AS o "
    "CROSS JOIN LATERAL generate_series(greatest(%s::date, o.published_at::date), %s::date, '1 day') AS day "
    "WHERE o.published_at IS NOT NULL"
)


def visit(today: date) -> None:
    """Some views on most days, more on some weekdays and of some offers; now and then somebody does more."""
    between = [today - timedelta(days=DAYS), today - timedelta(days=1)]
    luck = "abs(hashint8(o.id * 7919 + (day::date - '2020-01-01'::date) * {factor}))"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {DailyOfferView._meta.db_table} (day, offer_id, source, count) "  # noqa: S608 (names of our own tables, no value)
            f"SELECT day::date, o.id, '', 1 + {luck.format(factor=31)} %% (2 + abs(hashint8(o.id)) %% 9) {_DAYS} "
            f"AND {luck.format(factor=17)} %% 7 > extract(isodow FROM day) / 3",
            between,
        )
        for act, seldom in SELDOM.items():
            cursor.execute(
                f"INSERT INTO {DailyOfferAct._meta.db_table} (day, offer_id, act, source, count) "
                f"SELECT day::date, o.id, %s, '', 1 {_DAYS} AND {luck.format(factor=seldom)} %% {seldom} = 0",
                [act.value, *between],
            )
