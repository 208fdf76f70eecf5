"""The list of one's own offers, the bin, and both as a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.authoring.finding import writer
from portal.authoring.own.deeds import DEEDS
from portal.authoring.own.rows import bin_row, rows_of
from portal.authoring.own.wording import days_left
from portal.authoring.steps import LIST
from portal.listing.export import export
from portal.listing.reading import Shown, read
from portal.listing.spec import Column, Facet, Groups, Listing, Option, Sort
from portal.offers.condition import Condition
from portal.offers.models import Location, Occurrence, Offer
from portal.offers.removal import DAYS
from portal.offers.schedule_words import schedule_sentences
from portal.offers.states import State
from portal.offers.upkeep import Mark, with_upkeep
from portal.providers import approval
from portal.providers.approval import Subject
from portal.providers.models import Provider
from portal.providers.whose import whose
from portal.revisions.models import Desk

BIN = f"{LIST}papierkorb/"
BULK = f"{LIST}sammeln/"
_PLACE = ("name", "street", "city", "postcode")
CONDITIONS = (
    Condition.PUBLIC,
    Condition.CHANGE_IN_REVIEW,
    Condition.IN_REVIEW,
    Condition.RETURNED,
    Condition.DRAFT,
    Condition.PAUSED,
    Condition.HIDDEN,
    Condition.OVER,
    Condition.BLOCKED,
)
"""In the order in which lists name them; what lies in the bin stands elsewhere."""
_ACTIONS = ("abschicken", "pausieren", "zeigen", "verlaengern", "saison", "stimmt", "papierkorb")


def own_rows(providers: Sequence[Provider]) -> Any:
    """All offers of organisations (those that somebody keeps) with what lists count by, in the bin or not."""
    return with_upkeep(Offer.objects.filter(provider__in=providers))


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Every word in the title or in a place."""
    for word in words.split():
        place = Q(*((f"{name}__icontains", word) for name in _PLACE), _connector=Q.OR)
        rows = rows.filter(Q(title__icontains=word) | Exists(Location.objects.filter(place, offer=OuterRef("pk"))))
    return rows


