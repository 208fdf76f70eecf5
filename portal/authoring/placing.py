"""The page on which the pin of an offer's first place is moved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import allow
from portal.authoring.finding import WRITERS, around, own_offer
from portal.authoring.pinning import STEPS, moved, pin_of
from portal.authoring.steps import BY_SLUG, address
from portal.authoring.views import moved_page
from portal.offers import editing
from portal.revisions.errors import MovedOnError


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*WRITERS)
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Where exactly it is on the map."""
    offer = own_offer(request, pk)
    draft = editing.begin(offer, by=request.user)
    first, *rest = draft.content["locations"] or [{}]
    shown = pin_of(first, request.GET.get("schritt", "")) if first else None
    if shown is None:
        messages.info(request, _("Please give the postcode first, then you can move the pin."))
        return redirect(address(pk, "wo"))
    if request.method == "POST":
        return _save(request, pk, first, rest)
    context = around(
        request,
        offer,
        BY_SLUG["wo"],
        pin=shown,
        place=first,
        base=draft.base,
        steps_of_pin=STEPS,
        back=address(pk, "wo"),
        today=None,
    )
    return render(request, "authoring/pin.html", context)


def _save(request: HttpRequest, pk: int, first: dict[str, object], rest: list[dict[str, object]]) -> HttpResponse:
    offer = own_offer(request, pk)
    place = moved(first, request.POST.dict())
    if place is not None:
        changes = {"locations": [place, *rest]}
        try:
            editing.autosave(offer, changes, by=request.user, base=request.POST.get("base", ""))
        except MovedOnError as clash:
            return moved_page(request, offer, clash)
    elif "fertig" not in request.POST:
        messages.warning(request, _("The pin can only be put within Germany."))
    if "fertig" in request.POST or "hier" in request.POST:
        return redirect(address(pk, "wo"))
    step = request.POST.get("schritt", "")
    return redirect(f"{address(pk, 'ort')}?schritt={step if step.isdecimal() else ''}#nadel")
