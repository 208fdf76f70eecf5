"""Which state of a ticket may follow which, and who may bring it about."""

from django.utils.translation import gettext as _

from core.states import Actor, Machine, way
from tracker.tickets.models import State

_HOUSE = frozenset({Actor.OPERATOR, Actor.SYSTEM})
_LIVING = (State.NEW, State.CONFIRMED, State.PLANNED, State.IN_PROGRESS)

MACHINE: Machine[State] = Machine(
    State,
    *(way(*(old for old in _LIVING if old != new), to=new, by=_HOUSE) for new in _LIVING),
    way(*_LIVING, to=State.ROLLED_OUT, by=_HOUSE),
    way(*_LIVING, to=State.DECLINED, by=_HOUSE),
    # Reopening: what was rolled out also by those it still does not work for.
    way(State.ROLLED_OUT, to=State.CONFIRMED, by=_HOUSE | {Actor.EDITOR}),
    way(State.DECLINED, to=State.CONFIRMED, by=_HOUSE),
    refused=lambda: _("A ticket that is “%(old)s” cannot become “%(new)s”."),
)
