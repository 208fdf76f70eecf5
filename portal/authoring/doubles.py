"""“Is there this already?”: offers with nearly the same title, one's own first. It forbids nothing."""

from dataclasses import dataclass

from django.db.models import Q

from core.text import fold
from portal.offers.models import Offer
from portal.offers.states import State

SHOWN = 3
CANDIDATES = 300
ALIKE = 0.5
_SHORTEST = 4
_READ = ("title", "slug", "state", "provider__name")


@dataclass(frozen=True, slots=True)
class Double:
    """An offer that may be the same."""

    pk: int
    title: str
    provider: str
    own: bool
    url: str


def doubles_of(offer: Offer, title: str) -> list[Double]:
    """Those whose words are mostly the same. One query."""
    words = sorted({word for word in title.split() if len(word) >= _SHORTEST}, key=len, reverse=True)[:3]
    if not words:
        return []
    named = Q()
    for word in words:
        named |= Q(title__icontains=word)
    own = Q(provider_id=offer.provider_id) & ~Q(state=State.TRASHED)
    public = Q(pk__in=Offer.objects.published().values("pk"))
    found = Offer.objects.filter(named, own | public).exclude(pk=offer.pk).select_related("provider").only(*_READ)
    meant = words_of(title)
    alike = [each for each in found.order_by("-pk")[:CANDIDATES] if likeness(meant, words_of(each.title)) >= ALIKE]
    alike.sort(key=lambda each: (each.provider_id != offer.provider_id, -likeness(meant, words_of(each.title))))
    return [_double(each, offer) for each in alike[:SHOWN]]


def _double(found: Offer, offer: Offer) -> Double:
    url = found.get_absolute_url() if found.state == State.PUBLISHED else ""
    return Double(found.pk, found.title, found.provider.name, found.provider_id == offer.provider_id, url)


def words_of(title: str) -> frozenset[str]:
    """The words of a title as they are compared."""
    return frozenset(fold(title).replace("-", " ").split())


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How many of all their words two titles share: 0 to 1."""
    return len(a & b) / len(a | b) if a and b else 0.0
