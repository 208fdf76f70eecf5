"""Which files of the library offers show, now or in a revision that is kept."""

from portal.media import uses
from portal.offers.kind import NAME
from portal.offers.models import OfferImage
from portal.revisions.pictures import media_in


def register() -> None:
    """Tell the library."""
    uses.register_images(OfferImage, "offer__provider_id")
    uses.register(f"{NAME} revisions", lambda: media_in(NAME))
