"""What a visitor writes about: an offer or a provider, and where mail to them goes."""

from dataclasses import dataclass

from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.models import Provider


@dataclass(frozen=True, slots=True)
class Target:
    """An offer or a provider as the forms know it. `email` is never shown."""

    title: str
    slug: str
    url: str
    email: str
    phone: str
    provider_name: str
    list_url: str
    list_name: str
    provider: Provider
    offer: Offer | None = None

    @property
    def key(self) -> str:
        """Its name for the counters against spam."""
        return f"offer {self.offer.pk}" if self.offer else f"provider {self.provider.pk}"


def of_offer(offer: Offer, names: Preferences) -> Target:
    """The offer's own contact, else its provider's."""
    provider = offer.provider
    return Target(
        title=offer.title,
        slug=offer.slug,
        url=offer.get_absolute_url(),
        email=offer.contact_email or provider.contact_email or provider.email,
        phone=offer.contact_phone or provider.contact_phone or provider.phone,
        provider_name=provider.name,
        list_url="/angebote/",
        list_name=names.offers_name,
        provider=provider,
        offer=offer,
    )


def of_provider(provider: Provider, names: Preferences) -> Target:
    """The provider's contact person, else the provider."""
    return Target(
        title=provider.name,
        slug=provider.slug,
        url=provider.get_absolute_url(),
        email=provider.contact_email or provider.email,
        phone=provider.contact_phone or provider.phone,
        provider_name=provider.name,
        list_url="/anbieter/",
        list_name=names.providers_name,
        provider=provider,
    )
