"""How many offers answer each of the municipality's own details, and how many fill in the usual ones."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from portal.offer_fields.answers import tokens
from portal.offer_fields.usual import names_of
from portal.offers.models import Offer

# Texts are counted, not told apart: one line for all of a detail.
_USES = """
SELECT key, CASE jsonb_typeof(value) WHEN 'string' THEN '""' ELSE value::text END, count(*)
FROM offers_offer, jsonb_each(extras || internal) WHERE extras <> '{}' OR internal <> '{}' GROUP BY 1, 2
"""


def uses() -> Mapping[str, int]:
    """Offers by detail (`"13"`) and by answer (`"13-4"`, `"14-ja"`), whatever their state. One statement."""
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(_USES)
        for key, value, number in cursor.fetchall():
            found[key] += number
            for token in tokens({key: json.loads(value)}):
                found[token] += number
    return found


def filled(keys: Iterable[str]) -> Mapping[str, int]:
    """Offers that say something of each of these usual details. One statement."""
    counts: dict[str, Any] = {f"n_{key}": Count("pk", filter=_says(names_of(key))) for key in keys}
    found = Offer.objects.order_by().aggregate(**counts)
    return {name.removeprefix("n_"): number for name, number in found.items()}


def _says(names: Iterable[str]) -> Q:
    said = Q()
    for name in names:
        field = Offer._meta.get_field(name)
        default = field.get_default()  # type: ignore[union-attr]  # a column, no relation
        said |= ~Q(**{name: default})
    return said
