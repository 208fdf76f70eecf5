"""What this room keeps about a person: messages from their address."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.feedback.models import Case


def gather(user: User) -> list[Row]:
    """Messages as they were written."""
    found = Case.objects.filter(sender_email__iexact=user.email).order_by("pk")
    return [{_("Kind"): each.get_kind_display(), _("Name"): each.sender_name, _("Text"): each.text} for each in found]


register(Part("meldungen", gettext_lazy("Messages from you"), gather, order=80))
