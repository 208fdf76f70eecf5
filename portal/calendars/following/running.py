"""One look at one calendar: ask, understand, recognise, then settle its events in parts.

A calendar is claimed before it is asked (its next look is a quarter of an hour away): killed in the middle, what was
settled stays settled, and the next look does the rest. The server is asked outside of any transaction.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, time, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.models import User
from audit.services import record
from core.outgoing import Outgoing
from courtesy.turns import BusyError
from portal.calendars import letters
from portal.calendars.following import taking, together
from portal.calendars.following.matching import matched, named_once
from portal.calendars.models import KEPT_RUNS, PATIENCE, Calendar, CalendarEvent, CalendarRun, Pause, State
from portal.calendars.reading.failing import FetchError
from portal.calendars.reading.fetching import Fetched, Known, fetch, outgoing
from portal.calendars.reading.mapping import Mapped, Mapper
from portal.calendars.reading.parsing import Found, parse
from portal.offers.moments import zone
from portal.providers.models import Membership

CLAIMED = timedelta(minutes=15)
FRESH = timedelta(days=28)
"""After so long a calendar is read whole although its server says that nothing changed: time itself moves dates on."""
FEW = 3
"""So many events may go in one night without anybody being asked."""
_NIGHT_BEGINS, _NIGHT_MINUTES = time(1, 10), 240
Outcome = CalendarRun.Outcome
Make = Callable[[], Outgoing]


def claim() -> Calendar | None:
    """The calendar that is due longest, with its next look far enough away for nobody else to take it."""
    now = timezone.now()
    with transaction.atomic():
        found = Calendar.objects.due(now).select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if found is not None:
            Calendar.objects.filter(pk=found.pk).update(due_at=now + CLAIMED)
    return found


def look(calendar: Calendar, make: Make = outgoing, *, until: float = float("inf")) -> None:
    """Ask for a calendar and do what follows from the answer; what is open when time is up is found by `unfinished`."""
    person = keeper_of(calendar)
    if person is None:
        _pause(calendar, Pause.NOBODY)
        return
    now = timezone.now()
    try:
        fetched = fetch(calendar.url, _known(calendar, now), make)
        found = _understood(calendar, fetched)
    except BusyError as error:
        # Nothing was seen: it waits for its server, and lets the calendars of other servers pass.
        _put_off(calendar, now + timedelta(seconds=max(error.seconds, 5.0)))
        return
    except FetchError as error:
        _failed(calendar, error, now)
        return
    run = keep(calendar, fetched, found, now)
    settle_all(calendar, by=person, run=run, until=until)


def unfinished() -> list[Calendar]:
    """Calendars whose events were read and not all settled: whoever did it was killed."""
    open_ones = CalendarEvent.objects.filter(calendar=OuterRef("pk"), settled=False, waits="")
    return list(Calendar.objects.filter(Exists(open_ones), state=State.ACTIVE).order_by("pk"))


def keeper_of(calendar: Calendar) -> User | None:
    """In whose name changes are made: whoever set it up, else somebody who leads the organisation."""
    people = Membership.objects.filter(provider=calendar.provider_id, user__is_active=True).select_related("user")
    own = people.filter(user=calendar.keeper_id).first() if calendar.keeper_id else None
    found = own or people.filter(role=Membership.Role.ADMINISTRATOR).order_by("pk").first()
    return found.user if found is not None else None


def _known(calendar: Calendar, now: datetime) -> Known:
    if calendar.read_at is None or now - calendar.read_at > FRESH:
        return Known()
    return Known(calendar.etag, calendar.modified)


def _understood(calendar: Calendar, fetched: Fetched) -> Found | None:
    """What stands in it; None where it is byte for byte what was read lately."""
    if fetched.text is None:
        return None
    fresh = calendar.read_at is not None and timezone.now() - calendar.read_at <= FRESH
    return None if fresh and fetched.digest == calendar.digest else parse(fetched.text)


def keep(calendar: Calendar, fetched: Fetched, found: Found | None, now: datetime) -> CalendarRun:
    """Write down what was read, all at once: from here on nothing needs the server any more."""
    with transaction.atomic():
        locked = Calendar.objects.select_for_update(of=("self",)).select_related("provider").get(pk=calendar.pk)
        locked.asked_at, locked.due_at = now, _next(locked, now)
        locked.failing_since, locked.failure, locked.failure_status, locked.failure_words = None, "", None, ""
        number = 0
        if found is not None:
            number = _events(locked, found, now)
            locked.etag, locked.modified = fetched.known.etag, fetched.known.modified
            locked.digest, locked.read_at = fetched.digest, now
            locked.name = locked.name or found.name or locked.host
        locked.save()
        outcome = Outcome.SAME if found is None else Outcome.READ
        return _run(locked, CalendarRun(calendar=locked, at=now, outcome=outcome, found=number))


def _next(calendar: Calendar, now: datetime) -> datetime | None:
    """Some minute of the coming night, always the same for a calendar. One that is being set up waits for people."""
    if calendar.state != State.ACTIVE:
        return None
    night = datetime.combine(now.astimezone(zone()).date(), _NIGHT_BEGINS, zone())
    due = night + timedelta(minutes=calendar.pk * 37 % _NIGHT_MINUTES)
    # Never twice within some hours, whatever clock change or click came before.
    return due if due > now + timedelta(hours=6) else due + timedelta(days=1)


def _run(calendar: Calendar, run: CalendarRun) -> CalendarRun:
    run.save()
    old = CalendarRun.objects.filter(calendar=calendar).order_by("-at", "-id").values("pk")[KEPT_RUNS:]
    CalendarRun.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return run


def _events(calendar: Calendar, found: Found, now: datetime) -> int:
    """Recognise the events; write those that are new or say something new."""
    today = timezone.localdate(now)
    mapper = Mapper(calendar.provider, today)
    read = [mapper.mapped(each) for each in found.series]
    now_there = named_once(each for each in read if not each.never)
    taken_back = found.taken_back | {each.uid for each in read if each.never}
    known = list(calendar.events.select_for_update().order_by("pk"))
    pairs, gone, come = matched(known, now_there)
    changed = [event for event, mapped in pairs if _renewed(event, mapped)]
    ended = set(_taken_back(gone, taken_back, now))
    changed += [*ended, *_missed(calendar, [each for each in gone if each not in ended], alive=_alive(known), now=now)]
    coming = [each for each in come if not each.is_over(today)]
    # Two events may have changed their names with one another.
    _free_names(changed)
    CalendarEvent.objects.bulk_update(changed, _WRITTEN)
    CalendarEvent.objects.bulk_create([_new(calendar, each) for each in coming])
    return len(now_there)


_WRITTEN = ("uid", "title", "title_key", "start_key", "first", "last", "content", "problem", "settled", "missing",
            "gone_at")  # fmt: skip


def _free_names(changed: Sequence[CalendarEvent]) -> None:
    name = Concat(Value("~~"), Cast("pk", CharField()))
    CalendarEvent.objects.filter(pk__in=[each.pk for each in changed]).update(uid=name)


def _renewed(event: CalendarEvent, mapped: Mapped) -> bool:
    """Write what the calendar says now to a known event; True where anything differs."""
    before = (event.uid, event.start_key, event.content, event.missing, event.gone_at)
    news = event.content != mapped.content or event.gone_at is not None
    event.uid, event.title, event.title_key = mapped.uid, mapped.content["title"], mapped.title_key
    event.start_key, event.first, event.last = mapped.start_key, mapped.first, mapped.last
    event.content, event.missing, event.gone_at = mapped.content, False, None
    if news:
        event.settled, event.problem = False, mapped.problem
    return before != (event.uid, event.start_key, event.content, event.missing, event.gone_at)


def _new(calendar: Calendar, mapped: Mapped) -> CalendarEvent:
    wanted = calendar.state == State.NEW or calendar.takes_new
    return CalendarEvent(
        calendar=calendar, uid=mapped.uid, title=mapped.content["title"], title_key=mapped.title_key,
        start_key=mapped.start_key, first=mapped.first, last=mapped.last, content=mapped.content,
        problem=mapped.problem, wanted=wanted and not mapped.problem,
    )  # fmt: skip


def _alive(known: Sequence[CalendarEvent]) -> int:
    return sum(1 for each in known if _is_alive(each))


def _is_alive(event: CalendarEvent) -> bool:
    """Whether it is an offer with dates to come."""
    return event.offer_id is not None and event.wanted and event.gone_at is None and not event.is_over


def _taken_back(gone: Sequence[CalendarEvent], uids: Collection[str], now: datetime) -> list[CalendarEvent]:
    """What the calendar itself says is cancelled, or nobody's business: it ends at once, and nobody is asked."""
    found = [each for each in gone if each.uid in uids and _is_alive(each)]
    for each in found:
        each.gone_at, each.missing, each.settled = now, False, False
    return found


