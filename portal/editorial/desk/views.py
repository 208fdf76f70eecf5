"""`/redaktion/`: what waits, and the map of everything an editor can set."""

from typing import Any, NamedTuple, cast

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from core.access import Role, allow
from core.finding import finders_for
from core.middleware import roles_of
from core.task_cards import GROUPS, cards_of
from core.text import search_words
from portal.editorial.desk import queue
from portal.editorial.desk.ages import age, days_waiting, initials
from portal.editorial.desk.habits import habits_of
from portal.editorial.desk.tickets import Care, care_of
from portal.editorial.desk.worklist import Counts, Line, Whose, WorkList
from portal.editorial.models import DeskRules
from portal.editorial.waiting import EDITING, complete
from portal.revisions.models import Revision

PER_PAGE = 25
LONGEST_SEARCH = 100
MOST_FOUND = 6
LONGEST_NUMBER = 6
PARTS: dict[Whose, Any] = {
    Whose.ALL: pgettext_lazy("all that waits", "Everything"),
    Whose.MINE: gettext_lazy("Assigned to me"),
    Whose.NOBODYS: gettext_lazy("Nobody in charge"),
    Whose.WATCHED: gettext_lazy("Watched"),
}


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """The work list, and below it everything that can be set; with `q` what fits the words."""
    sought = search_words(request.GET.get("q", ""), LONGEST_SEARCH)
    if sought:
        return render(request, "editorial/desk_search.html", _found(request, sought))
    complete()
    queue.leave(request)
    whose = Whose(asked) if (asked := request.GET.get("wer", "")) in list(Whose) else Whose.ALL
    works = queue.list_of(request)
    chosen = next((each for each in works.sources if each.kind == request.GET.get("art")), None)
    goal = DeskRules.goal()
    kind = chosen.kind if chosen else ""
    newest = request.GET.get("sort") == "neu"
    counts, page, lines = _lines(works, whose, kind, request.GET.get("seite", ""), newest=newest, goal=goal)
    by = cast("User", request.user)
    context = {
        "rows": _shown(lines, care_of([line.item for line in lines], by=by), goal, by),
        "page": page,
        "query": _query(whose, kind, newest=newest),
        "parts": _parts(counts, whose),
        "kinds": _kinds(works, counts, whose, kind),
        "counts": counts,
        "total": counts.parts[Whose.ALL],
        "narrowed": bool(whose or chosen),
        "narrowed_to": chosen.plural or chosen.label if chosen else PARTS[whose],
        "newest": newest,
        "turned": _query(whose, kind, newest=not newest),
        "queue": _query(whose, kind),
        "goal": goal,
        "late": counts.late,
        "noted": Revision.objects.to_be_seen().filter(kind__in=EDITING).count(),
        "habits": habits_of(request),
        "groups": _groups(request, ""),
    }
    return render(request, "editorial/desk.html", context)


