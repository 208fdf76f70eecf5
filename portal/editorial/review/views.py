"""One waiting text after the other: looking at it, and the decision."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from core.work import following
from portal.authoring.checking import preview_page
from portal.authoring.deciding import version_seen
from portal.authoring.profile.seeing import profile_preview
from portal.editorial.review import deciding
from portal.editorial.review.models import Decision, Sentence, Verb
from portal.editorial.review.page import LIST, context_of, decided_before, next_after, row_of, title_of
from portal.editorial.review.reasons import ReasonForm, mail_on
from portal.editorial.review.settled import settled_page
from portal.editorial.waiting import EDITING, waiting
from portal.revisions.errors import EditingError, IncompleteError
from portal.revisions.models import Revision


def _editor(request: HttpRequest) -> User:
    return cast("User", request.user)


def crumbs(title: str) -> list[dict[str, str]]:
    """The way to a page of the review."""
    return [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": _("Approve"), "url": LIST},
        {"label": title, "url": ""},
    ]


def waits(pk: int) -> bool:
    """Whether it is still for the editors to decide."""
    return waiting().filter(pk=pk).exists()


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One text: what changes, what to look at before, and what to do with it."""
    revision = get_object_or_404(Revision.objects.select_related("author"), pk=pk, kind__in=EDITING)
    if not waits(pk):
        return settled_page(request, revision)
    return shown(request, revision)


def shown(request: HttpRequest, revision: Revision, *, mistake: str = "") -> HttpResponse:
    """The page; `mistake` is why nothing was decided."""
    context = context_of(revision, row_of(revision))
    context |= {
        "mistake": mistake,
        "decision": decided_before(request.GET.get("entschieden", "")),
        # The page has a way back of its own.
        "crumbs": [],
        "list_url": LIST,
    }
    return render(request, "review/review.html", context, status=400 if mistake else 200)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it would be after the approval."""
    revision = get_object_or_404(waiting(), pk=pk)
    content = EDITING[revision.kind].content_of(revision)
    show = preview_page if revision.kind == "offer" else profile_preview
    return show(request, row_of(revision), content, back=f"{LIST}{pk}/")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it become public as it was looked at; then the next one."""
    revision = get_object_or_404(Revision, pk=pk, kind__in=EDITING)
    try:
        _outcome, decision = deciding.approve(revision, by=_editor(request), version=version_seen(request))
    except IncompleteError as error:
        return shown(request, revision, mistake=" ".join([str(error), *(each.message for each in error.problems)]))
    except EditingError:
        return moved(request, pk, wanted=Verb.APPROVED)
    return onwards(request, revision, decision)


def onwards(request: HttpRequest, revision: Revision, decision: Decision | None) -> HttpResponse:
    """Where the list that somebody goes through leads on, else to the text that waits next; there the way back."""
    if decision is None and _decided_by_another(request, revision):
        return settled_page(request, Revision.objects.select_related("author").get(pk=revision.pk))
    to = LIST
    if "weiter" in request.POST or "weiter_frage" not in request.POST:
        to = following(request, revision.kind, revision.subject_id) or next_after(revision)
    if decision is None:
        return redirect(to)
    path, mark, place = to.partition("#")
    return redirect(f"{path}{'&' if '?' in path else '?'}entschieden={decision.pk}{mark}{place}")


def _decided_by_another(request: HttpRequest, revision: Revision) -> bool:
    """Whether a colleague decided the same, who is named then. A double click is one's own."""
    now = Revision.objects.values_list("decided_by", flat=True).get(pk=revision.pk)
    return now is not None and now != _editor(request).pk


def moved(request: HttpRequest, pk: int, *, wanted: Verb) -> HttpResponse:
    """What was looked at is not what is there now: nothing was done."""
    revision = get_object_or_404(Revision.objects.select_related("author"), pk=pk)
    return settled_page(request, revision, wanted=wanted, version=version_seen(request))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back, or block it, with a reason that goes to whoever wrote it; the mail is shown before."""
    revision = get_object_or_404(Revision.objects.select_related("author"), pk=pk, kind__in=EDITING)
    if request.method != "POST":
        if not waits(pk):
            return settled_page(request, revision)
        return _asked(request, revision, ReasonForm(blocking="sperren" in request.GET))
    form = ReasonForm(request.POST)
    valid = form.is_valid()
    if "vorschau" in request.POST:
        return _asked(request, revision, form)
    if not valid:
        return _asked(request, revision, form, wrong=True)
    act, verb = (deciding.block, Verb.BLOCKED) if form.blocks else (deciding.send_back, Verb.RETURNED)
    try:
        _outcome, decision = act(
            revision, by=_editor(request), version=version_seen(request), reason=form.cleaned_data["reason"]
        )
    except EditingError:
        return moved(request, pk, wanted=verb)
    return onwards(request, revision, decision)


def _asked(request: HttpRequest, revision: Revision, form: ReasonForm, *, wrong: bool = False) -> HttpResponse:
    if not waits(revision.pk):
        return settled_page(request, revision)
    if form.is_bound and not wrong:
        form.errors.clear()
    row, title = row_of(revision), title_of(revision)
    verb = Verb.BLOCKED if form.blocks else Verb.RETURNED
    mail = mail_on(revision, row, verb, form.reason or _("(Here stands your reason.)"))
    context: dict[str, Any] = {
        "revision": revision,
        "version": version_seen(request) if form.is_bound else revision.version,
        "row": row,
        "title": title,
        "form": form,
        "wrong": wrong,
        "verb": verb,
        "is_public": row.state == "published",
        "subject": mail.subject,
        "body": mail.text,
        "has_sentences": Sentence.objects.exists(),
        "crumbs": crumbs(title),
    }
    return render(request, "review/send_back.html", context, status=400 if wrong else 200)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back; then the text is here again. Twice is once."""
    decision = get_object_or_404(Decision, pk=pk)
    try:
        deciding.undo(decision, by=_editor(request))
    except EditingError as error:
        return render(
            request,
            "review/too_late.html",
            {"decision": decision, "sentence": str(error), "crumbs": crumbs(decision.title), "list_url": LIST},
            status=409,
        )
    return redirect(f"{LIST}{decision.revision_id}/?zurueckgeholt=1")
