"""A list of offers as it stands in an address: read without ever failing, told honestly.

Nothing of it is kept on the server; the browser has it, and whoever is given the address.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from portal.offers.cards import card_rows, cards
from portal.offers.models import Occurrence, Offer
from portal.offers.presentation import occurrence_line
from portal.offers.states import State
from portal.preferences.models import Preferences
from portal.providers.models import State as ProviderState
from portal.taxonomy.tree import load_tree
from theming.cards import OfferCard

# As the script does it: more is no list to look through any more, and addresses must stay short enough for mail.
MOST = 100
DATES_SHOWN = 3
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The ids of an address in their order, what could not be read, and how many were too many."""

    ids: tuple[int, ...] = ()
    junk: tuple[str, ...] = ()
    too_many: int = 0

    @property
    def text(self) -> str:
        """The ids as they stand in the address."""
        return ",".join(map(str, self.ids))


@dataclass(frozen=True, slots=True)
class Handout:
    """An offer as it is printed: everything a person needs to go there without the page."""

    id: int
    title: str
    provider: str
    dates: list[str]
    places: list[str]
    phone: str
    url: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An offer that can no longer be visited, by name."""

    id: int
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A list with everything the page shows of it."""

    cards: list[OfferCard]
    handouts: list[Handout]
    over: list[Gone]
    withdrawn: list[Gone]
    unknown: int


def read_ids(values: Iterable[str]) -> Asked:
    """The ids of `?angebote=12,15`; each once, at most a hundred."""
    found: dict[int, None] = {}
    junk = []
    for part in ",".join(values)[:_LONGEST].split(","):
        number = part.strip()
        if re.fullmatch(r"[0-9]{1,18}", number) and int(number):
            found[int(number)] = None
        elif number:
            junk.append(number)
    return Asked(tuple(found)[:MOST], tuple(junk), max(len(found) - MOST, 0))


def load(asked: Asked, *, names: Preferences, address: str) -> Kept:
    """What the list holds now, in a fixed number of queries. `address` is that of the start page."""
    now = timezone.now()
    listed = Offer.objects.current().filter(pk__in=asked.ids)
    current = listed.select_related("provider").prefetch_related("locations").in_bulk()
    rows = card_rows(listed.order_by())
    rest = {offer.pk: offer for offer in _others(set(asked.ids) - set(current))}
    offers = [current[pk] for pk in asked.ids if pk in current]
    others = [rest[pk] for pk in asked.ids if pk in rest]
    return Kept(
        cards=cards([rows[offer.pk] for offer in offers if offer.pk in rows], tree=load_tree(), names=names),
        handouts=_handouts(offers, now=now, address=address.rstrip("/")),
        over=[_gone(offer) for offer in others if _is_over(offer)],
        withdrawn=[_gone(offer) for offer in others if not _is_over(offer)],
        unknown=len(asked.ids) - len(offers) - len(others),
    )


def _others(ids: Iterable[int]) -> list[Offer]:
    """Those that were public once and that nobody took down for a reason; the names of all others stay unknown."""
    once_public = Offer.objects.select_related("provider").filter(
        pk__in=ids, published_at__isnull=False, taken_down_at=None, provider__state=ProviderState.PUBLISHED
    )
    return list(once_public.filter(state__in=[State.PUBLISHED, State.PAUSED, State.ARCHIVED]))


def _is_over(offer: Offer) -> bool:
    """Its page still tells everything; what is hidden because nobody looked at it counts as withdrawn."""
    return offer.is_published


def _gone(offer: Offer) -> Gone:
    return Gone(offer.pk, offer.title, offer.get_absolute_url())


def _handouts(offers: Sequence[Offer], *, now: datetime, address: str) -> list[Handout]:
    following = _next_dates(offers, now=now)
    return [
        Handout(
            id=offer.pk,
            title=offer.title,
            provider=offer.provider.name,
            dates=[occurrence_line(occurrence) for occurrence in following.get(offer.pk, [])],
            places=_places(offer),
            phone=offer.contact_phone or offer.provider.contact_phone or offer.provider.phone,
            url=f"{address}{offer.get_absolute_url()}",
        )
        for offer in offers
    ]


def _places(offer: Offer) -> list[str]:
    places = [place for place in offer.locations.all() if not place.hide_exact_address]
    return [", ".join(part for part in (place.name, place.address_line) if part) for place in places]


def _next_dates(offers: Sequence[Offer], *, now: datetime) -> dict[int, list[Occurrence]]:
    """The next dates of each offer by its id; one query."""
    number = Window(RowNumber(), partition_by=F("offer_id"), order_by=[F("starts_at").asc(), F("pk").asc()])
    rows = (
        Occurrence.objects.filter(offer__in=[offer.pk for offer in offers], ends_at__gte=now)
        .annotate(number=number)
        .filter(number__lte=DATES_SHOWN)
        .order_by("starts_at", "pk")
    )
    found: dict[int, list[Occurrence]] = {}
    for row in rows:
        found.setdefault(row.offer_id, []).append(row)
    return found
