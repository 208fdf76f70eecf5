"""What the lists and forms of offers say of those that come from a calendar."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.calendars.models import CalendarEvent, State
from portal.offers.origins import Origin, register


def tell(pks: Iterable[int]) -> dict[int, Origin]:
    """Offers that a calendar goes on with."""
    events = CalendarEvent.objects.filter(offer__in=list(pks), wanted=True).exclude(calendar__state=State.ENDED)
    rows = events.order_by("pk").values_list("offer", "calendar", "calendar__name")
    return {offer: _origin(calendar, name) for offer, calendar, name in rows if offer is not None}


def _origin(calendar: int, name: str) -> Origin:
    said = {"name": name}
    return Origin(
        _("from the calendar “%(name)s”") % said,
        _("This offer comes from the calendar “%(name)s”. What you change here by hand stays, whatever the calendar "
          "says later.") % said,
        reverse("calendars:calendar", args=[calendar]),
    )  # fmt: skip


register(tell)
