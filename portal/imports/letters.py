"""The mail to whoever sent a table: what became of it."""

from django.urls import reverse

from mail.services import post_kind
from portal.imports.mails import TAKEN
from portal.imports.models import Upload
from tenants.urls import own_address

WORTH_A_MAIL = 50
"""Of fewer rows somebody sees the end on the page."""


def tell(upload: Upload) -> None:
    """Write it, where somebody need not have waited for the end."""
    if upload.by is None or not upload.by.is_active or upload.total < WORTH_A_MAIL:
        return
    values = {
        "file": upload.name,
        "created": upload.created,
        "updated": upload.updated,
        "submitted": upload.submitted,
        "left": upload.left,
        "link": own_address() + reverse("imports:upload", args=[upload.pk]).lstrip("/"),
    }
    post_kind(TAKEN, to=upload.by.email, values=values)
