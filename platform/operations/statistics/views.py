"""The page of sums and months, its files, and the inhabitants that figures are set against."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comparison.services import set_inhabitants
from core.access import Role, allow
from operations.statistics import sums
from operations.statistics.forms import InhabitantsForm
from operations.statistics.tables import TABLES, Table
from portal.listing.export import as_file
from portal.planning.charts import plot
from tenants.models import Municipality
from tracker.tickets.models import Participant

PER_PAGE = 50
HOME = "/betrieb/statistik/"


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page of the room; the last has no address."""
    trail = [(_("Operations"), "/betrieb/"), (_("Statistics"), HOME if more else ""), *more]
    return [{"label": label, "url": url} for label, url in trail]


def download(table: Table, kind: str) -> HttpResponse:
    """A table as a file."""
    return as_file(table.name, list(table.heads), [24] * len(table.heads), table.rows, kind)


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """Sums and medians of last night, months, and the categories all share."""
    months = sums.months()
    rising = months[::-1]
    context = {
        "crumbs": crumbs(),
        "whole": sums.totals(),
        "months": months,
        "plot": plot([each.offers for each in rising], [], [f"{each.month:%m/%y}" for each in rising]),
        "topics": [each for each in sums.topics() if each.usage.municipalities],
        "files": {name: reverse("statistics:file", args=[name, "csv"]) for name in TABLES},
    }
    return render(request, "statistics/overview.html", context)


@require_safe
@allow(Role.OPERATOR)
def file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One of the tables."""
    if name not in TABLES:
        raise Http404
    return download(TABLES[name](), kind)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def inhabitants(request: HttpRequest) -> HttpResponse:
    """How many people live where; what municipalities told themselves when they share costs stands here, too."""
    page = Paginator(Municipality.objects.values_list("slug", "name"), PER_PAGE).get_page(request.GET.get("seite"))
    towns = list(page)
    rows = Participant.objects.present().filter(slug__in=dict(towns)).values_list("slug", "inhabitants")
    known = {str(slug): number for slug, number in rows}
    given: Any = request.POST if request.method == "POST" else None
    form = InhabitantsForm(given, towns=towns, known=known)
    if request.method == "POST" and form.is_valid():
        number = set_inhabitants(form.cleaned_data, by=request.user)
        messages.success(request, _("Numbers changed: %(number)d.") % {"number": number})
        return redirect(request.get_full_path())
    context = {"crumbs": crumbs((_("Inhabitants"), "")), "form": form, "page": page}
    return render(request, "statistics/inhabitants.html", context, status=400 if form.errors else 200)
