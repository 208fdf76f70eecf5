"""Newsletters and their issues; readers; how an issue is sent; lists of addresses that are read in."""

from portal.newsletter.models.issues import Issue, Item, Part
from portal.newsletter.models.lists import AddressList
from portal.newsletter.models.newsletters import Admission, Audience, Newsletter, Rhythm
from portal.newsletter.models.readers import Left, Reader, Source, State
from portal.newsletter.models.sending import Delivery, Mailing

__all__ = [
    "AddressList",
    "Admission",
    "Audience",
    "Delivery",
    "Issue",
    "Item",
    "Left",
    "Mailing",
    "Newsletter",
    "Part",
    "Reader",
    "Rhythm",
    "Source",
    "State",
]
