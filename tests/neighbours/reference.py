"""What must stand in the index, worked out slowly and plainly by Django's models; and what does stand there."""

import struct
from typing import Any

from django.db import connection

from neighbours.models import IndexedDocument, IndexedOffer, IndexedTown
from portal.offers.models import Offer
from portal.taxonomy.adoption.models import Adopted
from tenants.models import Municipality
from tests.conftest import municipality

PLAIN = ("slug", "title", "summary", "min_age", "max_age", "cost_kind", "cost_amount", "cost_text", "venue",
         "accessibility", "volunteering", "schedule_kind", "ends_at", "published_at", "languages")  # fmt: skip


def _trail(category: Any) -> list[Any]:
    trail = []
    while category is not None:
        trail.append(category)
        category = category.parent
    return trail


def _place(place: Any) -> list[Any]:
    district = place.district
    if place.hide_exact_address:
        lat, lon = (district.latitude, district.longitude) if district else (None, None)
        return [lat, lon, False, "", "", district.name if district else "", ""]
    exact = place.precision == "exact" and place.latitude is not None
    return [
        place.latitude,
        place.longitude,
        exact,
        place.postcode,
        place.city,
        district.name if district else "",
        place.name,
    ]


def _seconds(moment: Any) -> int:
    return -1 if moment is None else moment.hour * 3600 + moment.minute * 60 + moment.second


def expected() -> dict[int, dict[str, Any]]:
    """By number, inside a municipality."""
    found = {}
    entries = {(each.kind, each.object_id): each.code for each in Adopted.objects.all()}
    for offer in Offer.objects.published().select_related("provider", "document"):
        dates = sorted(offer.occurrences.all(), key=lambda each: (each.ends_at, each.starts_at, each.pk))
        topics = [topic for each in offer.categories.all() for topic in _trail(each)]
        found[offer.pk] = {
            **{name: getattr(offer, name) for name in PLAIN},
            "provider": offer.provider.name,
            "groups": [[each.name, each.min_age, each.max_age, entries.get(("target_group", each.pk), "")]
                       for each in offer.target_groups.order_by("position", "pk")],
            "topics": sorted({topic.name for topic in topics}, key=str.encode),
            "codes": sorted({entries[key] for topic in topics if (key := ("category", topic.pk)) in entries}),
            "places": [_place(each) for each in offer.locations.order_by("position", "pk").select_related("district")],
            "dates": [
                (each.first_date.toordinal(), each.last_date.toordinal(), _seconds(each.start_time),
                 _seconds(each.end_time), each.starts_at.timestamp(), each.ends_at.timestamp())
                for each in dates
            ],
            "texts": _lexemes("offers_searchdocument", offer.pk),
        }  # fmt: skip
    return found


def _lexemes(table: str, pk: int) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT title_vector::text, tsvector_to_array(vector) FROM {table} WHERE offer_id = %s", [pk])
        return tuple(cursor.fetchone())


def indexed(town: Municipality | str) -> dict[int, dict[str, Any]]:
    """By number, as it stands in the index."""
    town = municipality(town) if isinstance(town, str) else town
    found = {}
    for row in IndexedOffer.objects.filter(municipality=town):
        title_vector, lexemes = _lexemes("public.neighbours_indexeddocument", row.pk)
        assert f"#{town.pk}" in lexemes
        found[row.number] = {
            **{name: getattr(row, name) for name in PLAIN},
            **{name: getattr(row, name) for name in ("provider", "groups", "topics", "codes", "places")},
            "dates": list(struct.iter_unpack(">iiiidd", bytes(row.dates))),
            "texts": (title_vector, [each for each in lexemes if each != f"#{town.pk}"]),
        }
    return found


def put_into_index(town: Municipality) -> IndexedTown:
    """As after an agreement, without one."""
    row, _fresh = IndexedTown.objects.get_or_create(municipality=town, defaults={"schema_name": town.schema_name})
    return row


def documents() -> int:
    return IndexedDocument.objects.count()
