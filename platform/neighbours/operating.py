"""The operator's pages: what municipalities agreed on (to read), and which of them are roof portals."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from core.numbers import whole_number
from core.ordering import ByName
from neighbours import services
from neighbours.forms import MemberForm
from neighbours.models import Agreement, Capacity, IndexedTown, Kind, Roof
from neighbours.models.agreements import OPEN
from neighbours.rows import offers_of, state_words, words_of
from neighbours.services import Speaker
from neighbours.wording import span_words
from tenants.models import Municipality

PER_PAGE = 50


def _crumbs(*more: str) -> list[dict[str, str]]:
    home = {"label": _("Neighbours and roof portals"), "url": reverse("neighbours:overview") if more else ""}
    return [{"label": _("Operations"), "url": "/betrieb/"}, home, *({"label": each, "url": ""} for each in more)]


def _operator(request: HttpRequest) -> Speaker:
    return Speaker(None, Capacity.OPERATOR, request.user)


def _rows(agreements: Any) -> list[dict[str, Any]]:
    day = timezone.localdate()
    return [
        {
            "it": each,
            "state": state_words(each, day),
            "days": span_words(each),
            "words": words_of(each),
        }
        for each in agreements
    ]


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """All agreements, the newest first, the state of the index, and the roof portals."""
    rows = Agreement.objects.select_related("first", "second")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("seite"))
    indexed = list(IndexedTown.objects.select_related("municipality"))
    numbers = offers_of(town.pk for town in indexed)
    roofs = Roof.objects.select_related("municipality").order_by(ByName("municipality__name"))
    context = {
        "crumbs": _crumbs(),
        "page": page,
        "rows": _rows(page),
        "indexed": [{"it": town, "offers": numbers.get(town.pk, 0)} for town in indexed],
        "roofs": roofs,
        "towns": Municipality.objects.live().exclude(pk__in=roofs.values("pk")),
    }
    return render(request, "neighbours/overview.html", context)


@require_POST
@allow(Role.OPERATOR)
def mark(request: HttpRequest) -> HttpResponse:
    """Let a municipality be a roof portal."""
    given = request.POST.get("kommune", "")
    number = whole_number(given) or 0
    town = Municipality.objects.live().filter(pk=number).first()
    if town is None:
        messages.error(request, _("Please choose one of the municipalities."))
        return redirect("neighbours:overview")
    services.mark_roof(town, by=request.user)
    messages.success(request, _("%(town)s is a roof portal now.") % {"town": town.name})
    return redirect("neighbours:roof", pk=town.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def roof(request: HttpRequest, pk: int) -> HttpResponse:
    """A roof portal with its members, and proposing a further one."""
    town = get_object_or_404(Roof.objects.select_related("municipality"), pk=pk).municipality
    form = MemberForm(request.POST if request.method == "POST" else None, roof=town)
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data["town"]
        try:
            services.propose(Kind.ROOF, first=town, second=member, span=form.span, by=_operator(request))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("%(town)s is asked whether it wants to be a member.") % {"town": member.name})
            return redirect("neighbours:roof", pk=pk)
    rows = Agreement.objects.filter(first=town, kind=Kind.ROOF).select_related("first", "second")
    context = {"crumbs": _crumbs(town.name), "town": town, "form": form, "rows": _rows(rows), "open": OPEN}
    return render(request, "neighbours/roof.html", context, status=400 if form.errors else 200)


@require_POST
@allow(Role.OPERATOR)
def unmark(request: HttpRequest, pk: int) -> HttpResponse:
    """It is no roof portal any more."""
    town = get_object_or_404(Roof.objects.select_related("municipality"), pk=pk).municipality
    services.unmark_roof(town, by=_operator(request))
    messages.success(request, _("%(town)s is no roof portal any more; its members are told.") % {"town": town.name})
    return redirect("neighbours:overview")


@require_POST
@allow(Role.OPERATOR)
def remove(request: HttpRequest, pk: int, agreement: int) -> HttpResponse:
    """End what a roof portal and a member agreed on, or a proposal of it."""
    found = get_object_or_404(Agreement, pk=agreement, first=pk, kind=Kind.ROOF)
    services.end(found, by=_operator(request))
    messages.success(request, _("Ended; both are told."))
    return redirect("neighbours:roof", pk=pk)
