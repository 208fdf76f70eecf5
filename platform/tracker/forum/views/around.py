"""What stands around every page of the exchange, and who comes in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import Role
from tracker.forum.models import Poll
from tracker.tickets import showing

# Town halls and the operator; providers and visitors are no part of it.
TALKING = (Role.EDITOR, Role.ADMIN, Role.PLANNER, Role.OPERATOR)
TAB = "forum:topics"


def page(
    request: HttpRequest, template: str, *trail: tuple[str, str], status: int = 200, **context: Any
) -> HttpResponse:
    """A page below the tab of the exchange, with its four parts and the way back."""
    crumbs = [(_("Exchange"), reverse(TAB) if trail else ""), *trail]
    known = {**context, "parts": _parts(request.path)}
    return showing.page(request, template, known, tab=TAB, crumbs=crumbs, status=status)


def open_polls() -> int:
    """How many polls take answers."""
    return sum(poll.is_open() for poll in Poll.objects.filter(closed_at=None).only("closed_at", "closes_on"))


def _parts(path: str) -> list[dict[str, Any]]:
    """Topics, examples, contacts, polls."""
    home = reverse(TAB)
    others: list[dict[str, Any]] = [
        {"label": _("Good examples"), "url": reverse("forum:examples")},
        {"label": _("Contact persons"), "url": reverse("forum:contacts")},
        {"label": _("Polls"), "url": reverse("forum:polls"), "count": open_polls()},
    ]
    for each in others:
        each["current"] = path.startswith(each["url"])
    first = {"label": _("Topics"), "url": home, "current": not any(each["current"] for each in others)}
    return [first, *others]
