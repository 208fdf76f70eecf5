"""Nightly work on offers, one job per municipality."""

from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from jobs.declare import at_start, job
from portal.offers.documents import EDITION, refresh_search_text
from portal.offers.kind import KIND as OFFERS
from portal.offers.models import Offer, SearchDocument
from portal.offers.removal import remove_for_good
from portal.offers.services import extend_occurrences, forget_past_occurrences
from portal.providers.kind import KIND as PROFILES
from portal.revisions.bulk import complete_waiting
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.context import each_kept


@job()
def extend_here() -> None:
    """Move the horizon of the occurrences on in this municipality, and forget what is long past."""
    extend_occurrences()
    forget_past_occurrences()


Entry = Category | TargetGroup | Marker | District
RELATIONS: dict[type[Entry], str] = {
    Category: "categories",
    TargetGroup: "target_groups",
    Marker: "markers",
    District: "locations__district",
}


def offers_of(kind: type[Entry], *pks: int) -> QuerySet[Offer]:
    """The offers whose searchable text names one of these entries: of a topic also those of the topics below it."""
    ids = load_tree().ids_below(pks) | {*pks} if kind is Category else {*pks}
    return Offer.objects.filter(**{f"{RELATIONS[kind]}__in": ids})


@job()
def refresh_offers_of(relation: str, pk: int) -> None:
    """Write the searchable text of all offers of a category, target group, marker or district anew, or of those that
    answer a detail of the municipality's own (`extras`)."""
    kinds = {name: kind for kind, name in RELATIONS.items()}
    found = offers_of(kinds[relation], pk) if relation in kinds else Offer.objects.filter(extras__has_key=str(pk))
    refresh_search_text(found.only("pk").distinct())


@job()
def refresh_offers_of_all(relation: str, pks: list[int]) -> None:
    """The same for many entries at once, each offer once."""
    kinds = {name: kind for kind, name in RELATIONS.items()}
    refresh_search_text(offers_of(kinds[relation], *pks).only("pk").distinct())


@job()
def refresh_these(ids: list[int]) -> None:
    """Write the searchable text of these offers anew."""
    refresh_search_text(Offer.objects.filter(pk__in=ids).only("pk"))


RENEWING = "portal.offers.renew_documents_everywhere"


@job()
def renew_documents_here() -> None:
    """Write the searchable texts anew that a release before wrote."""
    outdated = SearchDocument.objects.exclude(edition=EDITION).values("pk")
    refresh_search_text(Offer.objects.filter(Q(document=None) | Q(pk__in=outdated)).only("pk"))


@app.periodic(cron="*/5 * * * *")
@app.task(name=at_start(RENEWING), queueing_lock=RENEWING)
def renew_documents_everywhere(timestamp: int) -> None:
    """After a release that understands words in another way: a job for each municipality that has such texts."""
    for _municipality in each_kept():
        if SearchDocument.objects.exclude(edition=EDITION).exists():
            renew_documents_here.defer_once()


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
