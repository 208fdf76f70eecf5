"""A new offer or provider that the editors enter for somebody who cannot."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.numbers import whole_number
from core.text import clean_text, fold
from portal.authoring import doors
from portal.authoring.finding import writer
from portal.inventory.models import Subject
from portal.offers import editing
from portal.offers.transfer import CLOSED
from portal.providers import editing as profiles
from portal.providers.models import Provider

MOST_FOUND, LONGEST_NAME = 20, 255
_LONGEST_NUMBER = 18


def number_of(text: str) -> int | None:
    """What is a number of ours, as it stands in an address."""
    return whole_number(text, _LONGEST_NUMBER)


def providers_called(words: str) -> list[Provider]:
    """Those that something can be given to, whose name has all these words."""
    found = Provider.objects.exclude(state__in=CLOSED)
    for word in words.split():
        found = found.filter(name__icontains=word)
    return list(found[:MOST_FOUND]) if words else []


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def new_offer(request: HttpRequest) -> HttpResponse:
    """Whose offer it is; then the forms."""
    open_ones = Provider.objects.exclude(state__in=CLOSED)
    if request.method == "POST" and "suchen" not in request.POST:
        chosen = number_of(request.POST.get("anbieter", ""))
        if chosen is not None:
            provider = get_object_or_404(open_ones, pk=chosen)
            offer = editing.start_blank(provider, by=writer(request))
            return redirect(doors.EDITORS.offer(offer.pk, "was"))
    given = request.POST if request.method == "POST" else request.GET
    words = clean_text(given.get("wer", ""))[:LONGEST_NAME].strip()
    found = providers_called(words)
    first = number_of(given.get("anbieter", ""))
    found = [*open_ones.filter(pk=first), *(each for each in found if each.pk != first)] if first else found
    context = {
        "words": words,
        "found": found,
        "asked": request.method == "POST",
        "crumbs": _crumbs(Subject.OFFERS, _("New offer")),
    }
    return render(request, "inventory/new_offer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def new_provider(request: HttpRequest) -> HttpResponse:
    """Its name; then the forms. What is called alike is shown first."""
    name = " ".join(clean_text(request.POST.get("name", "")).split())
    mistake, alike = "", list[Provider]()
    if request.method == "POST":
        mistake = _mistake(name)
        alike = _alike(name) if not mistake else []
        if not mistake and (not alike or fold(request.POST.get("trotzdem", "")) == fold(name)):
            made = profiles.start({"name": name}, by=writer(request))
            return redirect(doors.EDITORS.profile(made.pk, "wer"))
    context = {
        "name": name,
        "mistake": mistake,
        "alike": alike,
        "crumbs": _crumbs(Subject.PROVIDERS, _("New provider")),
    }
    return render(request, "inventory/new_provider.html", context)


def _mistake(name: str) -> str:
    if not name:
        return _("Please write the name, for example “Nachbarschaftstreff Malstatt e. V.”.")
    return _("Please use at most %(most)d characters.") % {"most": LONGEST_NAME} if len(name) > LONGEST_NAME else ""


def _alike(name: str) -> list[Provider]:
    """Entries of the same name, however it is spelled, wherever they stand."""
    wanted = fold(name)
    rows = Provider.objects.filter(merged_into=None).values_list("pk", "name")
    return list(Provider.objects.filter(pk__in=[pk for pk, there in rows if fold(there) == wanted])[:MOST_FOUND])


def _crumbs(subject: Subject, name: str) -> list[dict[str, Any]]:
    return [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": subject.label, "url": f"/redaktion/{subject}/"},
        {"label": name, "url": ""},
    ]
