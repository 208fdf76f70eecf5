"""What this room keeps about a person: that they deleted something, for thirty days."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.history.models import Removed
from portal.history.registry import chronicle


def gather(user: User) -> list[Row]:
    """Every such thing by its name."""
    found = Removed.objects.filter(by=user).order_by("at", "pk")
    return [
        {_("Kind"): str(chronicle(each.kind).label), _("Title"): each.title, _("Deleted"): each.at} for each in found
    ]


register(Part("geloescht", gettext_lazy("What you deleted in the last 30 days"), gather, order=45))
