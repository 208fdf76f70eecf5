"""How long figures of use are kept, by the municipality's rule."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.services import record
from portal.preferences.effects import register
from portal.preferences.models import Preferences
from portal.usage.models import (
    DailyCategorySearch,
    DailyFilter,
    DailyOfferAct,
    DailyOfferView,
    DailySearch,
    OfferMonth,
    Sought,
)

KINDS = (DailyOfferView, DailyOfferAct, DailySearch, DailyCategorySearch, DailyFilter)
BY = "retention"


def kept_since(months: int, *, today: date) -> date | None:
    """The first day whose figures are kept; None where all are."""
    return today - relativedelta(months=months) if months else None


def drop_old_figures() -> int:
    """Delete the figures that the rule no longer keeps, and note it."""
    rules = Preferences.load()
    since = kept_since(rules.figures_months, today=timezone.localdate())
    if since is None:
        return 0
    with transaction.atomic():
        number = sum(kind.objects.filter(day__lt=since).delete()[0] for kind in KINDS)
        # Of the month that is cut the rest is summed up again (portal.usage.tasks).
        OfferMonth.objects.filter(month__lt=since).delete()
        Sought.objects.filter(first__lt=since).delete()
        if number:
            record("figures.forgotten", rules, by=BY, changes={"before": since.isoformat(), "rows": number})
    return number


def forgotten(wished: Preferences, kept: Preferences) -> Iterable[str]:
    """From which day on figures would be there, and how many would go. One statement."""
    tables = [kind._meta.db_table for kind in KINDS]
    since = kept_since(wished.figures_months, today=timezone.localdate())
    old = " UNION ALL ".join(
        f"(SELECT min(day) AS first, count(*) FILTER (WHERE day < %s) AS old FROM {table})"  # noqa: S608 (our own names)
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(first), sum(old) FROM ({old}) AS found", [since or date.min] * len(tables))  # noqa: S608 (our own)
        first, number = cursor.fetchone()
    if first is None:
        yield _("So far there are no figures.")
        return
    yield _("The oldest figures are of %(day)s.") % {"day": date_format(first, "j. F Y")}
    if since is not None and number:
        yield _("%(number)d figures from before %(day)s would be deleted tonight; nobody can bring them back.") % {
            "number": number,
            "day": date_format(since, "j. F Y"),
        }
    else:
        yield _("Nothing would be deleted tonight.")


register("figures", forgotten)
