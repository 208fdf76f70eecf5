"""Files to take along: the template, one's own offers, and the tables one has sent."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.lazy import lazy
from portal.imports.finding import own_providers, own_upload
from portal.listing.workbooks import XLSX
from portal.offers.models import Offer
from portal.offers.states import State

if TYPE_CHECKING:
    from portal.exchange.excel import export as workbooks
else:
    workbooks = lazy("portal.exchange.excel.export")


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
    content = BytesIO()
    offers = Offer.objects.filter(provider=provider).exclude(state=State.TRASHED)
    workbooks.export_offers(content, offers=offers)
    return _workbook(content, f"{timezone.localdate():%Y-%m-%d}-angebote.xlsx")


@require_safe
@allow(Role.PROVIDER)
def marked(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The copy of a table with our remarks."""
    found = own_upload(request, pk)
    if not found.marked:
        messages.info(request, _("The copy with our remarks is still being made. Please try again in a moment."))
        return redirect("imports:upload", pk=pk)
    stem = found.name.rsplit(".", 1)[0]
    return _stored(found.marked, f"{stem}-anmerkungen.xlsx", XLSX)


@require_safe
@allow(Role.PROVIDER)
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    found = own_upload(request, pk)
    return _stored(found.file, found.name, "application/octet-stream")


def _stored(file: Any, name: str, content_type: str) -> HttpResponseBase:
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    answer = FileResponse(opened, as_attachment=True, filename=name, content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
