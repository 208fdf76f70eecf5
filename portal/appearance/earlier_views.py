"""Looks that were published before: seen on the real pages, fetched as a draft."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Permission, allow
from portal.appearance import drafts
from portal.appearance.drafts import KIND, PK
from portal.appearance.parts import crumbs, tabs
from portal.revisions.kinds import Content, Difference
from portal.revisions.models import Revision, State
from theming.models import Theme

PER_PAGE = 10
# Lines on what was different that are told of one look.
TOLD = 4
_SIZES = ("_width", "_height")


@require_safe
@allow(Permission.CONTENT)
def earlier(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first, each with what was different from today's."""
    kind = drafts.look_chronicle().kind
    now = kind.take(Theme.load())
    found = Revision.objects.of(KIND, PK).filter(state=State.APPLIED).order_by("-settled_at", "-id")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))
    rows, until = [], None
    for revision in page:
        rows.append(_row(revision, now, until))
        until = revision.settled_at
    context = {"page": page, "rows": rows, "tabs": tabs("earlier"), "crumbs": crumbs((_("Earlier looks"), ""))}
    return render(request, "appearance/earlier.html", context)


def _row(revision: Revision, now: Content, until: Any) -> dict[str, Any]:
    kind = drafts.look_chronicle().kind
    then = {**now, **kind.content_of(revision)}
    lines = [_line(each) for each in kind.differences(now, then) if not each.name.endswith(_SIZES)]
    return {
        "revision": revision,
        "until": until,
        "is_now": then == now,
        "lines": lines[:TOLD],
        "more": max(0, len(lines) - TOLD),
        "look": drafts.theme_of(then),
    }


def _line(each: Difference) -> str:
    if each.kind == "choice" and each.old == each.new:
        return _("%(name)s: another picture") % {"name": each.label}
    return f"{each.label}: {', '.join(each.new) or _('nothing')}"


@require_POST
@allow(Permission.CONTENT)
def fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """An earlier look as one's draft; it is published by the same button as any other."""
    saved, gone = drafts.fetch(drafts.earlier(pk), by=request.user)
    if saved.revision is None:
        messages.info(request, _("The portal looks like this already."))
    else:
        messages.success(request, _("This is your draft now. Look at it, then publish it."))
    for sentence in gone:
        messages.warning(request, sentence)
    return redirect("appearance:look")
