"""The two lists in the browser, and as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.authoring.finding import writer
from portal.authoring.own.wording import KINDS as OFFER_KINDS
from portal.authoring.profile.following import KINDS as PROVIDER_KINDS
from portal.inventory.bulk.views import actions_of
from portal.inventory.lists import filters
from portal.inventory.lists.counting import OfferFacts
from portal.inventory.lists.counting_providers import ProviderFacts
from portal.inventory.lists.offers import places_of
from portal.inventory.lists.on_paper import programme_url
from portal.inventory.lists.seen import BIN, list_url, listing_of, rows_of, shows_bin
from portal.inventory.models import BulkRun, Subject
from portal.listing.export import export
from portal.listing.reading import Facts, Shown, read
from portal.offers.condition import Condition as OfferCondition
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.condition import Condition as ProviderCondition
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState
from portal.taxonomy.tree import Node, load_tree

DAYS_OF_A_MONTH = 30.4


@dataclass(frozen=True, slots=True)
class Known:
    """How many there are, whatever the filters: outside the bin, public, and in the bin."""

    all: int
    public: int
    lost: int

    @classmethod
    def of(cls, by_state: Mapping[str, int]) -> "Known":
        """By how many there are in each state; both kinds name these states alike."""
        lost = by_state.get(State.TRASHED, 0)
        return cls(sum(by_state.values()) - lost, by_state.get(State.PUBLISHED, 0), lost)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def offers(request: HttpRequest) -> HttpResponse:
    """All offers of the portal."""
    facts = OfferFacts.now(with_bin=shows_bin(request.GET))
    shown, nodes = _read(request, Subject.OFFERS, facts), load_tree().nodes
    known = Known.of(facts.by_state())
    lead = ngettext("%(number)s offer, %(public)s of them approved.", "%(number)s offers, %(public)s of them approved.",
                    known.all)  # fmt: skip
    context = _context(request, Subject.OFFERS, shown, known.lost) | {
        "lead": lead % {"number": _n(known.all), "public": _n(known.public)},
        "rows": [_offer_row(each, nodes) for each in shown.page],
        "heading": ngettext("%(number)s offer", "%(number)s offers", shown.total) % {"number": _n(shown.total)},
        "is_empty": not known.all and not known.lost,
    }
    return render(request, "inventory/offers.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def providers(request: HttpRequest) -> HttpResponse:
    """All providers of the portal."""
    facts = ProviderFacts.now(with_bin=shows_bin(request.GET))
    shown = _read(request, Subject.PROVIDERS, facts)
    known = Known.of(facts.by_state())
    lead = ngettext("%(number)s provider, %(public)s of them public.",
                    "%(number)s providers, %(public)s of them public.", known.all)  # fmt: skip
    heading = ngettext("%(number)s provider", "%(number)s providers", shown.total)
    context = _context(request, Subject.PROVIDERS, shown, known.lost) | {
        "lead": lead % {"number": _n(known.all), "public": _n(known.public)},
        "rows": [_provider_row(each) for each in shown.page],
        "heading": heading % {"number": _n(shown.total)},
        "is_empty": not known.all and not known.lost,
    }
    return render(request, "inventory/providers.html", context)


def _n(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def _read(request: HttpRequest, subject: Subject, facts: Facts) -> Shown:
    rows: QuerySet[Any] = Offer.objects.all() if subject == Subject.OFFERS else Provider.objects.all()
    return read(listing_of(subject, request.GET), rows, request.GET, facts)


def _context(request: HttpRequest, subject: Subject, shown: Shown, lost: int) -> dict[str, Any]:
    _count_the_bin(shown, lost)
    return {
        "subject": subject,
        "shown": shown,
        "chips": filters.chips(writer(request), subject, shown.export_query),
        "keep_url": filters.add_url(subject, shown.export_query),
        "filters_url": filters.add_url(subject, ""),
        "programme_url": programme_url(subject, shown.export_query),
        "running": BulkRun.objects.filter(state=BulkRun.State.RUNNING).count(),
        "actions": actions_of(subject),
        "bulk_url": f"{list_url(subject)}sammeln/",
        "picked": shown.asked.everything,
        "files": [
            {"label": _("Excel"), "url": f"{list_url(subject)}liste.xlsx"},
            {"label": _("CSV"), "url": f"{list_url(subject)}liste.csv"},
        ],
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": subject.label, "url": ""}],
    }


def _count_the_bin(shown: Shown, lost: int) -> None:
    """What lies in the bin is no part of the list until somebody asks for it; its number is told all the same."""
    for facet in shown.facets:
        for option in facet["options"]:
            if option["value"] == BIN and not option["checked"]:
                option["count"] = lost


class Chip(NamedTuple):
    """A topic of an offer."""

    label: str
    color: str


class OfferRow(NamedTuple):
    """All that a line of the offers shows."""

    pk: int
    name: str
    url: str
    edit_url: str
    give_url: str
    provider: str
    place: str
    topics: tuple[Chip, ...]
    badge: str
    kind: str
    checked: str
    stale: bool
    until: str
    ends_soon: bool
    public_url: str
    is_lost: bool


class ProviderRow(NamedTuple):
    """All that a line of the providers shows."""

    pk: int
    name: str
    url: str
    place: str
    carrier: str
    badge: str
    kind: str
    trusted: bool
    offers: int
    public: int
    people: int
    changed: str
    public_url: str
    is_lost: bool


@cache
def _pattern(name: str) -> tuple[str, str]:
    before, _zero, after = reverse(name, args=[0]).partition("0")
    return before, after


def _address(name: str, pk: int) -> str:
    """Where a row leads; looking it up for a hundred rows takes a tenth of the page's time."""
    return str(pk).join(_pattern(name))


