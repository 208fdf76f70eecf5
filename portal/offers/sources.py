"""What of an offer can be translated."""

from portal.offers.models import Offer
from portal.translation.sources import Source, Text, texts_of

PLAIN = (
    "title",
    "summary",
    "conditions",
    "schedule_note",
    "cost_text",
    "accessibility_note",
    "format",
    "participate_note",
    "donate_note",
)
MARKUP = ("description",)
TRANSLATED = (*PLAIN, *MARKUP)


def offer_texts(offer: Offer) -> list[Text]:
    """What its provider wrote in sentences; names and numbers stay as they are."""
    return texts_of("angebot", offer, PLAIN, markup=MARKUP)


def offer_source(pk: int) -> Source | None:
    """A public offer by its id."""
    offer = Offer.objects.published().filter(pk=pk).first()
    return Source(offer.get_absolute_url(), offer_texts(offer)) if offer else None