def _lines(
    works: WorkList, whose: Whose, kind: str, asked: str, *, newest: bool, goal: int
) -> tuple[Counts, Page[int], list[Line]]:
    """How much waits, and the page that is asked for; one statement, where there are that many pages."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
    start = max(number - 1, 0) * PER_PAGE
    counts, lines = works.glance(whose, kind, start=start, size=PER_PAGE, newest=newest, goal_days=goal)
    total = counts.kinds.get(kind, 0) if kind else sum(counts.kinds.values())
    page = Paginator(range(total), PER_PAGE).get_page(asked)
    if (page.number - 1) * PER_PAGE != start:
        lines = works.page(whose, kind, start=(page.number - 1) * PER_PAGE, size=PER_PAGE, newest=newest)
    return counts, page, lines


def _query(whose: Whose, kind: str, *, newest: bool = False) -> str:
    asked = QueryDict(mutable=True)
    for name, value in (("wer", whose.value), ("art", kind), ("sort", "neu" if newest else "")):
        if value:
            asked[name] = value
    return asked.urlencode()


def _parts(counts: Counts, chosen: Whose) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": f"/redaktion/?{_query(each, '')}",
            "current": each == chosen,
            "count": counts.parts[each],
        }
        for each, label in PARTS.items()
    ]


def _kinds(works: WorkList, counts: Counts, whose: Whose, chosen: str) -> list[dict[str, Any]]:
    """All kinds of which something waits, and the chosen one."""
    every = {
        "label": _("All kinds"),
        "number": sum(counts.kinds.values()),
        "query": _query(whose, ""),
        "current": not chosen,
    }
    rest = [
        {
            "label": source.plural or source.label,
            "number": counts.kinds.get(source.kind, 0),
            "query": _query(whose, source.kind),
            "current": source.kind == chosen,
        }
        for source in works.sources
        if source.kind in counts.kinds or source.kind == chosen
    ]
    return [every, *rest]


class Job(NamedTuple):
    """All that a line of the work list shows."""

    kind: str
    pk: int
    icon: str
    label: str
    title: str
    url: str
    what: str
    verb: str
    age: str
    late: bool
    assignee: str
    is_mine: bool
    initials: str
    notes: int
    is_watched: bool
    page: str


def _shown(lines: list[Line], care: dict[tuple[str, int], Care], goal: int, by: User) -> list[Job]:
    """Lines as the page draws them."""
    today = timezone.localdate()
    return [_job(line, care.get(line.item.key, Care()), days_waiting(line.since, today), goal, by) for line in lines]


def _job(line: Line, care: Care, days: int, goal: int, by: User) -> Job:
    item, assignee = line.item, str(care.assignee) if care.assignee else ""
    return Job(
        kind=item.kind,
        pk=item.pk,
        icon=line.source.icon,
        label=str(line.source.label),
        title=str(item.title),
        url=item.url,
        what=str(item.what or ""),
        verb=str(item.verb),
        age=age(days),
        late=days > goal,
        assignee=assignee,
        is_mine=care.assignee == by,
        initials=initials(assignee) if assignee else "",
        notes=care.notes,
        is_watched=bool(care.watched),
        page=queue.item_address(*item.key),
    )


def _groups(request: HttpRequest, sought: str) -> list[dict[str, Any]]:
    """The map of everything that can be set, or of what fits the words. How much waits says the column."""
    found = [card for card in cards_of(request, roles_of(request)) if card.group and card.found_by(sought)]
    return [
        {"label": label, "icon": icon, "cards": own}
        for group, (label, icon) in GROUPS.items()
        if (own := [card for card in found if card.group == group])
    ]


def _found(request: HttpRequest, sought: str) -> dict[str, Any]:
    """What fits the words: tasks and settings first, then offers, providers, people."""
    kinds = []
    for finder in finders_for(roles_of(request)):
        found = finder.find(sought, MOST_FOUND + 1)
        if found:
            more = finder.more(sought) if finder.more and len(found) > MOST_FOUND else ""
            cut = len(found) > MOST_FOUND
            kinds.append({"finder": finder, "found": found[:MOST_FOUND], "more": more, "cut": cut})
    return {"sought": sought, "groups": _groups(request, sought), "kinds": kinds}


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def begin(request: HttpRequest) -> HttpResponse:
    """To the longest waiting of the part of the list that is shown; each decision then leads to the next."""
    asked, kind = request.GET.get("wer", ""), request.GET.get("art", "")
    known = {source.kind for source in queue.list_of(request).sources}
    return redirect(
        queue.begin(request, Whose(asked) if asked in list(Whose) else Whose.ALL, kind if kind in known else "")
    )


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def skip(request: HttpRequest) -> HttpResponse:
    """To the next one without a decision; the one that was skipped keeps its place."""
    return redirect(queue.skip(request))


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def keys(request: HttpRequest) -> HttpResponse:
    """All keys, for whoever cannot remember them."""
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Keys"), "url": ""}]
    return render(request, "editorial/keys.html", {"crumbs": crumbs, "habits": habits_of(request)})
