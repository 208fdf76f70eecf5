"""A calendar file taken apart into its events, whatever it holds: what cannot be understood is left out, not feared."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.lazy import lazy
from core.text import clean_text
from portal.calendars.reading.failing import Failure, FetchError

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy("icalendar")

Moment = date | datetime
"""A day, or a time of a day; a time without a zone is ours."""
MOST_EVENTS = 2000
LONGEST_UID = 500
LONGEST_TEXT = 20_000
_EVENT = re.compile(r"^BEGIN:VEVENT\s*$", re.IGNORECASE | re.MULTILINE)
_END = "END:VCALENDAR"
_PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; without an end it is a moment, or one whole day."""

    start: Moment
    end: Moment | None = None


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
    further: tuple[Span, ...] = ()
    without: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    onwards: bool = False
    cancelled: bool = False
    private: bool = False
    sequence: int = 0


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


def parse(text: str) -> Found:
    """The events of a calendar. FetchError where it is none, or holds more than we read."""
    if sum(1 for _each in _EVENT.finditer(text)) > MOST_EVENTS:
        raise FetchError(Failure.TOO_MANY)
    try:
        calendars = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
        raise FetchError(Failure.BROKEN) from error
    # Half a file must not pass for a calendar that has become empty.
    if not calendars or _END not in text[-400:].upper():
        raise FetchError(Failure.BROKEN)
    found = Found(name=_name(calendars))
    events = [event for each in _components(calendars) if (event := _event(each, found)) is not None]
    for series in _grouped(events):
        if series.main.private:
            found.private += 1
        elif series.main.cancelled:
            found.cancelled += 1
        else:
            found.series.append(series)
    return found


def _name(calendars: Iterable[Any]) -> str:
    for each in calendars:
        for key in ("X-WR-CALNAME", "NAME"):
            if name := _words(each.get(key), 120):
                return name
    return ""


def _components(calendars: Iterable[Any]) -> Iterator[Any]:
    for each in calendars:
        yield from each.walk("VEVENT")


def _event(raw: Any, found: Found) -> Event | None:
    start = _moment(raw.get("DTSTART"))
    if start is None:
        found.unclear += 1
        return None
    replaced = _first(raw.get("RECURRENCE-ID"))
    described = _words(raw.get("DESCRIPTION"), LONGEST_TEXT) or _words(raw.get("X-ALT-DESC"), LONGEST_TEXT)
    return Event(
        uid=_words(raw.get("UID"), LONGEST_UID),
        span=Span(start, _end(raw, start)),
        title=" ".join(_words(raw.get("SUMMARY"), 255).split()),
        description=described,
        place=" ".join(_words(raw.get("LOCATION"), 400).split()),
        url=_words(raw.get("URL"), 500),
        labels=_labels(raw.get("CATEGORIES")),
        geo=_geo(raw.get("GEO")),
        rules=tuple(_rules(raw.get("RRULE"))),
        further=tuple(_spans(raw.get("RDATE"))),
        without=tuple(each.start for each in _spans(raw.get("EXDATE"))),
        replaces=_moment(replaced),
        onwards=_parameter(replaced, "RANGE") == "THISANDFUTURE",
        cancelled=_words(raw.get("STATUS"), 20).upper() == "CANCELLED",
        private=_words(raw.get("CLASS"), 20).upper() in _PRIVATE,
        sequence=_number(raw.get("SEQUENCE")),
    )


def _first(value: Any) -> Any:
    """A property that stands there twice counts once."""
    return value[0] if isinstance(value, list) and value else value


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_broken(value: Any) -> bool:
    return isinstance(value, icalendar.prop.vBroken)


def _words(value: Any, most: int) -> str:
    value = _first(value)
    return "" if value is None else clean_text(str(value)[: most * 2]).strip()[:most]


def _parameter(value: Any, name: str) -> str:
    return str(getattr(value, "params", {}).get(name, "")).upper() if value is not None else ""


