"""The list of offers from what is remembered of all offers: how many there are of each combination that it filters by,
and which stand on a page.

It is the list that `offer_rows` and the sorts say in SQL (tests/inventory/test_counting.py), by which the file and bulk
actions go.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.inventory.lists.offers import NO_ACCESS, NO_COST, NO_PICTURE, lacking, prepared
from portal.listing.reading import Combination, Fits
from portal.listing.spec import Sort
from portal.offers.ledger import CONDITIONS, STATES, Ledger, Mask, Moving, Numbers, ledger, numbers_of
from portal.offers.models import Offer
from portal.offers.states import State
from portal.offers.upkeep import Mark

_MARKS = (Mark.ENDS_SOON, Mark.UNCHECKED)
_LACKS = (NO_PICTURE, NO_ACCESS, NO_COST)
_SHIFT = 4
"""More conditions than fit into so many bits there are not."""


def questions() -> list[Q]:
    """What the ledger of this room asks of each offer."""
    asked = lacking()
    return [asked[word] for word in _LACKS]


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """All offers by what the list filters by, as of a moment; those in the bin where they are asked for."""

    ledger: Ledger
    combinations: Numbers
    seen: Mask

    @classmethod
    def now(cls, *, with_bin: bool) -> "OfferFacts":
        """As they are now."""
        known, moment = ledger("inventory", questions), timezone.now()
        return cls.of(known, Moving.now(), moment, with_bin=with_bin)

    @classmethod
    def of(cls, known: Ledger, moving: Moving, moment: datetime, *, with_bin: bool) -> "OfferFacts":
        """As they were at a moment."""
        found = known.conditions(moving, moment).astype(np.int64)
        upkeep = known.upkeep(moment)
        masks = (upkeep.soon, upkeep.unchecked, *(known.has(bit) for bit in range(len(_LACKS))))
        for bit, mask in enumerate(masks):
            found |= mask.astype(np.int64) << (_SHIFT + bit)
        seen = np.ones(len(known.ids), bool) if with_bin else ~known.are(State.TRASHED)
        return cls(known, found, seen)

    def by_state(self) -> dict[str, int]:
        """How many there are in each state, whatever is asked for."""
        return dict(zip(STATES, np.bincount(self.ledger.states, minlength=len(STATES)).tolist(), strict=True))

    def among(self, rows: QuerySet[Any]) -> "OfferFacts":
        """See `portal.listing.reading.Facts`."""
        return replace(self, seen=self.seen & self.ledger.of(numbers_of(rows)))

    def counted(self) -> Counter[Combination]:
        """See `portal.listing.reading.Facts`."""
        kinds, numbers = np.unique(self.combinations[self.seen], return_counts=True)
        return Counter(dict(zip(map(_named, kinds.tolist()), numbers.tolist(), strict=True)))

    def page(self, fits: Fits, sort: Sort, at: slice) -> list[Any]:
        """See `portal.listing.reading.Facts`; each row with `condition`, `ends_soon` and `unchecked`."""
        wanted = np.array([kind for kind in np.unique(self.combinations).tolist() if fits(_named(kind))], np.int64)
        chosen = self.seen & np.isin(self.combinations, wanted)
        key, down = {
            "neu": (self.ledger.updated, True),
            "ende": (self.ledger.ends, False),
            "geprueft": (self.ledger.reviewed, False),
            "name": (None, False),
        }[sort.name]
        pks = self.ledger.in_order(chosen, key, down=down)[at]
        found = {each.pk: each for each in prepared(Offer.objects.filter(pk__in=pks.tolist()))}
        rows = [found[pk] for pk in pks.tolist() if pk in found]
        for row, place in zip(rows, self.ledger.rows_of(np.array([row.pk for row in rows], np.int64)), strict=True):
            row.condition, marks, _lacks = _named(int(self.combinations[place]))
            row.ends_soon, row.unchecked = Mark.ENDS_SOON in marks, Mark.UNCHECKED in marks
        return rows


def _named(kind: int) -> Combination:
    bits = kind >> _SHIFT
    marks, lacks = _words(_MARKS, bits), _words(_LACKS, bits >> len(_MARKS))
    return CONDITIONS[kind & (1 << _SHIFT) - 1].value, marks, lacks


def _words(words: Iterable[str], bits: int) -> tuple[str, ...]:
    return tuple(str(word) for bit, word in enumerate(words) if bits >> bit & 1)
