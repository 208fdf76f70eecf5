"""The mail to whoever sent a table: what became of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from mail.services import post
from portal.imports.models import Upload
from tenants.urls import own_address
from theming.services import current_theme

WORTH_A_MAIL = 50
"""Of fewer rows somebody sees the end on the page."""


def tell(upload: Upload) -> None:
    """Write it, where somebody need not have waited for the end."""
    if upload.by is None or not upload.by.is_active or upload.total < WORTH_A_MAIL:
        return
    values = {
        "portal": current_theme().portal_name,
        "file": upload.name,
        "created": upload.created,
        "updated": upload.updated,
        "submitted": upload.submitted,
        "left": upload.left,
        "link": own_address() + reverse("imports:upload", args=[upload.pk]).lstrip("/"),
    }
    subject = _("%(portal)s: your table “%(file)s” is taken over") % values
    body = (
        _(
            "Good day,\n\nyour table “%(file)s” is taken over.\n\n"
            "New offers: %(created)d\nChanged offers: %(updated)d\n"
            "Changes that wait for the editorial team: %(submitted)d\nLeft as they are: %(left)d\n\n"
            "All rows with their results:\n%(link)s\n"
        )
        % values
    )
    post(to=upload.by.email, subject=subject, body=body)
