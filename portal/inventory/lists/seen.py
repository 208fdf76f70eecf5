"""Which rows a list is about: what lies in the bin is shown only to whoever asks for it."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from portal.inventory.lists.offers import offer_rows, offers_listing
from portal.inventory.lists.providers import provider_rows, providers_listing
from portal.inventory.models import Subject
from portal.listing.spec import Listing

BIN = "trashed"


def shows_bin(asked: QueryDict) -> bool:
    """Whether an address asks for what lies in the bin."""
    return BIN in asked.getlist("zustand")


def rows_of(subject: Subject, asked: QueryDict) -> QuerySet[Any]:
    """The rows an address is about."""
    rows = offer_rows() if subject == Subject.OFFERS else provider_rows()
    return rows if shows_bin(asked) else rows.exclude(state=BIN)


def listing_of(subject: Subject, asked: QueryDict) -> Listing:
    """The list an address is about."""
    return offers_listing(asked.get("anbieter", "")) if subject == Subject.OFFERS else providers_listing()


def list_url(subject: Subject, query: str = "") -> str:
    """The address of a list as it was filtered."""
    return f"/redaktion/{subject}/" + (f"?{query}" if query else "")
