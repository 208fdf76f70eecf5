"""Which files of the library profiles show, now or in a revision that is kept."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from portal.media import uses
from portal.providers.kind import NAME
from portal.providers.models import ProviderImage
from portal.revisions.pictures import media_in


def register() -> None:
    """Tell the library."""
    uses.register_images(ProviderImage, "provider_id")
    uses.register(f"{NAME} revisions", lambda: media_in(NAME))
    uses.register_places(_places)


def _places(ids: Collection[int]) -> list[uses.Use]:
    """Where the editors find what shows these files; one statement."""
    rows = ProviderImage.objects.filter(media_id__in=ids).select_related("provider").order_by("provider_id", "pk")
    return [
        uses.Use(
            row.media_id, _("Provider"), str(row.provider), f"/redaktion/anbieter/{row.provider_id}/", row.alt_text
        )
        for row in rows
        if row.media_id is not None
    ]
