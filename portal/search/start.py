"""What the start page shows."""

from dataclasses import dataclass

import numpy as np

from portal.preferences.models import Preferences
from portal.providers.cards import ProviderCard, provider_cards
from portal.search import facets
from portal.search.providers import cards_of, offer_counts
from portal.search.results import Results

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


def tiles(results: Results, names: Preferences) -> list[Tile]:
    """The topmost categories with the number of current offers in them and below; empty ones are left out."""
    counts = facets.categories(results)
    return [
        Tile(
            root.name,
            root.search_url,
            root.icon,
            root.color_class,
            count_words(counts[root.id], one=names.offer_name, many=names.offers_name),
        )
        for root in results.search.tree.roots
        if counts.get(root.id)
    ]


def varied(results: Results) -> list[int]:
    """The ids of a few of the next offers in their order: first one of each topmost category, then the rest, so that no
    topic and no morning full of kindergartens fills the page. One without dates would stand here for ever."""
    dated = [row for row in results.order[: CANDIDATES * 4].tolist() if results.next_dates[row] >= 0][:CANDIDATES]
    nodes = results.search.tree.nodes
    firsts: dict[int | None, int] = {}
    for row in dated:
        node = nodes.get(int(results.columns.leading[row]))
        firsts.setdefault(node.root.id if node else None, row)
    chosen = list(firsts.values())
    chosen += [row for row in dated if row not in chosen]
    kept = set(chosen[:MOST_OFFERS])
    ids: list[int] = results.columns.ids[np.array([row for row in dated if row in kept], np.int64)].tolist()
    return ids


def some_providers(results: Results, names: Preferences) -> list[ProviderCard]:
    """A few providers with current offers, others every day: each gets its turn."""
    counts = offer_counts(results.search.now)
    ids = sorted(counts)
    if not ids:
        return []
    first = results.search.today.toordinal() * MOST_PROVIDERS % len(ids)
    chosen = sorted((ids[first:] + ids[:first])[:MOST_PROVIDERS])
    return provider_cards(cards_of(chosen), names=names, counts=counts)
