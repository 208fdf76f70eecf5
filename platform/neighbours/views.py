"""The editors' page of their neighbours: proposing, answering, ending, and what came of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from core.middleware import roles_of
from neighbours import services
from neighbours.forms import ProposalForm
from neighbours.models import Agreement, Capacity, Kind
from neighbours.places import here
from neighbours.rows import row_of, rows_of, shown_elsewhere
from neighbours.services import Speaker
from tenants.models import Municipality

HOME = "neighbours:neighbours"


def speaker(request: HttpRequest, us: Municipality) -> Speaker:
    """Who speaks for the municipality."""
    capacity = Capacity.ADMIN if Role.ADMIN in roles_of(request) else Capacity.EDITOR
    return Speaker(us.pk, capacity, request.user)


def _crumbs(*more: str) -> list[dict[str, str]]:
    home = {"label": _("Neighbours"), "url": "/redaktion/nachbarn/" if more else ""}
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, home, *({"label": each, "url": ""} for each in more)]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def neighbours(request: HttpRequest) -> HttpResponse:
    """What waits, what holds, what was; and a new proposal."""
    us = here()
    form = ProposalForm(request.POST if request.method == "POST" else None, us=us)
    if request.method == "POST" and form.is_valid():
        town, kind = form.cleaned_data["town"], form.kind_wanted
        try:
            services.propose(kind, first=us, second=town, span=form.span, by=speaker(request, us))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Your proposal is on its way: %(town)s is told by mail.") % {"town": town.name})
            return redirect(HOME)
    context: dict[str, Any] = {"form": form, "crumbs": _crumbs(), "published": shown_elsewhere(), **rows_of(us)}
    return render(request, "neighbours/neighbours.html", context, status=400 if form.errors else 200)


def _ours(pk: int, us: Municipality) -> Agreement:
    """One of ours; nothing is told of others."""
    return get_object_or_404(Agreement.objects.of(us.pk).select_related("first", "second"), pk=pk)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Consent to a proposal."""
    us = here()
    agreement = _ours(pk, us)
    try:
        services.accept(agreement, by=speaker(request, us))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            _("Agreed with %(town)s. In a moment the offers are shown.") % {"town": agreement.other_of(us.pk).name},
        )
    return redirect(HOME)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to refuse, to take back or to end, and do it."""
    us = here()
    agreement = _ours(pk, us)
    if request.method == "POST":
        services.end(agreement, by=speaker(request, us))
        messages.success(request, _("Done: %(town)s is told by mail.") % {"town": agreement.other_of(us.pk).name})
        return redirect(HOME)
    row = row_of(agreement, us)
    context = {"row": row, "crumbs": _crumbs(row.town), "is_roof": agreement.kind == Kind.ROOF}
    return render(request, "neighbours/end.html", context)
