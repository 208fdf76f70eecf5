"""What waits for the editors' word: the list, one text after the other, and the decision."""

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from core.work import following
from portal.authoring.checking import preview_page
from portal.authoring.deciding import version_seen
from portal.authoring.profile.seeing import profile_preview
from portal.editorial.review_listing import REVIEW_LISTING, review_rows
from portal.editorial.waiting import EDITING, MODELS, complete, waiting
from portal.listing.reading import read
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.revisions.errors import EditingError, ReasonError
from portal.revisions.models import Revision

LIST = "/redaktion/pruefen/"
MOST_PROBLEMS = 50


def _editor(request: HttpRequest) -> User:
    return cast("User", request.user)


def _row(revision: Revision) -> Any:
    return MODELS[revision.kind].objects.filter(pk=revision.subject_id).first()


def _title(revision: Revision) -> str:
    content = EDITING[revision.kind].content_of(revision)
    return str(content.get("title") or content.get("name") or _("Without a title"))


def _is_public(revision: Revision, row: Any) -> bool:
    return row is not None and row.published_at is not None


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def review_list(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the oldest first."""
    complete()
    shown = read(REVIEW_LISTING, review_rows(), request.GET)
    page = shown.page
    found = {
        kind: rows.in_bulk([each.subject_id for each in page if each.kind == kind])
        for kind, rows in (("offer", Offer.objects.select_related("provider")), ("provider", Provider.objects.all()))
    }
    rows = [
        {
            "revision": each,
            "title": _title(each),
            "is_change": _is_public(each, found[each.kind].get(each.subject_id)),
            "is_profile": each.kind == "provider",
            "provider": getattr(found[each.kind].get(each.subject_id), "provider", ""),
        }
        for each in page
    ]
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Approve"), "url": ""}]
    dateless = Offer.objects.with_date_problems().select_related("provider").order_by("title", "pk")[:MOST_PROBLEMS]
    number = ngettext("%(number)d text is waiting for you.", "%(number)d texts are waiting for you.", shown.total)
    heading = number % {"number": shown.total}
    context = {"rows": rows, "shown": shown, "crumbs": crumbs, "heading": heading, "dateless": dateless}
    return render(request, "editorial/review_list.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One text: what changes, and what to do with it."""
    revision = get_object_or_404(Revision, pk=pk, kind__in=EDITING)
    if not waiting().filter(pk=pk).exists():
        return _settled(request, revision)
    return _shown(request, revision)


def _shown(request: HttpRequest, revision: Revision, *, mistake: str = "", reason: str = "") -> HttpResponse:
    row = _row(revision)
    title = _title(revision)
    context = {
        "revision": revision,
        "row": row,
        "title": title,
        "is_change": _is_public(revision, row),
        "differences": _told(revision, row),
        "provider": row.provider if revision.kind == "offer" else row,
        "mistake": mistake,
        "reason": reason,
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": _("Approve"), "url": LIST},
            {"label": title, "url": ""},
        ],
    }
    return render(request, "editorial/review.html", context, status=400 if mistake else 200)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it would be after the approval."""
    revision = get_object_or_404(waiting(), pk=pk)
    content = EDITING[revision.kind].content_of(revision)
    show = preview_page if revision.kind == "offer" else profile_preview
    return show(request, _row(revision), content, back=f"{LIST}{pk}/")


def _told(revision: Revision, row: Any) -> Any:
    """What a change changes, and of what nobody has seen yet everything it says."""
    editing = EDITING[revision.kind]
    if _is_public(revision, row):
        return editing.differences(revision, row)
    kind = editing.verbs.kind
    said = kind.differences(kind.canonical({}), editing.content_of(revision))
    # What a field says by itself was never said by anybody.
    return [replace(each, old=()) for each in said]


def _settled(request: HttpRequest, revision: Revision) -> HttpResponse:
    """Somebody was faster, or it was taken back: nothing was done, and where to go on."""
    context = {
        "revision": revision,
        "title": _title(revision),
        "crumbs": [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Approve"), "url": LIST}],
    }
    return render(request, "editorial/review_settled.html", context, status=409)


def _next(request: HttpRequest, decided: Revision) -> HttpResponse:
    onward = following(request, decided.kind, decided.subject_id)
    if onward is not None:
        return redirect(onward)
    first = waiting().first()
    return redirect(f"{LIST}{first.pk}/" if first is not None else LIST)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it become public as it was looked at; then the next one."""
    revision = get_object_or_404(Revision, pk=pk, kind__in=EDITING)
    try:
        outcome = EDITING[revision.kind].approve(revision, by=_editor(request), version=version_seen(request))
    except EditingError:
        return _moved(request, pk)
    for sentence in outcome.left_out:
        messages.warning(request, sentence)
    messages.success(request, _("“%(title)s” is approved.") % {"title": _title(revision)})
    return _next(request, revision)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back with a reason, which goes to whoever wrote it; then the next one."""
    revision = get_object_or_404(Revision, pk=pk, kind__in=EDITING)
    reason = request.POST.get("grund", "")
    try:
        EDITING[revision.kind].send_back(revision, by=_editor(request), version=version_seen(request), reason=reason)
    except ReasonError as error:
        return _shown(request, revision, mistake=str(error), reason=reason)
    except EditingError:
        return _moved(request, pk)
    messages.success(request, _("“%(title)s” was given back.") % {"title": _title(revision)})
    return _next(request, revision)


def _moved(request: HttpRequest, pk: int) -> HttpResponse:
    """What was looked at is not what is there now."""
    revision = get_object_or_404(Revision, pk=pk)
    if not waiting().filter(pk=pk).exists():
        return _settled(request, revision)
    messages.warning(request, _("The text was changed in the meantime. Nothing was decided; please look once more."))
    return redirect(f"{LIST}{pk}/")
