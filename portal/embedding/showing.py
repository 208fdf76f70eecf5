"""What a part tells of one offer and of one provider: what their pages show, shorter."""

from typing import Any

from django.utils import timezone

from portal.offers.cards import card_rows, cards
from portal.offers.models import Offer
from portal.offers.presentation import occurrence_line
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.taxonomy.tree import load_tree
from theming.cards import OfferCard

MOST_DATES = 5
MOST_OFFERS = 500


def offer_facts(offer: Offer, names: Preferences) -> dict[str, Any]:
    """Its card and its next dates."""
    rows = card_rows(Offer.objects.filter(pk=offer.pk).order_by())
    (card,) = cards(rows.values(), tree=load_tree(), names=names)
    coming = offer.occurrences.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")[:MOST_DATES]
    return {"card": card, "offer": offer, "dates": [occurrence_line(each) for each in coming]}


def provider_of(pk: int) -> Provider | None:
    """A provider anybody may see."""
    return Provider.objects.public().filter(pk=pk).first()


def offers_of(provider: Provider, names: Preferences) -> list[OfferCard]:
    """The cards of its offers that take place, by title."""
    offers = Offer.objects.current().filter(provider=provider).order_by("title_key", "pk")
    rows = card_rows(offers[:MOST_OFFERS])
    return cards(rows.values(), tree=load_tree(), names=names)
