"""Which files of the library profiles show, now or in a revision that is kept."""

from portal.media import uses
from portal.providers.kind import NAME
from portal.providers.models import ProviderImage
from portal.revisions.pictures import media_in


def register() -> None:
    """Tell the library."""
    uses.register_images(ProviderImage, "provider_id")
    uses.register(f"{NAME} revisions", lambda: media_in(NAME))
