"""What of a provider can be translated."""

from portal.providers.models import Provider
from portal.translation.sources import Source, Text, texts_of

PLAIN = ("tagline", "summary", "opening_hours_note")
MARKUP = ("description",)
TRANSLATED = (*PLAIN, *MARKUP)


def provider_texts(provider: Provider) -> list[Text]:
    """What it says of itself; its name stays as it is."""
    return texts_of("anbieter", provider, PLAIN, markup=MARKUP)


def provider_source(pk: int) -> Source | None:
    """A public provider by its id."""
    provider = Provider.objects.public().filter(pk=pk).first()
    return Source(provider.get_absolute_url(), provider_texts(provider)) if provider else None
