"""A release is issued: each municipality finds out what it means there."""

from jobs.declare import job
from portal.taxonomy.adoption.services import look_at_release
from tenants.running.context import each_kept


@job()
def look_here() -> None:
    """Note what waits in this municipality."""
    look_at_release()


@job()
def look_everywhere() -> None:
    """One job for each municipality, whatever its state."""
    for _municipality in each_kept():
        look_here.defer_once()
