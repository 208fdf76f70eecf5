"""Jobs of the room. None of them is one transaction: they show how far they are, and bear being started twice."""

from typing import TYPE_CHECKING

from procrastinate.contrib.django import app

from core import garbage
from core.lazy import lazy
from jobs.declare import job
from portal.imports.models import Upload
from tenants.running.context import current_schema, each_kept

if TYPE_CHECKING:
    from portal.imports import keeping, looking, marking, taking
else:
    keeping, looking = lazy("portal.imports.keeping"), lazy("portal.imports.looking")
    marking, taking = lazy("portal.imports.marking"), lazy("portal.imports.taking")


def _found(pk: int) -> Upload | None:
    return Upload.objects.select_related("provider", "by").filter(pk=pk).first()


@job(atomic=False)
def read_table(upload: int) -> None:
    """Find out what the rows of a file would do, then make the marked copy."""
    found = _found(upload)
    if found is not None:
        with garbage.seldom():
            looking.look(found)
        mark_table.defer(upload=upload)


@job(atomic=False)
def mark_table(upload: int) -> None:
    """Make the copy with our remarks."""
    found = _found(upload)
    if found is not None:
        with garbage.seldom():
            marking.mark(found)


@job(atomic=False)
def take_table(upload: int) -> None:
    """Take over what was chosen."""
    found = _found(upload)
    if found is not None:
        with garbage.seldom():
            taking.take(found)


@job()
def tidy_tables() -> None:
    """Forget files older than thirty days, and take up again what has lost its job (a restored municipality)."""
    keeping.tidy()
    for work, state in ((read_table, Upload.State.READING), (take_table, Upload.State.TAKING)):
        known = {int(each["upload"]) for each in work.under_way().get(current_schema(), [])}
        for pk in Upload.objects.filter(state=state).exclude(pk__in=known).values_list("pk", flat=True):
            work.defer(upload=pk)


@app.periodic(cron="23 3 * * *")
@app.task(name="portal.imports.everywhere", queueing_lock="portal.imports.everywhere")
def tidy_tables_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        tidy_tables.defer_once()
