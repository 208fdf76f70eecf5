"""A municipality's pages of paying together: what it pays for, its deeds, the statements."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from tenants.running.context import inside_public
from tenants.running.handing_out import handed_out
from tracker.cofunding import services, tasks
from tracker.cofunding.forms import DeedForm
from tracker.cofunding.models import Funding, Key, Part
from tracker.cofunding.money import euros
from tracker.cofunding.papers import ask_for, latest
from tracker.cofunding.services import ShareChangedError
from tracker.cofunding.statements import account_of, accounts_of, as_csv
from tracker.tickets.models import Ticket, Viewer
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

TOWN = (Role.EDITOR, Role.ADMIN, Role.PLANNER)
Said = dict[str, Any]


@require_safe
@allow(*TOWN)
def costs(request: HttpRequest) -> HttpResponse:
    """What we take part in, and what else waits for somebody to pay."""
    viewer = viewer_of(request)
    mine = Part.objects.filter(participant=viewer.participant).select_related("funding__ticket")
    parts = list(mine.order_by("-funding__financed_at", "-since"))
    waiting = Funding.objects.filter(financed_at__isnull=True, ticket__in=Ticket.objects.visible_to(viewer).open())
    others = waiting.exclude(parts__participant=viewer.participant).select_related("ticket")
    context = {
        "parts": parts,
        "financed": sum(part.share for part in parts if part.funding.is_final),
        "pledged": sum(part.share for part in parts if not part.funding.is_final and part.is_agreed),
        "accounts": accounts_of(others.order_by("-estimated_at")[:20]),
    }
    return page(request, "cofunding/costs.html", context, tab="cofunding:costs", crumbs=[(_("Costs"), "")])


def _back(ticket: Ticket) -> HttpResponse:
    return redirect(f"{reverse('tickets:ticket', args=[ticket.pk])}#bezahlen")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def deed(request: HttpRequest, pk: int) -> HttpResponse:
    """Take part, pledge, withdraw, or answer about the key: `tun` says what."""
    viewer = viewer_of(request)
    ticket = get_object_or_404(Ticket.objects.visible_to(viewer), pk=pk)
    form = DeedForm(request.POST)
    do = _DEEDS.get(request.POST.get("tun", ""))
    if do is None:
        raise BadRequest
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
        return _back(ticket)
    try:
        messages.success(request, do(ticket, form.cleaned_data, viewer))
    except ShareChangedError as error:
        messages.error(
            request,
            _("Your share has changed meanwhile: it was %(seen)s and is %(share)s now. Nothing was pledged.")
            % {"seen": euros(error.seen), "share": euros(error.share)},
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(ticket)


def _join(ticket: Ticket, said: Said, viewer: Viewer) -> str:
    part = services.join(ticket, by=viewer, key=said["key"], cents=said["amount"], inhabitants=said["inhabitants"])
    if part.is_agreed:
        return _pledged(part)
    return _("Your municipality takes part. Its share is %(sum)s; it counts as soon as you pledge it.") % {
        "sum": euros(part.share)
    }


def _pledge(ticket: Ticket, said: Said, viewer: Viewer) -> str:
    part = services.pledge(ticket, said["seen"] or 0, by=viewer)
    return _pledged(part)


def _pledged(part: Part) -> str:
    pledged = _("Your municipality pledges %(sum)s.") % {"sum": euros(part.share)}
    if not Funding.objects.get(pk=part.funding_id).is_final:
        return pledged
    return f"{pledged} {_('With that the wish is financed, and the statement is final.')}"


def _withdraw(ticket: Ticket, _said: Said, viewer: Viewer) -> str:
    services.withdraw(ticket, by=viewer)
    return _("Your municipality takes part no longer.")


def _propose(ticket: Ticket, said: Said, viewer: Viewer) -> str:
    funding = services.propose(ticket, said["key"], by=viewer, inhabitants=said["inhabitants"])
    return _key_now(funding)


def _consent(ticket: Ticket, said: Said, viewer: Viewer) -> str:
    return _key_now(services.consent(ticket, said["key"], by=viewer, inhabitants=said["inhabitants"]))


def _refuse(ticket: Ticket, said: Said, viewer: Viewer) -> str:
    return _key_now(services.refuse(ticket, said["key"], by=viewer))


def _key_now(funding: Funding) -> str:
    if funding.proposed:
        return _("Proposed. The key holds as soon as all who take part agree.")
    return _("The key is now: %(key)s.") % {"key": Key(funding.key).label}


_DEEDS: dict[str, Callable[[Ticket, Said, Viewer], str]] = {
    "mitmachen": _join,
    "zusagen": _pledge,
    "zuruecknehmen": _withdraw,
    "vorschlagen": _propose,
    "zustimmen": _consent,
    "ablehnen": _refuse,
}


def funding_for(request: HttpRequest, pk: int) -> Funding:
    """The funding of a ticket the viewer may see."""
    visible = Ticket.objects.visible_to(viewer_of(request))
    return get_object_or_404(Funding.objects.select_related("ticket"), ticket__in=visible.filter(pk=pk))


@require_safe
@allow(*TOWN, Role.OPERATOR)
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Who pays what, for a spreadsheet."""
    funding = funding_for(request, pk)
    name = f"aufstellung-{funding.ticket.reference.lower()}.csv"
    return HttpResponse(
        as_csv(account_of(funding)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TOWN, Role.OPERATOR)
def paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The statement as a PDF; POST has it made."""
    funding = funding_for(request, pk)
    if request.method == "POST":
        with transaction.atomic():
            asked, fresh = ask_for(funding)
            if fresh:
                with inside_public():
                    tasks.make_statement.defer(paper=asked.pk)
        messages.success(request, _("The statement is being made. Load this page again in a moment."))
        return _back(funding.ticket)
    found = latest(funding)
    if found is None or not found.file:
        raise Http404
    name = f"aufstellung-{funding.ticket.reference.lower()}.pdf"
    return handed_out(found.file, name=name, content_type="application/pdf")
