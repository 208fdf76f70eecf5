"""Offers as the cards of lists: everything a card shows, for many offers in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.offers.choices import Accessibility, ScheduleKind
from portal.offers.models import Location, Occurrence, Offer, OfferImage
from portal.offers.presentation import Moment, cost_line, next_date_line, place_line, target_line
from portal.preferences.models import Preferences
from portal.taxonomy.tree import Node, Tree
from theming.images import CARD_WIDTH, scaled_url


@dataclass(frozen=True, slots=True)
class Badge:
    """A small mark on a card."""

    label: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class OfferCard:
    """The words of one card (see components/card_offer.html)."""

    id: int
    title: str
    url: str
    category: str
    icon: str
    color: str
    image_url: str
    text: str
    when: str
    place: str
    audience: str
    price: str
    provider: str
    badges: list[Badge]


def with_card_data(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Fetch what cards need besides the next dates; one query each for the related rows."""
    return offers.select_related("provider").prefetch_related(
        Prefetch("locations", Location.objects.select_related("district")),
        Prefetch("images", OfferImage.objects.filter(kind=OfferImage.Kind.HERO)),
        "categories",
        "target_groups",
    )


def next_occurrences(offers: Iterable[Offer], *, now: datetime) -> dict[int, Moment]:
    """The next date of each offer by its id, one query."""
    found = (
        Occurrence.objects.filter(offer__in=[offer.pk for offer in offers], ends_at__gte=now)
        .order_by("offer_id", "ends_at", "starts_at", "pk")
        .distinct("offer_id")
    )
    return {occurrence.offer_id: occurrence for occurrence in found}


def leading_node(offer: Offer, tree: Tree) -> Node | None:
    """The category a card wears: the first in display order, its parent where both are chosen."""
    chosen = {category.pk for category in offer.categories.all()}
    return next((node for node in tree if node.id in chosen), None)


def badges_of(offer: Offer) -> list[Badge]:
    """What is worth a mark."""
    marks = []
    if offer.accessibility == Accessibility.YES:
        marks.append(Badge(_("barrier-free"), "info", "disability"))
    if offer.volunteering:
        marks.append(Badge(_("volunteers welcome"), "", "volunteer"))
    return marks


def when_line(offer: Offer, occurrence: Moment | None, *, now: datetime) -> str:
    """When to come; says so where an offer has no dates or all are over."""
    if occurrence is not None:
        return next_date_line(occurrence, now=now)
    if offer.schedule_kind == ScheduleKind.NONE:
        return _("without a fixed date")
    return _("over") if offer.is_over else ""


def card_of(offer: Offer, *, tree: Tree, names: Preferences, occurrence: Moment | None, now: datetime) -> OfferCard:
    """One card."""
    node = leading_node(offer, tree)
    image = next((image for image in offer.images.all() if image.kind == OfferImage.Kind.HERO), None)
    return OfferCard(
        id=offer.pk,
        title=offer.title,
        url=offer.get_absolute_url(),
        category=node.name if node else "",
        icon=node.icon if node else "",
        color=node.color_class if node else "",
        image_url=scaled_url(image.image, CARD_WIDTH) if image else "",
        text=offer.summary,
        when=when_line(offer, occurrence, now=now),
        place=place_line(offer, offer.locations.all(), names=names),
        audience=target_line(offer),
        price=cost_line(offer),
        provider=offer.provider.name,
        badges=badges_of(offer),
    )


def cards(
    offers: Sequence[Offer],
    *,
    tree: Tree,
    names: Preferences,
    following: Mapping[int, Moment] | None = None,
    km: Mapping[int, float] | None = None,
) -> list[OfferCard]:
    """Cards of offers that were fetched `with_card_data`. A search knows the next dates that fit it (`following`, by
    id) and how far away offers are (`km`)."""
    now = timezone.now()
    dates = next_occurrences(offers, now=now) if following is None else following
    far = km or {}
    return [
        replace(card, place=with_distance(card.place, far[offer.pk])) if offer.pk in far else card
        for offer in offers
        for card in [card_of(offer, tree=tree, names=names, occurrence=dates.get(offer.pk), now=now)]
    ]


def with_distance(place: str, km: float) -> str:
    """“Burbach · 1,2 km”."""
    distance = _("%(km)s km") % {"km": number_format(km, 1 if km < 10 else 0)}
    return " · ".join(part for part in (place, distance) if part)
