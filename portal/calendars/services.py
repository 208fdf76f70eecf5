"""What people do with their calendars. Each is one transaction with its audit entry; addresses never stand in it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from portal.calendars import tasks
from portal.calendars.models import Calendar, CalendarEvent, Pause, State
from portal.providers.models import Provider

_A_NIGHT = timedelta(hours=12)
MOST = 20
"""Calendars of one organisation."""


def add(provider: Provider, url: str, *, by: Any) -> Calendar:
    """A calendar to be looked at; the same address twice is the same calendar."""
    with transaction.atomic():
        Provider.objects.select_for_update().get(pk=provider.pk)
        own = Calendar.objects.there().filter(provider=provider)
        found = own.filter(url=url).first()
        if found is not None:
            return found
        if own.count() >= MOST:
            raise ValidationError(_("An organisation can have %(most)d calendars.") % {"most": MOST})
        made = Calendar.objects.create(provider=provider, url=url, keeper=by, due_at=timezone.now())
        record("calendar.added", made, by=by, changes={"host": ["", made.host]})
        _read_soon()
    return made


def look_now(calendar: Calendar, *, by: Any) -> bool:
    """Ask its server at once instead of tonight. False where it is to be asked at once already, or never."""
    with transaction.atomic():
        locked = _locked(calendar)
        now = timezone.now()
        if locked.state not in {State.NEW, State.ACTIVE} or (locked.due_at is not None and locked.due_at <= now):
            return False
        locked.due_at = now
        locked.save(update_fields=["due_at"])
        _read_soon()
    return True


def describe(calendar: Calendar, values: Mapping[str, Any], *, by: Any) -> None:
    """What holds for all of its events, its name, its address, and whether new events come by themselves."""
    with transaction.atomic():
        locked = _locked(calendar)
        changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(locked, name, value)
        if "url" in changed:
            locked.etag = locked.modified = locked.digest = ""
            locked.due_at = timezone.now() if locked.state in {State.NEW, State.ACTIVE} else None
            _read_soon()
        if "details" in changed:
            locked.events.update(settled=False)
        locked.save()
        record("calendar.changed", locked, by=by, changes={"keys": [[], sorted(changed)]})
        _settle_soon(locked)


def describe_event(event: CalendarEvent, own: Mapping[str, Any], *, by: Any) -> None:
    """What holds for this event alone; nothing: as for all."""
    with transaction.atomic():
        locked = _locked(event.calendar)
        if CalendarEvent.objects.filter(pk=event.pk).exclude(own=dict(own)).update(own=dict(own), settled=False):
            record("calendar.event", locked, by=by, changes={"event": ["", event.title]})
            _settle_soon(locked)


def choose(calendar: Calendar, numbers: Iterable[int], *, wanted: bool, by: Any) -> int:
    """Which events are to become offers. What is taken out of it stays an offer, and the calendar leaves it alone."""
    with transaction.atomic():
        locked = _locked(calendar)
        events = locked.events.filter(pk__in=list(numbers), wanted=not wanted)
        changed: int = events.update(wanted=wanted, settled=False, missing=False)
        if changed:
            record("calendar.chosen", locked, by=by, changes={"wanted": [not wanted, wanted], "number": [0, changed]})
            _settle_soon(locked)
    return changed


def begin(calendar: Calendar, *, by: Any) -> bool:
    """From now on: its events become offers, and it is read every night. Twice is once."""
    with transaction.atomic():
        locked = _locked(calendar)
        if locked.state != State.NEW or locked.read_at is None:
            return False
        locked.state, locked.keeper, locked.due_at = State.ACTIVE, by, timezone.now() + _A_NIGHT
        locked.save(update_fields=["state", "keeper", "due_at"])
        record("calendar.begun", locked, by=by)
        _settle_soon(locked)
    return True


def pause(calendar: Calendar, *, by: Any) -> None:
    """Its server is not asked any more until somebody resumes it."""
    with transaction.atomic():
        locked = _locked(calendar)
        if locked.state != State.ACTIVE:
            return
        locked.state, locked.pause, locked.paused_at, locked.due_at = State.PAUSED, Pause.PERSON, timezone.now(), None
        locked.save(update_fields=["state", "pause", "paused_at", "due_at"])
        record("calendar.paused", locked, by=by, changes={"pause": ["", Pause.PERSON.value]})


def resume(calendar: Calendar, *, by: Any) -> None:
    """Ask again, at once; whoever says so keeps it from now on."""
    with transaction.atomic():
        locked = _locked(calendar)
        if locked.state != State.PAUSED:
            return
        locked.state, locked.pause, locked.paused_at, locked.failing_since = State.ACTIVE, "", None, None
        locked.keeper, locked.due_at = by, timezone.now()
        locked.save(update_fields=["state", "pause", "paused_at", "failing_since", "keeper", "due_at"])
        record("calendar.resumed", locked, by=by)
        _read_soon()


def answer(calendar: Calendar, *, ended: bool, by: Any) -> int:
    """Most of its events were missing at once: they do not take place any more (`ended`), or they stay as they are."""
    with transaction.atomic():
        locked = _locked(calendar)
        missing = locked.events.filter(missing=True)
        number = missing.count()
        if not number:
            return 0
        if ended:
            missing.update(missing=False, gone_at=timezone.now(), settled=False)
        else:
            missing.update(missing=False, wanted=False)
        locked.held_at = None
        locked.save(update_fields=["held_at"])
        record("calendar.answered", locked, by=by, changes={"ended": [None, ended], "number": [0, number]})
        _settle_soon(locked)
    return number


def follow_again(event: CalendarEvent, *, by: Any) -> bool:
    """What a person wrote by hand gives way to the calendar again."""
    with transaction.atomic():
        locked = _locked(event.calendar)
        fresh = CalendarEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
        if not fresh.by_hand:
            return False
        fresh.kept, fresh.taken, fresh.by_hand, fresh.settled = {}, {}, [], False
        fresh.save(update_fields=["kept", "taken", "by_hand", "settled"])
        record("calendar.follows", locked, by=by, changes={"event": ["", fresh.title]})
        _settle_soon(locked)
    return True


def end(calendar: Calendar, *, away: bool, by: Any) -> None:
    """Nothing comes from it any more. Its offers stay as they are, or are put away (`away`)."""
    with transaction.atomic():
        locked = _locked(calendar)
        if locked.state == State.ENDED:
            return
        locked.state, locked.due_at, locked.held_at = State.ENDED, None, None
        locked.save(update_fields=["state", "due_at", "held_at"])
        record("calendar.ended", locked, by=by, changes={"offers_put_away": [False, away]})
        if away:
            tasks.put_away_here.defer(calendar=locked.pk, person=by.pk)


def _locked(calendar: Calendar) -> Calendar:
    return Calendar.objects.select_for_update(of=("self",)).select_related("provider").get(pk=calendar.pk)


def _read_soon() -> None:
    tasks.read_here.defer_once()


def _settle_soon(calendar: Calendar) -> None:
    if calendar.state == State.ACTIVE:
        tasks.settle_here.defer(calendar=calendar.pk)
