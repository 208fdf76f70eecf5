"""The lists behind the numbers: offers by what they lack, providers nobody heard of; both as a file too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateTimeField, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from core.access import Role, allow
from portal.listing.export import export
from portal.listing.reading import Shown, read
from portal.listing.spec import Column, Facet, Listing, Option, Sort
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Membership
from portal.quality.counting import OfferFacts
from portal.quality.crumbs import crumbs
from portal.quality.doors import edit_url
from portal.quality.lacks import GAPS, LABELS, Gap, Lack, public_providers, silent, with_gaps, with_lacks
from portal.quality.models import Reading, Reason

_REASONS = {
    Lack.UNCHECKED.value: Reason.UNCHECKED,
    Lack.INCOMPLETE.value: Reason.INCOMPLETE,
    Lack.LINKS.value: Reason.LINKS,
}


def _search_offers(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(provider__name__icontains=word))
    return rows


def _prepare_offers(rows: QuerySet[Any]) -> QuerySet[Any]:
    score = Reading.objects.filter(offer_id=OuterRef("pk")).values("score")[:1]
    found: QuerySet[Any] = with_gaps(rows.select_related("provider")).annotate(score=Subquery(score))
    return found


def _numbers_only(rows: QuerySet[Any]) -> QuerySet[Any]:
    """For a page: the rows themselves are fetched when it is known which; PostgreSQL would work out what is shown of
    each of 20,000 before it takes the first 25."""
    return rows.values_list("pk", flat=True)


def _checked(offer: Any) -> date:
    """The day on which somebody looked at it last."""
    day: date = offer.reviewed_at or timezone.localdate(offer.updated_at)
    return day


def gaps_in_words(offer: Any) -> str:
    """What an incomplete offer has not."""
    return ", ".join(str(GAPS[Gap(each)]) for each in offer.gaps)


OFFERS = Listing(
    facets=(
        Facet(
            "mangel",
            gettext_lazy("What is missing"),
            "lacks",
            [Option(each.value, label) for each, label in LABELS.items()],
            several=True,
        ),
    ),
    search=_search_offers,
    prepare=_prepare_offers,
    sorts=(
        Sort("lange", gettext_lazy("Longest unchecked first"), (Coalesce(F("reviewed_at"), F("updated_at"),
             output_field=DateTimeField()), "pk")),
        Sort("name", gettext_lazy("A to Z"), ("title_key", "pk")),
    ),
    columns=(
        Column(gettext_lazy("Title"), lambda offer: offer.title, 40),
        Column(gettext_lazy("Organisation"), lambda offer: offer.provider.name, 30),
        Column(gettext_lazy("What is missing"), lambda offer: ", ".join(str(LABELS[Lack(x)]) for x in offer.lacks), 50),
        Column(gettext_lazy("Incomplete"), gaps_in_words, 30),
        Column(gettext_lazy("Readability (school year)"), lambda offer: offer.score, 12),
        Column(gettext_lazy("Last checked"), _checked, 14),
        Column(gettext_lazy("Number"), lambda offer: offer.pk, 10),
    ),
    file_name="qualitaet-angebote",
)  # fmt: skip


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def offers(request: HttpRequest) -> HttpResponse:
    """Offers that residents find, by what they lack."""
    shown = read(OFFERS, Offer.objects.all(), request.GET, OfferFacts.now())
    chosen = shown.asked.chosen["mangel"]
    reason = _REASONS.get(chosen[0]) if len(chosen) == 1 else None
    rows = [_offer_row(each) for each in shown.page]
    number = ngettext("%(number)d offer", "%(number)d offers", shown.total) % {"number": shown.total}
    context = _context(shown, rows, heading=number, title=_("Offers by what is missing"), reason=reason)
    return render(request, "quality/offers.html", context)


class OfferRow(NamedTuple):
    """All that a line of the offers shows."""

    title: str
    url: str
    provider: str
    lacks: tuple[str, ...]
    checked: str
    school_year: str
    edit: str


def _offer_row(offer: Any) -> OfferRow:
    return OfferRow(
        title=offer.title,
        url=offer.get_absolute_url(),
        provider=offer.provider.name,
        lacks=tuple(_lack_in_words(offer, Lack(lack)) for lack in offer.lacks),
        checked=date_format(_checked(offer), "SHORT_DATE_FORMAT"),
        school_year=floatformat(offer.score, 0) if offer.score else "",
        edit=edit_url("offer", offer.pk),
    )


def _lack_in_words(offer: Any, lack: Lack) -> str:
    said = str(LABELS[lack])
    return f"{said}: {gaps_in_words(offer)}" if lack == Lack.INCOMPLETE else said


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def offers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(OFFERS, with_lacks(), request, kind)


def _search_providers(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    return rows


def _prepare_providers(rows: QuerySet[Any]) -> QuerySet[Any]:
    people = Membership.objects.filter(provider=OuterRef("pk"), user__is_active=True).order_by().values("provider")
    online = Offer.objects.filter(provider=OuterRef("pk"), state=State.PUBLISHED).order_by().values("provider")
    found: QuerySet[Any] = rows.annotate(
        last_login=Subquery(people.annotate(last=Max("user__last_login")).values("last")),
        people=Coalesce(Subquery(people.annotate(number=Count("pk")).values("number")), 0),
        online=Coalesce(Subquery(online.annotate(number=Count("pk")).values("number")), 0),
    )
    return found


SILENT = Listing(
    search=_search_providers,
    prepare=_prepare_providers,
    sorts=(
        Sort("name", gettext_lazy("A to Z"), ("name_key", "pk")),
        Sort("lange", gettext_lazy("Longest unchecked first"), (F("reviewed_at").asc(nulls_first=True), "pk")),
    ),
    columns=(
        Column(gettext_lazy("Organisation"), lambda each: each.name, 40),
        Column(gettext_lazy("E-mail"), lambda each: each.email or each.contact_email, 30),
        Column(gettext_lazy("Phone"), lambda each: each.phone or each.contact_phone, 20),
        Column(gettext_lazy("Last sign-in"), lambda each: each.last_login, 18),
        Column(gettext_lazy("Last checked"), lambda each: each.reviewed_at, 14),
        Column(gettext_lazy("People with an account"), lambda each: each.people, 10),
        Column(gettext_lazy("Public offers"), lambda each: each.online, 12),
        Column(gettext_lazy("Number"), lambda each: each.pk, 10),
    ),
    file_name="stille-anbieter",
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def providers(request: HttpRequest) -> HttpResponse:
    """Public providers nobody heard of for a year, with how to reach them."""
    shown = read(replace(SILENT, prepare=_numbers_only), public_providers().filter(silent()), request.GET)
    found = {each.pk: each for each in _prepare_providers(public_providers().filter(pk__in=list(shown.page)))}
    rows = [
        {
            "provider": found[pk],
            "edit": edit_url("provider", pk),
            "login": _login_in_words(found[pk]),
            "phone": found[pk].phone or found[pk].contact_phone,
            "email": found[pk].email or found[pk].contact_email,
        }
        for pk in shown.page
        if pk in found
    ]
    number = ngettext("%(number)d provider", "%(number)d providers", shown.total) % {"number": shown.total}
    context = _context(shown, rows, heading=number, title=_("Silent providers"), reason=None)
    return render(request, "quality/providers.html", context)


def _login_in_words(provider: Any) -> str:
    """When somebody of theirs was here last."""
    if provider.last_login:
        return _("last sign-in %(day)s") % {
            "day": date_format(timezone.localtime(provider.last_login), "SHORT_DATE_FORMAT")
        }
    return _("never signed in") if provider.people else _("nobody has an account")


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def providers_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(SILENT, public_providers().filter(silent()), request, kind)


def _context(shown: Shown, rows: Sequence[Any], *, heading: str, title: str, reason: Reason | None) -> dict[str, Any]:
    return {
        "shown": shown,
        "rows": rows,
        "heading": heading,
        "reason": reason,
        "crumbs": crumbs(title),
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
    }
