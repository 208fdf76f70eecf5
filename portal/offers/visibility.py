"""What the public may know of an offer or a provider: the one place that decides it for their pages.

Lists, feeds and the sitemap take their rows from `OfferQuerySet.current` and `ProviderQuerySet.public`; a page is also
reached by a link that somebody kept, and owes them an answer.
"""

from datetime import datetime, timedelta
from enum import Enum

from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.models import State as ProviderState


class Visibility(Enum):
    """How a page answers."""

    SHOWN = "shown"
    """Everything is told."""
    OVER = "over"
    """Everything is told, with a notice that it is over and what takes place instead."""
    WITHDRAWN = "withdrawn"
    """It was public once: a notice and alternatives, nothing of its contents and no person."""
    GONE = "gone"
    """Over or withdrawn long ago: the same notice with status 410, so that search engines forget it."""
    HIDDEN = "hidden"
    """Never public, or taken down by the editors: 404, as if it did not exist."""


WITHDRAWN_OFFERS = frozenset({State.PAUSED, State.ARCHIVED})
WITHDRAWN_PROVIDERS = frozenset({ProviderState.PAUSED, ProviderState.ARCHIVED})


def _since(moment: datetime, *, now: datetime, days: int) -> Visibility:
    return Visibility.GONE if moment + timedelta(days=days) < now else Visibility.WITHDRAWN


def provider_visibility(provider: Provider, *, now: datetime, days: int) -> Visibility:
    """`days` is how long a withdrawn page answers before it is gone.

    The last change counts as the day of withdrawal: one made afterwards only lets the notice stand longer.
    """
    if provider.state == ProviderState.PUBLISHED:
        return Visibility.SHOWN
    was_public = provider.published_at is not None and provider.taken_down_at is None
    if provider.state in WITHDRAWN_PROVIDERS and was_public:
        return _since(provider.updated_at, now=now, days=days)
    return Visibility.HIDDEN


def offer_visibility(offer: Offer, *, now: datetime, days: int) -> Visibility:
    """As `provider_visibility`; an offer is never more visible than its provider. Reads the provider."""
    provider = provider_visibility(offer.provider, now=now, days=days)
    if provider == Visibility.HIDDEN or offer.published_at is None or offer.taken_down_at is not None:
        return Visibility.HIDDEN
    if offer.state in WITHDRAWN_OFFERS:
        return _since(offer.updated_at, now=now, days=days)
    if offer.state != State.PUBLISHED:
        return Visibility.HIDDEN
    if provider != Visibility.SHOWN:
        return provider
    return _published(offer, now=now, days=days)


def _published(offer: Offer, *, now: datetime, days: int) -> Visibility:
    """Of a published offer of a published provider: hidden because nobody looked at it, over, or shown."""
    if offer.hidden_at is not None:
        return _since(offer.hidden_at, now=now, days=days)
    if offer.ends_at is None or offer.ends_at >= now:
        return Visibility.SHOWN
    return Visibility.GONE if offer.ends_at + timedelta(days=days) < now else Visibility.OVER
