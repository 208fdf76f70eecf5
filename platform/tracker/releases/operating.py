"""Versions and due times, as the operator keeps them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from tracker.releases import arriving, deadlines, planning
from tracker.releases.forms import DueTimesForm, ItemForm, NewReleaseForm, PlanForm, ReleaseForm
from tracker.releases.models import Item, Release
from tracker.tickets.models import Participant
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

_HERE = "/betrieb/versionen/"
_TAB = "releases:versions"
_MOST_SHOWN = 50


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(pgettext("of the software", "Versions"), _HERE if more else ""), *more]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def versions(request: HttpRequest) -> HttpResponse:
    """All versions; a new one is planned here."""
    form = NewReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = planning.save(form.instance, by=viewer_of(request))
        return redirect("releases:version", made.version)
    context = {"form": form, "to_come": Release.objects.to_come(), "issued": Release.objects.issued()[:_MOST_SHOWN]}
    status = 400 if form.errors else 200
    return page(request, "releases/versions.html", context, tab=_TAB, crumbs=_trail(), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def version(request: HttpRequest, version: str) -> HttpResponse:
    """One version: its tickets, its notes, whom it reached."""
    release = get_object_or_404(Release, version=version)
    form = ReleaseForm(request.POST if request.method == "POST" else None, instance=release)
    if form.is_valid():
        planning.save(form.instance, by=viewer_of(request))
        messages.success(request, _("Saved."))
        return redirect("releases:version", release.version)
    # A refused name is no address.
    return _shown(request, Release.objects.get(pk=release.pk), form, PlanForm())


def _shown(request: HttpRequest, release: Release, form: ReleaseForm, plan_form: PlanForm) -> HttpResponse:
    waiting = arriving.waiting_for(release)
    context: dict[str, Any] = {
        "release": release,
        "form": form,
        "plan_form": plan_form,
        "items": release.items.select_related("ticket", "ticket__reporter"),
        "arrived": release.arrivals.count(),
        "waiting": list(waiting[:_MOST_SHOWN]) if release.issued_at else [],
        "waiting_number": waiting.count(),
    }
    status = 400 if form.errors or plan_form.errors else 200
    crumbs = _trail((release.version, ""))
    return page(request, "releases/version.html", context, tab=_TAB, crumbs=crumbs, status=status)


@require_POST
@allow(Role.OPERATOR)
def plan_tickets(request: HttpRequest, version: str) -> HttpResponse:
    """Put tickets into the version."""
    release = get_object_or_404(Release, version=version)
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            put = planning.plan(release, form.cleaned_data["tickets"], by=viewer_of(request))
        except ValidationError as error:
            form.add_error("tickets", error)
        else:
            said = ngettext("%(count)d ticket is in this version.", "%(count)d tickets are in this version.", len(put))
            messages.success(request, said % {"count": len(put)})
            return redirect("releases:version", release.version)
    return _shown(request, release, ReleaseForm(instance=release), form)


def _item(version: str, pk: int) -> Item:
    return get_object_or_404(Item.objects.select_related("release", "ticket"), pk=pk, release__version=version)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def item(request: HttpRequest, version: str, pk: int) -> HttpResponse:
    """What the notes say of one ticket."""
    found = _item(version, pk)
    form = ItemForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        planning.word(found, by=viewer_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("releases:version", version)
    crumbs = _trail((version, f"{_HERE}{version}/"), (found.ticket.reference, ""))
    context = {"item": found, "form": form}
    return page(request, "releases/item.html", context, tab=_TAB, crumbs=crumbs, status=400 if form.errors else 200)


@require_POST
@allow(Role.OPERATOR)
def take_out_item(request: HttpRequest, version: str, pk: int) -> HttpResponse:
    """Take a ticket out of the version."""
    found = _item(version, pk)
    try:
        planning.take_out(found, by=viewer_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("%(ticket)s is out of this version.") % {"ticket": found.ticket.reference})
    return redirect("releases:version", version)


@require_POST
@allow(Role.OPERATOR)
def issue_version(request: HttpRequest, version: str) -> HttpResponse:
    """The code is there: rollouts bring this version from now on."""
    planning.issue(get_object_or_404(Release, version=version), by=viewer_of(request))
    messages.success(request, _("Issued. Each municipality is told as soon as a rollout has reached it."))
    return redirect("releases:version", version)


@require_POST
@allow(Role.OPERATOR)
def arrived(request: HttpRequest, version: str) -> HttpResponse:
    """It has arrived everywhere without a rollout, or nobody is waited for any more."""
    release = get_object_or_404(Release, version=version)
    if release.issued_at is None:
        messages.error(request, _("Please issue the version first."))
    else:
        arriving.arrive(Participant.objects.present(), by=viewer_of(request))
        messages.success(request, _("All municipalities have this version now; their people are told."))
    return redirect("releases:version", version)


@require_POST
@allow(Role.OPERATOR)
def delete_version(request: HttpRequest, version: str) -> HttpResponse:
    """Drop a version that was never issued."""
    try:
        planning.delete(get_object_or_404(Release, version=version), by=viewer_of(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("releases:version", version)
    messages.success(request, _("Version %(version)s is gone; its tickets stay.") % {"version": version})
    return redirect("releases:versions")


def _days_form(request: HttpRequest) -> forms.Form:
    return DueTimesForm(request.POST if request.method == "POST" else None, initial=deadlines.rules())


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def due_times(request: HttpRequest) -> HttpResponse:
    """How long errors may take, what runs, and how it was kept."""
    form = _days_form(request)
    if form.is_valid():
        deadlines.change_rules(form.cleaned_data, by=viewer_of(request))
        messages.success(request, _("Saved. Errors that were judged before keep their day."))
        return redirect("releases:due_times")
    today = timezone.localdate()
    record = deadlines.record_of(today.year)
    context = {
        "form": form,
        "running": deadlines.running(),
        "today": today,
        "year": today.year,
        "record": record,
        "total": deadlines.total(record),
    }
    status = 400 if form.errors else 200
    return page(
        request,
        "releases/due_times.html",
        context,
        tab="releases:due_times",
        crumbs=[(_("Due times"), "")],
        status=status,
    )
