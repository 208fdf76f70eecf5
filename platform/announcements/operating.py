"""The operator's pages: all announcements, writing one, seeing it as others will, publishing, withdrawing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from announcements import services
from announcements.forms import AnnouncementForm
from announcements.models import ROLES, Announcement, Dismissal
from announcements.reaching import towns_of
from core.access import Role, allow
from tenants.refused import RefusedError

PER_PAGE = 30
MOST_NAMED = 12
_HOME = "/betrieb/mitteilungen/"


def _crumbs(*more: str) -> list[dict[str, str]]:
    home = {"label": _("Announcements"), "url": _HOME if more else ""}
    return [{"label": _("Operations"), "url": "/betrieb/"}, home, *({"label": each, "url": ""} for each in more)]


@require_safe
@allow(Role.OPERATOR)
def overview(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first."""
    page = Paginator(Announcement.objects.all(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "announcements/overview.html", {"crumbs": _crumbs(), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def new(request: HttpRequest) -> HttpResponse:
    """Write one; it is a draft first."""
    return _written(request, Announcement(), _("New announcement"))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    found = get_object_or_404(Announcement, pk=pk)
    if not found.is_draft:
        messages.warning(request, _("It is published already; withdraw it and write another one."))
        return redirect("announcements_desk:one", pk)
    return _written(request, found, found.title)


def _written(request: HttpRequest, announcement: Announcement, title: str) -> HttpResponse:
    form = AnnouncementForm(request.POST if request.method == "POST" else None, instance=announcement)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save(form.instance, towns=list(form.cleaned_data["towns"]), by=request.user)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. This is how others will see it; publish it below."))
            return redirect("announcements_desk:one", made.pk)
    context = {"crumbs": _crumbs(title), "form": form, "title": title}
    return render(request, "announcements/form.html", context, status=400 if form.errors else 200)


@require_safe
@allow(Role.OPERATOR)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """As others see it, whom it reaches, and how it stands."""
    found = get_object_or_404(Announcement, pk=pk)
    reached = towns_of(found)
    names = dict(ROLES)
    context = {
        "crumbs": _crumbs(found.title),
        "it": found,
        "roles": [names[each] for each in found.roles],
        "number": reached.count(),
        "towns": list(reached[:MOST_NAMED]),
        "put_away": Dismissal.objects.filter(announcement=found).count(),
    }
    return render(request, "announcements/one.html", context)


def _done(request: HttpRequest, pk: int, act: Callable[..., Any], said: str) -> HttpResponse:
    found = get_object_or_404(Announcement, pk=pk)
    try:
        act(found, by=request.user)
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("announcements_desk:one", pk)
    messages.success(request, said)
    return redirect("announcements_desk:overview" if act is services.drop else f"{_HOME}{pk}/")


@require_POST
@allow(Role.OPERATOR)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to whom it is for, from its first day on."""
    return _done(request, pk, services.publish, _("Published."))


@require_POST
@allow(Role.OPERATOR)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it to nobody any more."""
    return _done(request, pk, services.withdraw, _("Withdrawn: nobody sees it any more."))


@require_POST
@allow(Role.OPERATOR)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft."""
    return _done(request, pk, services.drop, _("The draft is deleted."))
