"""What the sections of the start page show. Each section finds its own; what several need is asked for once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from portal.offers.cards import OfferCard, cards, leading_node, with_card_data
from portal.offers.models import Offer
from portal.preferences.models import PlaceMode, Preferences
from portal.providers.cards import ProviderCard, provider_cards, with_provider_card_data
from portal.providers.models import Provider
from portal.search.form import shortcuts
from portal.search.matching import Search
from portal.search.parameters import SearchQuery, Sort
from portal.search.providers import with_offer_count
from portal.search.results import answer
from portal.start.letters import Letter, letters
from portal.start.models import Entry, Kind, Section
from portal.taxonomy.tree import Tree

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


def usual_title(kind: str, names: Preferences) -> str:
    """The title of a section to which the editors gave none."""
    titles = {
        Kind.HERO: _("Find what moves you"),
        Kind.TOPICS: _("What are you interested in?"),
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
        self.tree = search.tree
        self.names = names
        self.kinds = {section.kind for section in sections}

    def shown(self) -> list[Shown]:
        """The sections that have something to show, in their order."""
        found = [
            Shown(section, section.title or usual_title(section.kind, self.names), self._sources[section.kind](section))
            for section in self.sections
        ]
        return [each for each in found if each.data]

    @property
    def _sources(self) -> dict[str, Callable[[Section], Any]]:
        return {
            Kind.HERO: self._hero,
            Kind.TOPICS: lambda section: self._tiles(),
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
        spans = shortcuts(SearchQuery(), today=self.search.today)
        links = [{"label": span.label, "url": f"/angebote/{span.url}"} for span in (spans[0], spans[2])]
        links += [
            {"label": _("free of charge"), "url": "/angebote/?kostenfrei=1"},
            {"label": _("online"), "url": "/angebote/?online=1"},
        ]
        return {"links": links, "by_radius": self.names.place_mode == PlaceMode.RADIUS}

    def _tiles(self) -> list[Tile]:
        """The topmost categories with the number of current offers in them and below; empty ones are left out."""
        current = Offer.objects.current().order_by().values("pk")
        offers_in: dict[int, set[int]] = {}
        links = Offer.categories.through.objects.filter(offer__in=current)
        for category, offer in links.values_list("category_id", "offer_id"):
            offers_in.setdefault(category, set()).add(offer)
        found = []
        for root in self.tree.roots:
            inside = set().union(*(offers_in.get(node.id, set()) for node in root.walk()))
            if inside:
                count = count_words(len(inside), one=self.names.offer_name, many=self.names.offers_name)
                found.append(Tile(root.name, root.search_url, root.icon, root.color_class, count))
        return found

    @cached_property
    def _cards(self) -> tuple[list[OfferCard], list[OfferCard]]:
        """Those coming next and the newest, loaded together; none stands in both."""
        following = answer(self.search).ids[:CANDIDATES] if Kind.COMING in self.kinds else []
        newest: Sequence[int] = []
        if Kind.NEW in self.kinds:
            by_date = replace(self.search, query=replace(self.search.query, sort=Sort.NEW))
            newest = answer(by_date).ids[: MOST_NEW + MOST_OFFERS]
        offers = with_card_data(Offer.objects.current()).in_bulk([*following, *newest])
        # Without dates they stand behind all others, and would stand here for ever.
        dated = [offers[pk] for pk in following if pk in offers and offers[pk].schedule_kind != "none"]
        coming = varied(dated, self.tree)
        new = [offers[pk] for pk in newest if pk in offers and offers[pk] not in coming][:MOST_NEW]
        both = cards([*coming, *new], tree=self.tree, names=self.names)
        return both[: len(coming)], both[len(coming) :]

    def _days(self) -> Any:
        return None

    def _providers(self) -> list[ProviderCard]:
        """A few providers with current offers, others every day: each gets its turn."""
        return provider_cards(some_providers(self.search.today), names=self.names)

    def _letters(self) -> list[Letter]:
        found = letters(self.tree)
        return found if any(letter.count for letter in found) else []

    @staticmethod
    def _entries(section: Section) -> list[Entry]:
        return list(section.entries.all())


def some_providers(today: date) -> Sequence[Provider]:
    """Which providers have their turn on this day."""
    ids = sorted(Offer.objects.current().order_by().values_list("provider", flat=True).distinct())
    if not ids:
        return []
    first = today.toordinal() * MOST_PROVIDERS % len(ids)
    chosen = (ids[first:] + ids[:first])[:MOST_PROVIDERS]
    return list(with_provider_card_data(with_offer_count(Provider.objects.filter(pk__in=chosen))))
