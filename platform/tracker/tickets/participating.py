"""Which participant a municipality is, and who looks."""

from copy import copy
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from core.access import Role
from core.middleware import roles_of
from tenants.models import Move, Municipality
from tenants.running.changes import remembered
from tracker.tickets.leaving import farewell
from tracker.tickets.models import Participant, Viewer, operator
from tracker.tickets.models.participants import place_of


def participant_of(town: Any) -> Participant:
    """The participant of a municipality (or of a request's); made on first need, its name as it is now."""
    town = getattr(town, "municipality", town)
    name = f"tickets.participant.{town.id}"
    known = remembered(
        name, lambda: Participant.objects.filter(municipality_id=town.id).first(), rooms=("tickets",), shared=True
    )
    if known is None:
        return _made(town)
    # What is remembered belongs to all requests; this one may be changed.
    found = copy(known)
    if found.name != town.name:
        Participant.objects.filter(pk=found.pk).update(name=town.name)
        found.name = town.name
    return found


def _made(town: Any) -> Participant:
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        _meet_namesake(Municipality.objects.get(pk=town.id))
        found, _fresh = Participant.objects.get_or_create(
            municipality_id=town.id,
            defaults={
                "slug": town.slug,
                "name": town.name,
                "shown_name": (_("Editors of %(town)s") % {"town": place_of(town.name)})[:80],
            },
        )
    return found


def _meet_namesake(town: Municipality) -> None:
    """A participant of this short name without a municipality: it lives in another cell, or did.

    Where it is the one that is here again, what it said and counted for is its own again. Another municipality gets
    nothing of it: then it has left for good.
    """
    away = Participant.objects.select_for_update().filter(slug=town.slug, municipality=None).first()
    if away is None:
        return
    if Move.objects.away(town.slug, town.created_at).exists():
        Participant.objects.filter(pk=away.pk).update(municipality=town)
    else:
        farewell(town.slug)


def town_count() -> int:
    """How many municipalities take part; remembered."""
    return remembered("tickets.towns", Participant.objects.present().count, rooms=("tickets",), shared=True)


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks; remembered with the request. Not found for somebody of the operator's side who is no operator."""
    known: Viewer | None = getattr(request, "tracker_viewer", None)
    if known is None:
        user: Any = request.user
        roles = roles_of(request)
        if getattr(request, "municipality", None) is not None:
            known = Viewer(participant_of(request), user.pk, roles, user=user)
        elif Role.OPERATOR in roles:
            known = operator(user)
        else:
            raise Http404
        request.tracker_viewer = known  # type: ignore[attr-defined]  # ours, for this request
    return known
