"""What stands around every page of the exchange, and who comes in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import Role
from tracker.forum.models import Poll
from tracker.tickets.participating import viewer_of

# Town halls and the operator; providers and visitors are no part of it.
TALKING = (Role.EDITOR, Role.ADMIN, Role.PLANNER, Role.OPERATOR)


def page(
    request: HttpRequest, template: str, *trail: tuple[str, str], status: int = 200, **context: Any
) -> HttpResponse:
    """A page with the frame of its host, the tabs and the way back."""
    viewer = viewer_of(request)
    here = reverse("forum:topics")
    known = {
        **context,
        "viewer": viewer,
        "frame": "base_platform.html" if viewer.is_operator else "base.html",
        "parts": _parts(request),
        "crumbs": [{"label": _("Exchange"), "url": here if trail else ""}, *({"label": a, "url": b} for a, b in trail)],
    }
    return render(request, template, known, status=status)


def _parts(request: HttpRequest) -> list[dict[str, Any]]:
    """The four parts as tabs."""
    path = request.path
    open_polls = sum(poll.is_open() for poll in Poll.objects.filter(closed_at=None))
    found = [
        (_("Topics"), reverse("forum:topics"), None),
        (_("Good examples"), reverse("forum:examples"), None),
        (_("Contact persons"), reverse("forum:contacts"), None),
        (_("Polls"), reverse("forum:polls"), open_polls or None),
    ]
    home = found[0][1]
    others = [url for _label, url, _count in found[1:]]
    return [
        {
            "label": label,
            "url": url,
            "count": count,
            "current": path.startswith(url) and (url != home or not path.startswith(tuple(others))),
        }
        for label, url, count in found
    ]
