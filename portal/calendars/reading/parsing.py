"""A calendar file taken apart into its events, whatever it holds: what cannot be understood is left out, not feared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from portal.calendars.reading.failing import Failure, FetchError
from portal.calendars.reading.mending import mended, zone_named
from portal.calendars.reading.moments import Moment, Span, day_of, instant
from portal.calendars.reading.values import Values, words

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy("icalendar")

MOST_EVENTS = 2000
LONGEST_UID = 500
LONGEST_TEXT = 20_000
_EVENT = re.compile(r"^BEGIN:VEVENT\s*$", re.IGNORECASE | re.MULTILINE)
_BEGIN, _END = "BEGIN:VCALENDAR", "END:VCALENDAR"
# A class that a program made up is private, says RFC 5545.
_FOR_ALL = frozenset({"PUBLIC", ""})
# What programs write instead of the title of what they do not want to tell.
_NOT_TOLD = frozenset({
    "busy", "free/busy", "private", "private appointment", "private event", "confidential",
    "beschäftigt", "belegt", "gebucht", "frei/gebucht", "privat", "privater termin", "privater eintrag", "vertraulich",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One VEVENT: a series, or (`replaces`) what became of one of its dates (`onwards`: of that and all later)."""

    uid: str
    span: Span
    title: str = ""
    description: str = ""
    place: str = ""
    url: str = ""
    labels: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    rules: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    further: tuple[Span, ...] = ()
    without: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    onwards: bool = False
    cancelled: bool = False
    private: bool = False
    sequence: int = 0
    version: tuple[int, datetime] = (0, datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Series:
    """What one offer is made of: an event, and its dates that were changed."""

    main: Event
    changed: tuple[Event, ...] = ()


@dataclass(slots=True)
class Found:
    """What stands in a calendar. `unclear`: so many events have no beginning that could be understood."""

    name: str = ""
    series: list[Series] = field(default_factory=list)
    unclear: int = 0
    private: int = 0
    cancelled: int = 0
    taken_back: set[str] = field(default_factory=set)
    """The UIDs of those that are private or cancelled."""


def parse(text: str) -> Found:
    """The events of a calendar. FetchError where it is none, or holds more than we read."""
    whole = mended(text)
    if sum(1 for _each in _EVENT.finditer(whole.text)) > MOST_EVENTS:
        raise FetchError(Failure.TOO_MANY)
    try:
        calendars = icalendar.Calendar.from_ical(whole.text, multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
        raise FetchError(Failure.BROKEN) from error
    # Half a file must not pass for a calendar that has become empty.
    if not calendars or _is_cut_off(whole.text):
        raise FetchError(Failure.BROKEN)
    found = Found(name=_name(calendars))
    events = [event for each in calendars for event in _events(each, whole.zones, found)]
    for series in _grouped(events):
        if series.main.private or series.main.cancelled:
            found.taken_back.add(series.main.uid)
        if series.main.private:
            found.private += 1
        elif series.main.cancelled:
            found.cancelled += 1
        else:
            found.series.append(series)
    return found


def _is_cut_off(text: str) -> bool:
    lines = text.upper().split("\r\n")
    return sum(line.strip() == _END for line in lines) < max(1, sum(line.strip() == _BEGIN for line in lines))


def _name(calendars: Iterable[Any]) -> str:
    for each in calendars:
        for key in ("X-WR-CALNAME", "NAME"):
            if name := words(each.get(key), 120):
                return name
    return ""


def _events(calendar: Any, zones: dict[str, tzinfo], found: Found) -> Iterator[Event]:
    usual = zone_named(words(calendar.get("X-WR-TIMEZONE"), 60))
    # A file that takes back what it lists (METHOD of RFC 5546).
    back = words(calendar.get("METHOD"), 20).upper() == "CANCEL"
    for raw in calendar.walk("VEVENT"):
        event = _event(Values(raw, zones))
        if event is None:
            found.unclear += 1
        else:
            yield replace(_there(event, usual), cancelled=event.cancelled or back)


def _event(values: Values) -> Event | None:
    replaced = values.moment("RECURRENCE-ID")
    # What became of a date is on that date where it does not say otherwise.
    start = values.moment("DTSTART") or replaced
    if start is None:
        return None
    title = values.line("SUMMARY", 255)
    return Event(
        uid=values.text("UID", LONGEST_UID),
        span=Span(start, values.end(start)),
        title=title,
        description=values.text("DESCRIPTION", LONGEST_TEXT) or values.text("X-ALT-DESC", LONGEST_TEXT),
        place=values.line("LOCATION", 400),
        url=values.text("URL", 500),
        labels=values.labels(),
        geo=values.geo(),
        rules=tuple(values.rules("RRULE")),
        excluding=tuple(values.rules("EXRULE")),
        further=tuple(values.spans("RDATE")),
        without=tuple(each.start for each in values.spans("EXDATE")),
        replaces=replaced,
        onwards=values.parameter("RECURRENCE-ID", "RANGE") == "THISANDFUTURE",
        cancelled="CANCELLED" in values.said("STATUS"),
        private=not _FOR_ALL.issuperset(values.said("CLASS")) or title.lower() in _NOT_TOLD,
        sequence=values.number("SEQUENCE"),
        version=values.version(),
    )


def _there(event: Event, usual: tzinfo | None) -> Event:
    """A repetition whose hours were told as those of the world is on the clocks of its calendar (X-WR-TIMEZONE): the
    choir sings at half past seven in winter and in summer. Not where its days would be others."""
    start, end = event.span.start, event.span.end
    if usual is None or not event.rules or not isinstance(start, datetime) or start.utcoffset() is None:
        return event
    here = start.astimezone(usual)
    if start.tzname() != "UTC" or day_of(here) != day_of(start):
        return event
    return replace(event, span=Span(here, end.astimezone(usual) if isinstance(end, datetime) else end))


def _grouped(events: list[Event]) -> Iterator[Series]:
    """Events by their UIDs. Some programs give one UID to all: what neither replaces a date nor says the same as
    another of its name is a series of its own."""
    by_uid: dict[str, list[Event]] = {}
    for at, event in enumerate(events):
        by_uid.setdefault(event.uid or f"?{at}", []).append(event)
    for several in by_uid.values():
        mains, changed = _newest(several)
        if not mains:
            first, *rest = sorted(changed, key=lambda each: each.private)
            yield Series(first, tuple(map(_public, rest)))
        for at, main in enumerate(mains):
            # Changed dates belong to the one that repeats.
            mine = changed if at == _repeating(mains) else []
            yield Series(main, tuple(map(_public, mine)))


def _public(changed: Event) -> Event:
    """A date that became private does not take place for anybody else, and nobody reads what is on it."""
    if not changed.private:
        return changed
    return replace(changed, title="", description="", place="", url="", labels=(), geo=None, cancelled=True)


def _repeating(mains: list[Event]) -> int:
    return next((at for at, each in enumerate(mains) if each.rules or each.further), 0)


def _newest(events: list[Event]) -> tuple[list[Event], list[Event]]:
    """The series and the changed dates of one UID, of each the last version."""
    mains: dict[tuple[str, str], Event] = {}
    changed: dict[str, Event] = {}
    for event in sorted(events, key=lambda each: each.version):
        if event.replaces is None:
            mains[event.title, _told(event.span.start)] = event
        else:
            changed[_told(event.replaces)] = event
    found = {id(each) for each in (*mains.values(), *changed.values())}
    kept = [each for each in events if id(each) in found]
    return (
        _without_older([each for each in kept if each.replaces is None]),
        [each for each in kept if each.replaces is not None],
    )


def _told(moment: Moment) -> str:
    """The same for the same moment, whatever clock it was told by."""
    return str(instant(moment) if isinstance(moment, datetime) else moment)


def _without_older(mains: list[Event]) -> list[Event]:
    """Where programs count versions, an older version of a series is none of its own."""
    highest = max((each.sequence for each in mains), default=0)
    newest = [each for each in mains if each.sequence == highest]
    return newest if len(newest) == 1 and highest > 0 else mains
