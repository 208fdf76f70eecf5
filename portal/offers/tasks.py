"""Nightly work on offers, one job per municipality."""

from procrastinate.contrib.django import app

from jobs.declare import job
from portal.offers.documents import refresh_search_text
from portal.offers.kind import KIND as OFFERS
from portal.offers.models import Offer
from portal.offers.removal import remove_for_good
from portal.offers.services import extend_occurrences, forget_past_occurrences
from portal.providers.kind import KIND as PROFILES
from portal.revisions.bulk import complete_waiting
from tenants.running.context import each_kept


@job()
def extend_here() -> None:
    """Move the horizon of the occurrences on in this municipality, and forget what is long past."""
    extend_occurrences()
    forget_past_occurrences()


@job()
def refresh_offers_of(relation: str, pk: int) -> None:
    """Write the searchable text of all offers of a category or target group anew, or of those that answer a detail of
    the municipality's own (`extras`)."""
    wanted = {"extras__has_key": str(pk)} if relation == "extras" else {relation: pk}
    refresh_search_text(Offer.objects.filter(**wanted).only("pk"))


@app.periodic(cron="7 2 * * *")
@app.task(name="portal.offers.extend_everywhere", queueing_lock="portal.offers.extend_everywhere")
def extend_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, so that one failing does not stop the others. For suspended ones
    too: whoever opens again has dates at once."""
    for _municipality in each_kept():
        extend_here.defer_once()


@job()
def remove_here() -> None:
    """Remove what has lain in the bin long enough; let what waits without a text of its own be found by the editors."""
    remove_for_good()
    complete_waiting(PROFILES)
    complete_waiting(OFFERS)


@app.periodic(cron="23 3 * * *")
@app.task(name="portal.offers.remove_everywhere", queueing_lock="portal.offers.remove_everywhere")
def remove_everywhere(timestamp: int) -> None:
    """Every night: one job for each municipality, whatever its state."""
    for _municipality in each_kept():
        remove_here.defer_once()
