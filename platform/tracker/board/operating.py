"""What the operator does on the board: many tickets at once, and who may see the roadmap."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from audit.services import record
from core.access import Role, allow
from tracker.board.bulk import Action, BulkForm, Done, Said, action_of, chosen, do_all
from tracker.board.models import BoardSettings
from tracker.tickets.models import Kind
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

BACK = {Kind.WISH: "board:wishes", Kind.BUG: "board:errors", Kind.QUESTION: "board:questions"}
REFUSED_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def many(request: HttpRequest) -> HttpResponse:
    """Say what will happen to the chosen tickets, ask what has to be said beside, and do it."""
    given = request.POST if request.method == "POST" else request.GET
    action, tickets = action_of(given.get("tun", "")), chosen(given.getlist("ticket"))
    kind = Kind(given["art"]) if given.get("art") in Kind.values else Kind.WISH
    if action is None or not tickets:
        messages.error(request, _("Please tick tickets and choose what to do with them."))
        return redirect(BACK[kind])
    form = BulkForm(action, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        done = do_all(action, tickets, Said(by=viewer_of(request), **form.cleaned_data))
        _tell(request, action, done)
        return redirect(BACK[kind])
    context = {"form": form, "action": action, "tickets": tickets, "kind": kind, "back": BACK[kind]}
    status = 400 if form.errors else 200
    crumbs = [(str(action.label), "")]
    return page(request, "board/many.html", context, tab=BACK[kind], crumbs=crumbs, status=status)


def _tell(request: HttpRequest, action: Action, done: Done) -> None:
    if done.count:
        words = ngettext("%(action)s: %(count)d ticket.", "%(action)s: %(count)d tickets.", done.count)
        messages.success(request, words % {"action": str(action.label).rstrip(" …"), "count": done.count})
    if done.refused:
        shown = done.refused[:REFUSED_SHOWN]
        more = len(done.refused) - len(shown)
        left = [_("and %(count)d more") % {"count": more}] if more else []
        messages.error(request, " · ".join([_("Not done:"), *shown, *left]))


@require_POST
@allow(Role.OPERATOR)
def open_roadmap(request: HttpRequest) -> HttpResponse:
    """Let everybody see the roadmap, or nobody outside."""
    settings = BoardSettings.load()
    settings.public_roadmap = request.POST.get("oeffentlich") == "ja"
    settings.save()
    record("tracker.roadmap", settings, by=request.user, changes={"public": settings.public_roadmap})
    messages.success(
        request,
        _("Everybody can see the roadmap now.")
        if settings.public_roadmap
        else _("The roadmap is for municipalities alone now."),
    )
    return redirect("board:roadmap")
