"""Every night: the month's figures of every municipality, and once a month the medians of the groups."""

from collections.abc import Callable
from datetime import date, datetime, time
from statistics import median

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comparison.choosing import SMALLEST, choose
from comparison.figures import FIGURES, rounded
from comparison.models import OLDEST_NIGHT, Cohort, Consent, Group, Median, Member, MonthFigures
from tenants.models import State

# The last night of each municipality in this month and the one before. One statement for all, from shared tables alone.
_KEEP = """
INSERT INTO comparison_monthfigures (municipality_id, month, night, published_offers, free_offers, accessible_offers,
    providers, users, mails_sent, inhabitants)
SELECT DISTINCT ON (f.municipality_id, date_trunc('month', f.night))
    f.municipality_id, date_trunc('month', f.night)::date, f.night, f.published_offers, f.free_offers,
    f.accessible_offers, f.providers, f.users, f.mails_sent, p.inhabitants
FROM tenants_municipalityfigures f LEFT JOIN tickets_participant p ON p.municipality_id = f.municipality_id
WHERE f.night >= %s AND f.night <= %s
ORDER BY f.municipality_id, date_trunc('month', f.night), f.night DESC
ON CONFLICT (municipality_id, month) DO UPDATE SET night = excluded.night,
    published_offers = excluded.published_offers, free_offers = excluded.free_offers,
    accessible_offers = excluded.accessible_offers, providers = excluded.providers, users = excluded.users,
    mails_sent = excluded.mails_sent, inhabitants = excluded.inhabitants
WHERE comparison_monthfigures.night < excluded.night
"""


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def keep_months(today: date, *, since: date | None = None) -> int:
    """Write the figures of this month so far and of the month before (or of all months `since`); how many rows are new
    or newer. A month that is over stays as its last night was."""
    begin = since or first_of_month(today) - relativedelta(months=1)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [begin, today])
        return int(cursor.rowcount)


def decide(today: date) -> int:
    """Decide for every group on the month that is over last, where that was not done; how many groups were."""
    month = first_of_month(today) - relativedelta(months=1)
    groups = Group.objects.exclude(cohorts__month=month)
    return sum(_decide(group, month) for group in groups)


@transaction.atomic
def _decide(group: Group, month: date) -> bool:
    # Two workers at once: the second finds it decided.
    Group.objects.select_for_update().get(pk=group.pk)
    if Cohort.objects.filter(group=group, month=month).exists():
        return False
    rows = {row.municipality_id: row for row in _able(group, month)}
    told = [frozenset(each) for each in group.cohorts.values_list("towns", flat=True) if each]
    chosen = choose(rows, told, _lots(group, month))
    cohort = Cohort.objects.create(group=group, month=month, towns=sorted(chosen))
    Median.objects.bulk_create(_medians(cohort, [rows[each] for each in sorted(chosen)]))
    return True


def _able(group: Group, month: date) -> list[MonthFigures]:
    """The figures of the month of whoever may be in its medians: members who agreed before it was over and still do, in
    operation, counted at its end, with inhabitants and at least one offer and one provider, so that every figure is of
    the same municipalities."""
    following = month + relativedelta(months=1)
    end = timezone.make_aware(datetime.combine(following, time.min))
    members = Member.objects.filter(group=group, since__lt=end, municipality__state=State.LIVE)
    agreed = Consent.objects.filter(since__lt=end, municipality__in=members.values("municipality"))
    rows = MonthFigures.objects.filter(month=month, municipality__in=agreed.values("municipality"))
    return list(
        rows.filter(night__gte=following - OLDEST_NIGHT, inhabitants__gt=0, published_offers__gt=0, providers__gt=0)
    )


def _lots(group: Group, month: date) -> Callable[[int], str]:
    def lot(town: int) -> str:
        return salted_hmac("comparison.lots", f"{group.pk} {month} {town}", algorithm="sha256").hexdigest()

    return lot


def _medians(cohort: Cohort, rows: list[MonthFigures]) -> list[Median]:
    found = []
    for figure in FIGURES:
        values = [value for row in rows if (value := figure.of(row)) is not None]
        if len(values) == len(rows) >= SMALLEST:
            found.append(Median(cohort=cohort, figure=figure.name, value=rounded(median(values))))
    return found
