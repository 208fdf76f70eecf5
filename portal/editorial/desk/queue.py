"""Going through the list one after the other: which item somebody has come to, and which is the next.

It stands in the session: whoever decides on another page than the one they were led to is not led on from there.
"""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from core.middleware import roles_of
from core.task_cards import EDITORS
from core.work import Frame, keep_desk, sources_for
from portal.editorial.desk.habits import habits_of
from portal.editorial.desk.worklist import Line, Place, Whose, WorkList
from portal.editorial.models import Keys, Note
from portal.editorial.review.page import LIST as REVIEWED
from portal.editorial.review.page import decided_before

KEY = "work_queue"
DESK = "/redaktion/"


def list_of(request: HttpRequest) -> WorkList:
    """What waits for the person who asks."""
    return WorkList(sources_for(roles_of(request)), cast("User", request.user).pk)


def item_address(kind: str, pk: int) -> str:
    """The page of one item: who is in charge, notes."""
    return f"{DESK}aufgaben/{kind}/{pk}/"


def begin(request: HttpRequest, whose: Whose, kind: str) -> str:
    """Start with the longest waiting; where nothing waits, back to the desk."""
    request.session[KEY] = {"whose": whose.value, "kind": kind, "skipped": 0}
    return _go(request, _next(request, None))


def leave(request: HttpRequest) -> None:
    """Whoever looks at the desk goes their own way again."""
    if KEY in request.session:
        del request.session[KEY]


def skip(request: HttpRequest) -> str:
    """On without a decision."""
    state = request.session.get(KEY)
    if not state or "place" not in state:
        return DESK
    state["skipped"] += 1
    return _go(request, _next(request, _place(state)))


def following(request: HttpRequest, kind: str, pk: int) -> str | None:
    """See `core.work.following`."""
    state = request.session.get(KEY)
    if not state:
        return None
    if state.get("done") == [kind, pk]:
        # A double click: the list has gone on already.
        return str(state["url"])
    if state.get("now") != [kind, pk]:
        return None
    state["done"] = [kind, pk]
    return _go(request, _next(request, _place(state)))


def _place(state: dict[str, Any]) -> Place:
    since, source, pk = state["place"]
    return datetime.fromisoformat(since), source, pk


def _next(request: HttpRequest, after: Place | None) -> Line | None:
    state = request.session[KEY]
    lines = list_of(request).page(Whose(state["whose"]), state["kind"], size=1, after=after)
    return next(iter(lines), None)


def _go(request: HttpRequest, line: Line | None) -> str:
    state = request.session[KEY]
    if line is None:
        _say_the_end(request, state["skipped"])
        leave(request)
        return DESK
    since, source, pk = line.place
    url = line.item.url if line.source.leads_on else item_address(*line.item.key)
    state |= {"now": list(line.item.key), "place": [since.isoformat(), source, pk], "url": url}
    state["title"] = str(line.item.title)
    request.session.modified = True
    return url


def _say_the_end(request: HttpRequest, skipped: int) -> None:
    if skipped:
        said = ngettext(
            "You are at the end. %(number)d thing you skipped is still waiting.",
            "You are at the end. %(number)d things you skipped are still waiting.",
            skipped,
        )
        messages.success(request, said % {"number": skipped})
    else:
        messages.success(request, _("You are at the end of the list."))


def frame(request: Any) -> Frame:
    """See `core.work.Frame`."""
    if not roles_of(request) & EDITORS:
        return Frame()
    keys, above = Keys(habits_of(request).keys).value, _decided(request)
    state = request.session.get(KEY) or {}
    address = state.get("url", "").partition("#")[0].partition("?")[0]
    if not address or not request.path.startswith(address):
        return Frame(keys, above=above)
    kind, pk = state["now"]
    notes = Note.objects.filter(ticket__kind=kind, ticket__item=pk).count()
    return Frame(keys, state["title"], f"{DESK}der-reihe-nach/weiter/", item_address(kind, pk), notes, above)


def _decided(request: Any) -> str:
    """The decision on a text that led to a page of another kind; the pages of the review say it themselves."""
    if "entschieden" not in request.GET or request.path.startswith(REVIEWED):
        return ""
    decision = decided_before(request.GET["entschieden"])
    return render_to_string("review/_decided.html", {"decision": decision}, request) if decision else ""


keep_desk(leader=following, framer=frame)
