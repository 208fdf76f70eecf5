"""What two municipalities agree on: proposing, consenting, refusing, ending. Each is one transaction and one entry in
the log of whoever did it; whoever is concerned is told by a job inside their own municipality."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from neighbours import indexing
from neighbours.models import Agreement, Capacity, Kind, Roof, Side, State
from neighbours.models.agreements import OPEN
from neighbours.tasks import fill_index, tell_other_side
from tenants.models import Municipality
from tenants.models import State as TownState
from tenants.running.context import inside


@dataclass(frozen=True, slots=True)
class Speaker:
    """For whom somebody speaks, and in which capacity. Without a municipality: the operator."""

    town: int | None
    capacity: Capacity
    user: Any


@dataclass(frozen=True, slots=True)
class Span:
    """From which day on an agreement holds, and until when (None: until one side ends it)."""

    first: date
    last: date | None = None


@transaction.atomic
def propose(kind: Kind, *, first: Municipality, second: Municipality, span: Span, by: Speaker) -> Agreement:
    """Propose an agreement: the consent of the side that proposes is given with it. ValidationError where it cannot be,
    or is there already."""
    _check(kind, first, second, span, by)
    side = Side.SECOND if by.town == second.pk else Side.FIRST
    now = timezone.now()
    agreement = Agreement(
        kind=kind,
        first=first,
        second=second,
        valid_from=span.first,
        valid_until=span.last,
        proposed_at=now,
        proposed_by=Side.OPERATOR if by.town is None else side,
    )
    _consent(agreement, side, by, now)
    agreement.full_clean()
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as error:
        # Both proposed the same at the same moment.
        raise ValidationError(
            _("There is such an agreement, or a proposal for one, for these days already.")
        ) from error
    record("neighbours.proposed", agreement, by=by.user, changes=_told(agreement))
    _tell(agreement, by)
    return agreement


def _check(kind: Kind, first: Municipality, second: Municipality, span: Span, by: Speaker) -> None:
    if first.pk == second.pk:
        raise ValidationError(_("A municipality is not its own neighbour."))
    if any(town.state != TownState.LIVE for town in (first, second)):
        raise ValidationError(_("This municipality is not to be found by residents at present."))
    if span.last is not None and span.last < max(span.first, timezone.localdate()):
        raise ValidationError(_("The last day must not lie before the first, nor in the past."))
    if kind == Kind.ROOF and not Roof.objects.filter(pk=first.pk).exists():
        raise ValidationError(_("%(town)s is no roof portal.") % {"town": first.name})
    if by.town not in {first.pk, second.pk} and not (by.town is None and kind == Kind.ROOF):
        raise ValidationError(_("Nobody can propose this for two others."))


def _consent(agreement: Agreement, side: Side, by: Speaker, now: datetime) -> None:
    setattr(agreement, f"{side}_agreed_at", now)
    setattr(agreement, f"{side}_agreed_as", by.capacity)


def _locked(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("first", "second")
    return rows.get(pk=agreement.pk)


@transaction.atomic
def accept(agreement: Agreement, *, by: Speaker) -> Agreement:
    """Consent to a proposal of the other side: from its first day on both hold to it. Whoever presses the button a
    moment later than a colleague finds it done."""
    found = _locked(agreement)
    side = found.side_of(by.town or 0)
    if found.state == State.AGREED:
        return found
    if found.state != State.PROPOSED or found.agreed_at(side) is not None:
        raise ValidationError(_("There is nothing to consent to any more."))
    if found.is_over(timezone.localdate()):
        raise ValidationError(_("The last day of this proposal has passed. Please propose it anew."))
    _consent(found, side, by, timezone.now())
    found.state = State.AGREED
    found.save()
    for town in indexing.keep(found.first, found.second):
        with inside(town):
            fill_index.defer()
    record("neighbours.agreed", found, by=by.user, changes=_told(found))
    _tell(found, by)
    return found


def end(agreement: Agreement, *, by: Speaker) -> Agreement:
    """Refuse a proposal, take one's own back, or end what was agreed: from the next request on nothing of the other
    side is shown. What has ended already stays as it is."""
    with transaction.atomic():
        found = _locked(agreement)
        if found.state not in OPEN:
            return found
        side = Side.OPERATOR if by.town is None else found.side_of(by.town)
        found.state = _ended(found, side)
        found.ended_at, found.ended_by, found.ended_as = timezone.now(), side, by.capacity
        found.save()
        indexing.forget_without_agreement(timezone.localdate(), (found.first_id, found.second_id))
        record(f"neighbours.{found.state}", found, by=by.user, changes=_told(found))
        _tell(found, by)
    return found


def _ended(agreement: Agreement, side: Side) -> State:
    if agreement.state == State.AGREED:
        return State.REVOKED
    proposed = agreement.proposed_by == side or (side != Side.OPERATOR and agreement.agreed_at(side) is not None)
    return State.WITHDRAWN if proposed or side == Side.OPERATOR else State.REFUSED


@transaction.atomic
def mark_roof(town: Municipality, *, by: Any) -> Roof:
    """Let a municipality be a roof portal."""
    if town.state != TownState.LIVE:
        raise ValidationError(_("This municipality is not to be found by residents at present."))
    roof, fresh = Roof.objects.get_or_create(municipality=town)
    if fresh:
        record("neighbours.roof", town, by=by)
    return roof


@transaction.atomic
def unmark_roof(town: Municipality, *, by: Speaker) -> None:
    """It is none any more: what its members agreed to ends with it."""
    deleted, _rows = Roof.objects.filter(pk=town.pk).delete()
    if not deleted:
        return
    record("neighbours.no_roof", town, by=by.user)
    for agreement in Agreement.objects.filter(first=town, kind=Kind.ROOF, state__in=OPEN):
        end(agreement, by=by)


def say_farewell(town: Municipality) -> None:
    """Before a municipality is deleted: the others are told, and nothing of it stays in the index."""
    rows = Agreement.objects.of(town.pk).filter(state__in=OPEN).select_related("first", "second")
    others = {agreement.other_of(town.pk) for agreement in rows}
    indexing.forget([town.pk])
    Agreement.objects.of(town.pk).delete()
    Roof.objects.filter(pk=town.pk).delete()
    indexing.forget_without_agreement(timezone.localdate(), [other.pk for other in others])
    for other in others:
        with inside(other):
            record("neighbours.gone", other, by="delete_municipality", changes={"neighbour": [town.name, None]})


def end_what_is_over(day: date) -> int:
    """Take out of the index whose last agreement has run out; how many they are."""
    return len(indexing.forget_without_agreement(day))


def open_between(one: int, other: int) -> bool:
    """Whether anything is agreed or proposed between two municipalities."""
    pair = Q(first=one, second=other) | Q(first=other, second=one)
    return Agreement.objects.filter(pair, state__in=OPEN).exists()


def _told(agreement: Agreement) -> dict[str, Any]:
    last = agreement.valid_until
    return {
        "kind": agreement.kind,
        "between": [agreement.first.name, agreement.second.name],
        "days": [agreement.valid_from.isoformat(), last.isoformat() if last else None],
    }


def _tell(agreement: Agreement, by: Speaker) -> None:
    """Both where the operator did it, else the other side."""
    for town in (agreement.first, agreement.second):
        if town.pk != by.town and town.state == TownState.LIVE:
            with inside(town):
                tell_other_side.defer(agreement_id=agreement.pk, state=agreement.state)
