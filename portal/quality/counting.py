"""The numbers of the board and of the lists behind it, counted in memory.

The same that `portal.quality.lacks` says in SQL (tests/quality/test_figures.py). What the portal finds out by itself,
readability and broken links, is asked of the database: it tells nobody when it changes.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from portal.listing.reading import Combination, Fits
from portal.listing.spec import Sort
from portal.offers.ledger import Ledger, Mask, Numbers, ledger, numbers_of
from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.quality.figures import OFFERS
from portal.quality.lacks import NO_CONTACT_AT_PROVIDER, Gap, Lack, broken_places, by_offer, public_providers, silent
from portal.quality.models import Reading
from tenants.running.changes import remembered

# The questions of the ledger, in their order.
_ASKED: tuple[Gap | Lack, ...] = (*Gap, Lack.NO_PICTURE, Lack.ACCESSIBILITY)


def _questions() -> list[Q]:
    asked = by_offer()
    return [asked[word] for word in _ASKED]


def _without_contact() -> Numbers:
    """The numbers of providers without a telephone number and an address."""
    return remembered(
        "quality.without_contact",
        lambda: numbers_of(Provider.objects.filter(NO_CONTACT_AT_PROVIDER)),
        rooms=("providers",),
    )


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """All offers by whether residents find them, and by what they lack, as of a moment."""

    ledger: Ledger
    current: Mask
    lacks: dict[Lack, Mask]
    gaps: dict[Gap, Mask]

    @classmethod
    def now(cls) -> "OfferFacts":
        """As they are now."""
        return cls.of(ledger("quality", _questions), timezone.now())

    @classmethod
    def of(cls, known: Ledger, moment: datetime) -> "OfferFacts":
        """As they were at a moment."""
        own = {word: known.has(bit) for bit, word in enumerate(_ASKED)}
        own[Gap.CONTACT] &= np.isin(known.providers, _without_contact())
        gaps = {gap: own[gap] for gap in Gap}
        lacks = {
            Lack.UNCHECKED: known.stale(timezone.localdate(moment), Preferences.current().stale_after_months),
            Lack.INCOMPLETE: np.logical_or.reduce(list(gaps.values())),
            Lack.NO_PICTURE: own[Lack.NO_PICTURE],
            Lack.ACCESSIBILITY: own[Lack.ACCESSIBILITY],
            Lack.HARD: known.of(numbers_of(Reading.objects.filter(hard=True), "offer_id")),
            Lack.LINKS: known.of(numbers_of(broken_places(), "subject_id")),
        }
        return cls(known, known.current(moment), lacks, gaps)

    @property
    def combinations(self) -> Numbers:
        """A bit for each lack of each offer."""
        kinds = np.zeros(len(self.ledger.ids), np.int64)
        for bit, mask in enumerate(self.lacks.values()):
            kinds |= mask.astype(np.int64) << bit
        return kinds

    def among(self, rows: QuerySet[Any]) -> "OfferFacts":
        """See `portal.listing.reading.Facts`."""
        return replace(self, current=self.current & self.ledger.of(numbers_of(rows)))

    def counted(self) -> Counter[Combination]:
        """See `portal.listing.reading.Facts`."""
        found, numbers = np.unique(self.combinations[self.current], return_counts=True)
        return Counter(dict(zip(map(self._named, found.tolist()), numbers.tolist(), strict=True)))

    def _named(self, kind: int) -> Combination:
        return (tuple(lack.value for bit, lack in enumerate(self.lacks) if kind >> bit & 1),)

    def page(self, fits: Fits, sort: Sort, at: slice) -> list[Any]:
        """See `portal.listing.reading.Facts`; each row with `lacks` and `gaps`."""
        combinations = self.combinations
        wanted = np.array([kind for kind in np.unique(combinations).tolist() if fits(self._named(kind))], np.int64)
        chosen = self.current & np.isin(combinations, wanted)
        checked = self.ledger.checked() if sort.name == "lange" else None
        pks = self.ledger.in_order(chosen, checked)[at].tolist()
        score = Reading.objects.filter(offer_id=OuterRef("pk")).values("score")[:1]
        rows = Offer.objects.filter(pk__in=pks).select_related("provider").annotate(score=Subquery(score))
        found: dict[int, Any] = {each.pk: each for each in rows}
        shown = [found[pk] for pk in pks if pk in found]
        for row, place in zip(shown, self.ledger.rows_of(np.array([row.pk for row in shown], np.int64)), strict=True):
            (row.lacks,) = self._named(int(combinations[place]))
            row.gaps = [gap.value for gap in Gap if self.gaps[gap][place]]
        return shown

    def numbers(self) -> dict[str, int]:
        """How many there are, and how many lack what."""
        own = {lack.value: int(np.count_nonzero(mask & self.current)) for lack, mask in self.lacks.items()}
        return {OFFERS: int(np.count_nonzero(self.current)), **own}


def counted(facts: OfferFacts) -> dict[str, int]:
    """What `portal.quality.figures.count` counts."""
    providers = public_providers().order_by().aggregate(
        providers=Count("pk"), silent=Count("pk", filter=silent())
    )  # fmt: skip
    return {**facts.numbers(), **providers}
