"""Municipalities that have agreed."""

from datetime import timedelta

from django.utils import timezone

from neighbours import indexing, services
from neighbours.models import Agreement, Capacity, Kind
from neighbours.services import Span, Speaker
from tenants.models import Municipality
from tenants.running.context import inside


def speaker(town: Municipality | None) -> Speaker:
    return Speaker(town.pk if town else None, Capacity.EDITOR if town else Capacity.OPERATOR, "test")


def span(first: int = 0, last: int | None = None) -> Span:
    """So many days from today."""
    today = timezone.localdate()
    return Span(today + timedelta(days=first), None if last is None else today + timedelta(days=last))


def propose(one: Municipality, other: Municipality, kind: Kind = Kind.NEIGHBOUR, days: Span | None = None) -> Agreement:
    with inside(one):
        return services.propose(kind, first=one, second=other, span=days or span(), by=speaker(one))


def agree(one: Municipality, other: Municipality, kind: Kind = Kind.NEIGHBOUR, days: Span | None = None) -> Agreement:
    """Both have consented, and the job that fills the index is done."""
    agreement = propose(one, other, kind, days)
    with inside(other):
        agreement = services.accept(agreement, by=speaker(other))
    for town in (one, other):
        indexing.fill(town.schema_name)
    return agreement
