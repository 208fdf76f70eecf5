"""An offer as one value: everything that belongs to its text, and nothing else (state, ids, times, authors)."""

from portal.offers.snapshot.checking import missing
from portal.offers.snapshot.comparing import differences
from portal.offers.snapshot.content import FORMAT, LINKS, blank, canonical, take
from portal.offers.snapshot.many import Wish, apply_many
from portal.offers.snapshot.storing import apply
from portal.revisions.kinds import Content

__all__ = [
    "FORMAT",
    "LINKS",
    "Content",
    "Wish",
    "apply",
    "apply_many",
    "blank",
    "canonical",
    "differences",
    "missing",
    "take",
]
