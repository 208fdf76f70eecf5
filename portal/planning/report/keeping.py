"""Beginning, changing and removing reports; when the next one is due."""

from collections.abc import Collection
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from portal.planning.report.models import MONTHS, Reader, Report, Rhythm
from portal.planning.report.people import staff
from portal.planning.report.settings import Settings
from portal.printing import keeping
from portal.printing.models import Paper


def next_after(rhythm: str, day: date) -> date | None:
    """The first day of the next month, quarter or year: then what is before is over."""
    if not rhythm:
        return None
    months = MONTHS[Rhythm(rhythm)]
    begun = date(day.year, (day.month - 1) // months * months + 1, 1)
    return begun + relativedelta(months=months)


@transaction.atomic
def begin(title: str, settings: Settings, *, rhythm: str, readers: Collection[User], key: str, by: Any) -> Report:
    """A new report; the same key once more (a second click) is the same one. FullError: there are too many."""
    paper = keeping.begin(Paper.Kind.REPORT, title, settings.kept(), key=key, by=by)
    report, _new = Report.objects.get_or_create(paper=paper)
    _schedule(report, rhythm, readers)
    return report


@transaction.atomic
def change(report: Report, title: str, settings: Settings, *, rhythm: str, readers: Collection[User], by: Any) -> bool:
    """Other settings; False where it is being made just now."""
    changed = keeping.change(report.paper, Paper.Kind.REPORT, title, settings.kept(), by=by)
    if changed:
        _schedule(report, rhythm, readers)
    return changed


def _schedule(report: Report, rhythm: str, readers: Collection[User]) -> None:
    if report.rhythm != rhythm or (rhythm and report.next_on is None):
        report.rhythm, report.next_on = rhythm, next_after(rhythm, timezone.localdate())
        report.save(update_fields=["rhythm", "next_on"])
    wanted = set(staff().filter(pk__in=[user.pk for user in readers]).values_list("pk", flat=True))
    report.readers.exclude(user__in=wanted).delete()
    known = set(report.readers.values_list("user_id", flat=True))
    Reader.objects.bulk_create(Reader(report=report, user_id=pk) for pk in sorted(wanted - known))


def stop(reader: int) -> None:
    """Somebody wants no more of a report. Twice is once."""
    Reader.objects.filter(pk=reader).delete()
