"""Offers as plain rows: one statement for them, and one for each table below them, all in the order of their numbers.

An export reads five statements whatever the number of offers and holds a few hundred of them at a time; a page of the
interface reads the same five for its offers. Instances of the ORM with what belongs to them took ten times as long.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value

from portal.interfaces.models import Change, Kind
from portal.offers.models import Location, Offer, OfferImage, Schedule

# Rows fetched at a time by an export.
CHUNK = 500
OWN = (
    "id", "slug", "title", "summary", "description", "provider_id", "min_age", "max_age", "languages", "venue",
    "online_url", "cost_kind", "cost_amount", "cost_text", "access", "accessibility", "accessibility_note",
    "conditions", "registration_url", "course_number", "capacity", "format", "cooperation", "volunteering",
    "participate_note", "donate_note", "video_url", "extras", "schedule_kind", "schedule_note", "ends_at",
    "published_at", "reviewed_at", "noted_at",
)  # fmt: skip
# Read to find out how the offer is reached, and told only as far as its page does.
_REACHED = (
    "contact_name", "contact_email", "contact_phone", "provider__name", "provider__phone", "provider__email",
    "provider__contact_phone", "provider__contact_email",
)  # fmt: skip
_PLACE = (
    "offer_id", "id", "hide_exact_address", "name", "street", "postcode", "city", "note", "latitude", "longitude",
    "precision", "district_id", "district__name", "district__latitude", "district__longitude",
)  # fmt: skip
_SCHEDULE = ("offer_id", "first_date", "last_date", "start_time", "end_time", "rrule", "exdates", "off")
_IMAGE = ("offer_id", "kind", "image", "alt_text", "copyright")
CATEGORY, GROUP, MARKER = 1, 2, 3


@dataclass(slots=True)
class OfferRow:
    """One offer: its own columns by name, and the rows below it without the offer's number."""

    values: dict[str, Any]
    changed_at: datetime | None
    categories: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)
    places: list[tuple[Any, ...]] = field(default_factory=list)
    schedules: list[tuple[Any, ...]] = field(default_factory=list)
    images: list[tuple[Any, ...]] = field(default_factory=list)


class _Beside:
    """The rows of a table below the offers, walked along with them."""

    def __init__(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)

    def of(self, pk: int) -> list[tuple[Any, ...]]:
        """Those of this offer; whatever belongs to an earlier one is passed by."""
        found: list[tuple[Any, ...]] = []
        row = self._next
        while row is not None and row[0] <= pk:
            if row[0] == pk:
                found.append(row[1:])
            row = next(self._rows, None)
        self._next = row
        return found


def _links(offers: Any) -> Any:
    """Topics, target groups and markers of offers in one statement; markers for the town hall are none."""
    through: tuple[Any, ...] = (Offer.categories.through, Offer.target_groups.through, Offer.markers.through)
    topics, groups, markers = (each._default_manager.filter(offer__in=offers).order_by() for each in through)
    nothing = Value("")
    return (
        topics.annotate(of=Value(CATEGORY), said=nothing)
        .values_list("offer_id", "of", "category_id", "said")
        .union(
            groups.annotate(of=Value(GROUP), said=nothing).values_list("offer_id", "of", "targetgroup_id", "said"),
            markers.filter(marker__internal=False)
            .annotate(of=Value(MARKER), said=F("marker__name"))
            .values_list("offer_id", "of", "marker_id", "said"),
            all=True,
        )
        .order_by("offer_id", "of", "category_id")
    )


def _statements(offers: QuerySet[Offer], among: Any) -> tuple[Any, ...]:
    changed = Change.objects.filter(kind=Kind.OFFER, object_id=OuterRef("pk")).values("changed_at")
    places = Location.objects.filter(offer__in=among).order_by("offer_id", "position", "pk")
    schedules = Schedule.objects.filter(offer__in=among).order_by(
        "offer_id", "position", "first_date", "start_time", "pk"
    )
    images = OfferImage.objects.filter(offer__in=among).exclude(kind=OfferImage.Kind.CONTACT)
    return (
        offers.order_by("pk").values_list(*OWN, *_REACHED, Subquery(changed)),
        _links(among),
        places.values_list(*_PLACE),
        schedules.values_list(*_SCHEDULE),
        images.order_by("offer_id", "position", "pk").values_list(*_IMAGE),
    )


def _walk(offers: Iterable[tuple[Any, ...]], *below: Iterable[tuple[Any, ...]]) -> Iterator[OfferRow]:
    offers = iter(offers)
    row = next(offers, None)
    # Opened after the offers: what they say of an offer is never older than its row.
    links, places, schedules, images = map(_Beside, below)
    names = OWN + _REACHED
    while row is not None:
        pk = row[0]
        found = OfferRow(
            values=dict(zip(names, row[:-1], strict=True)),
            changed_at=row[-1],
            places=places.of(pk),
            schedules=schedules.of(pk),
            images=images.of(pk),
        )
        for kind, number, said in links.of(pk):
            if kind == MARKER:
                found.markers.append(said)
            else:
                (found.categories if kind == CATEGORY else found.groups).append(number)
        yield found
        row = next(offers, None)


def rows_of(ids: list[int], offers: QuerySet[Offer]) -> dict[int, OfferRow]:
    """Some of these offers by number, in five statements; those that are none of `offers` are missing."""
    if not ids:
        return {}
    found = _walk(*_statements(offers.filter(pk__in=ids), ids))
    return {row.values["id"]: row for row in found}


def all_rows(offers: QuerySet[Offer]) -> Iterator[OfferRow]:
    """All of them, a few hundred at a time, in five statements. To be read inside a transaction."""
    among = offers.order_by().values("pk")
    return _walk(*(each.iterator(chunk_size=CHUNK) for each in _statements(offers, among)))
