"""The pages of both sides: the operator asks and begins, the municipality's administration sees, decides and ends."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, Role, allow
from portal.people.log import told
from portal.people.views.around import person_of
from portal.preferences.models import Preferences
from support import closing, entering, services
from support.forms import AskForm
from support.models import End, Visit
from support.opened import CLOSED
from tenants.models import Municipality, State
from tenants.refused import RefusedError
from tenants.running.context import current_schema

MOST_SHOWN = 30


# The operator's side


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(Role.OPERATOR)
def town(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for access to one municipality; what is open, and what was."""
    municipality = get_object_or_404(Municipality, slug=slug)
    closing.lapse(municipality)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            visit = services.ask(slug, by=person_of(request), **form.cleaned_data)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _said(visit))
            return redirect("support_desk:town", slug)
    return _town(request, municipality, form)


def _said(visit: Visit) -> str:
    if visit.is_running:
        return _("Access has begun; the administration has a mail about it.")
    return _("The administration of %(name)s was asked by mail. You get a mail with the answer.") % {
        "name": visit.municipality.name
    }


def _town(request: HttpRequest, municipality: Municipality, form: AskForm) -> HttpResponse:
    rows = list(Visit.objects.filter(municipality=municipality).select_related("municipality")[:MOST_SHOWN])
    crumbs = [
        (_("Municipalities"), reverse("health:list")),
        (municipality.name, reverse("health:one", args=[municipality.slug])),
        (_("Support access"), ""),
    ]
    context = {
        "crumbs": [{"label": label, "url": url} for label, url in crumbs],
        "municipality": municipality,
        "is_live": municipality.state == State.LIVE,
        "consent": services.needs_consent(municipality),
        "form": form,
        "closed": CLOSED,
        "open": [each for each in rows if each.is_open],
        "past": [each for each in rows if not each.is_open],
        "me": person_of(request).pk,
        "has_one": any(each.is_open and each.operator_number == person_of(request).pk for each in rows),
    }
    return render(request, "support/town.html", context, status=400 if form.errors else 200)


def _own(request: HttpRequest, slug: str, pk: int) -> Visit:
    rows = Visit.objects.select_related("municipality").filter(municipality__slug=slug)
    return get_object_or_404(rows, pk=pk, operator_number=person_of(request).pk)


@require_POST
@allow(Role.OPERATOR)
def begin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin what the municipality has allowed."""
    try:
        services.begin(_own(request, slug, pk).pk, by=person_of(request))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Access has begun; the administration has a mail about it."))
    return redirect("support_desk:town", slug)


@require_safe
@never_cache
@allow(Role.OPERATOR)
def onward(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """On to the municipality's host, with a key for it. A link: browsers let no form lead to another host. Nothing is
    changed by it; the key counts when the button there is pressed."""
    try:
        return redirect(entering.link_to(_own(request, slug, pk)))
    except RefusedError as error:
        raise Http404 from error


@require_POST
@allow(Role.OPERATOR)
def stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End it, or take the question back; another operator's too."""
    visit = get_object_or_404(Visit, pk=pk, municipality__slug=slug)
    closing.end(visit.pk, End.OPERATOR)
    messages.success(request, _("Ended."))
    return redirect("support_desk:town", slug)


# The municipality's side


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(Role.VISITOR)
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """The end of the operator's link: says what will happen, and lets in whoever presses the button."""
    visit = entering.visit_of(key)
    if visit is None:
        return render(request, "support/over.html", status=403)
    if request.method == "POST":
        return redirect("/redaktion/") if entering.enter(request, visit) else redirect(request.path)
    return render(request, "support/enter.html", {"visit": visit})


@require_POST
@never_cache
@allow(Role.VISITOR)
def leave(request: HttpRequest) -> HttpResponse:
    """Out of it at once. For whom it is over already nothing happens."""
    entering.leave(request)
    return render(request, "support/left.html")


@require_safe
@never_cache
@allow(Permission.SECURITY_RULES)
def overview(request: HttpRequest) -> HttpResponse:
    """Who came in, why, and what was changed; what waits for an answer."""
    found = Visit.objects.of(current_schema()).select_related("municipality")[:MOST_SHOWN]
    rows: list[dict[str, Any]] = [{"row": each, "deeds": told(closing.deeds_of(each), links=False)} for each in found]
    context: dict[str, Any] = {
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Support access"), "url": ""}],
        "consent": Preferences.current().support_consent,
        "closed": CLOSED,
        "open": [each for each in rows if each["row"].is_open],
        "past": [each for each in rows if not each["row"].is_open],
    }
    return render(request, "support/overview.html", context)


@require_POST
@allow(Permission.SECURITY_RULES)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Allow, refuse, or end it."""
    visit = get_object_or_404(Visit.objects.of(current_schema()), pk=pk)
    person, wanted = person_of(request), request.POST.get("was")
    try:
        if wanted == "erlauben":
            services.allow(visit.pk, by=person)
            messages.success(request, _("Allowed. The operator may begin within a day; you get a mail then."))
        elif wanted == "ablehnen":
            services.refuse(visit.pk, by=person)
            messages.success(request, _("Refused. Nobody comes in."))
        elif wanted == "beenden":
            closing.end(visit.pk, End.TOWN, by=person)
            messages.success(request, _("Ended. Nobody of support is in any more."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("support:overview")
