"""Many events at once, where nothing stands in the way: new ones, and those whose offers say what the calendar says.

A part is one transaction with its figures: killed in the middle, nothing of it is there, and the next start does it.
Everything else (changes, ends, what comes back, whatever is refused) is settled one by one in `taking`, which this
here must not differ from: `tests/calendars/test_together.py` compares both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import F

from core.bulk import write_columns
from portal.calendars.following import taking, wishes
from portal.calendars.following.merging import merged
from portal.calendars.models import Calendar, CalendarEvent, CalendarRun, State
from portal.offers import making
from portal.offers.kind import KIND
from portal.offers.models import Offer
from portal.offers.states import State as OfferState
from portal.providers import approval
from portal.providers.approval import Subject
from portal.revisions import bulk
from portal.revisions.models import Revision

PART = 50
"""Events in one transaction: about a second of work."""
_WRITTEN = ("settled", "waits", "wanted", "problem", "offer", "taken", "kept")
_PLAIN = frozenset({OfferState.PUBLISHED, OfferState.PAUSED})


@dataclass(slots=True)
class _Part:
    """What was done with, what became offers, and what is for the one-by-one way."""

    done: list[CalendarEvent] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    made: int = 0


def settle(calendar: Calendar, numbers: Sequence[int], *, by: Any, run: CalendarRun | None) -> list[int]:
    """Settle those of these events with which it is plain what is to be done; returns the others, in their order."""
    with transaction.atomic():
        found = CalendarEvent.objects.select_for_update(of=("self",)).select_related("calendar__provider")
        # In this order, so that nobody who locks the same events waits for us while we wait for them.
        events = list(found.filter(pk__in=numbers, settled=False).order_by("pk"))
        # Nothing is made of a calendar before its people have chosen, or while they have paused it.
        if not events or events[0].calendar.state != State.ACTIVE:
            return []
        if not approval.may_edit(by, events[0].calendar.provider, Subject.OFFER):
            return list(numbers)
        part, by_hand = _Part(), {event.pk: event.by_hand for event in events}
        _sort(events, part, by)
        write_columns(part.done, _WRITTEN)
        CalendarEvent.objects.bulk_update([each for each in part.done if each.by_hand != by_hand[each.pk]], ["by_hand"])
        if run is not None and part.made:
            CalendarRun.objects.filter(pk=run.pk).update(made=F("made") + part.made)
    return [number for number in numbers if number in part.left]


def _sort(events: Iterable[CalendarEvent], part: _Part, by: Any) -> None:
    new: list[CalendarEvent] = []
    known: list[CalendarEvent] = []
    for event in events:
        before = event.wanted
        event.settled, event.waits = True, taking.Waits.NOT
        # Somebody deleted it for good: that stays so.
        event.wanted = before and (event.offer_id is not None or not event.kept)
        if event.gone_at is not None or (event.wanted and event.ended_at is not None):
            part.left.add(event.pk)
        elif not event.wanted:
            part.done.append(event)
        else:
            (new if event.offer_id is None else known).append(event)
    _make(new, part, by)
    _compare(known, part)


def _make(events: Sequence[CalendarEvent], part: _Part, by: Any) -> None:
    """New offers, with the municipality's approval as for any other."""
    plain: list[tuple[CalendarEvent, dict[str, Any]]] = []
    for event in events:
        wish = wishes.wished(event.calendar, event)
        event.problem = taking.unclear(event) or wishes.lacking(event.calendar.provider, wish)
        if event.problem:
            part.done.append(event)
        else:
            plain.append((event, wish))
    if not plain:
        return
    calendar = plain[0][0].calendar
    texts = [wishes.whole(calendar.provider, wish) for _event, wish in plain]
    try:
        made = making.make_and_submit(calendar.provider, texts, by=by, note=taking.note_of(calendar))
    except (making.NotPlainError, ValidationError, PermissionDenied, IntegrityError, DataError):
        part.left |= {event.pk for event, _wish in plain}
        return
    for (event, wish), (offer, revision) in zip(plain, made, strict=True):
        event.offer = offer
        taking.keep(event, wish, revision.content)
        part.done.append(event)
    part.made += len(made)


def _compare(events: Sequence[CalendarEvent], part: _Part) -> None:
    """What has nothing new for its offer is settled, and what waits for a person goes on waiting."""
    numbers = [event.offer_id for event in events if event.offer_id is not None]
    offers: dict[int, Offer] = {each.pk: each for each in bulk.fetched(KIND, numbers, lock=True)}
    of_them = Revision.objects.filter(kind=KIND.name, subject_id__in=numbers)
    returned = set(of_them.still_returned().values_list("subject_id", flat=True))
    waiting = set(of_them.waiting().values_list("subject_id", flat=True))
    for event in events:
        offer = offers.get(event.offer_id or 0)
        if offer is None or offer.provider_id != event.calendar.provider_id:
            part.left.add(event.pk)
            continue
        offer.provider = event.calendar.provider
        waits = taking.waits_of(offer, returned=offer.pk in returned)
        if waits:
            event.settled, event.waits = False, waits
            part.done.append(event)
        elif offer.state in _PLAIN and offer.pk not in waiting and _has_nothing_new(event, KIND.take(offer)):
            part.done.append(event)
        else:
            part.left.add(event.pk)


def _has_nothing_new(event: CalendarEvent, says: Mapping[str, Any]) -> bool:
    """Whether the calendar changes nothing of what an offer says; then that is noted with the event."""
    wish = wishes.wished(event.calendar, event)
    result = merged(taken=event.taken, now=wish, kept=event.kept, head=says)
    if result.changes or KIND.canonical(says) != says:
        return False
    event.by_hand, event.problem = list(result.by_hand), taking.unclear(event)
    taking.keep(event, wish, says, only=result)
    return True