def _missed(calendar: Calendar, gone: Sequence[CalendarEvent], *, alive: int, now: datetime) -> list[CalendarEvent]:
    """What is not there any more: ended, or held where that is most of a calendar at once; then somebody is asked."""
    dead = [each for each in gone if each.offer_id is None and not each.kept]
    CalendarEvent.objects.filter(pk__in=[each.pk for each in dead]).delete()
    lost = [each for each in gone if _is_alive(each)]
    if _is_sudden(len(lost), alive):
        for each in lost:
            each.missing = True
        if calendar.held_at is None:
            calendar.held_at = now
            letters.held(calendar, len(lost))
        return lost
    calendar.held_at = None
    for each in lost:
        each.gone_at, each.missing, each.settled = now, False, False
    return lost


def _is_sudden(lost: int, alive: int) -> bool:
    return lost > 0 and (lost == alive or lost > max(FEW, alive / 2))


def settle_all(calendar: Calendar, *, by: User, run: CalendarRun | None = None, until: float = float("inf")) -> bool:
    """Settle every event that is not, the soonest first, and last those that wait for a person. False where time was
    up (`until`, on the monotonic clock) and there are others than those left."""
    open_ones = calendar.events.filter(settled=False).order_by("waits", "first", "pk")
    numbers = list(open_ones.values_list("pk", flat=True))
    for start in range(0, len(numbers), together.PART):
        for pk in together.settle(calendar, numbers[start : start + together.PART], by=by, run=run):
            _settle_one(pk, by, run)
            if monotonic() > until:
                return not _open_ones(calendar).exists()
        if monotonic() > until:
            return not _open_ones(calendar).exists()
    return True


