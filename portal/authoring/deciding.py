"""What members hand in to the administrators of their organisation: seeing it, letting it go on, giving it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.access import allow
from core.numbers import whole_number
from portal.authoring.checking import told
from portal.authoring.finding import WRITERS, own_offer
from portal.authoring.following import change_page, to_decide
from portal.authoring.steps import address
from portal.offers import editing
from portal.offers.models import Offer
from portal.revisions.errors import EditingError, ReasonError
from portal.revisions.models import Desk, Revision


def _waiting(request: HttpRequest, offer: Offer) -> Revision | None:
    """What this person may decide on; 403 for those whose word does not count."""
    waiting = editing.waiting_for(offer)
    if waiting is None or waiting.waits_for != Desk.PROVIDER:
        return None
    if to_decide(request, offer, waiting) is None:
        raise PermissionDenied
    return waiting


def version_seen(request: HttpRequest) -> int:
    """The version of the text that whoever decides looked at."""
    given = request.POST.get("version", "")
    return whole_number(given, digits=8) or 0


def _over(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, _("The text was changed in the meantime. Nothing was decided; please look once more."))
    return redirect(address(pk, "aenderung"))


@require_POST
@allow(*WRITERS)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it go on: to the editors where they must agree too, else it is public."""
    offer = own_offer(request, pk)
    waiting = _waiting(request, offer)
    if waiting is None:
        return _over(request, pk)
    try:
        outcome = editing.approve(waiting, by=request.user, version=version_seen(request))
    except EditingError:
        return _over(request, pk)
    for sentence in outcome.left_out:
        messages.warning(request, sentence)
    messages.success(request, told(outcome))
    return redirect(address(pk, "aenderung"))


@require_POST
@allow(*WRITERS)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to the member with a reason."""
    offer = own_offer(request, pk)
    waiting = _waiting(request, offer)
    if waiting is None:
        return _over(request, pk)
    reason = request.POST.get("grund", "")
    try:
        editing.send_back(waiting, by=request.user, version=version_seen(request), reason=reason)
    except ReasonError as error:
        return change_page(request, pk, mistake=str(error), reason=reason)
    except EditingError:
        return _over(request, pk)
    messages.success(request, _("It was given back. Whoever wrote it gets a mail."))
    return redirect(address(pk, "aenderung"))
