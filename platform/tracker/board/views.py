"""The board of a municipality and the operator: one list a kind, with its rules and the roadmap; the roadmap alone."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.access import Role, allow
from tracker.board import roadmap
from tracker.board.asking import SORTS, Asked, Sort, understood
from tracker.board.bulk import ACTIONS
from tracker.board.common import ended_last
from tracker.board.listing import Shown, shown
from tracker.board.models import BoardSettings
from tracker.tickets.models import Kind, Viewer
from tracker.tickets.participating import town_count, viewer_of
from tracker.tickets.showing import page
from tracker.voting.models import Vote, new_budget, this_year
from tracker.voting.prices import BUDGET, MOST, points_for
from tracker.voting.services import purse_of

TOWN = (Role.EDITOR, Role.ADMIN, Role.PLANNER)
ENDED_LATELY = timedelta(days=60)


@require_safe
@allow(*TOWN, Role.OPERATOR)
def wishes(request: HttpRequest) -> HttpResponse:
    """What is missing, what comes next, and the rules by which that is decided. Whoever looks for something, or leafs,
    gets the list, and how many points are left."""
    viewer = viewer_of(request)
    asked = understood(request.GET, Kind.WISH, is_operator=viewer.is_operator)
    begins = not asked.is_filtered and request.GET.get("seite", "1") == "1"
    around = {"lanes": roadmap.short(), "ended": _ended(viewer)} if begins else {}
    return _board(request, Kind.WISH, "board:wishes", around | _rules(viewer) | {"begins": begins})


@require_safe
@allow(*TOWN, Role.OPERATOR)
def errors(request: HttpRequest) -> HttpResponse:
    """What does not work: the worst first. Errors are not voted on."""
    return _board(request, Kind.BUG, "board:errors", {})


@require_safe
@allow(*TOWN, Role.OPERATOR)
def questions(request: HttpRequest) -> HttpResponse:
    """What somebody asks all."""
    return _board(request, Kind.QUESTION, "board:questions", {})


def _board(request: HttpRequest, kind: Kind, name: str, more: dict[str, Any]) -> HttpResponse:
    viewer = viewer_of(request)
    asked = understood(request.GET, kind, is_operator=viewer.is_operator)
    found = shown(asked, viewer, request.GET.get("seite"))
    context = {
        "shown": found,
        "kind": kind,
        "heading": _heading(found),
        "towns": town_count(),
        "sorts": _sorts(asked),
        "query": asked.query(),
        "report_instead": urlencode({"art": kind.value, "titel": asked.words}) if asked.words else "",
        "lanes": [],
        "ended": [],
        "actions": ACTIONS if viewer.is_operator else (),
        "ticks": viewer.is_operator,
        "votes": viewer.participant is not None,
        **more,
    }
    crumbs = [] if kind == Kind.WISH else [(str(kind.label), "")]
    return page(request, "board/board.html", context, tab=name, crumbs=crumbs)


def _heading(found: Shown) -> str:
    """“48 wishes”."""
    return roadmap.numbered(Kind(found.asked.kind), found.total)


def _sorts(asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?{asked.query(sortierung=sort.value)}", "current": sort == asked.sort}
        for sort, label in SORTS.items()
        if sort != Sort.FIT or asked.words
    ]


def _rules(viewer: Viewer) -> dict[str, Any]:
    """Purse and price table; the operator has no purse."""
    if viewer.participant is None:
        return {}
    purse = purse_of(viewer.participant)
    mine = Vote.objects.held().filter(participant=viewer.participant, year=purse.year)
    return {
        "purse": purse,
        "budget": BUDGET,
        "wishes_voted": mine.count(),
        "renewed": date_format(new_budget(purse.year)),
        "prices": [(votes, points_for(votes)) for votes in range(1, MOST + 1)],
    }


def _ended(viewer: Viewer) -> list[dict[str, Any]]:
    """The wishes that ended last, with what came back to us."""
    since = timezone.now() - ENDED_LATELY
    tickets = [each for each in ended_last() if each.ended_at is not None and each.ended_at >= since]
    back: dict[int, int] = {}
    if viewer.participant is not None:
        votes = Vote.objects.filter(ticket__in=tickets, participant=viewer.participant, year=this_year())
        back = dict(votes.filter(returned_at__isnull=False).values_list("ticket", "points"))
    return [{"ticket": ticket, "points": back.get(ticket.pk, 0)} for ticket in tickets]


@require_safe
@allow(*TOWN, Role.OPERATOR)
def plan(request: HttpRequest) -> HttpResponse:
    """The whole roadmap."""
    viewer = viewer_of(request)
    context = {
        "lanes": roadmap.lanes(),
        "lately": roadmap.lately(),
        "settings": BoardSettings.load() if viewer.is_operator else None,
    }
    return page(request, "board/roadmap.html", context, tab="board:wishes", crumbs=[(_("Roadmap"), "")])


@require_safe
@allow(Role.VISITOR)
def public_plan(request: HttpRequest) -> HttpResponse:
    """The roadmap for everybody, where the operator allows it."""
    if not BoardSettings.objects.filter(public_roadmap=True).exists():
        raise Http404
    crumbs = [{"label": _("Roadmap"), "url": ""}]
    context = {"lanes": roadmap.lanes(public=True), "lately": roadmap.lately(), "crumbs": crumbs}
    return render(request, "board/public.html", context)
