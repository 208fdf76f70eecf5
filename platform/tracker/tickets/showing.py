"""What the pages of the tracker share: one frame on both hosts, its tabs, and the trail.

Rooms above add their tab once, when their app is ready:

    tab(Tab("board:wishes", _("Wishes"), order=10, count=how_many))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from core.task_cards import Words
from tracker.tickets.models import Viewer
from tracker.tickets.participating import viewer_of


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the tracker, by the name of its URL. It shows on the hosts that have this URL, to those for whom
    `shown(viewer)`; `count(viewer)` is the number beside it."""

    name: str
    label: Words
    order: int = 50
    count: Callable[[Viewer], int] | None = None
    shown: Callable[[Viewer], bool] = lambda viewer: viewer.sees_all


_tabs: list[Tab] = []
# Where the trail of the tracker begins, by the name of its URL; the board says so.
_homes: list[str] = []


def tab(new: Tab) -> None:
    """Add a part. Called once, when the room's app is ready."""
    if any(each.name == new.name for each in _tabs):
        raise ValueError(f"There is a tab {new.name} already.")
    _tabs.append(new)
    _tabs.sort(key=lambda each: each.order)


def home(name: str) -> None:
    """Have the trail begin at this URL; the last room that says so is heard."""
    _homes.append(name)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def tabs_for(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The tabs this viewer sees."""
    shown = [(each, _address(each.name)) for each in _tabs if each.shown(viewer)]
    return [
        {
            "label": each.label,
            "url": url,
            "current": each.name == current,
            "count": each.count(viewer) if each.count else None,
        }
        for each, url in shown
        if url
    ]


def crumbs_for(viewer: Viewer, more: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The trail: operations (on the operator's side), the tracker, then `more` pairs of label and address; the last has
    none."""
    start = [(_("Operations"), "/betrieb/"), (_("Tickets"), "")] if viewer.is_operator else [(_("Platform"), "")]
    address = _address(_homes[-1]) if _homes and viewer.sees_all else ""
    if more:
        start[-1] = (start[-1][0], address)
        if not address:
            start.pop()
    return [{"label": label, "url": url} for label, url in [*start, *more]]


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    tab: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    """A page of the tracker; its template extends `tickets/frame.html`. `tab` is the name of the present one's URL."""
    viewer = viewer_of(request)
    shared = {
        "frame": "base_platform.html" if viewer.is_operator else "base.html",
        "viewer": viewer,
        "tracker_tabs": tabs_for(viewer, tab),
        "crumbs": crumbs_for(viewer, crumbs),
    }
    return render(request, template, {**shared, **context}, status=status)
