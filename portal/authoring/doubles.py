"""“Is there this already?”: offers with nearly the same title, one's own first. It forbids nothing."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from core.text import fold
from portal.offers.ledger import Numbers, ledger, numbers_of
from portal.offers.models import Offer
from portal.offers.models.offer import offer_path
from portal.offers.states import State

SHOWN = 3
CANDIDATES = 300
ALIKE = 0.5
_SHORTEST = 4
_READ = ("pk", "title", "slug", "state", "provider", "provider__name")


@dataclass(frozen=True, slots=True)
class Double:
    """An offer that may be the same."""

    pk: int
    title: str
    provider: str
    own: bool
    url: str


class _Candidate(NamedTuple):
    """What is read of an offer that may be the same (the order is that of the statement below)."""

    pk: int
    title: str
    slug: str
    state: str
    provider: int
    provider_name: str


def doubles_of(offer: Offer, title: str) -> list[Double]:
    """Those whose words are mostly the same. Two queries: which offers have the words, and the last of them."""
    words = sorted({word for word in title.split() if len(word) >= _SHORTEST}, key=len, reverse=True)[:3]
    if not words:
        return []
    named = Q()
    for word in words:
        named |= Q(title__icontains=word)
    last = _seen_by(offer, numbers_of(Offer.objects.filter(named)))[-CANDIDATES:].tolist()
    # None of them: the statement is asked all the same, so that pages cost the same in every town.
    read = Offer.objects.filter(pk__in=last or [0]).order_by("-pk").values_list(*_READ)
    found = (_Candidate(*each) for each in read)
    meant = words_of(title)
    alike = [(likeness(meant, words_of(each.title)), each) for each in found]
    alike = [(likeliness, each) for likeliness, each in alike if likeliness >= ALIKE]
    alike.sort(key=lambda both: (both[1].provider != offer.provider_id, -both[0]))
    return [_double(each, offer) for _likeness, each in alike[:SHOWN]]


def _seen_by(offer: Offer, pks: Numbers) -> Numbers:
    """Those of these offers that the writers of another one may be told of: their provider's own and public ones; by
    their numbers, without the offer itself."""
    known = ledger("offers")
    rows = known.of(pks) & (known.of_provider(offer.provider_id) & ~known.are(State.TRASHED) | known.published())
    found: Numbers = known.ids[rows & (known.ids != offer.pk)]
    return found


def _double(found: _Candidate, offer: Offer) -> Double:
    url = offer_path(found.pk, found.slug) if found.state == State.PUBLISHED else ""
    return Double(found.pk, found.title, found.provider_name, found.provider == offer.provider_id, url)


def words_of(title: str) -> frozenset[str]:
    """The words of a title as they are compared."""
    return frozenset(fold(title).replace("-", " ").split())


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How many of all their words two titles share: 0 to 1."""
    return len(a & b) / len(a | b) if a and b else 0.0
