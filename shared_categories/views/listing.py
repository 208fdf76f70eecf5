"""The lists of entries, and what begins a catalogue."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.text import search_words
from shared_categories import start
from shared_categories.kinds import BY_SLUG, PAGES
from shared_categories.models import Entry, Kind
from shared_categories.showing import kind_tabs, lines, page
from shared_categories.uses import usage

MOST_WORDS = 100


@require_safe
@allow(Role.OPERATOR)
def entries(request: HttpRequest) -> HttpResponse:
    """The tree of categories, or what a search finds in all kinds."""
    words = search_words(request.GET.get("q", ""), MOST_WORDS)
    if not words:
        return _list(request, Kind.CATEGORY)
    found = Entry.objects.found(words).select_related("replaced_by")
    grouped = [
        {"title": kind.title, "lines": each}
        for kind in PAGES.values()
        if (each := lines((entry for entry in found if entry.kind == kind.kind), usage()))
    ]
    context = {"words": words, "groups": grouped, "number": len(found), "kinds": kind_tabs(None, _counts())}
    return page(request, "catalogue/found.html", context, crumbs=[(_("Search"), "")])


@require_safe
@allow(Role.OPERATOR)
def of_kind(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the other lists."""
    if slug not in BY_SLUG:
        raise Http404
    kind = BY_SLUG[slug]
    return redirect(kind.url) if kind.kind == Kind.CATEGORY else _list(request, kind.kind)


def _list(request: HttpRequest, kind: Kind) -> HttpResponse:
    counts = _counts()
    context = {
        "kind": PAGES[kind],
        "kinds": kind_tabs(kind, counts),
        "lines": lines(Entry.objects.present().filter(kind=kind), usage()),
        "gone": Entry.objects.filter(kind=kind).exclude(removed_at=None).select_related("replaced_by"),
        "may_begin": not counts and not Entry.objects.exists(),
    }
    crumbs = [] if kind == Kind.CATEGORY else [(str(PAGES[kind].title), "")]
    return page(request, "catalogue/list.html", context, crumbs=crumbs)


def _counts() -> dict[str, int]:
    rows = Entry.objects.present().values_list("kind").annotate(number=Count("pk")).order_by()
    return dict(rows)


@require_POST
@allow(Role.OPERATOR)
def begin(request: HttpRequest) -> HttpResponse:
    """Fill the empty catalogue with what the product brings."""
    try:
        number = start.begin(by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("%(number)d entries. Look through them, then issue the first release.") % {"number": number}
        )
    return redirect("catalogue:list")
