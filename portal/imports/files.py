"""Files to take along: the template, one's own offers, and the tables one has sent."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.lazy import lazy
from core.numbers import whole_number
from portal.imports.finding import own_providers, own_upload
from portal.listing.workbooks import XLSX
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from tenants.running.handing_out import handed_out

if TYPE_CHECKING:
    from portal.exchange.excel import export as workbooks
else:
    workbooks = lazy("portal.exchange.excel.export")

PART = 500
"""Offers in one file: about two seconds of work."""


def _workbook(content: BytesIO, name: str) -> HttpResponse:
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


@require_safe
@allow(Role.PROVIDER)
def template(request: HttpRequest) -> HttpResponse:
    """The empty template with the municipality's own lists."""
    content = BytesIO()
    workbooks.write_template(content)
    return _workbook(content, "angebote-vorlage.xlsx")


@require_safe
@allow(Role.PROVIDER)
def export(request: HttpRequest) -> HttpResponse:
    """One's own offers as a table that can be read in again; of one organisation, because numbers count within one."""
    providers = {str(each.pk): each for each in own_providers(request)}
    asked = request.GET.get("anbieter", "")
    if asked and asked not in providers:
        raise Http404
    if not asked and len(providers) != 1:
        messages.info(request, _("Please choose whose offers you want to take along."))
        return redirect("imports:start")
    provider = providers[asked] if asked else next(iter(providers.values()))
    part = request.GET.get("teil", "1")
    number = whole_number(part, digits=5) or 0
    ids = list(_exported(provider).values_list("pk", flat=True)[(number - 1) * PART : number * PART] if number else ())
    if not ids and number != 1:
        raise Http404
    content = BytesIO()
    workbooks.export_offers(content, offers=Offer.objects.filter(pk__in=ids))
    suffix = f"-{number}" if number > 1 or _exported(provider).count() > PART else ""
    return _workbook(content, f"{timezone.localdate():%Y-%m-%d}-angebote{suffix}.xlsx")


def _exported(provider: Provider) -> Any:
    return Offer.objects.filter(provider=provider).exclude(state=State.TRASHED).order_by("pk")


def exports_of(providers: list[Provider]) -> list[dict[str, str]]:
    """The files of one's own offers; of very many each holds a part, so that none takes long. One statement."""
    known = Offer.objects.filter(provider__in=providers).exclude(state=State.TRASHED).order_by()
    numbers = dict(known.values_list("provider").annotate(Count("pk")))
    found = []
    for each in providers:
        number = numbers.get(each.pk, 0)
        for part in range(max(1, -(-number // PART))):
            url = f"{reverse('imports:export')}?anbieter={each.pk}" + (f"&teil={part + 1}" if number > PART else "")
            found.append({"url": url, "label": _label(each, part, number, several=len(providers) > 1)})
    return found


def _label(provider: Provider, part: int, number: int, *, several: bool) -> str:
    label = _("Your offers as a table (Excel)")
    if several:
        label = _("Your offers as a table: %(name)s") % {"name": provider.name}
    if number <= PART:
        return label
    span = {"first": part * PART + 1, "last": min(number, (part + 1) * PART)}
    return f"{label}, " + _("%(first)d to %(last)d") % span


@require_safe
@allow(Role.PROVIDER)
def marked(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The copy of a table with our remarks."""
    found = own_upload(request, pk)
    if not found.marked:
        messages.info(request, _("The copy with our remarks is still being made. Please try again in a moment."))
        return redirect("imports:upload", pk=pk)
    stem = found.name.rsplit(".", 1)[0]
    return handed_out(found.marked, name=f"{stem}-anmerkungen.xlsx", content_type=XLSX)


@require_safe
@allow(Role.PROVIDER)
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    found = own_upload(request, pk)
    return handed_out(found.file, name=found.name)
