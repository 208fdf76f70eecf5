"""Jobs of this room."""

from procrastinate.contrib.django import app

from jobs.declare import job
from operations.safekeeping import files, sources, working
from operations.safekeeping.models import Work
from tenants.running.context import inside_public
from tenants.transfer import leftovers


@job(atomic=False)
def write(number: int) -> None:
    """Write an export."""
    files.write(number)


@job(atomic=False)
def work(number: int) -> None:
    """Do a long work."""
    working.run(number)


@job(atomic=False)
def end_trial(number: int) -> None:
    """Delete the municipality of a trial."""
    found = Work.objects.trials().filter(pk=number).first()
    if found is not None:
        working.end_trial(found)


@app.periodic(cron="26 * * * *")
@app.task(name="operations.end_trials", queueing_lock="operations.end_trials")
def end_trials(timestamp: int) -> None:
    """Every hour: trials whose time is over go."""
    with inside_public():
        for found in working.over():
            end_trial.defer_once(about=found.pk, number=found.pk)


@app.periodic(cron="41 3 * * *")
@app.task(name="operations.sweep_exports", queueing_lock="operations.sweep_exports")
def sweep_exports(timestamp: int) -> None:
    """Every night: exports that were there for a week go, and files that somebody brought along; and what a killed
    process, or a store of files that did not answer, left over of municipalities."""
    with inside_public():
        files.sweep()
        sources.sweep()
    leftovers.sweep()
