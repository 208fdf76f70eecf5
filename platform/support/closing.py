"""How a visit comes to its end, and what every step of one does: one at a time, noted in both audit logs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.models import Entry
from audit.services import record
from core.access import Role
from core.support import VISIT
from support import letters
from support.models import TRANSITIONS, End, State, Visit
from tenants.models import Municipality
from tenants.models import State as TownState
from tenants.refused import RefusedError
from tenants.running.context import inside, inside_public

MOST_TOLD = 200
_FRAMING = ("support.asked", "support.allowed", "support.refused", "support.began", "support.ended", "support.lapsed")


@contextmanager
def held(pk: int) -> Iterator[Visit]:
    """The visit as it is now, for one at a time."""
    with inside_public(), transaction.atomic():
        yield Visit.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=pk)


def move(visit: Visit, to: State, **fields: Any) -> None:
    if to not in TRANSITIONS[State(visit.state)]:
        raise RefusedError(_("This access is not open any more."))
    visit.state = to
    for name, value in fields.items():
        setattr(visit, name, value)
    visit.save(update_fields=["state", *fields])


def note(visit: Visit, action: str, *, here: Any, there: Any, **changes: Any) -> None:
    """In both logs: `here` is who did it as the operator's side knows them, `there` as the municipality does."""
    record(action, visit, by=here, changes=changes)
    with inside(visit.municipality):
        record(action, visit, by=there, changes=changes)


def is_operator(user: User | None) -> bool:
    """Whether somebody (of the operator's side) works there."""
    return user is not None and Role.OPERATOR in user.granted_roles


def end(number: int, how: End, *, by: Any = None) -> bool:
    """It is over, or not wanted any more; twice is once. `by`: somebody of the municipality's administration."""
    with held(number) as visit:
        return _end(visit, how, by)


def _end(visit: Visit, how: End, by: Any = None) -> bool:
    if State.ENDED not in TRANSITIONS[State(visit.state)]:
        return False
    ran, now = visit.state == State.RUNNING, timezone.now()
    over_at = min(now, visit.ends_at) if visit.ends_at else now
    move(visit, State.ENDED, ended_at=over_at, ended_how=how)
    who = str(by) if by is not None else visit.helper
    note(visit, "support.ended", here=who, there=by if by is not None else who, how=how.value)
    if ran:
        letters.ended(visit, deeds_of(visit))
    return True


def lapse(municipality: Municipality) -> None:
    """Close what nobody answered or began in time, and end what is over, where a job has not yet."""
    with inside_public():
        numbers = list(Visit.objects.open().filter(municipality=municipality).values_list("pk", flat=True))
    for number in numbers:
        close_if_over(number)


def close_if_over(number: int) -> None:
    """End what has run out, or lapses; what still holds stays."""
    with inside_public():
        if not Visit.objects.filter(pk=number).exists():
            return
    with held(number) as visit:
        if visit.state not in (State.ASKED, State.GRANTED, State.RUNNING) or visit.is_open:
            return
        if visit.state == State.RUNNING:
            _end(visit, End.TIME)
            return
        move(visit, State.LAPSED)
        note(visit, "support.lapsed", here=visit.helper, there=visit.helper, reason=visit.reason)
        if visit.with_consent:
            letters.decided(visit)


def end_all_in(municipality: Municipality) -> None:
    """The municipality is closed: nobody is in it, and nobody will be."""
    with inside_public():
        numbers = list(Visit.objects.open().filter(municipality=municipality).values_list("pk", flat=True))
    for number in numbers:
        end(number, End.CLOSED)


def end_all_of(operator: User) -> None:
    """The operator's account is closed, or is an operator's no more."""
    numbers = list(Visit.objects.open().filter(operator_number=operator.pk).values_list("pk", flat=True))
    for number in numbers:
        end(number, End.BARRED)


def deeds_of(visit: Visit) -> list[Entry]:
    """What was changed in its course, the oldest first; from the municipality's log."""
    if visit.account is None:
        return []
    # An operator is in once at a time, so its time tells it too: from another cell it came with a number of there.
    its = Q(**{f"changes__{VISIT}": visit.pk})
    if visit.ended_at is not None:
        its |= Q(at__lte=visit.ended_at, changes__has_key=VISIT)
    with inside(visit.municipality):
        rows = Entry.objects.filter(its, actor_id=visit.account, at__gte=visit.began_at)
        return list(rows.exclude(action__in=_FRAMING).order_by("pk")[:MOST_TOLD])


def over(visit: Visit | None, entries: int, now: datetime) -> End | None:
    """How a visit came to its end as a session sees it, or None while it lasts. Asked at each request, in public."""
    if visit is None or visit.state != State.RUNNING or visit.entries != entries or visit.ends_at is None:
        return End.OPERATOR
    if visit.ends_at <= now:
        return End.TIME
    if visit.municipality.state != TownState.LIVE:
        return End.CLOSED
    operator = User.objects.filter(pk=visit.operator_number).first()
    return None if is_operator(operator) else End.BARRED
