"""What this room keeps about a person: which pictures they uploaded."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.media.models import MediaFile


def gather(user: User) -> list[Row]:
    """Pictures, with what was said about them."""
    found = MediaFile.objects.filter(uploaded_by=user).order_by("pk")
    return [
        {
            _("Uploaded"): each.created_at,
            _("Description"): each.alt_text,
            _("Copyright"): each.copyright,
            _("File"): each.file.name,
        }
        for each in found
    ]


register(Part("bilder", gettext_lazy("Pictures you uploaded"), gather, order=50))
