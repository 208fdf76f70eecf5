"""The desk itself; what stands on it belongs to the rooms below (core.task_cards)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.middleware import roles_of
from core.task_cards import GROUPS, cards_of, tasks
from mail import desk as outbox

LONGEST_SEARCH = 100


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits first, then everything an editor decides by groups; with `q` what fits the words."""
    sought = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    cards = [card for card in cards_of(request, roles_of(request)) if card.group]
    found = tasks(card for card in cards if card.found_by(sought))
    groups = [
        {"label": label, "icon": icon, "tasks": own}
        for group, (label, icon) in GROUPS.items()
        if (own := [task for task in found if task.card.group == group])
    ]
    waiting = [task for task in found if task.waiting]
    context = {
        "sought": sought,
        "groups": groups,
        "waiting": waiting,
        "number": sum(each.waiting or 0 for each in waiting),
    }
    return render(request, "editorial/desk.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def mails(request: HttpRequest) -> HttpResponse:
    """What became of the portal's mails."""
    crumbs = [{"label": gettext("Editorial desk"), "url": "/redaktion/"}, {"label": gettext("Mails"), "url": ""}]
    return render(request, "editorial/mails.html", {**outbox.outbox_page(request), "crumbs": crumbs})


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one mail again at once."""
    return outbox.resend_one(request, pk, back="editorial:mails")


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_failed(request: HttpRequest) -> HttpResponse:
    """Try again all that were given up."""
    return outbox.resend_failed(request, back="editorial:mails")
