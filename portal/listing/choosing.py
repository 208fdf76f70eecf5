"""Which rows somebody ticked: those of the page, or all that fit the filters, on whatever page."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from core.numbers import whole_numbers
from portal.listing.reading import ALL, filtered, understood
from portal.listing.spec import Listing

PICKED, ON_PAGE, FILTERS = "wahl", "gezeigt", "auswahl"
_MOST_DIGITS = 18


def picked(listing: Listing, rows: QuerySet[Any], sent: QueryDict) -> list[int]:
    """The ids of the ticked rows that this person may see, in the order of their ids.

    Where all were ticked, those count that fit the filters now, but for those somebody unticked on the page.
    """
    ticked = _numbers(sent.getlist(PICKED))
    if sent.get(ALL) != "1":
        return list(rows.filter(pk__in=ticked).order_by("pk").values_list("pk", flat=True))
    asked = understood(listing, QueryDict(sent.get(FILTERS, "")))
    unticked = _numbers(sent.getlist(ON_PAGE)) - ticked
    fitting = filtered(asked, rows).order_by("pk").values_list("pk", flat=True)
    return [pk for pk in fitting if pk not in unticked]


def _numbers(given: list[str]) -> set[int]:
    """A summary names many in one field."""
    parts = (each for field in given for each in field.split(","))
    return set(whole_numbers(parts, _MOST_DIGITS))
