"""The original's log of searches and views as daily figures of the statistics.

A log may have a million rows: it is counted while it streams past, and only the sums are kept.
"""

from collections import Counter
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.exchange.typo3.context import BATCH, MODEL, SOURCE, Context, Line
from portal.exchange.typo3.report import Outcome
from portal.usage.few import forget_sums
from portal.usage.models import DailyCategorySearch, DailyOfferView, DailySearch

TABLE = MODEL + "log"
COLUMNS = {"uid", "deleted", "date", "term", "category", "offer", "crdate"}
_LONGEST = 200

Key = tuple[date, Any]


def take_over(context: Context) -> None:
    searches: Counter[Key] = Counter()
    categories: Counter[Key] = Counter()
    offers: Counter[Key] = Counter()
    for line in context.lines(TABLE, COLUMNS):
        day = _day(line)
        if day is None:
            context.report.skip(TABLE, line.uid, _("without a date"), field="date")
        elif line.number("offer"):
            _count(context, line, offers, day, "offer")
        elif line.number("category"):
            _count(context, line, categories, day, "category")
        elif term := " ".join(line.text("term").split()):
            searches[day, term[:_LONGEST].casefold()] += 1
        else:
            context.report.skip(TABLE, line.uid, _("says nothing"), field="term")
    _write(context, DailySearch, "term", searches)
    _write(context, DailyCategorySearch, "category_id", categories)
    _write(context, DailyOfferView, "offer_id", offers)
    forget_sums()


def _day(line: Line) -> date | None:
    moment = line.moment("date")
    return timezone.localdate(moment) if moment else None


def _count(context: Context, line: Line, counter: Counter[Key], day: date, kind: str) -> None:
    own = context.id_of(kind, line.number(kind))
    if own is None:
        reason = _("refers to something that does not exist or was not taken over")
        context.report.skip(TABLE, line.uid, reason, field=kind)
    else:
        counter[day, own] += 1


def _write(context: Context, model: type[models.Model], column: str, counter: Counter[Key]) -> None:
    """Add what is new. A portal cuts old rows off its log, so a later dump never lowers a figure."""
    mine = model._default_manager.filter(source=SOURCE)
    present = {(day, key): (pk, count) for day, key, pk, count in mine.values_list("day", column, "pk", "count")}
    fresh = []
    for (day, key), count in counter.items():
        pk, before = present.get((day, key), (None, 0))
        if pk is None:
            fresh.append(model(day=day, count=count, source=SOURCE, **{column: key}))
        elif count > before:
            mine.filter(pk=pk).update(count=count)
        context.report.count(TABLE, Outcome.IMPORTED if count > before else Outcome.UNCHANGED, count)
    model._default_manager.bulk_create(fresh, batch_size=BATCH * 4)
