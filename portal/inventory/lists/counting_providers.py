"""The list of providers from one statement over all of them and the ledger of the offers: how many there are of each
combination that it filters by, and which stand on a page.

It is the list that `provider_rows` and the sorts say in SQL (tests/inventory/test_counting_providers.py), by which the
file and bulk actions go. In SQL each provider's offers would be counted at every look.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import BigIntegerField, Case, Expression, Q, QuerySet, Value

from portal.inventory.lists.counting import questions
from portal.inventory.lists.providers import NO_OFFERS, NO_PEOPLE, TRUSTED, conditions, prepared, traits
from portal.listing.reading import Combination, Fits
from portal.listing.spec import Sort
from portal.offers.ledger import Mask, Numbers, Packed, bits, ledger, microseconds, numbers, numbers_of, whens
from portal.offers.states import State as OfferState
from portal.providers.condition import Condition
from portal.providers.models import Provider
from portal.providers.states import State
from tenants.running.changes import remembered

_CONDITIONS, _STATES = tuple(Condition), tuple(State)
_ASKED, _TRAITS = (TRUSTED, NO_PEOPLE), (TRUSTED, NO_PEOPLE, NO_OFFERS)
_SHIFT = 4
"""More conditions than fit into so many bits there are not."""


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """All providers by what the list filters by; those in the bin where they are asked for. Row n is the provider with
    the n-th number."""

    ids: Numbers
    combinations: Numbers
    states: Numbers
    updated: Numbers
    offers: Numbers
    public: Numbers
    seen: Mask

    @classmethod
    def now(cls, *, with_bin: bool) -> "ProviderFacts":
        """As they are now; one statement, and what the ledger of the offers knows."""
        asked = traits()
        columns: dict[str, Expression] = {
            "ids": Packed("pk"),
            "conditions": Packed(
                Case(*conditions(_CONDITIONS.index), default=Value(0), output_field=BigIntegerField())
            ),
            "traits": Packed(bits([asked[word] for word in _ASKED])),
            "states": Packed(whens([Q(state=state) for state in _STATES], range(len(_STATES)))),
            "updated": Packed(microseconds("updated_at")),
        }
        read = Provider.objects.filter(merged_into=None).order_by().aggregate(**columns)
        return cls._of({name: numbers(read[name]) for name in columns}, with_bin=with_bin)

    @classmethod
    def _of(cls, read: Mapping[str, Numbers], *, with_bin: bool) -> "ProviderFacts":
        order = np.argsort(read["ids"], kind="stable")
        ids, found, named, states, updated = (read[name][order] for name in read)
        known = ledger("inventory", questions)
        kept = _number_by(known.providers[~known.are(OfferState.TRASHED)], ids)
        named = named | (kept == 0).astype(np.int64) << _TRAITS.index(NO_OFFERS)
        return cls(
            ids=ids,
            combinations=found | named << _SHIFT,
            states=states,
            updated=updated,
            offers=_number_by(known.providers, ids),
            public=_number_by(known.providers[known.are(OfferState.PUBLISHED)], ids),
            seen=np.ones(len(ids), bool) if with_bin else states != _STATES.index(State.TRASHED),
        )

    def by_state(self) -> dict[str, int]:
        """How many there are in each state, whatever is asked for."""
        return dict(zip(_STATES, np.bincount(self.states, minlength=len(_STATES)).tolist(), strict=True))

    def among(self, rows: QuerySet[Any]) -> "ProviderFacts":
        """See `portal.listing.reading.Facts`."""
        return replace(self, seen=self.seen & np.isin(self.ids, numbers_of(rows)))

    def counted(self) -> Counter[Combination]:
        """See `portal.listing.reading.Facts`."""
        kinds, many = np.unique(self.combinations[self.seen], return_counts=True)
        return Counter(dict(zip(map(_named, kinds.tolist()), many.tolist(), strict=True)))

    def page(self, fits: Fits, sort: Sort, at: slice) -> list[Any]:
        """See `portal.listing.reading.Facts`; each row with `condition`, `offers_number` and `public_number`."""
        wanted = np.array([kind for kind in np.unique(self.combinations).tolist() if fits(_named(kind))], np.int64)
        places = self._in_order(self.seen & np.isin(self.combinations, wanted), sort.name)[at].tolist()
        found = {each.pk: each for each in prepared(Provider.objects.filter(pk__in=self.ids[places].tolist()))}
        return [self._told(found[pk], place) for place in places if (pk := int(self.ids[place])) in found]

    def _in_order(self, rows: Mask, sort: str) -> Numbers:
        chosen = np.flatnonzero(rows)
        if sort == "neu":
            found: Numbers = chosen[np.argsort(self.updated[chosen], kind="stable")][::-1]
        elif sort == "angebote":
            found = chosen[np.argsort(-self.offers[chosen], kind="stable")]
        else:
            found = chosen[np.argsort(_places_by_name(self.ids)[chosen], kind="stable")]
        return found

    def _told(self, row: Any, place: int) -> Any:
        row.condition = _named(int(self.combinations[place]))[0]
        row.offers_number, row.public_number = int(self.offers[place]), int(self.public[place])
        return row


def _number_by(providers: Numbers, ids: Numbers) -> Numbers:
    """How often each of these is named."""
    if not len(ids):
        return np.array([], np.int64)
    found: Numbers = np.bincount(providers, minlength=int(ids[-1]) + 1)[ids]
    return found


def _places_by_name(ids: Numbers) -> Numbers:
    """The place of each of these in the order of the names."""
    order = remembered("inventory.providers_by_name", _by_name, rooms=("providers",))
    by_number = np.argsort(order, kind="stable")
    found: Numbers = by_number[np.searchsorted(order[by_number], ids)]
    return found


def _by_name() -> Numbers:
    return np.array(Provider.objects.order_by("name_key", "pk").values_list("pk", flat=True), np.int64)


def _named(kind: int) -> Combination:
    named = kind >> _SHIFT
    return _CONDITIONS[kind & (1 << _SHIFT) - 1].value, tuple(w for bit, w in enumerate(_TRAITS) if named >> bit & 1)
