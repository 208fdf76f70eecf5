"""What this room keeps about a person: when they saw the tour."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.handbook.models import TourSeen


def gather(user: User) -> list[Row]:
    """The day, where there is one. It goes with the account."""
    return [{_("Tour seen on"): each.seen_at} for each in TourSeen.objects.filter(user=user)]


register(Part("rundgang", gettext_lazy("Tour of the provider's area"), gather, order=80))
