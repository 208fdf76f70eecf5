"""A draft: its words, its offers, how it will look; of what was sent, how far it is."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from core.numbers import whole_number
from mail.services import post_letter
from portal.letters.frame import framed, with_frame
from portal.newsletter import editing, letters, sending, showing
from portal.newsletter.forms import IssueForm, ids_in
from portal.newsletter.models import Issue, Mailing, Part
from portal.newsletter.views.frame import person, within
from portal.translation.languages import BY_CODE, SOURCE
from theming.mailing import dress, with_pictures_inside

METHODS = ("GET", "HEAD", "POST")
LONGEST_NOTE = 300
STEPS = {"hoch": -1, "runter": 1}


def _found(pk: int) -> Issue:
    return get_object_or_404(Issue.objects.select_related("newsletter", "mailing"), pk=pk)


@with_frame
@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to be edited, or what became of an issue."""
    found = _found(pk)
    if hasattr(found, "mailing"):
        return _outcome(request, found)
    sent = request.POST if request.method == "POST" else None
    form = IssueForm(sent, instance=found)
    if request.method == "POST" and form.is_valid():
        return _save(request, found, form)
    return _page(request, found, form, sent=sent, status=400 if request.method == "POST" and form.errors else 200)


def _save(request: HttpRequest, found: Issue, form: IssueForm) -> HttpResponse:
    sent = request.POST
    shown = ids_in(sent, "gezeigt")
    try:
        editing.save_issue(
            found,
            version=_version_in(sent),
            words=form.words,
            chosen=ids_in(sent, "nimm"),
            shown=shown,
            notes={each: sent.get(f"notiz-{each}", "")[:LONGEST_NOTE] for each in shown},
            by=request.user,
        )
    except editing.ChangedMeanwhileError as error:
        return _page(request, found, form, sent=sent, status=409, current=error.current)
    except editing.NotADraftError:
        messages.error(request, _("This issue is planned or sent by now, so nothing of it was changed."))
        return redirect("newsletter:issue", found.pk)
    return _then(request, found)


def _version_in(sent: Any) -> int:
    """The state of the draft that a form was made from; -1 where it does not say."""
    version = sent.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1


def _then(request: HttpRequest, found: Issue) -> HttpResponse:
    """What the pressed button asked for, after everything is saved."""
    verb, _dash, item = request.POST.get("tun", "").partition("-")
    if verb in STEPS and (number := whole_number(item)) is not None:
        editing.move(found, number, steps=STEPS[verb])
        return redirect(f"/redaktion/newsletter/ausgaben/{found.pk}/#angebot-{item}")
    if verb == "dazu":
        try:
            added = editing.add(found, request.POST.get("angebot", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(f"/redaktion/newsletter/ausgaben/{found.pk}/#dazu")
        messages.success(request, _("The offer was added."))
        return redirect(f"/redaktion/newsletter/ausgaben/{found.pk}/#angebot-{added.pk}")
    if verb == "weiter":
        return redirect("newsletter:send", found.pk)
    messages.success(request, _("Saved. Nobody outside sees the draft."))
    return redirect("newsletter:issue", found.pk)


def _page(
    request: HttpRequest, found: Issue, form: IssueForm, *, sent: Any, status: int, current: Issue | None = None
) -> HttpResponse:
    items = list(found.items.select_related("offer"))
    entries = showing.entries_of(found, items)
    rows = [_row(each, sent) for each in entries]
    context = {
        "issue": found,
        "form": form,
        "parts": [
            {"label": part.label, "name": part.value, "rows": [row for row in rows if row["item"].part == part]}
            for part in Part
        ],
        # Whoever sees their own words again has not seen what others saved meanwhile, unless it is shown with them.
        "version": current.version if current else found.version if sent is None else _version_in(sent),
        "current": current,
        "chosen": sum(row["chosen"] for row in rows),
        "getting": sending.readers_of(found).count(),
        "crumbs": within(found.newsletter, (_("Draft"), "")),
    }
    return render(request, "newsletter/issue.html", context, status=status)


def _row(entry: showing.Entry, sent: Any) -> dict[str, Any]:
    """As it was sent where the form comes back, else as it is kept."""
    item = entry.item
    known = sent is not None and item.pk in ids_in(sent, "gezeigt")
    return {
        "entry": entry,
        "item": item,
        "chosen": item.pk in ids_in(sent, "nimm") if known else item.chosen,
        "note": sent.get(f"notiz-{item.pk}", "")[:LONGEST_NOTE] if known else item.note,
    }


def _outcome(request: HttpRequest, found: Issue) -> HttpResponse:
    mailing = found.mailing
    progress = sending.progress(mailing)
    runs = mailing.state == Mailing.State.RUNNING
    context = {
        "issue": found,
        "mailing": mailing,
        "progress": progress,
        "can_hold": runs or (mailing.state == Mailing.State.DONE and progress.waiting),
        "crumbs": within(found.newsletter, (found.title, "")),
    }
    return render(request, "newsletter/outcome.html", context)


@framed
@require_safe
@allow(Permission.CONTENT)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail as a reader gets it; `als=text`: without HTML."""
    found = _found(pk)
    asked = request.GET.get("fuer", SOURCE)
    language = asked if asked in BY_CODE else SOURCE
    letter = letters.sample(found, language)
    page = dress(letter.subject, letter.html, language)
    if request.GET.get("als") == "text":
        return HttpResponse(f"{letter.text}\n-- \n{page.below}\n", content_type="text/plain; charset=utf-8")
    return HttpResponse(with_pictures_inside(page))


@require_POST
@allow(Permission.CONTENT)
def try_it(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it to oneself."""
    found = _found(pk)
    me = person(request)
    post_letter(letters.ISSUE, letters.marked(letters.sample(found, SOURCE)), to=me.email)
    messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": me.email})
    return redirect("newsletter:issue", found.pk)


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then throw a draft away."""
    found = _found(pk)
    if request.method == "POST":
        if editing.discard(found, by=request.user):
            messages.success(request, _("The draft is gone. What was new is new for the next issue."))
            return redirect("newsletter:newsletter", found.newsletter_id)
        messages.error(request, _("This issue is planned or sent by now, so it stays."))
        return redirect("newsletter:issue", found.pk)
    context = {"issue": found, "crumbs": within(found.newsletter, (_("Throw a draft away"), ""))}
    return render(request, "newsletter/discard.html", context)
