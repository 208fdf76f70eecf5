"""What hangs on an entry: counted before anything is done, and carried over when two are merged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils.translation import ngettext

from core.bulk import remove_rows
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState
from portal.start.models import Entry, Section
from portal.subscriptions.models import Subscription
from portal.vocabulary.kinds import CATEGORIES, Kind, Links
from tenants.running.changes import remembered

# An offer counts once for a topic, also where it stands in several below it.
_WITH_BELOW = """
WITH RECURSIVE below (top, id) AS (
    SELECT id, id FROM taxonomy_category
    UNION ALL SELECT below.top, child.id FROM below JOIN taxonomy_category child ON child.parent_id = below.id)
SELECT top, count(DISTINCT link.offer_id) FROM below
JOIN offers_offer_categories link ON link.category_id = below.id
JOIN offers_offer offer ON offer.id = link.offer_id AND offer.state <> 'trashed'
GROUP BY top
"""


def numbers(kind: Kind) -> Mapping[int, int]:
    """Offers of each entry (providers, where no offer has it), those in the bin left out; remembered."""
    return remembered(f"vocabulary.{kind.slug}", lambda: _count(kind), rooms=("offers", "providers", "taxonomy"))


def _count(kind: Kind) -> dict[int, int]:
    if kind is CATEGORIES:
        with connection.cursor() as cursor:
            cursor.execute(_WITH_BELOW)
            return dict(cursor.fetchall())
    links, trashed = (kind.offers, State.TRASHED) if kind.offers else (kind.providers, ProviderState.TRASHED)
    if links is None:
        return {}
    rows = links.model._default_manager.exclude(**{links.column: None})
    through = "offer__state" if kind.offers else "state"
    rows = rows.exclude(**{through: trashed}).order_by()
    return dict(rows.values_list(links.column).annotate(number=Count(links.owner, distinct=True)))


@dataclass(frozen=True, slots=True)
class Uses:
    """How much hangs on an entry itself, whatever is below it."""

    offers: int
    only_here: int
    providers: int
    subscriptions: int
    tiles: int
    below: int
    # Offers of it and of what is below it, those in the bin left out.
    all_offers: int = 0

    @property
    def any(self) -> bool:
        """Whether anything would be lost if it were gone."""
        return bool(self.offers or self.providers or self.subscriptions or self.tiles or self.below)

    def lines(self) -> list[str]:
        """What hangs on it, a line each."""
        told = [
            (self.offers, ngettext("%(number)d offer", "%(number)d offers", self.offers)),
            (self.providers, ngettext("%(number)d provider", "%(number)d providers", self.providers)),
            (self.below, ngettext("%(number)d entry below it", "%(number)d entries below it", self.below)),
            (self.subscriptions, ngettext("%(number)d saved search", "%(number)d saved searches", self.subscriptions)),
            (
                self.tiles,
                ngettext("%(number)d link of the start page", "%(number)d links of the start page", self.tiles),
            ),
        ]
        return [line % {"number": number} for number, line in told if number]


def uses_of(kind: Kind, pk: int) -> Uses:
    """Counted now, drafts and the bin too: all of it would lose the entry."""
    pattern = rf"(^|[?&]){kind.parameter}={pk}(&|$)"
    asked = bool(kind.parameter)
    tiles = 0
    if asked:
        linked = Q(link__regex=pattern)
        own = {each.column for each in kind.others if each.model is Entry}
        for column in own:
            linked |= Q(**{column: pk})
        tiles = Entry.objects.filter(linked).count() + Section.objects.filter(link__regex=pattern).count()
    return Uses(
        offers=_number(kind.offers, pk),
        only_here=_only_here(kind.offers, pk),
        providers=_number(kind.providers, pk),
        subscriptions=Subscription.objects.filter(query__regex=pattern).count() if asked else 0,
        tiles=tiles,
        below=kind.model._default_manager.filter(parent=pk).count() if kind.tree else 0,
        all_offers=numbers(kind).get(pk, 0) if kind.tree else 0,
    )


# Pairs of an entry and what points to it.
Pairs = set[tuple[int, int]]


def owners(tables: Sequence[Links], pks: Collection[int]) -> dict[Links, Pairs]:
    """What points to these entries, by table, in one statement."""
    found: dict[Links, Pairs] = {links: set() for links in tables}
    parts = [
        f"SELECT {place}, {links.column}, {links.owner} FROM {links.model._meta.db_table} "  # noqa: S608 - our own names
        f"WHERE {links.column} = ANY(%s)"
        for place, links in enumerate(tables)
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [list(pks)] * len(parts))
        for place, pk, owner in cursor.fetchall():
            found[tables[place]].add((pk, owner))
    return found


def _number(links: Links | None, pk: int) -> int:
    if links is None:
        return 0
    rows = links.model._default_manager.filter(**{links.column: pk})
    return int(rows.aggregate(number=Count(links.owner, distinct=True))["number"])


def _only_here(links: Links | None, pk: int) -> int:
    """Owners that would have nothing of the list without this entry."""
    if links is None:
        return 0
    manager = links.model._default_manager
    others = manager.filter(**{links.owner: OuterRef(links.owner)}).exclude(**{links.column: pk})
    others = others.exclude(**{links.column: None})
    alone = manager.filter(~Exists(others), **{links.column: pk})
    return int(alone.aggregate(number=Count(links.owner, distinct=True))["number"])


def carry_over(links: Links, into: Mapping[int, int], pairs: Pairs) -> None:
    """Let everything that points to an entry of `into` (`pairs`) point to what that becomes, each owner once."""
    if not pairs:
        return
    rows = links.model._default_manager.filter(**{f"{links.column}__in": list(into)})
    if not links.unique:
        becomes = [When(**{links.column: old}, then=Value(new)) for old, new in into.items()]
        rows.update(**{links.column: Case(*becomes)})
        return
    made = sorted({(into[old], owner) for old, owner in pairs})
    fresh = [links.model(**{links.column: new, links.owner: owner}) for new, owner in made]
    links.model._default_manager.bulk_create(fresh, ignore_conflicts=True)
    remove_rows(rows)


MODELS: dict[str, Any] = {"offer": Offer, "provider": Provider}
