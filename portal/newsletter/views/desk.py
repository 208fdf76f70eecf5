"""The newsletters of a town: what each is, its issues, a new one."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Permission, allow
from portal.newsletter import editing, making, sending
from portal.newsletter.forms import MakeForm, NewsletterForm
from portal.newsletter.models import Issue, Mailing, Newsletter, State
from portal.newsletter.views.frame import crumbs, tabs, within
from portal.subscriptions import searches
from portal.subscriptions.letters import search_words

METHODS = ("GET", "HEAD", "POST")
LAST = 25
A_MOMENT = timedelta(minutes=1)


@require_safe
@allow(Permission.CONTENT)
def home(request: HttpRequest) -> HttpResponse:
    """All newsletters with their readers, and the drafts that wait."""
    newsletters = Newsletter.objects.annotate(
        number=Count("readers", filter=Q(readers__state=State.ACTIVE)),
        asking=Count("readers", filter=Q(readers__state=State.ASKING)),
    )
    open_issues = Issue.objects.filter(
        Q(published_at__isnull=True) | Q(mailing__state__in=[Mailing.State.RUNNING, Mailing.State.HELD])
    ).select_related("newsletter", "mailing")
    context = {"newsletters": newsletters, "open_issues": open_issues[:LAST], "crumbs": crumbs()}
    return render(request, "newsletter/desk.html", context)


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def create(request: HttpRequest) -> HttpResponse:
    """A new newsletter."""
    return _edit(request, Newsletter(), _("New newsletter"), None)


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, of what it tells, how often."""
    found = get_object_or_404(Newsletter, pk=pk)
    return _edit(request, found, _("Settings"), found)


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what goes with it, then delete a newsletter."""
    found = get_object_or_404(Newsletter, pk=pk)
    if request.method == "POST":
        try:
            editing.remove_newsletter(found, by=request.user)
        except editing.UnderWayError as error:
            messages.error(request, _("An issue is planned or on its way. Please end or take back its sending first."))
            return redirect("newsletter:issue", error.issue.pk)
        messages.success(request, _("The newsletter “%(name)s” is deleted.") % {"name": found.name})
        return redirect("newsletter:desk")
    issues = found.issues.aggregate(drafts=Count("pk", filter=Q(published_at__isnull=True)), all=Count("pk"))
    context = {
        "newsletter": found,
        "readers": found.readers.count(),
        "drafts": issues["drafts"],
        "sent": issues["all"] - issues["drafts"],
        "crumbs": within(found, (_("Delete this newsletter"), "")),
    }
    return render(request, "newsletter/remove.html", context)


def _edit(request: HttpRequest, row: Newsletter, label: str, known: Newsletter | None) -> HttpResponse:
    form = NewsletterForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = editing.save_newsletter(form.save(commit=False), by=request.user, now=timezone.now())
        messages.success(request, _("“%(name)s” is saved.") % {"name": saved.name})
        return redirect("newsletter:newsletter", saved.pk)
    if row.pk is None and (made := _just_made(form)):
        return redirect("newsletter:newsletter", made.pk)
    context = {
        "form": form,
        "label": label,
        "newsletter": known,
        "tabs": tabs(known, "settings") if known else [],
        "stored": searches.read_row(known.query) if known and known.query else None,
        "crumbs": within(known, (label, "")) if known else crumbs((label, "")),
    }
    return render(request, "newsletter/settings.html", context, status=400 if form.errors else 200)


def _just_made(form: NewsletterForm) -> Newsletter | None:
    """What the first press of a double click has made."""
    since = timezone.now() - A_MOMENT
    twice = set(form.errors) == {NON_FIELD_ERRORS}
    return Newsletter.objects.filter(name=form.data.get("name", ""), created_at__gte=since).first() if twice else None


@require_http_methods(METHODS)
@allow(Permission.CONTENT)
def newsletter(request: HttpRequest, pk: int) -> HttpResponse:
    """Its issues, and the form that makes the next one."""
    found = get_object_or_404(Newsletter, pk=pk)
    now = timezone.now()
    usual = making.usual_period(found, now=now)
    form = MakeForm(request.POST if request.method == "POST" else None, period=usual, now=now)
    if request.method == "POST" and form.is_valid():
        made = making.make(
            found,
            form.period,
            now=now,
            by=request.user,
            topics=form.chosen_topics,
            key=request.POST.get("nummer", ""),
        )
        return redirect("newsletter:issue", made.pk)
    context = {
        "newsletter": found,
        "form": form,
        "number": making.number_of(found),
        "rows": _issues(found),
        "getting": found.readers.getting().count(),
        "tells_of": search_words(searches.read_row(found.query)),
        "tabs": tabs(found, "newsletter"),
        "crumbs": within(found),
    }
    return render(request, "newsletter/newsletter.html", context, status=400 if form.errors else 200)


def _issues(found: Newsletter) -> list[dict[str, Any]]:
    """Drafts first, then what was sent, the newest first."""
    rows = found.issues.select_related("mailing").annotate(offers=Count("items", filter=Q(items__chosen=True)))
    drafts = [{"issue": each} for each in rows.filter(published_at__isnull=True).order_by("-pk")]
    sent = list(rows.filter(published_at__isnull=False).order_by("-published_at", "-pk")[:LAST])
    progress = sending.progress_of([each.mailing for each in sent])
    return [*drafts, *({"issue": each, "progress": progress[each.mailing.pk]} for each in sent)]
