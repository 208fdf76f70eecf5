"""Finding out how hard texts are to read: when one becomes public, and at night what changed otherwise."""

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from portal.offers.models import Offer
from portal.quality.models import Reading
from portal.quality.readability import is_hard, score

BATCH = 500


def read_offer(pk: int) -> None:
    """One offer, whatever is known of it."""
    _read(Offer.objects.published().filter(pk=pk))


def read_changed() -> int:
    """All public offers whose text may have changed since it was read; returns how many. Forgets what is gone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM quality_reading WHERE offer_id NOT IN (SELECT id FROM offers_offer)")
    read_at = Reading.objects.filter(offer_id=OuterRef("pk")).values("read_at")[:1]
    rows = Offer.objects.published().annotate(read_at=Subquery(read_at)).order_by("pk")
    rows = rows.filter(Q(read_at__isnull=True) | Q(read_at__lt=F("updated_at")))
    number = 0
    while done := _read(rows[:BATCH]):
        number += done
    return number


def _read(offers: QuerySet[Offer]) -> int:
    found = []
    for pk, description, summary, changed in offers.values_list("pk", "description", "summary", "updated_at"):
        value = score(f"<p>{summary}</p>{description}")
        found.append(Reading(offer_id=pk, score=value, hard=is_hard(value), read_at=changed))
    Reading.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["offer_id"], update_fields=["score", "hard", "read_at"]
    )
    return len(found)
