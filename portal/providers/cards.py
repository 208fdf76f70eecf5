"""Providers as the cards of lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from core.html import plain_text
from portal.preferences.models import Preferences
from portal.providers.models import Provider, ProviderImage
from theming.images import CARD_WIDTH, scaled_url


@dataclass(frozen=True, slots=True)
class ProviderCard:
    """The words of one card (see components/card_provider.html)."""

    title: str
    url: str
    text: str
    place: str
    phone: str
    offers: str
    logo_url: str


def with_provider_card_data(providers: QuerySet[Provider]) -> QuerySet[Provider]:
    """Fetch what cards need; one more query for the logos."""
    logos = ProviderImage.objects.filter(kind=ProviderImage.Kind.LOGO)
    return providers.select_related("district").prefetch_related(Prefetch("images", logos))


def logo_of(provider: Provider) -> ProviderImage | None:
    """The logo, if there is one. Reads images: prefetch them."""
    return next((image for image in provider.images.all() if image.kind == ProviderImage.Kind.LOGO), None)


def logo_url(provider: Provider) -> str:
    """The address of the logo, empty without one. Reads images: prefetch them."""
    logo = logo_of(provider)
    return logo.image.url if logo else ""


def provider_cards(
    providers: Iterable[Provider], *, names: Preferences, counts: Mapping[int, int]
) -> list[ProviderCard]:
    """Cards of providers fetched `with_provider_card_data`; `counts` are their current offers by id."""
    return [_card(provider, counts.get(provider.pk, 0), names) for provider in providers]


def _card(provider: Provider, offers: int, names: Preferences) -> ProviderCard:
    district = provider.district.name if provider.district else ""
    logo = logo_of(provider)
    return ProviderCard(
        title=provider.name,
        url=provider.get_absolute_url(),
        text=provider.summary or provider.tagline or plain_text(provider.description)[:160],
        place=district or f"{provider.postcode} {provider.city}".strip(),
        phone=provider.phone,
        offers=f"{offers} {names.offer_name if offers == 1 else names.offers_name}" if offers else "",
        logo_url=scaled_url(logo.image, CARD_WIDTH) if logo else "",
    )