def _prepare(rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.with_condition().prefetch_related("schedules")  # type: ignore[attr-defined]  # ours
    return found


def with_providers(offers: Sequence[Any], providers: Sequence[Provider]) -> None:
    """Give offers their organisations, which are at hand: a join would send each of them with every row."""
    known = {each.pk: each for each in providers}
    for offer in offers:
        offer.provider = known[offer.provider_id]


def _next_date() -> Any:
    coming = Occurrence.objects.filter(offer=OuterRef("pk"), ends_at__gte=timezone.now()).order_by("starts_at")
    return Subquery(coming.values("starts_at")[:1])


def _waiting_heading(number: int) -> str:
    return ngettext("%(number)d is waiting for you", "%(number)d are waiting for you", number) % {"number": number}


def _running_heading(number: int) -> str:
    return ngettext("%(number)d runs without you", "%(number)d run without you", number) % {"number": number}


def listing_of(providers: Sequence[Provider]) -> Listing:
    """The list as it is for somebody of these organisations: with more than one they are a filter."""
    facets = [
        Facet(
            "zu_tun",
            gettext_lazy("What is to be done?"),
            "marks",
            (
                Option(Mark.WAITS, gettext_lazy("waiting for you")),
                Option(Mark.ENDS_SOON, gettext_lazy("ends soon")),
                Option(Mark.UNCHECKED, gettext_lazy("long unchecked")),
            ),
            several=True,
        ),
        Facet(
            "zustand",
            gettext_lazy("State of the offer"),
            "condition",
            [Option(each.value, each.label) for each in CONDITIONS],
        ),
    ]
    if len(providers) > 1:
        names = [Option(str(each.pk), each.name) for each in providers]
        facets.append(Facet("anbieter", gettext_lazy("Organisation"), "provider_id", names))
    return Listing(
        facets=tuple(facets),
        search=_search,
        prepare=_prepare,
        sorts=(
            Sort(
                "wartend",
                gettext_lazy("Waiting first"),
                ("rank", "-updated_at", "-pk"),
                Groups("waits", {True: _waiting_heading, False: _running_heading}),
            ),
            Sort("name", gettext_lazy("A to Z"), ("title_key", "pk")),
            Sort("termin", gettext_lazy("Next date"), (_next_date().asc(nulls_last=True), "pk")),
        ),
        columns=_COLUMNS,
        file_name="angebote",
    )


def _dates(offer: Any) -> str:
    return "; ".join(schedule_sentences(offer.schedules.all(), today=timezone.localdate()))


def _end(offer: Any) -> datetime | None:
    end: datetime | None = offer.ends_at
    return end


_COLUMNS = (
    Column(gettext_lazy("Title"), lambda offer: offer.title, 40),
    Column(gettext_lazy("Organisation"), lambda offer: offer.provider.name, 30),
    Column(gettext_lazy("State of the offer"), lambda offer: str(Condition(offer.condition).label), 22),
    Column(gettext_lazy("Dates"), _dates, 50),
    Column(gettext_lazy("Last date"), _end, 18),
    Column(gettext_lazy("Last checked"), lambda offer: offer.reviewed_at, 14),
    Column(gettext_lazy("Last changed"), lambda offer: offer.updated_at, 18),
    Column(gettext_lazy("Number"), lambda offer: offer.pk, 10),
)
_BIN_LISTING = Listing(
    search=_search,
    prepare=_prepare,
    sorts=(
        Sort("zuletzt", gettext_lazy("Put here last"), ("-trashed_at", "-pk")),
        Sort("name", gettext_lazy("A to Z"), ("title_key", "pk")),
    ),
)


def _live(providers: Sequence[Provider]) -> Any:
    return own_rows(providers).exclude(state=State.TRASHED)


@require_safe
@allow(Role.PROVIDER)
def own_offers(request: HttpRequest) -> HttpResponse:
    """All offers of one's organisations: what waits for somebody first, with filters that count."""
    providers = list(Provider.objects.kept_by(writer(request)))
    shown = read(listing_of(providers), _live(providers), request.GET)
    return render(request, "authoring/list.html", _context(request, shown, providers) | {"links": _links(providers)})


@require_safe
@allow(Role.PROVIDER)
def own_offers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The offers that the list shows, as a table."""
    providers = list(Provider.objects.kept_by(writer(request)))
    return export(listing_of(providers), _live(providers).select_related("provider"), request, kind)


@require_safe
@allow(Role.PROVIDER)
def own_bin(request: HttpRequest) -> HttpResponse:
    """What lies in the bin, with the days until it is gone."""
    providers = list(Provider.objects.kept_by(writer(request)))
    rows = own_rows(providers).filter(state=State.TRASHED)
    shown = read(_BIN_LISTING, rows, request.GET)
    return render(request, "authoring/bin.html", _context(request, shown, providers, in_bin=True))


def _context(
    request: HttpRequest, shown: Shown, providers: Sequence[Provider], *, in_bin: bool = False
) -> dict[str, Any]:
    several = len(providers) > 1
    found = list(shown.page)
    with_providers(found, providers)
    if in_bin:
        rows = {each.pk: bin_row(each, several=several) for each in found}
        actions = [{"value": "zurueckholen", "label": DEEDS["zurueckholen"].label}]
    else:
        rows = rows_of(found, by=writer(request), several=several)
        actions = actions_for(providers, writer(request))
    return {
        **whose(providers),
        "shown": shown,
        "groups": [
            {"heading": each["heading"], "rows": [rows[row.pk] for row in each["rows"]]} for each in shown.groups
        ],
        "heading": ngettext("%(number)d offer", "%(number)d offers", shown.total) % {"number": shown.total},
        "actions": actions,
        "bulk_url": BULK,
        "bin_days": DAYS,
        "files": [
            {"label": _("This list as an Excel file"), "url": f"{LIST}liste.xlsx"},
            {"label": _("as CSV"), "url": f"{LIST}liste.csv"},
        ],
    }


def actions_for(providers: Sequence[Provider], person: Any) -> list[dict[str, Any]]:
    """What can be chosen for ticked offers; the first says where they go from this person."""
    return [{"value": name, "label": _label(name, providers, person)} for name in _ACTIONS]


def _label(name: str, providers: Sequence[Provider], person: Any) -> Any:
    if name != "abschicken":
        return DEEDS[name].label
    return sending_label({approval.desk_for(each, by=person, what=Subject.OFFER, first=True) for each in providers})


def sending_label(desks: set[Desk]) -> str:
    """What sending is called for somebody whose offers go to these desks."""
    if desks == {Desk.NOBODY}:
        return _("Publish")
    if Desk.EDITORS in desks:
        return _("Send to the editorial team")
    return _("Present to those who lead us here") if desks == {Desk.PROVIDER} else _("Send")


def _links(providers: Sequence[Provider]) -> list[dict[str, Any]]:
    """The way to the bin, where something lies in it."""
    lost = Offer.objects.filter(provider__in=providers, state=State.TRASHED)
    found = lost.aggregate(number=Count("pk"), oldest=Min("trashed_at"))
    if not found["number"]:
        return []
    left = days_left(Offer(trashed_at=found["oldest"]), keep=DAYS)
    label = ngettext("Bin (%(number)d, %(left)d days left)", "Bin (%(number)d, the first %(left)d days left)",
                     found["number"])  # fmt: skip
    return [{"url": BIN, "icon": "delete", "label": label % {"number": found["number"], "left": left}}]
