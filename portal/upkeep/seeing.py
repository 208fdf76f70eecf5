"""What the pages show of the offers that are asked about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from core.ordering import name_key
from portal.offers.detail import in_its_language, nodes_of
from portal.offers.freshness import unchecked_since
from portal.offers.models import Location, Offer
from portal.offers.presentation import cost_line, place_line
from portal.offers.schedule_words import schedule_sentences
from portal.preferences.models import Preferences
from portal.taxonomy.tree import load_tree

PER_PAGE = 10


@dataclass(frozen=True, slots=True)
class Question:
    """An offer with what somebody must look at to say that it is right."""

    pk: int
    title: str
    provider: str
    color: str
    facts: list[dict[str, str]]
    checked: date
    is_hidden: bool
    edit_url: str
    end_url: str


def in_order(rows: Iterable[tuple[int, str, str]]) -> list[int]:
    """Offers (number, title, organisation) as the mail lists them."""
    return [pk for pk, title, provider in sorted(rows, key=lambda row: (name_key(row[2]), name_key(row[1]), row[0]))]


def questions(pks: Sequence[int], *, end_url: str) -> list[Question]:
    """These offers in this order; a fixed number of statements. `end_url` has %d for the number."""
    places = Prefetch("locations", Location.objects.select_related("district"))
    rows = Offer.objects.select_related("provider").prefetch_related("schedules", "categories", places).in_bulk(pks)
    tree, names = load_tree(), Preferences.current()
    return [_question(rows[pk], tree, names, end_url) for pk in pks if pk in rows]


def _question(offer: Offer, tree: Any, names: Preferences, end_url: str) -> Question:
    node = next(iter(nodes_of((each.pk for each in offer.categories.all()), tree)), None)
    return Question(
        pk=offer.pk,
        title=in_its_language(offer.title),
        provider=in_its_language(offer.provider.name),
        color=node.color_class if node else "",
        facts=[{"icon": icon, "text": text} for icon, text in _facts(offer, names) if text],
        checked=unchecked_since(offer.reviewed_at, offer.updated_at),
        is_hidden=offer.hidden_at is not None,
        edit_url=f"/konto/angebote/{offer.pk}/pruefen/",
        end_url=end_url % offer.pk,
    )


def _facts(offer: Offer, names: Preferences) -> list[tuple[str, str]]:
    said = schedule_sentences(offer.schedules.all(), today=timezone.localdate())
    return [
        ("repeat", "; ".join(said[:3]) + (" …" if len(said) > 3 else "")),
        ("pin", in_its_language(_place(offer) or place_line(offer, offer.locations.all(), names=names))),
        ("euro", cost_line(offer)),
        ("phone", offer.contact_phone or offer.provider.contact_phone or offer.provider.phone),
    ]


def _place(offer: Offer) -> str:
    """The whole address: whoever looks is responsible for it."""
    return "; ".join(
        ", ".join(part for part in (each.name, each.address_line) if part)
        for each in offer.locations.all()
        if not each.hide_exact_address
    )
