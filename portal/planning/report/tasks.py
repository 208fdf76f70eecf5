"""Jobs of reports."""

from typing import TYPE_CHECKING

from django.utils import timezone
from procrastinate.contrib.django import app

from core.lazy import lazy
from jobs.declare import job
from portal.planning.report.models import Report
from tenants.running.context import each_kept, is_live

if TYPE_CHECKING:
    from portal.planning.report import sending
else:
    sending = lazy("portal.planning.report.sending")


@job(atomic=False)
def make_and_tell(report: int) -> None:
    """One report whose day has come."""
    found = Report.objects.select_related("paper").filter(pk=report).first()
    if found is not None:
        sending.make_and_tell(found)


@job()
def look_here() -> None:
    """Queue the reports of this municipality whose day has come. One that is suspended sends nothing."""
    if is_live():
        for pk in sending.due(timezone.localdate()).values_list("pk", flat=True):
            make_and_tell.defer_once(about=pk, report=pk)


@app.periodic(cron="23 5 * * *")
@app.task(name="portal.planning.report.look_everywhere", queueing_lock="portal.planning.report.look_everywhere")
def look_everywhere(timestamp: int) -> None:
    """Every morning, after the sums of the night: one job for each municipality."""
    for _municipality in each_kept():
        look_here.defer_once()
