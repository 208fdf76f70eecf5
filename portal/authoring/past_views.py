"""`/konto/angebote/<id>/verlauf/`: the history of an offer for its own people."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import allow
from portal.authoring.finding import WRITERS, own_offer
from portal.authoring.past import change_of, told
from portal.authoring.steps import address
from portal.offers.models import Offer
from portal.revisions.models import Revision
from portal.revisions.order import order_of_states

PER_PAGE = 25


def _states(pk: int) -> Any:
    return Revision.objects.of("offer", pk).history().select_related("author", "decided_by")


def _context(offer: Offer, *crumbs: tuple[str, str]) -> dict[str, Any]:
    title = offer.title or _("New offer")
    trail = [(_("Your offers"), reverse("authoring:list")), (title, address(offer.pk, "aenderung")), *crumbs]
    return {
        "offer": offer,
        "title": title,
        "organisation": offer.provider.name,
        "crumbs": [{"label": label, "url": url} for label, url in trail],
    }


@require_safe
@allow(*WRITERS)
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """All states, the newest first."""
    offer, order = own_offer(request, pk, closed=True), order_of_states("offer", pk)
    pages: Any = Paginator(_states(pk).order_by("-settled_at", "-pk"), PER_PAGE)
    pages.count = len(order.places)
    page = pages.get_page(request.GET.get("seite"))
    context = _context(offer, (_("History"), "")) | {"page": page, "points": told(list(page), order)}
    return render(request, "authoring/past.html", context)


@require_safe
@allow(*WRITERS)
def past_state(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What one state changed."""
    offer, order = own_offer(request, pk, closed=True), order_of_states("offer", pk)
    revision = _states(pk).filter(pk=number).first()
    if revision is None or number not in order.numbers:
        raise Http404
    place = _("State %(number)d") % {"number": order.numbers[number]}
    crumbs = ((_("History"), reverse("authoring:past", args=[pk])), (place, ""))
    context = _context(offer, *crumbs) | {
        "place": place,
        "point": told([revision], order)[0],
        "differences": change_of(revision, order),
    }
    return render(request, "authoring/past_state.html", context)
