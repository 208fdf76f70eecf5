"""What the platform tells the people of a town hall: all of it, one to read, putting it away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from announcements import services
from announcements.models import Announcement
from announcements.reaching import Standing, told_to
from core.access import Permission, allow
from core.announcing import PAGES
from core.middleware import roles_of
from tenants.running.hosts import municipality_of

_HOME = "/redaktion/mitteilungen/"


def _mine(request: HttpRequest) -> list[Standing]:
    return told_to(municipality_of(request).id, roles_of(request))


def _crumbs(*more: str) -> list[dict[str, str]]:
    home = {"label": _("Announcements"), "url": _HOME if more else ""}
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, home, *({"label": each, "url": ""} for each in more)]


@require_safe
@allow(Permission.DESK)
def overview(request: HttpRequest) -> HttpResponse:
    """What is shown today, and what was."""
    today, mine = timezone.localdate(), _mine(request)
    context: dict[str, Any] = {
        "crumbs": _crumbs(),
        "now": [each for each in mine if each.is_shown_on(today)],
        "past": [each for each in mine if not each.is_shown_on(today)],
    }
    return render(request, "announcements/mine.html", context)


@require_safe
@allow(Permission.DESK)
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text of one that is for us."""
    if not any(each.pk == pk for each in _mine(request)):
        raise Http404
    found = Announcement.objects.get(pk=pk)
    return render(request, "announcements/read.html", {"crumbs": _crumbs(found.title), "it": found})


@require_POST
@allow(Permission.DESK)
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not show it above the desk again."""
    if not any(each.pk == pk for each in _mine(request)):
        raise Http404
    services.put_away(pk, town=municipality_of(request).id, person=int(request.user.pk or 0))
    back = request.POST.get("zurueck", "")
    return redirect(back if back in PAGES else _HOME)
