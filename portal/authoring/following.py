"""What became of an offer that was handed in: where it is, what changes, taking it back, copying it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.access import allow
from portal.authoring.finding import WRITERS, around, own_offer, writer
from portal.authoring.steps import address
from portal.offers import editing
from portal.offers.condition import Condition, condition_of, reason_of
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State
from portal.revisions.errors import EditingError

_KINDS = {
    Condition.PUBLIC: "success",
    Condition.IN_REVIEW: "info",
    Condition.CHANGE_IN_REVIEW: "info",
    Condition.RETURNED: "warning",
    Condition.BLOCKED: "danger",
}


@require_safe
@allow(*WRITERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the offer stands, and what the change that waits would change."""
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
        online=online,
        differences=editing.differences(waiting, offer) if waiting is not None and online else [],
        editable=KIND.rules.is_editable(offer),
        edit=address(pk, "pruefen"),
    )
    return render(request, "authoring/change.html", context)


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
