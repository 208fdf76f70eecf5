"""Providers and offers for tests, made with as little as the database accepts."""

from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from portal.offers.documents import refresh_search_text
from portal.offers.models import Location, Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.models import State as ProviderState

_numbers = count(1)


def days_ago(days: int) -> datetime:
    """Noon in the town, so many days before today.

    Taking days off the present moment meets another day where the clocks were changed in between: from 23 o'clock in
    winter, 184 days ago is 0 o'clock of the day 183 days ago.
    """
    return timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=days), time(12)))


def a_provider(**fields: Any) -> Provider:
    """A public provider, inside the municipality of the caller."""
    number = next(_numbers)
    defaults = {"name": f"Verein {number}", "state": ProviderState.PUBLISHED, "published_at": timezone.now()}
    return Provider.objects.create(**{**defaults, **fields})


def an_offer(*, provider: Provider | None = None, categories: Any = (), places: Any = (), **fields: Any) -> Offer:
    """A public offer without dates; `places` are dicts of Location fields."""
    number = next(_numbers)
    defaults = {"title": f"Angebot {number}", "state": State.PUBLISHED, "published_at": timezone.now()}
    offer = Offer.objects.create(provider=provider or a_provider(), **{**defaults, **fields})
    offer.categories.set(categories)
    if places:
        # Without signals; all else wrote the searchable text already.
        Location.objects.bulk_create(Location(offer=offer, **place) for place in places)
        refresh_search_text([offer])
    return offer
