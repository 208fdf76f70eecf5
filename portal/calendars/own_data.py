"""What this room keeps about a person: which calendars they set up."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.calendars.models import Calendar


def gather(user: User) -> list[Row]:
    """The calendars kept in this person's name; the name goes with the account, the calendar stays."""
    found = Calendar.objects.filter(keeper=user).select_related("provider").order_by("pk")
    return [
        {_("Calendar"): str(each), _("Organisation"): each.provider.name, _("Since"): each.created_at} for each in found
    ]


def leaving(user: User) -> list[Any]:
    """Somebody else of the organisation goes on with them."""
    kept = Calendar.objects.there().filter(keeper=user).exists()
    return [_("Calendars you set up go on in the name of those who lead the organisation.")] if kept else []


register(Part("kalender", gettext_lazy("Calendars you set up"), gather, order=58, leaving=leaving))
