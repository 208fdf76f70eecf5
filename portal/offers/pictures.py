"""Which files of the library offers show, now or in a revision that is kept."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from portal.media import uses
from portal.offers.kind import NAME
from portal.offers.models import OfferImage
from portal.revisions.pictures import media_in


def register() -> None:
    """Tell the library."""
    uses.register_images(OfferImage, "offer__provider_id")
    uses.register(f"{NAME} revisions", lambda: media_in(NAME))
    uses.register_places(_places)


def _places(ids: Collection[int]) -> list[uses.Use]:
    """Where the editors find what shows these files; one statement."""
    rows = OfferImage.objects.filter(media_id__in=ids).select_related("offer").order_by("offer_id", "pk")
    return [
        uses.Use(row.media_id, _("Offer"), str(row.offer), f"/redaktion/angebote/{row.offer_id}/", row.alt_text)
        for row in rows
        if row.media_id is not None
    ]
