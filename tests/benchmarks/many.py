"""Very many municipalities, whose rows carry their name: whoever sees a foreign row can tell."""

from collections.abc import Sequence

from django.db import transaction

from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer
from tenants.lifecycle.making import create_municipality
from tenants.models import Municipality
from tenants.running.context import inside, inside_public
from tests.factories import a_provider

OFFERS = 12
# Whatever carries a municipality's name carries it between these, so that no name is part of another.
MARK = "«{slug}»"


def make(count: int, *, prefix: str = "ort") -> Sequence[Municipality]:
    """`count` municipalities `ort-0000`, `ort-0001`, … at `SLUG.localhost`; those that are there already are kept.

    Provider 1, all offers and all pages of each carry «SLUG» in their names; the keys are the same in all of them.
    """
    with inside_public():
        there = {each.slug: each for each in Municipality.objects.filter(slug__startswith=f"{prefix}-")}
    slugs = [f"{prefix}-{number:04}" for number in range(count)]
    return [there.get(slug) or _make(slug) for slug in slugs]


def _make(slug: str) -> Municipality:
    made = create_municipality(slug, name=f"Ort {MARK.format(slug=slug)}", host=f"{slug}.localhost")
    with inside(made), transaction.atomic():
        provider = a_provider(pk=1, name=f"Verein {MARK.format(slug=slug)}")
        rows = [
            Offer(
                pk=number,
                provider=provider,
                title=f"Kurs {number} {MARK.format(slug=slug)}",
                slug=f"kurs-{number}",
                summary="Für alle, die gern dabei sind.",
                state="published",
                published_at=provider.published_at,
            )
            for number in range(1, OFFERS + 1)
        ]
        Offer.objects.bulk_create(rows)
        refresh_search_text(rows)
    return made
