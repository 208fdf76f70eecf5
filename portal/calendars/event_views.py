"""The events of a calendar: which become offers, and what holds for one of them alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from portal.calendars import services, showing
from portal.calendars.finding import crumbs, own_calendar
from portal.calendars.forms import EventForm
from portal.calendars.listing import LISTING, heading, rows_of
from portal.listing.choosing import picked
from portal.listing.reading import read

_CHOICES = (
    {"value": "nehmen", "label": gettext_lazy("Make them offers")},
    {"value": "lassen", "label": gettext_lazy("Do not take them over")},
)


@require_safe
@allow(Role.PROVIDER)
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """All events with how they stand, to choose from."""
    found = own_calendar(request, pk)
    shown = read(LISTING, rows_of(found), request.GET)
    context = {
        "calendar": found,
        "shown": shown,
        "rows": [showing.row_of(each, found) for each in shown.page],
        "heading": heading(shown.total),
        "actions": _CHOICES,
        "choose_url": reverse("calendars:choose", args=[pk]),
        "organisation": found.provider.name,
        "crumbs": crumbs(found, _("Events")),
    }
    return render(request, "calendars/events.html", context)


@require_POST
@allow(Role.PROVIDER)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ticked events over, or leave them. What is an offer already stays one."""
    found = own_calendar(request, pk)
    numbers = picked(LISTING, rows_of(found), request.POST)
    wanted = {"nehmen": True, "lassen": False}.get(request.POST.get("tun", ""))
    if not numbers:
        messages.warning(request, _("Please tick at least one event first."))
    elif wanted is None:
        messages.warning(request, _("Please choose what is to be done with the ticked events."))
    else:
        _tell(request, services.choose(found, numbers, wanted=wanted, by=request.user), wanted=wanted)
    back = reverse("calendars:events", args=[pk])
    query = request.POST.get("auswahl", "")
    return redirect(f"{back}?{query}" if query else back)


def _tell(request: HttpRequest, number: int, *, wanted: bool) -> None:
    if wanted:
        said = ngettext("%(number)d event is chosen.", "%(number)d events are chosen.", number)
    else:
        said = ngettext(
            "%(number)d event is left out. If it is an offer already, that stays, and the calendar leaves it alone.",
            "%(number)d events are left out. Those that are offers already stay, and the calendar leaves them alone.",
            number,
        )
    messages.success(request, said % {"number": number} if number else _("That was so already."))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def event(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    """What one event says, and what holds for it alone."""
    found = own_calendar(request, pk)
    one: Any = get_object_or_404(rows_of(found).select_related("offer", "calendar"), pk=event)
    if request.method == "POST" and "wieder" in request.POST:
        services.follow_again(one, by=request.user)
        messages.success(request, _("The offer follows the calendar again."))
        return redirect("calendars:event", pk, event)
    form = EventForm(request.POST if request.method == "POST" else None, one)
    if request.method == "POST" and form.is_valid():
        services.describe_event(one, form.own, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("calendars:events", pk)
    context = {
        "calendar": found,
        "event": one,
        "row": showing.row_of(one, found),
        "by_hand": showing.by_hand(one),
        "description": one.content.get("description", ""),
        "form": form,
        "mistakes": form.mistakes if form.is_bound else [],
        "organisation": found.provider.name,
        "crumbs": [
            *crumbs(found, "")[:-1],
            {"label": _("Events"), "url": reverse("calendars:events", args=[pk])},
            {"label": one.title or _("Event without a name"), "url": ""},
        ],
    }
    return render(request, "calendars/event.html", context, status=400 if form.errors else 200)
