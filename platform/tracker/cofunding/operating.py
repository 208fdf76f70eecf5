"""The operator's pages of paying together: all estimates, and giving one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from tracker.cofunding import services
from tracker.cofunding.forms import EstimateForm
from tracker.cofunding.models import Funding
from tracker.cofunding.statements import accounts_of
from tracker.cofunding.views import funding_for
from tracker.tickets.models import Kind, Participant, Ticket
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

PER_PAGE = 50


@require_safe
@allow(Role.OPERATOR)
def costs(request: HttpRequest) -> HttpResponse:
    """All estimates, the newest first."""
    rows = Funding.objects.select_related("ticket").order_by("-estimated_at", "-pk")
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))
    context = {"page": shown, "accounts": accounts_of(shown)}
    return page(request, "cofunding/all.html", context, tab="cofunding:costs", crumbs=[(_("Costs"), "")])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def estimate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a wish costs."""
    ticket = get_object_or_404(Ticket.objects.filter(kind=Kind.WISH, merged_into__isnull=True), pk=pk)
    funding = Funding.objects.filter(ticket=ticket).first()
    form = EstimateForm.of(funding, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.estimate(ticket, said["estimate"], by=viewer_of(request), note=said["note"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The estimate is saved. Whose share has risen is asked anew."))
            return redirect(f"{reverse('tickets:ticket', args=[pk])}#bezahlen")
    status = 400 if form.errors else 200
    crumbs = [(ticket.reference, reverse("tickets:ticket", args=[pk])), (_("Estimate"), "")]
    context = {"ticket": ticket, "funding": funding, "form": form}
    return page(request, "cofunding/estimate.html", context, crumbs=crumbs, status=status)


@require_POST
@allow(Role.OPERATOR)
def strike_out(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    """Take a former municipality out."""
    funding = funding_for(request, pk)
    town = get_object_or_404(Participant, pk=participant, parts__funding=funding)
    try:
        services.strike_out(funding.ticket, town, by=viewer_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The former municipality is struck out; the others are asked anew."))
    return redirect(f"{reverse('tickets:ticket', args=[pk])}#bezahlen")
