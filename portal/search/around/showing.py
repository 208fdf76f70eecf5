"""Offers of other municipalities as cards, and the part of the search page that shows some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from core.ordering import name_key
from neighbours.models import IndexedOffer
from neighbours.showing import Around, Town, around
from portal.offers.cards import ShortPlace, badges_of, when_line, with_distance
from portal.offers.choices import REMOTE
from portal.offers.models.offer import has_passed
from portal.offers.presentation import cost_line, place_words, target_line
from portal.search.around.columns import code_key, topic_key
from portal.search.around.results import Among, Beside, address_in
from portal.search.form import Option
from portal.search.matching import Search
from portal.search.results import Meeting, Results
from portal.taxonomy.tree import Node
from theming.cards import Badge, OfferCard

# Of neighbours below one's own results.
MOST_BESIDE = 3
# Where all of them are.
PATH = "/angebote/nachbarn/"


class Row(NamedTuple):
    """What a card needs (the names and the order are those of the columns)."""

    pk: int
    municipality_id: int
    number: int
    slug: str
    title: str
    summary: str
    provider: str
    min_age: int | None
    max_age: int | None
    groups: list[list[Any]]
    cost_kind: str
    cost_amount: Decimal | None
    cost_text: str
    venue: str
    accessibility: str
    volunteering: bool
    schedule_kind: str
    ends_at: datetime | None
    topics: list[str]
    codes: list[str]
    places: list[list[Any]]

    @property
    def is_over(self) -> bool:
        """Whether the last date has passed."""
        return has_passed(self.ends_at)

    @property
    def is_online(self) -> bool:
        """Whether people can take part from anywhere."""
        return self.venue in REMOTE


@dataclass(frozen=True, slots=True)
class BesideSection:
    """What neighbours have for the same search: how many, the first of them, and where all are."""

    total: int
    towns: int
    cards: list[OfferCard]
    url: str


def cards_among(results: Among, ids: Sequence[int]) -> list[OfferCard]:
    """The cards of some found offers in this order, each with the municipality it is from; one statement."""
    rows = {
        row[0]: Row(*row)
        for row in IndexedOffer.objects.filter(pk__in=ids).order_by().values_list(*Row.__annotations__)
    }
    meetings, far = results.next_of(list(ids)), results.km_of(list(ids))
    shown = {town.number: town for town in results.shown.towns}
    return [
        _card(rows[pk], shown[rows[pk].municipality_id], results, meetings.get(pk), far.get(pk))
        for pk in ids
        if pk in rows
    ]


def _card(row: Row, town: Town, results: Among, meeting: Meeting | None, km: float | None) -> OfferCard:
    node, abroad = _node(row, results), results.search.tree.abroad
    places = (ShortPlace(place[5], hide_exact_address=False, postcode=place[3], city=place[4], name=place[6])
              for place in row.places)  # fmt: skip
    place = place_words(row, places) or town.name
    return OfferCard(
        title=row.title,
        url=address_in(town, row.number, row.slug),
        category=node.said if node else "",
        icon=node.icon if node else "",
        color=node.color_class if node else "",
        text=row.summary,
        when=when_line(row, meeting, now=results.search.now),
        place=place if km is None else with_distance(place, km),
        audience=target_line(row.min_age, row.max_age, [abroad.group(name) for name, *_more in row.groups]),
        price=cost_line(row),
        provider=row.provider,
        badges=(Badge(town.name, "accent", "house"), *badges_of(row)),
    )


def _node(row: Row, results: Among) -> Node | None:
    """Our topic that is known by the name of one of its own, or is the same entry of the shared catalogue: the first in
    display order."""
    known = results.names.topics
    ours = {known.get(key) for key in (*map(topic_key, row.topics), *map(code_key, row.codes))}
    return next((node for node in results.search.tree if node.id in ours), None)


def beside(search: Search, own: Results) -> BesideSection | None:
    """The part below one's own results; None where no neighbour shows anything."""
    neighbours = around().neighbours
    if not neighbours:
        return None
    results = Beside(search, neighbours, own, mentions=search.query.mentions)
    if not results.total:
        return None
    return BesideSection(
        total=results.total,
        towns=sum(bool(number) for number in results.town_counts().values()),
        cards=cards_among(results, results.page(0, MOST_BESIDE)),
        url=f"{PATH}?{search.query.link(view='')}".rstrip("?"),
    )


def town_options(results: Among) -> list[Option]:
    """The municipalities to choose from, in the order of their names."""
    counts = results.town_counts()
    chosen = results.search.query.towns
    return [
        Option(str(town.number), town.name, town.number in chosen, counts[town.number])
        for town in sorted(results.shown.towns, key=lambda town: name_key(town.name))
    ]


def names_of(shown: Around) -> dict[int, str]:
    """What the municipalities are called that a search here can be narrowed to."""
    return {town.number: town.name for town in (*shown.neighbours.towns, *shown.roof.towns)}
