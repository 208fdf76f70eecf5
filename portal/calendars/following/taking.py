"""One event, one offer: made, followed, ended, brought back. Each is one transaction with the note on the event.

Everything goes the way a person's own change goes (`portal.offers.editing`), in the name of whoever keeps the
calendar: what needs approval waits, and what waits already is replaced, so there is never more than one. Started again
after it was killed, what was done is settled and what was not is done then.
"""

import logging
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.calendars.following import wishes
from portal.calendars.following.merging import KEYS, Merged, merged
from portal.calendars.models import Calendar, CalendarEvent
from portal.calendars.models import State as CalendarState
from portal.offers import editing
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.states import State as ProviderState
from portal.revisions.errors import AlreadyDecidedError, ChangedMeanwhileError, IncompleteError, MovedOnError

logger = logging.getLogger(__name__)
Waits = CalendarEvent.Waits
_AWAY = frozenset({State.ARCHIVED, State.TRASHED, State.BLOCKED})
_ENDING = frozenset({State.PUBLISHED, State.PAUSED, State.SUBMITTED, State.DRAFT, State.RETURNED})


class Done(StrEnum):
    """What was done with an event, named as the columns of a run."""

    NOTHING = ""
    MADE = "made"
    CHANGED = "changed"
    ENDED = "ended"
    BACK = "back"


def settle(pk: int, *, by: Any) -> Done:
    """Do what is to be done with an event. Twice is once. What cannot be done is said with the event, and tried again
    when the calendar says something else of it; where somebody was writing at this very moment, the next night."""
    try:
        return _settle(pk, by)
    except (MovedOnError, ChangedMeanwhileError, AlreadyDecidedError):
        CalendarEvent.objects.filter(pk=pk).update(waits=Waits.WRITING)
    except (ValidationError, PermissionDenied) as error:
        logger.warning("Event %s of a calendar cannot become an offer: %s", pk, error)
        said = (
            " ".join(error.messages)
            if isinstance(error, ValidationError)
            else str(_("Whoever keeps this calendar may not do that."))
        )
        CalendarEvent.objects.filter(pk=pk).update(settled=True, problem=said[:500])
    return Done.NOTHING


def _settle(pk: int, by: Any) -> Done:
    with transaction.atomic():
        event = (
            CalendarEvent.objects.select_for_update(of=("self",)).select_related("calendar__provider").filter(pk=pk)
        ).first()
        # Nothing is made of a calendar before its people have chosen, or while they have paused it.
        if event is None or event.settled or event.calendar.state != CalendarState.ACTIVE:
            return Done.NOTHING
        done = _settled(event, by)
        event.save()
    return done


def _settled(event: CalendarEvent, by: Any) -> Done:
    event.settled, event.waits = True, Waits.NOT
    if event.offer_id is None and event.kept:
        # Somebody deleted it for good: that stays so.
        event.wanted = False
    if event.gone_at is not None:
        return _end(event, by)
    if not event.wanted:
        return Done.NOTHING
    if event.offer_id is None:
        return _make(event, by)
    return _follow(event, by)


def note_of(calendar: Calendar) -> str:
    """What the history says of a change."""
    return _("From the calendar “%(name)s”") % {"name": calendar}


def _make(event: CalendarEvent, by: Any) -> Done:
    calendar = event.calendar
    wish = wishes.wished(calendar, event)
    event.problem = unclear(event) or wishes.lacking(calendar.provider, wish)
    if event.problem:
        return Done.NOTHING
    content = wishes.whole(calendar.provider, wish)
    offer = editing.start(calendar.provider, by=by, content=content)
    outcome = editing.submit(offer, by=by, note=note_of(calendar))
    event.offer = offer
    keep(event, wish, outcome.revision.content if outcome.revision else content)
    return Done.MADE


def unclear(event: CalendarEvent) -> str:
    """What the reading said of its dates stays; what was lacking is looked at anew."""
    return "" if "schedules" in event.content else event.problem


def _follow(event: CalendarEvent, by: Any) -> Done:
    """Bring the calendar's changes to the offer, as far as nobody changed the same by hand."""
    offer = Offer.objects.select_related("provider").get(pk=event.offer_id or 0)
    if event.ended_at is not None:
        return _bring_back(event, offer, by)
    event.waits = _waits(offer, by)
    if event.waits:
        event.settled = False
        return Done.NOTHING
    wish = wishes.wished(event.calendar, event)
    try:
        with transaction.atomic():
            return _changed(event, offer, wish, by)
    except IncompleteError as error:
        event.problem = " ".join(each.message for each in error.problems)[:500]
        return Done.NOTHING


