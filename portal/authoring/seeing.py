"""An offer as residents would see it: the public page and the card in the list, of a text that is not public yet.

The text is written to the row and taken back: so page and card are those of the public pages, not pictures of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.offers import snapshot
from portal.offers.cards import card_rows, cards
from portal.offers.detail import coming_dates, offer_page
from portal.offers.models import Location, Offer
from portal.preferences.models import Preferences
from portal.revisions.kinds import Content
from portal.revisions.results import Draft
from portal.taxonomy.tree import Tree, load_tree
from theming.cards import OfferCard

Seen = TypeVar("Seen")
_LINK = re.compile(r'(<a\b[^>]*?)\s(?:href|target)="[^"]*"', re.IGNORECASE)
_BUTTON = re.compile(r"<button\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """What cards and pages take from what is remembered; fetched before a text is written, as inside a transaction
    everything is read anew (`tenants.running.changes`)."""

    tree: Tree
    names: Preferences

    @classmethod
    def now(cls) -> "Known":
        """As it is remembered."""
        return cls(load_tree(), Preferences.current())


def as_if(offer: Offer, content: Content, look: Callable[[Offer, Known], Seen]) -> Seen:
    """What somebody sees of the offer if it said this. Nothing of it stays."""
    wanted = {**content, "title": content["title"] or _("Offer without a name")}
    known = Known.now()
    with transaction.atomic():
        row = Offer.objects.select_for_update(of=("self",)).select_related("provider__carrier").get(pk=offer.pk)
        if snapshot.take(row) != wanted:
            snapshot.apply(row, wanted, searchable=False)
            row = Offer.objects.select_related("provider__carrier").get(pk=offer.pk)
        seen = look(row, known)
        transaction.set_rollback(True)
    return seen


def card_seen(row: Offer, known: Known) -> OfferCard:
    """Its card in a list."""
    (card,) = cards(card_rows(Offer.objects.filter(pk=row.pk)).values(), tree=known.tree, names=known.names)
    return card


def card_of(offer: Offer, draft: Draft) -> OfferCard:
    """The card of what somebody writes. Where nothing is written yet, that of the row as it is."""
    if draft.revision is None and draft.content["title"]:
        return card_seen(offer, Known.now())
    return as_if(offer, draft.content, card_seen)


def page_seen(row: Offer, known: Known) -> dict[str, Any]:
    """The context of the public page."""
    now, names = timezone.now(), known.names
    places = Prefetch("locations", Location.objects.select_related("district"))
    prefetch_related_objects([row], "categories", places, "images", "target_groups", "schedules", "markers")
    dates = coming_dates(row, now=now)
    return {"offer": row, **offer_page(row, dates, tree=known.tree, names=names, now=now), "preferences": names}


def without_ways(markup: str) -> SafeString:
    """The page with links that lead nowhere and buttons that do nothing."""
    while True:
        fewer = _LINK.sub(r"\1", markup)
        if fewer == markup:
            return SafeString(_BUTTON.sub("<button disabled", markup))
        markup = fewer
