"""Which offer a page is about, who may see the page, and what every page shows around itself."""

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from portal.authoring import doors
from portal.authoring.forms.picture import lacking
from portal.authoring.steps import STEPS, Step, address, along, step_of
from portal.offers import editing
from portal.offers.kind import CLOSED
from portal.offers.models import Offer
from portal.offers.origins import origins_of
from portal.revisions.kinds import Content, Problem

WRITERS = (Role.PROVIDER, Role.EDITOR, Role.ADMIN)


def writer(request: HttpRequest) -> User:
    """Who is writing; the door let no visitor in."""
    return cast("User", request.user)


def own_offer(request: HttpRequest, pk: int, *, closed: bool = False) -> Offer:
    """An offer this person may change; 404 for strangers, and for what is put away unless `closed`."""
    offer: Offer = get_object_or_404(Offer.objects.select_related("provider").editable_by(writer(request)), pk=pk)
    if offer.state in CLOSED and not closed:
        raise Http404
    return offer


def problems_of(content: Content, typed: dict[str, Any]) -> list[Problem]:
    """Everything that stands in the way of handing it in, in the order of the pages."""
    unclear = _("Something on this page could not be understood. Please look at it again.")
    found = [Problem(name, unclear) for name in typed] + list(editing.missing(content))
    found += [Problem("images", sentence) for sentence in lacking(content)]
    return sorted(found, key=lambda each: STEPS.index(step_of(each.name)))


def around(request: HttpRequest, offer: Offer, step: Step | None = None, **more: Any) -> dict[str, Any]:
    """What the frame shows."""
    name = offer.title or _("New offer")
    return {
        "offer": offer,
        "organisation": offer.provider.name,
        "step": step,
        "name": name,
        "saved": None,
        "origin": origins_of([offer.pk]).get(offer.pk),
        "frame": doors.here().frame,
        "crumbs": [*doors.here().trail_to_offers(), {"label": name, "url": ""}],
        **more,
    }


def way(offer: Offer, step: Step, problems: list[Problem], typed: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps with where one is, what is done and where something is wrong."""
    names = [problem.name for problem in problems]
    return along(STEPS, step, lambda slug: address(offer.pk, slug), names, typed)
