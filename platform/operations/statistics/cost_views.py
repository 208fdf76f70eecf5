"""Shares of costs: asking, seeing them before anything is kept, keeping, and the file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Role, allow
from operations.statistics.costs import LABELS, Key, keep, share_out, those_who_pay
from operations.statistics.forms import CostsForm
from operations.statistics.models import CostShares
from operations.statistics.tables import of_costs
from operations.statistics.views import crumbs, download
from tenants.refused import RefusedError
from tracker.cofunding.money import euros

PER_PAGE = 20
_HERE = "/betrieb/statistik/kosten/"


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def costs(request: HttpRequest) -> HttpResponse:
    """Work out who bears what, look at it, keep it; and what was kept before."""
    form = CostsForm(request.POST if request.method == "POST" else None)
    shares = None
    if request.method == "POST" and form.is_valid():
        try:
            shares = share_out(form.wish, those_who_pay(form.group_id))
        except RefusedError as error:
            form.add_error(None, str(error))
    if shares is not None and request.POST.get("tun") == "behalten":
        kept = keep(shares, by=request.user)
        messages.success(request, _("Kept. The file is below."))
        return redirect("statistics:cost_shares", kept.pk)
    context = {
        "crumbs": crumbs((_("Shares of costs"), "")),
        "form": form,
        "shares": _shown(shares) if shares else None,
        "page": Paginator(CostShares.objects.defer("rows"), PER_PAGE).get_page(request.GET.get("seite")),
    }
    return render(request, "statistics/costs.html", context, status=400 if form.errors else 200)


def _shown(shares: CostShares) -> dict[str, Any]:
    """For a template: the mixture in words, and rows with the numbers that count."""
    keys = [key for key in Key if shares.mixture.get(key.value)]
    heads = [LABELS[key] for key in keys]
    return {
        "it": shares,
        "sum": euros(sum(row["cents"] for row in shares.rows)),
        "mixture": [{"label": LABELS[key], "percent": shares.mixture[key.value]} for key in keys],
        "heads": heads,
        "rows": [
            {
                "name": row["name"],
                "numbers": list(zip(heads, (row[key.value] for key in keys), strict=True)),
                "share": euros(row["cents"]),
            }
            for row in shares.rows
        ],
    }


@require_safe
@allow(Role.OPERATOR)
def cost_shares(request: HttpRequest, pk: int) -> HttpResponse:
    """What was kept, as it was told."""
    found = get_object_or_404(CostShares, pk=pk)
    trail = crumbs((_("Shares of costs"), _HERE), (found.title, ""))
    return render(request, "statistics/cost_shares.html", {"crumbs": trail, "shares": _shown(found), "it": found})


@require_safe
@allow(Role.OPERATOR)
def cost_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The same as a file."""
    return download(of_costs(get_object_or_404(CostShares, pk=pk)), kind)
