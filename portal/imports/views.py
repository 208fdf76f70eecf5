"""The pages: sending a table, seeing what it would do, choosing, watching how far it is."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from portal.authoring.finding import writer
from portal.exchange.ways import ways
from portal.imports import choosing, keeping, tasks
from portal.imports.beginning import begin
from portal.imports.files import exports_of
from portal.imports.filling import may_fill
from portal.imports.finding import around, own_providers, own_upload
from portal.imports.forms import UploadForm
from portal.imports.models import KEPT_FOR, Upload
from portal.providers import approval
from portal.providers.approval import Subject
from portal.revisions.models import Desk

LAST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def start(request: HttpRequest) -> HttpResponse:
    """The ways in and out, and the tables that were sent last. Sending one only keeps it: a job reads it."""
    providers = own_providers(request)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None, providers=providers)
    if sent and form.is_valid():
        by = writer(request)
        made, fresh = keeping.keep(form.cleaned_data["file"], form.chosen_provider, by=by, key=form.cleaned_data["key"])
        if fresh:
            tasks.read_table.defer(upload=made.pk)
        return redirect("imports:upload", pk=made.pk)
    context = around(providers) | {
        "form": form,
        "exports": exports_of(providers),
        "uploads": list(Upload.objects.of(writer(request)).select_related("provider")[:LAST]),
        "several": len(providers) > 1,
        "days": KEPT_FOR.days,
        "ways": ways(),
        "cards": [card for each in ways() if each.card and (card := each.card(request))],
    }
    return render(request, "imports/start.html", context, status=400 if sent else 200)


@require_safe
@allow(Role.PROVIDER)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A table: how far it is, why it could not be read, or what it would do."""
    return _page(request, own_upload(request, pk))


def _page(request: HttpRequest, found: Upload, *, error: str = "") -> HttpResponse:
    context = around([found.provider], found.name) | {"upload": found, "error": error, "days": KEPT_FOR.days}
    if found.is_working:
        return render(request, "imports/working.html", context)
    if found.state == Upload.State.REFUSED:
        return render(request, "imports/refused.html", context)
    by = writer(request)
    asked = request.POST if request.method == "POST" else request.GET
    context |= {
        "shown": choosing.shown(found, asked),
        "view": choosing.view_of(asked),
        "is_done": found.state == Upload.State.DONE,
        "new_choice": _new_choice(found, by),
        "fills": _fills(found, by),
    }
    return render(request, "imports/result.html", context, status=400 if error else 200)


def _new_choice(found: Upload, by: Any) -> str:
    """What “at once” means for new offers of this person."""
    desk = approval.desk_for(found.provider, by=by, what=Subject.OFFER, first=True)
    return {
        Desk.EDITORS: _("Send them to the editorial team at once"),
        Desk.PROVIDER: _("Hand them in to the administrators of your organisation at once"),
    }.get(desk, _("Publish them at once"))


def _fills(found: Upload, by: Any) -> list[dict[str, Any]]:
    """What may become of the address in the column of the provider's address."""
    if not found.address:
        return []
    possible = [Upload.Fill.NOTHING, Upload.Fill.LINKS]
    if may_fill(found, by):
        possible.insert(1, Upload.Fill.WEBSITE)
    return [{"value": each.value, "label": each.label, "checked": found.fill == each} for each in possible]


@require_POST
@allow(Role.PROVIDER)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the ticks of a page; then another page, all or none, or take over what is ticked."""
    found = own_upload(request, pk)
    sent = request.POST
    choosing.save(found, sent)
    if "uebernehmen" not in sent:
        return redirect(_address(found, sent))
    found.refresh_from_db()
    if found.state == Upload.State.TAKING:
        return redirect("imports:upload", pk=pk)
    fill = Upload.Fill(found.fill)
    if fill == Upload.Fill.WEBSITE and not may_fill(found, writer(request)):
        fill = Upload.Fill.NOTHING
    if not begin(found, by=writer(request), hand_in=found.hand_in, fill=fill):
        return _page(request, own_upload(request, pk), error=_("Please tick at least one row."))
    return redirect("imports:upload", pk=pk)


def _address(found: Upload, sent: Any) -> str:
    """The page that a button asked for."""
    view = sent.get("zu", "") or choosing.view_of(sent)
    asked = {"zeigen": view} if view != choosing.IMPORTANT else {}
    page = sent.get("seite", "") if not sent.get("zu") else ""
    if page.isascii() and page.isdigit() and page != "1":
        asked["seite"] = page[:6]
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse('imports:upload', args=[found.pk])}{query}#zeilen"


@require_POST
@allow(Role.PROVIDER)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a table with its rows; what was taken over stays."""
    found = own_upload(request, pk)
    if found.state == Upload.State.TAKING:
        messages.warning(request, _("The table is being taken over just now. Please wait for the end."))
        return redirect("imports:upload", pk=pk)
    keeping.remove(found)
    messages.success(request, _("The table is gone. What was taken over stays."))
    return redirect("imports:start")
