"""`/redaktion/verlauf/papierkorb/`: what was deleted, and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from portal.history import binned, removing
from portal.history.finding import Thing, crumbs_to, thing_of
from portal.history.models import DAYS
from portal.offers.models import Offer
from portal.offers.removal import undelete, undelete_provider
from portal.providers.models import Provider
from portal.providers.states import State as ProviderState


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def bin_page(request: HttpRequest) -> HttpResponse:
    """Everything that was deleted, the last first."""
    shown, rows = binned.shown_to(request.user, request.GET)
    number = ngettext("%(number)d deleted thing", "%(number)d deleted things", shown.total)
    context = {
        "shown": shown,
        "rows": rows,
        "days": DAYS,
        "heading": number % {"number": shown.total},
        "crumbs": crumbs_to((_("Bin"), "")),
    }
    return render(request, "history/bin.html", context)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def take_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take one thing back. What it needs and what is left out is said."""
    thing = thing_of(request, kind, pk)
    try:
        told = _taken_back(thing, request.user)
    except removing.ParentGoneError as error:
        messages.error(request, str(error))
        return redirect("history:bin")
    except ValidationError as error:
        said = {"title": thing.title, "why": " ".join(error.messages)}
        messages.error(request, _("“%(title)s” could not be taken back. %(why)s") % said)
        return redirect("history:bin")
    except PermissionDenied:
        messages.error(request, _("“%(title)s” is not yours to take back.") % {"title": thing.title})
        return redirect("history:bin")
    for sentence in told:
        messages.warning(request, sentence)
    messages.success(request, _("“%(title)s” is there again.") % {"title": thing.title})
    return redirect("history:of", kind, pk)


def _taken_back(thing: Thing, by: Any) -> list[str]:
    if isinstance(thing.row, Offer):
        undelete(thing.row, by=by)
        lost = Provider.objects.filter(pk=thing.row.provider_id, state=ProviderState.TRASHED).first()
        if lost is None:
            return []
        said = {"name": lost.name}
        return [_("Its provider “%(name)s” is deleted too. Until that is taken back, nobody sees the offer.") % said]
    if isinstance(thing.row, Provider):
        undelete_provider(thing.row, by=by)
        return []
    return removing.take_back(thing.removed, by=by)[1] if thing.removed is not None else []
