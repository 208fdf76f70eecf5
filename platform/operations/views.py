"""The pages of the platform's own host."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.ordering import ByName
from core.task_cards import cards_for, numbers_waiting
from jobs.failed import failed
from mail import desk as outbox
from mail.models import OutboxMessage
from mail.tasks import deliver_later
from operations import given_up
from operations.crumbs import crumbs
from operations.logs import checking
from operations.models import PostedMail
from shared_categories.content import open_changes
from tenants.lifecycle.operator_visits import link_to
from tenants.models import Domain, State
from tenants.refused import RefusedError
from tenants.running.context import PUBLIC
from tracker.board.models import BoardSettings

PER_PAGE = 50


@require_safe
@allow(Role.VISITOR)
def start(request: HttpRequest) -> HttpResponse:
    """What the platform is, and which municipalities are live on it."""
    domains = Domain.objects.filter(tenant__state=State.LIVE, is_primary=True).select_related("tenant")
    return render(
        request,
        "operations/start.html",
        {
            "domains": domains.order_by(ByName("tenant__name"), "pk"),
            "roadmap": BoardSettings.objects.filter(public_roadmap=True).exists(),
        },
    )


@require_safe
@allow(Role.OPERATOR)
def console(request: HttpRequest) -> HttpResponse:
    """The operator's landing page: what is wrong, and what there is to do."""
    return render(request, "operations/console.html", {"tasks": _tasks(request), "broken_logs": checking.broken()})


def _tasks(request: HttpRequest) -> list[dict[str, Any]]:
    """The operator's other pages, with what waits at some of them."""
    here = reverse("operations:console")
    mails = OutboxMessage.objects.given_up().count() + given_up.total()
    waits = {
        reverse("health:failed"): (_("failed: %(number)s"), failed().count(), "danger"),
        reverse("operations:mails"): (_("given up: %(number)s"), mails, "danger"),
        reverse("health:alerts"): (_("not reached: %(number)s"), None, "danger"),
        reverse("catalogue:list"): (_("not issued yet: %(number)s"), open_changes(), "info"),
    }
    found = []
    cards = cards_for(request.user, [Role.OPERATOR])
    for card, waiting in zip(cards, numbers_waiting(cards), strict=True):
        # What a room above says of itself, as its card does.
        otherwise = (_("to be decided: %(number)s"), waiting or 0, "info")
        words, number, kind = waits.get(str(card.url), otherwise)
        number = waiting if number is None else number
        if card.url.startswith(here) and card.url != here:
            found.append({"card": card, "badge": words % {"number": number} if number else "", "kind": kind})
    return found


@require_safe
@allow(Role.OPERATOR)
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """On to a suspended municipality's host, with a key for it. A link: browsers let no form lead to another host."""
    try:
        return redirect(link_to(slug, by=request.user))
    except RefusedError as error:
        raise Http404 from error


@require_safe
@allow(Role.OPERATOR)
def postbox(request: HttpRequest) -> HttpResponse:
    """All mails of the demo, newest first."""
    if not settings.DEMO:
        raise Http404
    page = Paginator(PostedMail.objects.all(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "operations/postbox.html", {"page": page, "crumbs": crumbs(_("Mails of the demo"))})


@require_safe
@allow(Role.OPERATOR)
def mails(request: HttpRequest) -> HttpResponse:
    """What became of the operator's own mails, whose were given up, and whose wait: no schema is asked for that."""
    waiting = sorted((slug, len(jobs)) for slug, jobs in deliver_later.under_way().items() if slug != PUBLIC)
    context = {
        **outbox.outbox_page(request),
        "crumbs": crumbs(_("Mails")),
        "waiting": waiting,
        "given_up": given_up.counted(),
    }
    return render(request, "operations/mails.html", context)


@require_POST
@allow(Role.OPERATOR)
def resend_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one of the operator's own mails again at once."""
    return outbox.resend_one(request, pk, back="operations:mails")


@require_POST
@allow(Role.OPERATOR)
def resend_failed(request: HttpRequest) -> HttpResponse:
    """Try again all of the operator's own that were given up."""
    return outbox.resend_failed(request, back="operations:mails")
