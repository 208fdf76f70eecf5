"""Jobs of the room."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from procrastinate.contrib.django import app

from core.lazy import lazy
from jobs.declare import job
from portal.printing.models import Paper
from tenants.running.context import current_schema, each_kept

if TYPE_CHECKING:
    from portal.printing import keeping, making
else:
    keeping, making = lazy("portal.printing.keeping"), lazy("portal.printing.making")


@job(atomic=False)
def make_paper(paper: int) -> None:
    """Make the file of a paper."""
    found = Paper.objects.filter(pk=paper).first()
    if found is not None:
        making.make(found)


def have_made(paper: Paper, *, by: Any) -> None:
    """Have a paper made in the background; a second click while that goes on changes nothing."""
    with transaction.atomic():
        if making.ask_for(paper, by=by):
            make_paper.defer(paper=paper.pk)


@job()
def tidy_papers() -> None:
    """Forget files nobody needs, and take up again what has lost its job (a restored municipality)."""
    keeping.tidy()
    known = {int(each["paper"]) for each in make_paper.under_way().get(current_schema(), [])}
    for pk in Paper.objects.under_way().exclude(pk__in=known).values_list("pk", flat=True):
        make_paper.defer(paper=pk)


@app.periodic(cron="37 3 * * *")
@app.task(name="portal.printing.everywhere", queueing_lock="portal.printing.everywhere")
def tidy_papers_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        tidy_papers.defer_once()
