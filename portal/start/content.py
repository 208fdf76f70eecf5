"""What the sections of the start page show. Each section finds its own; what several need is asked for once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from core.text import Spoken
from portal.news.latest import latest
from portal.preferences.models import PlaceMode, Preferences
from portal.providers.cards import ProviderCard, provider_cards
from portal.search import facets
from portal.search.around.roof import members_of, searching_here
from portal.search.days import Day, coming_days
from portal.search.matching import Search
from portal.search.parameters import SearchQuery, Sort
from portal.search.providers import cards_of, offer_counts
from portal.search.results import Results
from portal.search.views import cards_of_results
from portal.start.letters import Letter, letters
from portal.start.models import Entry, Kind, Section
from theming.cards import OfferCard

MOST_OFFERS = 6
MOST_NEW = 4
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with what it shows, for the template `start/_<kind>.html`."""

    section: Section
    title: str
    data: Any

    @property
    def template(self) -> str:
        return f"start/_{self.section.kind}.html"


def count_words(number: int, *, one: str, many: str) -> str:
    """“1 Angebot”, “12 Angebote”: with the municipality's own names."""
    return f"{number} {one if number == 1 else many}"


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


def usual_title(kind: str, names: Preferences) -> str:
    """The title of a section to which the editors gave none."""
    titles = {
        Kind.HERO: _("Find what moves you"),
        Kind.TOPICS: _("What are you interested in?"),
        Kind.NEWS: _("News"),
        Kind.EVENTS: _("The next seven days"),
        Kind.COMING: _("Coming up next"),
        Kind.NEW: _("New in the portal"),
        Kind.AGES: _("Something for every age"),
        Kind.TILES: _("Our tips"),
        Kind.PROVIDERS: _("%(things)s in your area") % {"things": names.providers_name},
        Kind.LETTERS: _("Everything from A to Z"),
        Kind.NOTICE: _("Please note"),
        Kind.EMERGENCY: _("Help in an emergency"),
        Kind.PARTNER: _("About us"),
    }
    return titles[Kind(kind)]


class Composition:
    """The start page at one moment."""

    def __init__(self, sections: Sequence[Section], *, search: Search, names: Preferences) -> None:
        self.sections = sections
        self.search = search
        self.names = names
        self.find = searching_here()
        self.results = self.find(search)
        # Of a roof portal: the offers are those of its members, and so are their cards.
        self.members = members_of(self.results)
        self.kinds = {section.kind for section in sections}

    def shown(self) -> list[Shown]:
        """The sections that have something to show, in their order."""
        sources = self._sources()
        found = [
            Shown(
                section,
                Spoken(section.title) if section.title else usual_title(section.kind, self.names),
                sources[section.kind](section),
            )
            for section in self.sections
        ]
        return [each for each in found if each.data]

    def _sources(self) -> dict[str, Callable[[Section], Any]]:
        return {
            Kind.HERO: self._hero,
            Kind.TOPICS: lambda section: self._tiles(),
            Kind.NEWS: lambda section: latest(self.search.today),
            Kind.EVENTS: lambda section: self._days(),
            Kind.COMING: lambda section: self._cards[0],
            Kind.NEW: lambda section: self._cards[1],
            Kind.AGES: self._entries,
            Kind.TILES: self._entries,
            Kind.PROVIDERS: lambda section: self._providers(),
            Kind.LETTERS: lambda section: self._letters(),
            Kind.NOTICE: lambda section: section.text,
            Kind.EMERGENCY: self._entries,
            Kind.PARTNER: lambda section: section.text,
        }

    def _hero(self, section: Section) -> dict[str, Any]:
        today = self.search.today
        links = [
            {"label": _("today"), "url": f"/angebote/?von={today}&bis={today}"},
            {"label": _("free of charge"), "url": "/angebote/?kostenfrei=1"},
            {"label": _("online"), "url": "/angebote/?online=1"},
            {"label": _("barrier-free"), "url": "/angebote/?barrierefrei=1"},
        ]
        return {"links": links, "by_radius": self.names.place_mode == PlaceMode.RADIUS}

    def _tiles(self) -> list[Tile]:
        """The topmost categories with the number of current offers in them and below; empty ones are left out."""
        counts = facets.categories(self.results)
        return [
            Tile(
                root.said,
                root.search_url,
                root.icon,
                root.color_class,
                count_words(counts[root.id], one=self.names.offer_name, many=self.names.offers_name),
            )
            for root in self.search.tree.roots
            if root.offered and counts.get(root.id)
        ]

    @cached_property
    def _cards(self) -> tuple[list[OfferCard], list[OfferCard]]:
        """Those coming next and the newest, loaded together; none stands in both."""
        coming = varied(self.results) if Kind.COMING in self.kinds else []
        newest: list[int] = []
        if Kind.NEW in self.kinds:
            by_date = self.find(replace(self.search, query=SearchQuery(sort=Sort.NEW)))
            newest = [pk for pk in by_date.page(0, MOST_NEW + len(coming)) if pk not in coming][:MOST_NEW]
        if self.members:
            return self.members.cards(coming), self.members.cards(newest)
        both = cards_of_results(self.results, coming + newest, self.names)
        return [card for card in both if card.id in coming], [card for card in both if card.id in newest]

    def _days(self) -> list[Day]:
        """Of a roof portal none: its own days alone would say too little."""
        if self.members:
            return []
        days = coming_days(self.search.now)
        return days if any(day.total for day in days) else []

    def _providers(self) -> list[ProviderCard]:
        """A few providers with current offers, others every day: each gets its turn."""
        counts = offer_counts(self.search.now)
        ids = sorted(counts)
        if not ids:
            return []
        first = self.search.today.toordinal() * MOST_PROVIDERS % len(ids)
        chosen = sorted((ids[first:] + ids[:first])[:MOST_PROVIDERS])
        return provider_cards(cards_of(chosen), names=self.names, counts=counts)

    def _letters(self) -> list[Letter]:
        """The index from A to Z is of one's own offers; a roof portal's would leave most out."""
        if self.members:
            return []
        found = letters(self.results)
        return found if any(letter.count for letter in found) else []

    @staticmethod
    def _entries(section: Section) -> list[Entry]:
        return list(section.entries.all())