def _number(value: Any) -> int:
    written = str(_first(value) or "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0


def _moment(value: Any) -> Moment | None:
    value = _first(value)
    if value is None or _is_broken(value):
        return None
    said = getattr(value, "dt", None)
    return said if isinstance(said, date) and 1900 < said.year < 2300 else None


def _end(raw: Any, start: Moment) -> Moment | None:
    """As DTEND or DURATION say; an end that is not after the beginning is none."""
    end = _moment(raw.get("DTEND"))
    if end is None:
        length = _first(raw.get("DURATION"))
        said = None if length is None or _is_broken(length) else getattr(length, "dt", None)
        end = _later(start, said) if isinstance(said, timedelta) else None
    if end is None or isinstance(end, datetime) != isinstance(start, datetime):
        return None
    return end if _is_after(end, start) else None


def _later(start: Moment, length: timedelta) -> Moment | None:
    try:
        return start + length
    except OverflowError:
        return None


def _is_after(end: Moment, start: Moment) -> bool:
    if isinstance(end, datetime) and isinstance(start, datetime) and (end.tzinfo is None) != (start.tzinfo is None):
        return end.replace(tzinfo=None) > start.replace(tzinfo=None)
    return end > start


def _rules(value: Any) -> Iterator[str]:
    for each in _all(value):
        if not _is_broken(each):
            yield each.to_ical().decode("utf-8", "replace")
        else:
            # For the rules of offers to say what is wrong with it.
            yield str(each)[:300]


def _spans(value: Any) -> Iterator[Span]:
    """The days or times of RDATE and EXDATE; periods have an end or a length."""
    for listed in _all(value):
        if _is_broken(listed):
            continue
        for each in getattr(listed, "dts", ()):
            said = each.dt
            if isinstance(said, tuple):
                start, end = said
                yield Span(start, _later(start, end) if isinstance(end, timedelta) else end)
            elif isinstance(said, date):
                yield Span(said)


def _labels(value: Any) -> tuple[str, ...]:
    names = [str(name) for listed in _all(value) if not _is_broken(listed) for name in getattr(listed, "cats", ())]
    return tuple(clean_text(name[:120]).strip() for name in names[:20] if name.strip())


def _geo(value: Any) -> tuple[float, float] | None:
    value = _first(value)
    if value is None or _is_broken(value):
        return None
    latitude, longitude = float(value.latitude), float(value.longitude)
    return (latitude, longitude) if -90 <= latitude <= 90 and -180 <= longitude <= 180 else None


def _grouped(events: list[Event]) -> Iterator[Series]:
    """Events by their UIDs. Some programs give one UID to all: what neither replaces a date nor says the same as
    another of its name is a series of its own."""
    by_uid: dict[str, list[Event]] = {}
    for at, event in enumerate(events):
        by_uid.setdefault(event.uid or f"?{at}", []).append(event)
    for several in by_uid.values():
        mains, changed = _newest(several)
        if not mains:
            first, *rest = changed
            yield Series(first, tuple(rest))
        for at, main in enumerate(mains):
            # Changed dates belong to the one that repeats.
            mine = changed if at == _repeating(mains) else []
            yield Series(main, tuple(mine))


def _repeating(mains: list[Event]) -> int:
    return next((at for at, each in enumerate(mains) if each.rules or each.further), 0)


def _newest(events: list[Event]) -> tuple[list[Event], list[Event]]:
    """The series and the changed dates of one UID, of each the last version."""
    mains: dict[tuple[str, str], Event] = {}
    changed: dict[str, Event] = {}
    for event in events:
        if event.replaces is not None:
            before = changed.get(key := str(event.replaces))
            if before is None or before.sequence <= event.sequence:
                changed[key] = event
            continue
        own = (event.title, str(event.span.start))
        if own not in mains or mains[own].sequence <= event.sequence:
            mains[own] = event
    return _without_older(list(mains.values())), list(changed.values())


def _without_older(mains: list[Event]) -> list[Event]:
    """Where programs count versions, an older version of a series is none of its own."""
    highest = max((each.sequence for each in mains), default=0)
    newest = [each for each in mains if each.sequence == highest]
    return newest if len(newest) == 1 and highest > 0 else mains