def _open_ones(calendar: Calendar) -> QuerySet[CalendarEvent]:
    """What is to be settled and waits for nobody: those that wait must not start one job after the other."""
    return calendar.events.filter(settled=False, waits="")


def _settle_one(pk: int, by: User, run: CalendarRun | None) -> None:
    done = taking.settle(pk, by=by)
    _count(run, done)
    if done == taking.Done.BACK:
        _count(run, taking.settle(pk, by=by))


def end_offers(calendar: int, *, by: User) -> None:
    """Put away the offers of a calendar that was ended, one after the other."""
    events = CalendarEvent.objects.filter(calendar=calendar, offer__isnull=False, wanted=True, ended_at__isnull=True)
    for pk in list(events.order_by("first", "pk").values_list("pk", flat=True)):
        taking.end_with_its_calendar(pk, by=by)


def _count(run: CalendarRun | None, done: taking.Done) -> None:
    if run is not None and done:
        CalendarRun.objects.filter(pk=run.pk).update(**{done.value: F(done.value) + 1})


def _put_off(calendar: Calendar, until: datetime) -> None:
    Calendar.objects.filter(pk=calendar.pk).update(due_at=until)


def _failed(calendar: Calendar, error: FetchError, now: datetime) -> None:
    """Remember what the server said. After a week nobody asks it any more, and the organisation is told."""
    with transaction.atomic():
        locked = Calendar.objects.select_for_update().get(pk=calendar.pk)
        locked.asked_at, locked.failing_since = now, locked.failing_since or now
        locked.failure, locked.failure_status, locked.failure_words = error.failure, error.status, error.words
        due = _next(locked, now)
        locked.due_at = max(due, now + timedelta(seconds=error.wait)) if due is not None else None
        locked.save()
        _run(locked, CalendarRun(calendar=locked, at=now, outcome=Outcome.FAILED, failure=error.failure,
                                 status=error.status, words=error.words))  # fmt: skip
        if locked.state == State.ACTIVE and now - locked.failing_since >= PATIENCE:
            _pause(locked, Pause.FAILING)


def _pause(calendar: Calendar, why: Pause) -> None:
    with transaction.atomic():
        locked = Calendar.objects.select_for_update(of=("self",)).select_related("provider").get(pk=calendar.pk)
        locked.state, locked.pause, locked.paused_at, locked.due_at = State.PAUSED, why, timezone.now(), None
        locked.save(update_fields=["state", "pause", "paused_at", "due_at"])
        record("calendar.paused", locked, by="calendar", changes={"pause": ["", why.value]})
        if why == Pause.FAILING:
            letters.paused(locked)
