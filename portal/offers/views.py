"""One offer, and one provider with its offers (which is why that page lives here and not a floor below)."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.offers.cards import OfferCard, cards, leading_node, with_card_data
from portal.offers.detail import offer_page, provider_page
from portal.offers.models import Location, Offer
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.taxonomy.tree import Tree, load_tree

MOST_SIMILAR = 3
MOST_ON_PROFILE = 60
MOST_OVER = 12


def similar_to(offer: Offer, tree: Tree, names: Preferences) -> list[OfferCard]:
    """Current offers of the same category, those that end first first; none where the offer has no category."""
    node = leading_node(offer, tree)
    if node is None:
        return []
    found = Offer.objects.current().filter(categories=node.id).exclude(pk=offer.pk).order_by("ends_at", "title")
    return cards(list(with_card_data(found)[:MOST_SIMILAR]), tree=tree, names=names)


@require_safe
@allow(Role.VISITOR)
def show(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everything a person needs to take part. Also when it is over; never while it is not public."""
    found = Offer.objects.published().select_related("provider", "provider__carrier")
    places = Prefetch("locations", Location.objects.select_related("district"))
    offer = get_object_or_404(
        found.prefetch_related(places, "schedules", "images", "categories", "target_groups", "markers"), pk=pk
    )
    if slug != offer.slug:
        return redirect(offer, permanent=True)
    tree, names = load_tree(), Preferences.current()
    context: dict[str, Any] = {
        "preferences": names,
        "offer": offer,
        "similar": similar_to(offer, tree, names),
        **offer_page(offer, tree=tree, names=names, now=timezone.now()),
    }
    return render(request, "offers/detail.html", context)


@require_safe
@allow(Role.VISITOR)
def show_provider(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A provider's profile with what it offers now and what is over."""
    found = Provider.objects.public().select_related("carrier", "district")
    provider = get_object_or_404(found.prefetch_related("opening_hours", "facts", "images", "categories"), pk=pk)
    if slug != provider.slug:
        return redirect(provider, permanent=True)
    tree, names = load_tree(), Preferences.current()
    own = with_card_data(Offer.objects.current().filter(provider=provider))
    current = list(own.order_by("title", "pk")[:MOST_ON_PROFILE])
    over = list(Offer.objects.over().filter(provider=provider).order_by("-ends_at", "pk")[:MOST_OVER])
    context: dict[str, Any] = {
        "preferences": names,
        "provider": provider,
        "cards": cards(current, tree=tree, names=names),
        "over": over,
        **provider_page(provider, tree=tree, names=names, now=timezone.now()),
    }
    return render(request, "providers/detail.html", context)
