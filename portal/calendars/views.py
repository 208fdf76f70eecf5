"""The calendars of one's organisations: which there are, how each stands, and what can be done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from portal.authoring.finding import writer
from portal.calendars import services, showing
from portal.calendars.finding import crumbs, own_calendar
from portal.calendars.forms import DetailsForm, NewForm, mistakes_of
from portal.calendars.letters import problem_of
from portal.calendars.models import Calendar, State
from portal.providers.models import Provider
from portal.providers.whose import whose

MOST_NIGHTS = 14


@require_safe
@allow(Role.PROVIDER)
def calendars(request: HttpRequest) -> HttpResponse:
    """All calendars of one's organisations."""
    own = list(Provider.objects.kept_by(writer(request)))
    found = list(showing.counted(Calendar.objects.there().filter(provider__in=own)))
    context = {
        "rows": [
            {"it": each, "badge": showing.badge_of(each), "sentence": showing.sentence_of(each)} for each in found
        ],
        "several": len(own) > 1,
        **whose(own),
    }
    return render(request, "calendars/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def new(request: HttpRequest) -> HttpResponse:
    """Name an address; what stands there is looked at in the background."""
    form = NewForm(request.POST if request.method == "POST" else None, Provider.objects.kept_by(writer(request)))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add(form.chosen, form.cleaned_data["url"], by=request.user)
        except ValidationError as error:
            form.add_error("url", error)
        else:
            return redirect("calendars:calendar", made.pk)
    context = {"form": form, "mistakes": mistakes_of(form), "crumbs": crumbs(None, _("A new calendar"))}
    context["organisation"] = form.only.name if form.only is not None else ""
    return render(request, "calendars/new.html", context, status=400 if form.errors else 200)


@require_safe
@allow(Role.PROVIDER)
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """How it stands: what is to be done first, then the last nights, then what can be done."""
    found = own_calendar(request, pk)
    failing = found.is_failing and found.state in {State.ACTIVE, State.PAUSED, State.NEW}
    looking = found.state == State.NEW and found.read_at is None and not found.is_failing
    context = {
        "calendar": found,
        "badge": showing.badge_of(found),
        "sentence": showing.sentence_of(found),
        "problem": problem_of(found) if failing else "",
        "looking": looking,
        "working": looking or (found.state == State.ACTIVE and found.open > 0),
        "done": found.offers,
        "total": found.offers + found.wanted,
        "described": bool(found.details.get("categories")),
        "nights": [showing.night_of(each) for each in found.runs.all()[:MOST_NIGHTS]],
        "organisation": found.provider.name,
        "crumbs": crumbs(found),
    }
    return render(request, "calendars/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """What holds for all of its events, and the calendar's own name and address."""
    found = own_calendar(request, pk)
    form = DetailsForm(request.POST if request.method == "POST" else None, found)
    if request.method == "POST" and form.is_valid():
        services.describe(found, form.values, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("calendars:calendar", pk)
    context = {
        "form": form,
        "calendar": found,
        "mistakes": form.mistakes if form.is_bound else [],
        "organisation": found.provider.name,
        "crumbs": crumbs(found, _("For all events")),
    }
    return render(request, "calendars/details.html", context, status=400 if form.errors else 200)


@require_POST
@allow(Role.PROVIDER)
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the buttons of a calendar's page. Twice is once."""
    found = own_calendar(request, pk)
    deed = _DEEDS.get(request.POST.get("tun", ""))
    if deed is None:
        raise Http404
    deed(request, found)
    return redirect("calendars:calendar", pk)


def _begin(request: HttpRequest, found: Calendar) -> None:
    if not found.details.get("categories"):
        messages.warning(request, _("Please say first which topics fit."))
    elif services.begin(found, by=request.user):
        messages.success(request, _("Your offers are being made. You can leave this page: it goes on."))


def _look(request: HttpRequest, found: Calendar) -> None:
    if services.look_now(found, by=request.user):
        messages.success(request, _("We look into the calendar now. That takes a moment."))


def _pause(request: HttpRequest, found: Calendar) -> None:
    services.pause(found, by=request.user)
    messages.success(request, _("The calendar is paused. Your offers stay as they are."))


def _resume(request: HttpRequest, found: Calendar) -> None:
    services.resume(found, by=request.user)
    messages.success(request, _("It goes on: we look into the calendar now."))


def _answered(*, ended: bool) -> Callable[[HttpRequest, Calendar], None]:
    def answer(request: HttpRequest, found: Calendar) -> None:
        number = services.answer(found, ended=ended, by=request.user)
        if number and ended:
            said = ngettext("%(number)d offer is being ended.", "%(number)d offers are being ended.", number)
        else:
            said = ngettext("%(number)d offer stays as it is.", "%(number)d offers stay as they are.", number)
        if number:
            messages.success(request, said % {"number": number})

    return answer


_DEEDS: dict[str, Callable[[HttpRequest, Calendar], None]] = {
    "beginnen": _begin,
    "nachsehen": _look,
    "anhalten": _pause,
    "fortsetzen": _resume,
    "beendet": _answered(ended=True),
    "bleiben": _answered(ended=False),
}


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.PROVIDER)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing comes from it any more: what is to become of its offers?"""
    found: Any = own_calendar(request, pk)
    what = request.POST.get("angebote", "")
    if request.method == "POST" and (what in {"bleiben", "beenden"} or not found.offers):
        services.end(found, away=what == "beenden", by=request.user)
        messages.success(request, _("The calendar is ended. Nothing comes from it any more."))
        return redirect("calendars:list")
    context = {"calendar": found, "asked": request.method == "POST", "organisation": found.provider.name}
    context["crumbs"] = crumbs(found, _("End it"))
    return render(request, "calendars/end.html", context, status=400 if request.method == "POST" else 200)