def _offer_row(offer: Any, nodes: dict[int, Node]) -> OfferRow:
    condition = OfferCondition(offer.condition)
    is_public = offer.state == State.PUBLISHED and offer.provider.state == ProviderState.PUBLISHED
    topics = [nodes[pk] for pk in offer.topics or () if pk in nodes][:2]
    return OfferRow(
        pk=offer.pk,
        name=str(offer),
        url=_address("inventory:offer", offer.pk),
        edit_url=_address("door_of_editors:offer", offer.pk),
        give_url=_address("inventory:transfer", offer.pk),
        provider=str(offer.provider),
        place=places_of(offer),
        topics=tuple(Chip(each.name, each.color_class) for each in topics),
        badge=str(condition.label),
        kind=OFFER_KINDS.get(condition, ""),
        checked=_since(offer.reviewed_at),
        stale=bool(offer.unchecked),
        until=date_format(timezone.localtime(offer.ends_at), "SHORT_DATE_FORMAT") if offer.ends_at else "",
        ends_soon=bool(offer.ends_soon),
        public_url=offer.get_absolute_url() if is_public else "",
        is_lost=offer.state == State.TRASHED,
    )


def _provider_row(provider: Any) -> ProviderRow:
    condition = ProviderCondition(provider.condition)
    return ProviderRow(
        pk=provider.pk,
        name=str(provider),
        url=_address("inventory:provider", provider.pk),
        place=", ".join(filter(None, (str(provider.district or ""), provider.city))),
        carrier=str(provider.carrier or ""),
        badge=str(condition.label),
        kind=PROVIDER_KINDS.get(condition, ""),
        trusted=provider.trusted,
        offers=provider.offers_number,
        public=provider.public_number,
        people=provider.people_number,
        changed=_since(timezone.localdate(provider.updated_at)),
        public_url=provider.get_absolute_url() if provider.state == ProviderState.PUBLISHED else "",
        is_lost=provider.state == ProviderState.TRASHED,
    )


def _since(day: date | None) -> str:
    """“3 months ago”: as exact as one needs."""
    if day is None:
        return _("never yet")
    days = (timezone.localdate() - day).days
    if days <= 0:
        return _("today")
    if days < 14:
        return ngettext("yesterday", "%(number)d days ago", days) % {"number": days}
    if days < 60:
        return ngettext("%(number)d week ago", "%(number)d weeks ago", days // 7) % {"number": days // 7}
    months = int(days / DAYS_OF_A_MONTH)
    return ngettext("%(number)d month ago", "%(number)d months ago", months) % {"number": months}


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def offers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """What the list of offers shows, as a table."""
    return export(listing_of(Subject.OFFERS, request.GET), rows_of(Subject.OFFERS, request.GET), request, kind)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def providers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """What the list of providers shows, as a table."""
    return export(listing_of(Subject.PROVIDERS, request.GET), rows_of(Subject.PROVIDERS, request.GET), request, kind)
