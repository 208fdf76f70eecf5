"""The page on which the pin of an organisation's address is moved; as `portal.authoring.placing` for offers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import allow
from portal.authoring.finding import WRITERS
from portal.authoring.pinning import STEPS, Place, moved, pin_of
from portal.authoring.profile.finding import around, own_profile
from portal.authoring.profile.steps import BY_SLUG, address
from portal.authoring.profile.views import moved_page
from portal.providers import editing
from portal.providers.models import Provider
from portal.providers.snapshot import ADDRESS
from portal.revisions.errors import MovedOnError

_POINT = ("latitude", "longitude", "precision")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*WRITERS)
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Where exactly it is on the map."""
    provider = own_profile(request, pk)
    draft = editing.begin(provider, by=request.user)
    place: Place = {name: draft.content[name] for name in ADDRESS}
    shown = pin_of(place, request.GET.get("schritt", "")) if any(place.values()) else None
    if shown is None:
        messages.info(request, _("Please give the postcode first, then you can move the pin."))
        return redirect(address(pk, "kontakt"))
    if request.method == "POST":
        return _save(request, provider, place)
    context = around(
        provider,
        BY_SLUG["kontakt"],
        pin=shown,
        place=place,
        base=draft.base,
        steps_of_pin=STEPS,
        back=address(pk, "kontakt"),
    )
    return render(request, "authoring/pin.html", context)


def _save(request: HttpRequest, provider: Provider, place: Place) -> HttpResponse:
    put = moved(place, request.POST.dict())
    if put is None:
        messages.warning(request, _("The pin can only be put within Germany."))
    else:
        changes = {name: put[name] for name in _POINT}
        try:
            editing.autosave(provider, changes, by=request.user, base=request.POST.get("base", ""))
        except MovedOnError as clash:
            return moved_page(request, provider, clash)
    if "hier" in request.POST:
        return redirect(address(provider.pk, "kontakt"))
    step = request.POST.get("schritt", "")
    return redirect(f"{address(provider.pk, 'nadel')}?schritt={step if step.isdecimal() else ''}#nadel")