def _waits(offer: Offer, by: Any) -> str:
    """Why nothing may be changed now; "" where it may."""
    waits = waits_of(offer, returned=editing.returned_to(offer) is not None)
    if not waits and offer.state == State.SUBMITTED and editing.working_of(offer, by=by) is not None:
        return Waits.WRITING
    return waits


def waits_of(offer: Offer, *, returned: bool) -> str:
    """Why nobody's change may reach it now; `returned`: a text of it was, and nobody answered yet."""
    if offer.state in _AWAY or offer.provider.state == ProviderState.TRASHED:
        return Waits.AWAY
    if offer.state == State.RETURNED or returned:
        return Waits.RETURNED
    return Waits.DRAFT if offer.state == State.DRAFT else Waits.NOT


def _changed(event: CalendarEvent, offer: Offer, wish: dict[str, Any], by: Any) -> Done:
    seen: dict[str, Any] = {}
    result = Merged()

    def edit(content: Any) -> dict[str, Any]:
        nonlocal seen, result
        seen = content
        result = merged(taken=event.taken, now=wish, kept=event.kept, head=content)
        return result.changes

    if offer.state == State.SUBMITTED:
        draft = editing.begin(offer, by=by)
        changes = edit(draft.content)
        stands = draft.content
        if changes:
            saved = editing.autosave(offer, changes, by=by, base=draft.base)
            outcome = editing.submit(offer, by=by, base=saved.base, note=note_of(event.calendar))
            stands = outcome.revision.content if outcome.revision else saved.content
    else:
        outcome = editing.verbs.change(offer, edit, by=by, note=note_of(event.calendar))
        stands = outcome.revision.content if outcome.revision and result.changes else seen
    event.by_hand, event.problem = list(result.by_hand), unclear(event)
    keep(event, wish, stands, only=result)
    return Done.CHANGED if result.changes else Done.NOTHING


def keep(event: CalendarEvent, wish: dict[str, Any], stands: Any, only: Merged | None = None) -> None:
    """Remember what was taken over and what the offer says of it now; of what a person wrote, nothing."""
    keys = KEYS if only is None else [key for key in KEYS if key in only.changes or key not in event.kept]
    event.taken = {**event.taken, **{key: wish[key] for key in keys if key in wish}}
    event.kept = {**event.kept, **{key: stands[key] for key in keys if key in wish}}


def _end(event: CalendarEvent, by: Any) -> Done:
    """Its dates are no more: the offer is put away, not deleted. What is over already stays as it is."""
    if event.offer_id is None or event.ended_at is not None or not event.wanted:
        return Done.NOTHING
    offer = Offer.objects.get(pk=event.offer_id or 0)
    if offer.state not in _ENDING or event.is_over:
        return Done.NOTHING
    event.ended_at = timezone.now()
    put_away(offer, by=by)
    return Done.ENDED


def end_with_its_calendar(pk: int, *, by: Any) -> None:
    """The same where the whole calendar was ended. Twice is once."""
    with transaction.atomic():
        event = CalendarEvent.objects.select_for_update(of=("self",)).get(pk=pk)
        _end(event, by)
        event.save(update_fields=["ended_at"])


def put_away(offer: Offer, *, by: Any) -> None:
    """Off the portal, not deleted: archived by those who may, else paused. Nothing where neither is possible."""
    for way in (editing.archive, editing.pause):
        try:
            with transaction.atomic():
                way(offer, by=by)
        except (PermissionDenied, ValidationError):
            continue
        return


def _bring_back(event: CalendarEvent, offer: Offer, by: Any) -> Done:
    """It is in the calendar again: what we put away comes back; what a person did since then stays."""
    event.ended_at = None
    if offer.state not in {State.PAUSED, State.ARCHIVED}:
        return _follow(event, by)
    # What else changed meanwhile follows with the next look.
    event.settled = False
    try:
        with transaction.atomic():
            if offer.state == State.PAUSED:
                editing.resume(offer, by=by)
            else:
                editing.reopen(offer, by=by)
                editing.submit(offer, by=by, note=note_of(event.calendar))
    except (PermissionDenied, IncompleteError):
        event.waits = Waits.AWAY
        return Done.NOTHING
    return Done.BACK
