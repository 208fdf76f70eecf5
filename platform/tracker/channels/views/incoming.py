"""What other programs tell us: the door for their messages, and what the operator makes of it."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from audit.services import record
from core.access import Role, allow
from courier.signing import SignatureError, new_secret
from tenants.urls import own_address
from tracker.channels.forms import AttachForm, LinkForm, SourceForm
from tracker.channels.incoming import errors, outer
from tracker.channels.incoming.issues import UnreadableError
from tracker.channels.incoming.receiving import MOST_BYTES, ReplayedError, receive
from tracker.channels.models import OuterIssue, SentryError, Source
from tracker.channels.places import ticket_path
from tracker.tickets.models import Ticket
from tracker.tickets.participating import viewer_of
from tracker.tickets.showing import page

_SOURCES, _ERRORS = "channels:sources", "channels:errors"
_PER_PAGE = 50


def _plain(status: int, text: str) -> HttpResponse:
    """For programs."""
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


@csrf_exempt
@require_POST
@allow(Role.VISITOR)
def receive_message(request: HttpRequest, key: str) -> HttpResponse:
    """The door: whoever signs as agreed is heard, once."""
    source = Source.objects.filter(key=key, active=True).first()
    if source is None:
        return _plain(404, "unknown address")
    try:
        body = request.body
    except RequestDataTooBig:
        body = b" " * (MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return _plain(413, "too large")
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        taken = receive(source, headers, body, timezone.now())
    except SignatureError as error:
        return _plain(401, str(error))
    except ReplayedError:
        return _plain(409, "known already")
    except UnreadableError as error:
        return _plain(400, str(error))
    return _plain(200, "taken" if taken else "nothing to do")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def sources(request: HttpRequest) -> HttpResponse:
    """All programs that may tell us something; a new one is added here."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = form.instance
        made.key = secrets.token_urlsafe(24)
        _save(made, form, request)
        messages.success(request, _("Added. Below stands what to enter in the other program."))
        return redirect("channels:source", made.pk)
    context = {"form": form, "sources": Source.objects.all()}
    crumbs, status = [(_("Incoming webhooks"), "")], 400 if form.errors else 200
    return page(request, "channels/sources.html", context, tab=_SOURCES, crumbs=crumbs, status=status)


def _save(source: Source, form: SourceForm, request: HttpRequest) -> None:
    given = form.cleaned_data["secret"]
    if given or not source.sealed_secret:
        source.secret = given or new_secret()
    made = source.pk is None
    source.save()
    record("channels.source_added" if made else "channels.source_changed", source, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its address and key, and whether we heard of it."""
    found = get_object_or_404(Source, pk=pk)
    form = SourceForm(request.POST if request.method == "POST" else None, instance=found)
    if form.is_valid():
        _save(form.instance, form, request)
        messages.success(request, _("Saved."))
        return redirect("channels:source", pk)
    kept = Source.objects.get(pk=pk)
    context = {"form": form, "source": kept, "address": f"{own_address()}eingang/{kept.key}/"}
    crumbs = [(_("Incoming webhooks"), "/betrieb/eingang/"), (kept.name, "")]
    status = 400 if form.errors else 200
    return page(request, "channels/source.html", context, tab=_SOURCES, crumbs=crumbs, status=status)


@require_POST
@allow(Role.OPERATOR)
def delete_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Hear it no longer; errors it told of go as well."""
    found = get_object_or_404(Source, pk=pk)
    record("channels.source_deleted", found, by=request.user)
    found.delete()
    messages.success(request, _("The webhook is gone."))
    return redirect("channels:sources")


@require_http_methods(["GET", "HEAD"])
@allow(Role.OPERATOR)
def errors_seen(request: HttpRequest) -> HttpResponse:
    """Errors that Sentry saw, the newest first; those without a ticket can be shown alone."""
    rows = SentryError.objects.select_related("ticket").prefetch_related("affected__participant")
    loose = request.GET.get("ohne") == "1"
    if loose:
        rows = rows.filter(ticket=None)
    shown = Paginator(rows, _PER_PAGE).get_page(request.GET.get("seite"))
    context: dict[str, Any] = {"page": shown, "loose": loose, "query": "ohne=1" if loose else ""}
    return page(request, "channels/errors.html", context, tab=_ERRORS, crumbs=[(_("Errors seen by Sentry"), "")])


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def error(request: HttpRequest, pk: int) -> HttpResponse:
    """One error: where it was, and to which ticket it belongs."""
    found = get_object_or_404(SentryError.objects.select_related("ticket"), pk=pk)
    form = AttachForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        viewer, ticket = viewer_of(request), form.cleaned_data["number"]
        if ticket is not None:
            ticket = errors.attach(found, ticket, by=viewer)
        else:
            ticket = errors.report_it(found, form.cleaned_data["title"], by=viewer)
        messages.success(request, _("The error belongs to %(ticket)s.") % {"ticket": ticket.reference})
        return redirect("channels:error", pk)
    crumbs = [(_("Errors seen by Sentry"), "/betrieb/fehler/"), (str(found)[:60], "")]
    context = {"error": found, "affected": found.affected.select_related("participant"), "form": form}
    status = 400 if form.errors else 200
    return page(request, "channels/error.html", context, tab=_ERRORS, crumbs=crumbs, status=status)


@require_POST
@allow(Role.OPERATOR)
def link_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """An issue elsewhere is about this ticket."""
    ticket = get_object_or_404(Ticket.objects.select_related("merged_into"), pk=pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            outer.link(ticket, form.cleaned_data["url"], by=viewer_of(request))
        except ValidationError as error:
            form.add_error(None, error.messages[0])
    if form.errors:
        messages.error(request, " ".join(str(message) for found in form.errors.values() for message in found))
    else:
        messages.success(request, _("Linked. As soon as its program tells of it, the ticket follows."))
    return redirect(f"/{ticket_path(pk, operator=True)}")


@require_POST
@allow(Role.OPERATOR)
def unlink_issue(request: HttpRequest, pk: int, issue: int) -> HttpResponse:
    """It is not about it after all."""
    outer.unlink(
        get_object_or_404(OuterIssue.objects.select_related("ticket"), pk=issue, ticket=pk), by=viewer_of(request)
    )
    messages.success(request, _("The link is gone."))
    return redirect(f"/{ticket_path(pk, operator=True)}")
