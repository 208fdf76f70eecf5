"""What became of an offer that was handed in: where it is, what changes, taking it back, copying it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import allow
from portal.authoring import doors
from portal.authoring.finding import WRITERS, around, own_offer, writer
from portal.authoring.own.rows import posters_for
from portal.authoring.steps import address
from portal.differences.showing import shown_change
from portal.offers import editing
from portal.offers.condition import Condition, condition_of, reason_of
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.revisions.errors import EditingError
from portal.revisions.models import Desk, Revision
from portal.revisions.pace import usual_sentence, usual_time_to_decide

_KINDS = {
    Condition.PUBLIC: "success",
    Condition.IN_REVIEW: "info",
    Condition.CHANGE_IN_REVIEW: "info",
    Condition.RETURNED: "warning",
    Condition.BLOCKED: "danger",
    Condition.HIDDEN: "warning",
}


@require_safe
@allow(*WRITERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the offer stands, and what the change that waits would change."""
    return change_page(request, pk)


def change_page(request: HttpRequest, pk: int, *, mistake: str = "", reason: str = "") -> HttpResponse:
    """That page; `mistake` and `reason` of somebody who gave a member's text back."""
    own_offer(request, pk, closed=True)
    offer = Offer.objects.select_related("provider", "author", "last_editor").with_condition().get(pk=pk)
    waiting = editing.waiting_for(offer)
    online = offer.state == State.PUBLISHED
    condition = condition_of(offer)
    context = around(
        request,
        offer,
        condition=condition,
        kind=_KINDS.get(condition, ""),
        reason=reason_of(offer) if condition in {Condition.RETURNED, Condition.BLOCKED} else "",
        waiting=waiting,
        deciding=to_decide(request, offer, waiting),
        given={"mistake": mistake, "reason": reason},
        online=online,
        differences=shown_change(KIND, waiting, offer) if waiting is not None and online else [],
        usual=usual_sentence(usual_time_to_decide(KIND.name)) if _is_with_editors(waiting) else "",
        editable=KIND.rules.is_editable(offer),
        edit=address(pk, "pruefen"),
        posters="" if doors.here().of_editors or not offer.is_published else posters_for(pk),
        checks="" if doors.here().of_editors or offer.published_at is None else reverse("upkeep:log", args=[pk]),
    )
    return render(request, "authoring/change.html", context)


def _is_with_editors(waiting: Revision | None) -> bool:
    return waiting is not None and waiting.waits_for == Desk.EDITORS


def to_decide(request: HttpRequest, offer: Offer, waiting: Revision | None) -> dict[str, Any] | None:
    """What a member handed in to this administrator of the organisation, and where it goes from here."""
    if waiting is None or waiting.waits_for != Desk.PROVIDER or not KIND.rules.may_decide(request.user, offer, waiting):
        return None
    return {"revision": waiting, "goes_on": KIND.rules.desk(offer, request.user) != Desk.NOBODY}


@require_POST
@allow(*WRITERS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what waits; the text stays with whoever wrote it."""
    offer = own_offer(request, pk)
    waiting = editing.waiting_for(offer)
    if waiting is None:
        messages.info(request, _("There is nothing that waits."))
        return redirect(address(pk, "aenderung"))
    try:
        editing.withdraw(waiting, by=request.user)
    except EditingError as error:
        messages.warning(request, str(error))
        return redirect(address(pk, "aenderung"))
    messages.success(request, _("It was taken back. Your text is still here."))
    return redirect(address(pk, "pruefen"))


@require_POST
@allow(*WRITERS)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the same text."""
    offer = own_offer(request, pk, closed=True)
    made = editing.copy(offer, by=writer(request))
    messages.success(request, _("This is the copy. Please look above all at the dates."))
    return redirect(address(made.pk, "wann"))
