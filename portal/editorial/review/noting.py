"""“For your information”: what became public without approval, to be looked at afterwards."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.access import Role, allow
from portal.differences.showing import shown
from portal.editorial.review.page import row_of, title_of
from portal.editorial.waiting import EDITING
from portal.listing.reading import read
from portal.listing.spec import Listing, Sort
from portal.revisions.models import Revision
from portal.revisions.subject import applied_before

LIST = "/redaktion/pruefen/kenntnis/"
LISTING = Listing(
    sorts=(
        Sort("neu", gettext_lazy("Newest first"), ("-settled_at", "-pk")),
        Sort("alt", gettext_lazy("Oldest first"), ("settled_at", "pk")),
    ),
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def noted_list(request: HttpRequest) -> HttpResponse:
    """What nobody of the editors has looked at, the newest first."""
    rows = Revision.objects.to_be_seen().filter(kind__in=EDITING).select_related("author")
    page = read(LISTING, rows, request.GET)
    context = {
        "shown": page,
        "rows": [{"revision": each, "title": title_of(each)} for each in page.page],
        "crumbs": _crumbs(),
    }
    return render(request, "review/noted_list.html", context)


def _crumbs(title: str = "") -> list[dict[str, str]]:
    way = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("For your information"), "url": LIST}]
    return [*way, {"label": title, "url": ""}] if title else way


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def noted(request: HttpRequest, pk: int) -> HttpResponse:
    """What such a change changed; POST: it was looked at. Twice is once."""
    found = Revision.objects.filter(kind__in=EDITING, informed=True).select_related("author")
    revision = get_object_or_404(found, pk=pk)
    if request.method == "POST":
        EDITING[revision.kind].put_aside(revision, by=cast("User", request.user))
        messages.success(request, _("“%(title)s” was noted as seen.") % {"title": title_of(revision)})
        following = Revision.objects.to_be_seen().filter(kind__in=EDITING).order_by("-settled_at", "-pk").first()
        return redirect(f"{LIST}{following.pk}/" if following is not None else LIST)
    kind = EDITING[revision.kind].verbs.kind
    before, title = applied_before(revision), title_of(revision)
    old = kind.content_of(before) if before is not None else kind.canonical({})
    new = kind.content_of(revision)
    row = row_of(revision)
    context: dict[str, Any] = {
        "revision": revision,
        "title": title,
        "row": row,
        "provider": row.provider if revision.kind == "offer" and row is not None else row,
        "changes": shown(kind.differences(old, new), old, new, fresh=before is None),
        "crumbs": _crumbs(title),
    }
    return render(request, "review/noted.html", context)
