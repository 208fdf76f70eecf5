"""What the start page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from portal.offers.cards import leading_node
from portal.offers.models import Occurrence, Offer
from portal.preferences.models import Preferences
from portal.providers.cards import with_provider_card_data
from portal.providers.models import Provider
from portal.search.form import offers_by_category
from portal.search.matching import Search, find, in_order
from portal.search.providers import with_offer_count
from portal.taxonomy.tree import Tree

MOST_OFFERS = 6
# Looked at to find varied ones among the next.
CANDIDATES = 40
MOST_PROVIDERS = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A topic (see components/tile_category.html)."""

    name: str
    url: str
    icon: str
    color: str
    count: str


def count_words(number: int, *, one: str, many: str) -> str:
    """“1 Angebot”, “12 Angebote”: with the municipality's own names."""
    return f"{number} {one if number == 1 else many}"


def tiles(tree: Tree, names: Preferences) -> list[Tile]:
    """The topmost categories with the number of current offers in them and below; empty ones are left out."""
    offers_in = offers_by_category(Offer.objects.current())
    found = []
    for root in tree.roots:
        inside = set().union(*(offers_in.get(node.id, set()) for node in root.walk()))
        if inside:
            count = count_words(len(inside), one=names.offer_name, many=names.offers_name)
            found.append(Tile(root.name, root.search_url, root.icon, root.color_class, count))
    return found


def coming(search: Search) -> QuerySet[Offer]:
    """Those that take place next; one without dates would stand here for ever."""
    dated = Occurrence.objects.filter(offer=OuterRef("pk"), ends_at__gte=search.now)
    return in_order(find(search).filter(Exists(dated)), search)


def varied(offers: Sequence[Offer], tree: Tree) -> list[Offer]:
    """A few of these in their order: first one of each topmost category, then the rest, so that no topic and no
    morning full of kindergartens fills the page. Offers come `with_card_data`."""
    firsts: dict[int | None, Offer] = {}
    for offer in offers:
        node = leading_node(offer, tree)
        firsts.setdefault(node.root.id if node else None, offer)
    chosen = list(firsts.values())
    chosen += [offer for offer in offers if offer not in chosen]
    kept = chosen[:MOST_OFFERS]
    return [offer for offer in offers if offer in kept]


def some_providers(today: date) -> Sequence[Provider]:
    """A few providers with current offers, others every day: each gets its turn."""
    ids = sorted(Offer.objects.current().order_by().values_list("provider", flat=True).distinct())
    if not ids:
        return []
    first = today.toordinal() * MOST_PROVIDERS % len(ids)
    chosen = (ids[first:] + ids[:first])[:MOST_PROVIDERS]
    return list(with_provider_card_data(with_offer_count(Provider.objects.filter(pk__in=chosen))))
