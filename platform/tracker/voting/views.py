"""Setting votes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.access import Role, allow
from tracker.tickets.models import Ticket
from tracker.tickets.participating import viewer_of
from tracker.voting.services import OverBudgetError, cast, purse_of


def _number(written: str) -> int:
    """What was chosen; none of the choices where it is no number."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else -1


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Have so many votes on this wish from now on."""
    viewer = viewer_of(request)
    ticket = get_object_or_404(Ticket.objects.visible_to(viewer), pk=pk)
    try:
        held = cast(ticket, _number(request.POST.get("stimmen", "")), by=viewer)
    except OverBudgetError as error:
        messages.error(
            request,
            _("Your points do not reach: this would cost %(points)d, and %(free)d are left. Nothing was changed.")
            % {"points": error.points, "free": error.free},
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if viewer.participant is not None:
            left = purse_of(viewer.participant).left
            set_now = ngettext(
                "Your municipality has %(count)d vote on this wish now.",
                "Your municipality has %(count)d votes on this wish now.",
                held.votes,
            )
            still = _("%(points)d points are left.")
            messages.success(request, f"{set_now % {'count': held.votes}} {still % {'points': left}}")
    return redirect(f"{reverse('tickets:ticket', args=[ticket.pk])}#stimmen")
