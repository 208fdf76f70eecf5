"""The page of mails, for a town's editors and for operators: what waits, what was given up, and sending it again.

Texts are not shown: they may be somebody's letter, or a link with which one sets a password.
"""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.models import OutboxMessage, OutboxQuerySet
from mail.services import resend

PER_PAGE = 50
_State = OutboxMessage.State
# Name in the address: label and states.
FILTERS: dict[str, tuple[Any, frozenset[str]]] = {
    "offen": (gettext_lazy("Not sent"), frozenset({_State.FAILED, _State.QUEUED})),
    "aufgegeben": (gettext_lazy("Given up"), frozenset({_State.FAILED})),
    "wartend": (gettext_lazy("Waiting"), frozenset({_State.QUEUED})),
    "gesendet": (gettext_lazy("Sent"), frozenset({_State.SENT})),
}


def outbox_page(request: HttpRequest) -> dict[str, Any]:
    """The context of `mail/_outbox.html`: tabs that count, and the mails of one of them."""
    chosen = request.GET.get("stand", "")
    chosen = chosen if chosen in FILTERS else "offen"
    counts = OutboxMessage.objects.aggregate(
        **{name: Count("pk", filter=Q(state__in=states)) for name, (_label, states) in FILTERS.items()}
    )
    resendable = OutboxMessage.objects.given_up().sendable().count()
    tabs = [
        {"label": label, "url": f"?stand={name}", "current": name == chosen, "count": counts[name], "icon": ""}
        for name, (label, _states) in FILTERS.items()
    ]
    found = OutboxMessage.objects.filter(state__in=FILTERS[chosen][1]).defer("body", "html", "headers")
    if chosen == "offen":
        # What needs somebody stands first.
        found = found.order_by("state", "-id")
    page = Paginator(found.annotate(forgotten=Q(fleeting=True, body="")), PER_PAGE).get_page(request.GET.get("seite"))
    return {"tabs": tabs, "page": page, "query": f"stand={chosen}", "chosen": chosen, "resendable": resendable}


def resend_one(request: HttpRequest, pk: int, *, back: str) -> HttpResponse:
    """Send one mail again; a click more than needed does no harm."""
    chosen = OutboxMessage.objects.filter(pk=pk)
    if not chosen.exists():
        raise Http404
    return _resend(request, chosen, back=back)


def resend_failed(request: HttpRequest, *, back: str) -> HttpResponse:
    """Send again all that were given up."""
    return _resend(request, OutboxMessage.objects.given_up(), back=back)


def _resend(request: HttpRequest, chosen: OutboxQuerySet, *, back: str) -> HttpResponse:
    number = resend(chosen)
    if number:
        text = _("Mails being sent again: %(number)d. In a moment you see here what became of that.")
        messages.success(request, text % {"number": number})
    else:
        messages.info(request, _("There was nothing to send again: sent already, or the text was forgotten."))
    return redirect(back)
