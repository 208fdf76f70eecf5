"""Keeps the searchable text of offers (see models/document.py)."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection

from core.html import plain_text
from core.text import composed, fold
from portal.offer_fields import answers
from portal.offer_fields.reading import OfferFields, offer_fields
from portal.offers.models import Offer

BATCH = 500
# Stems from this length on may be compounds; their ends are searchable.
COMPOUND = 7
_WORD = re.compile(r"\w{4,40}")
# What a tsvector can hold is 1 MB; nobody reads further.
MOST_LETTERS = 100_000
# Without positions: half the size, and what is read for each offer found is what a search costs.
_VECTOR = """strip(to_tsvector('german', {raw}) || to_tsvector('simple', {folded}) || array_to_tsvector(ARRAY(
    SELECT '~' || reverse(lexeme) FROM unnest(to_tsvector('german', {raw})) WHERE length(lexeme) >= {compound})))"""
_WRITE = f"""
INSERT INTO offers_searchdocument (offer_id, title_vector, vector, words)
SELECT id, {_VECTOR.format(raw="title", folded="folded_title", compound=COMPOUND)},
    {_VECTOR.format(raw="title || ' ' || rest", folded="folded_title || ' ' || folded_rest", compound=COMPOUND)}, words
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS given (id, title, rest, folded_title, folded_rest, words)
WHERE EXISTS (SELECT 1 FROM offers_offer WHERE offers_offer.id = given.id)
ON CONFLICT (offer_id) DO UPDATE SET title_vector = excluded.title_vector, vector = excluded.vector,
    words = excluded.words
"""  # noqa: S608 - only our own constants


def searchable_parts(offer: Offer, here: OfferFields | None = None) -> tuple[str, str]:
    """The title, and everything else a search looks at. Reads provider, categories, target groups and locations."""
    places = [place for place in offer.locations.all() if not place.hide_exact_address]
    parts = [
        offer.summary,
        plain_text(offer.description),
        offer.provider.name,
        offer.provider.tagline,
        *(category.name for category in offer.categories.all()),
        *(group.name for group in offer.target_groups.all()),
        *(f"{place.name} {place.address_line}" for place in places),
        offer.speaker,
        offer.course_number,
        offer.cooperation,
        offer.conditions,
        offer.format,
        *_extras(offer, here or offer_fields()),
    ]
    return _clean(offer.title), _clean(" ".join(part for part in parts if part))


def _extras(offer: Offer, here: OfferFields) -> list[str]:
    """What residents read of the municipality's own details; yes and no say nothing without their question."""
    found = []
    for each in here.shown if offer.extras else ():
        said = offer.extras.get(each.key)
        if said is True:
            found.append(str(each.name))
        elif said is not None and said is not False:
            found.append(answers.in_words(each, said))
    return found


def _clean(text: str) -> str:
    return composed(text.replace("\x00", " ")[:MOST_LETTERS])


def _row(offer: Offer, here: OfferFields) -> tuple[Any, ...]:
    title, rest = searchable_parts(offer, here)
    folded_title, folded_rest = fold(title), fold(rest)
    words = {fold(word): word for word in reversed(_WORD.findall(f"{title} {rest}"))}
    return offer.pk, title, rest, folded_title, folded_rest, " ".join(words.values())


def refresh_search_text(offers: Iterable[Offer]) -> None:
    """Write the searchable text of these offers anew, one statement for some hundreds of them."""
    ids, here = [offer.pk for offer in offers], offer_fields()
    for start in range(0, len(ids), BATCH):
        found = Offer.objects.filter(pk__in=ids[start : start + BATCH]).select_related("provider")
        rows = [_row(offer, here) for offer in found.prefetch_related("categories", "target_groups", "locations")]
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
