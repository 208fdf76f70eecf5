"""The page of a list, and moving its entries."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from core.numbers import whole_number
from portal.vocabulary import placing
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.forms import MoveForm
from portal.vocabulary.kinds import CATEGORIES, KINDS, Kind
from portal.vocabulary.rows import Rows, load
from portal.vocabulary.showing import lines, summary, tabs

BUTTONS = frozenset({"hoch", "runter", "hinaus"})


def kind_of(slug: str) -> Kind:
    """The list of an address; 404 for none of ours."""
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def crumbs(kind: Kind, *further: str) -> list[dict[str, str]]:
    """The way to a page of a list."""
    trail = [(_("Editorial desk"), "/redaktion/"), (str(kind.words.title), kind.url), *((each, "") for each in further)]
    return [{"label": label, "url": url if place < len(trail) - 1 else ""} for place, (label, url) in enumerate(trail)]


def frame(kind: Kind, rows: Rows, *, current: int = 0, pressed: str = "") -> dict[str, Any]:
    """What every page with the list beside it shows."""
    found = lines(kind, rows)
    return {
        "kind": kind,
        "lines": found,
        "tabs": tabs(kind),
        "summary": summary(kind, found),
        "current": current,
        "pressed": pressed,
        "spoken": str(placing.place_of(rows, current)) if pressed and current in rows.by_pk else "",
    }


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def topics(request: HttpRequest) -> HttpResponse:
    """The tree of topics."""
    return _page(request, CATEGORIES)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the other lists."""
    kind = kind_of(slug)
    return redirect(kind.url) if kind.tree else _page(request, kind)


def _page(request: HttpRequest, kind: Kind) -> HttpResponse:
    moved, pressed = request.GET.get("bewegt", ""), request.GET.get("taste", "")
    current = whole_number(moved) or 0
    context = frame(kind, load(kind), current=current, pressed=pressed if pressed in BUTTONS | {"gezogen"} else "")
    # A tree in one click, where there is none yet.
    begin = [{"label": _("Begin with the shared catalogue"), "url": "/redaktion/themen/katalog/"}] if kind.tree else []
    return render(request, "vocabulary/list.html", {**context, "crumbs": crumbs(kind), "begin": begin})


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """Put an entry somewhere: `bewegen` is entry:parent:before:button, as the buttons and the dragging send it."""
    kind = kind_of(slug)
    entry, parent, before, button = [*request.POST.get("bewegen", "").split(":"), "", "", "", ""][:4]
    target = [_number(each) for each in (entry, parent, before)]
    if target[0] is None:
        return redirect(kind.url)
    return _moved(request, kind, target[0], parent=target[1], before=target[2], button=button)


def _number(written: str) -> int | None:
    return whole_number(written)


def _moved(
    request: HttpRequest, kind: Kind, pk: int, *, parent: int | None, before: int | None, button: str
) -> HttpResponse:
    try:
        placing.move(kind, pk, parent=parent if kind.tree else None, before=before, by=request.user)
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect(kind.url)
    asked = urlencode({"bewegt": pk, "taste": button if button in BUTTONS else "gezogen"})
    return redirect(f"{kind.url}?{asked}#eintrag-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def choose_place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Below which other entry, or before which one."""
    kind = kind_of(slug)
    rows = load(kind)
    if pk not in rows.by_pk:
        raise Http404
    form = MoveForm(request.POST if request.method == "POST" else None, kind=kind, rows=rows, pk=pk)
    if request.method == "POST" and form.is_valid():
        parent, before = form.cleaned_data.get("parent", ""), form.cleaned_data.get("before", "")
        return _moved(request, kind, pk, parent=_number(parent), before=_number(before), button="")
    row = rows.by_pk[pk]
    context = {**frame(kind, rows, current=pk), "form": form, "row": row, "back": kind.entry_url(pk)}
    return render(request, "vocabulary/move.html", {**context, "crumbs": crumbs(kind, row.name, _("Move"))})
