"""Everything that was deleted in the last thirty days, in one list: offers and providers are in a state, all else is
kept whole (`Removed`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BigIntegerField, BooleanField, Case, Count, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.models import Entry
from portal.history.models import DAYS, Removed
from portal.history.registry import Chronicle, open_to
from portal.history.words import who
from portal.listing.reading import PAGE, Shown, understood
from portal.listing.spec import Facet, Listing, Option, Sort
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState

COLUMNS = (
    "binned_kind",
    "binned_pk",
    "binned_title",
    "binned_in",
    "binned_lost",
    "binned_at",
    "binned_by",
    "binned_as",
)
PER_PAGE = 25
OFFER, PROVIDER = "offer", "provider"


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted thing. `inside`: what it belongs to; `lost`: that is deleted too."""

    each: Chronicle
    pk: int
    title: str
    inside: str
    lost: bool
    at: datetime
    who: str

    @property
    def until(self) -> datetime:
        """When it goes for good."""
        return self.at + timedelta(days=DAYS)

    @property
    def days_left(self) -> int:
        """Whole days until then."""
        return max((timezone.localdate(self.until) - timezone.localdate()).days, 0)


def shown_to(person: Any, given: QueryDict) -> tuple[Shown, list[Binned]]:
    """The page of the bin that an address asks for: a statement for each table to count, one for the page, two for who
    deleted what."""
    kinds = {each.name: each for each in open_to(person) if not each.plain or each.removals}
    asked = understood(_listing(list(kinds.values())), given)
    sources = {OFFER: _offers(asked.words), PROVIDER: _providers(asked.words)}
    others = _removed(asked.words).filter(kind__in=kinds)
    counts = {name: rows.count() for name, rows in sources.items()}
    counts |= dict(others.order_by().values_list("kind").annotate(number=Count("pk")))
    chosen = asked.chosen["art"]
    rows = [source for name, source in sources.items() if not chosen or name in chosen]
    rows.append(others.filter(kind__in=chosen) if chosen else others)
    total = sum(number for name, number in counts.items() if not chosen or name in chosen)
    page = _page(rows, total, given)
    shown = Shown(
        asked=asked,
        page=page,
        total=total,
        without_filters=sum(counts.values()),
        facets=[_facet(asked.listing.facets[0], counts, chosen)],
        sorts=[],
        groups=[],
    )
    return shown, _things(list(page), kinds)


def _listing(kinds: Sequence[Chronicle]) -> Listing:
    options = tuple(Option(each.name, each.plural) for each in kinds)
    return Listing(
        # The words are looked for in each table.
        search=lambda rows, _words: rows,
        facets=(Facet("art", _("What it is"), "binned_kind", options),),
        sorts=(Sort("neu", _("Deleted last first"), ("-binned_at",)),),
        per_page=PER_PAGE,
    )


def _facet(facet: Facet, counts: dict[str, int], chosen: list[str]) -> dict[str, Any]:
    options = [
        {
            "value": option.value,
            "label": option.label,
            "checked": option.value in chosen,
            "count": counts.get(option.value, 0),
        }
        for option in facet.options
    ]
    return {"legend": facet.label, "name": facet.name, "options": options}


def _page(rows: list[QuerySet[Any]], total: int, given: QueryDict) -> Page[Any]:
    first, *others = (each.values_list(*COLUMNS) for each in rows)
    together = (first.union(*others, all=True) if others else first).order_by("-binned_at", "binned_kind", "binned_pk")
    paginator: Paginator[Any] = Paginator(together, PER_PAGE)
    # Counted already.
    paginator.count = total
    page = paginator.get_page(given.get(PAGE))
    page.object_list = list(page.object_list)
    return page


def _sought(rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(**{f"{name}__icontains": word})
    return rows.order_by()


def _offers(words: str) -> QuerySet[Any]:
    lost = Case(When(provider__state=ProviderState.TRASHED, then=Value(True)), default=Value(False))
    rows = _sought(Offer.objects.filter(state=OfferState.TRASHED), "title", words)
    return _in_columns(rows, Value(OFFER), F("pk"), F("title"), F("provider__name"), lost, F("trashed_at"))


def _providers(words: str) -> QuerySet[Any]:
    rows = _sought(Provider.objects.filter(state=ProviderState.TRASHED), "name", words)
    return _in_columns(rows, Value(PROVIDER), F("pk"), F("name"), Value(""), Value(False), F("trashed_at"))


def _removed(words: str) -> QuerySet[Any]:
    rows = _in_columns(
        _sought(Removed.objects.all(), "title", words),
        F("kind"), F("subject_id"), F("title"), Value(""), Value(False), F("at"),
    )  # fmt: skip
    found: QuerySet[Any] = rows.annotate(binned_by=F("by_id"), binned_as=Cast("by_name", TextField()))
    return found


def _in_columns(rows: QuerySet[Any], kind: Any, pk: Any, title: Any, inside: Any, lost: Any, at: Any) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(
        binned_kind=Cast(kind, TextField()),
        binned_pk=Cast(pk, BigIntegerField()),
        binned_title=Cast(title, TextField()),
        binned_in=Cast(inside, TextField()),
        binned_lost=Cast(lost, BooleanField()),
        binned_at=at,
        binned_by=Cast(Value(None), BigIntegerField()),
        binned_as=Cast(Value(""), TextField()),
    )
    return found


def _things(rows: list[tuple[Any, ...]], kinds: dict[str, Chronicle]) -> list[Binned]:
    deleted = _by_log([(row[0], row[1]) for row in rows if row[0] in {OFFER, PROVIDER}], kinds)
    people = User.objects.in_bulk({number for row in rows if (number := row[6] or deleted.get((row[0], row[1])))})
    found = []
    for kind, pk, title, inside, lost, at, by, known_as in rows:
        author = people.get(by or deleted.get((kind, pk)) or 0)
        found.append(Binned(kinds[kind], pk, title, inside, lost, at, who(author, known_as)))
    return found


def _by_log(things: list[tuple[str, int]], kinds: dict[str, Chronicle]) -> dict[tuple[str, int], int | None]:
    """Who put offers and providers into the bin: the last such entry of the audit log."""
    types = {each.model._meta.label_lower: name for name, each in kinds.items() if name in {OFFER, PROVIDER}}
    numbers = [str(pk) for _kind, pk in things]
    entries = Entry.objects.filter(
        target_type__in=types, target_id__in=numbers, action="state", changes__state__1=OfferState.TRASHED
    )
    told = entries.order_by("pk").values_list("target_type", "target_id", "actor_id")
    return {(types[kind], int(pk)): actor for kind, pk, actor in told}
