"""Offers as the cards of lists: everything a card shows, for many offers in two statements."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONArray
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.offers.choices import REMOTE, Accessibility, ScheduleKind
from portal.offers.models import Location, Occurrence, Offer, OfferImage
from portal.offers.models.offer import has_passed, offer_path
from portal.offers.presentation import Moment, cost_line, next_date_line, place_line, target_line
from portal.preferences.models import Preferences
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import Node, Tree
from theming.cards import Badge, OfferCard
from theming.images import CARD_WIDTH, THUMB_WIDTH, scaled_url


class ShortPlace(NamedTuple):
    """What a card needs of a place (the order is that of the statement below)."""

    district_name: str
    hide_exact_address: bool
    postcode: str
    city: str
    name: str


class CardRow(NamedTuple):
    """What a card needs of an offer (the order is that of the statement below)."""

    id: int
    title: str
    slug: str
    summary: str
    min_age: int | None
    max_age: int | None
    cost_kind: str
    cost_amount: Decimal | None
    cost_text: str
    venue: str
    accessibility: str
    volunteering: bool
    schedule_kind: str
    ends_at: datetime | None
    provider: str
    places: list[list[Any]]
    image: str | None
    categories: list[int]
    target_groups: list[str]

    @property
    def is_over(self) -> bool:
        """Whether the last date has passed."""
        return has_passed(self.ends_at)

    @property
    def is_online(self) -> bool:
        """Whether people can take part from anywhere."""
        return self.venue in REMOTE


def card_rows(offers: QuerySet[Offer]) -> dict[int, CardRow]:
    """What the cards of these offers show besides the next dates, by id, in one statement.

    Offers with their related rows, as the ORM fetches them, take five statements and three times as long: a search
    page spent a third of its time on them.
    """
    places = Location.objects.filter(offer=OuterRef("pk")).order_by("position", "pk")
    parts = JSONArray(Coalesce("district__name", Value("")), "hide_exact_address", "postcode", "city", "name")
    heroes = OfferImage.objects.filter(offer=OuterRef("pk"), kind=OfferImage.Kind.HERO)
    links = Offer.categories.through.objects.filter(offer=OuterRef("pk"))
    groups = TargetGroup.objects.filter(offers=OuterRef("pk"))
    own = list(CardRow.__annotations__)
    own = own[: own.index("provider")]
    rows = offers.values_list(
        *own,
        "provider__name",
        ArraySubquery(places.values(parts=parts)),
        Subquery(heroes.values("image")[:1]),
        ArraySubquery(links.values("category_id")),
        ArraySubquery(groups.values("name")),
    )
    return {row[0]: CardRow(*row) for row in rows}


def next_occurrences(ids: Iterable[int], *, now: datetime) -> dict[int, Moment]:
    """The next date of each offer by its id, one query."""
    found = (
        Occurrence.objects.filter(offer__in=list(ids), ends_at__gte=now)
        .order_by("offer_id", "ends_at", "starts_at", "pk")
        .distinct("offer_id")
    )
    return {occurrence.offer_id: occurrence for occurrence in found}


def leading_node(row: CardRow, tree: Tree) -> Node | None:
    """The category a card wears: the first in display order, its parent where both are chosen."""
    return next((node for node in tree if node.id in row.categories), None)


class Marked(Protocol):
    """An offer as far as it is marked."""

    @property
    def accessibility(self) -> str: ...
    @property
    def volunteering(self) -> bool: ...


class Timed(Protocol):
    """An offer as far as it takes place some time."""

    @property
    def schedule_kind(self) -> str: ...
    @property
    def is_over(self) -> bool: ...


def badges_of(offer: Marked) -> tuple[Badge, ...]:
    """What is worth a mark."""
    marks = []
    if offer.accessibility == Accessibility.YES:
        marks.append(Badge(_("barrier-free"), "info", "disability"))
    if offer.volunteering:
        marks.append(Badge(_("volunteering possible"), icon="volunteer"))
    return tuple(marks)


def when_line(offer: Timed, occurrence: Moment | None, *, now: datetime) -> str:
    """When to come; says so where an offer has no dates or all are over."""
    if occurrence is not None:
        return next_date_line(occurrence, now=now)
    if offer.schedule_kind == ScheduleKind.NONE:
        return _("without a fixed date")
    return _("over") if offer.is_over else ""


def card_of(
    row: CardRow, *, tree: Tree, names: Preferences, occurrence: Moment | None, now: datetime, km: float | None = None
) -> OfferCard:
    """One card."""
    node = leading_node(row, tree)
    place = place_line(row, (ShortPlace(*place) for place in row.places), names=names)
    return OfferCard(
        id=row.id,
        title=row.title,
        url=offer_path(row.id, row.slug),
        category=node.said if node else "",
        icon=node.icon if node else "",
        color=node.color_class if node else "",
        image_url=scaled_url(row.image, CARD_WIDTH) if row.image else "",
        image_small=scaled_url(row.image, THUMB_WIDTH) if row.image else "",
        text=row.summary,
        when=when_line(row, occurrence, now=now),
        place=place if km is None else with_distance(place, km),
        audience=target_line(row.min_age, row.max_age, [tree.abroad.group(name) for name in row.target_groups]),
        price=cost_line(row),
        provider=row.provider,
        badges=badges_of(row),
    )


def cards(
    rows: Collection[CardRow],
    *,
    tree: Tree,
    names: Preferences,
    following: Mapping[int, Moment] | None = None,
    km: Mapping[int, float] | None = None,
) -> list[OfferCard]:
    """Cards of offers. A search knows the next dates that fit it (`following`, by id) and how far away offers are
    (`km`); else they are asked for in one query."""
    now = timezone.now()
    dates = next_occurrences((row.id for row in rows), now=now) if following is None and rows else following or {}
    far = km or {}
    return [
        card_of(row, tree=tree, names=names, occurrence=dates.get(row.id), now=now, km=far.get(row.id)) for row in rows
    ]


def with_distance(place: str, km: float) -> str:
    """“Burbach · 1,2 km”."""
    distance = _("%(km)s km") % {"km": number_format(km, 1 if km < 10 else 0)}
    return " · ".join(part for part in (place, distance) if part)
