"""The properties of an event as plain values. What is broken is as good as not there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import date as day
from html import unescape
from typing import TYPE_CHECKING, Any

from core.html import plain_text
from core.lazy import lazy
from core.numbers import whole_number
from core.text import clean_text
from portal.calendars.reading.mending import ZONE
from portal.calendars.reading.moments import Moment, Span, instant

if TYPE_CHECKING:
    import icalendar
else:
    icalendar = lazy("icalendar")

MARKUP = re.compile(r"</?(?:p|br|a|b|i|u|em|strong|ul|ol|li|div|span|h[1-6])\b[^>]{0,300}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Values:
    """What a VEVENT says. `zones` are those that its file describes itself."""

    raw: Any
    zones: Mapping[str, tzinfo] = field(default_factory=dict)

    def text(self, name: str, most: int) -> str:
        """Words with their breaks."""
        return words(self.raw.get(name), most)

    def line(self, name: str, most: int) -> str:
        """Words on one line, without the signs of web pages that some programs leave in them (`&#8211;`, `<b>`)."""
        said = unescape(words(self.raw.get(name), most * 3))
        return " ".join(clean_text(plain_text(said) if MARKUP.search(said) else said).split())[:most]

    def number(self, name: str) -> int:
        """A count; 0 where it is none."""
        written = str(_first(self.raw.get(name)) or "")
        return whole_number(written, digits=9) or 0

    def said(self, name: str) -> list[str]:
        """Short words of a property, each time it stands there, in capitals."""
        return [words(each, 40).upper() for each in _all(self.raw.get(name))]

    def parameter(self, name: str, parameter: str) -> str:
        """What stands beside a value."""
        value = _first(self.raw.get(name))
        return str(getattr(value, "params", {}).get(parameter, "")).upper() if value is not None else ""

    def moment(self, name: str) -> Moment | None:
        """A day, or a time on its own clock."""
        value = _first(self.raw.get(name))
        if value is None or _is_broken(value):
            return None
        return self._placed(getattr(value, "dt", None), value)

    def version(self) -> tuple[int, datetime]:
        """What is higher with each version of an event."""
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            said = self.moment(name)
            if isinstance(said, datetime):
                return self.number("SEQUENCE"), instant(said)
        return self.number("SEQUENCE"), datetime.min.replace(tzinfo=UTC)

    def end(self, start: Moment) -> Moment | None:
        """As DTEND or DURATION say; an end that is not after the beginning is none."""
        end = self.moment("DTEND")
        if end is None:
            length = _first(self.raw.get("DURATION"))
            said = None if length is None or _is_broken(length) else getattr(length, "dt", None)
            end = _later(start, said) if isinstance(said, timedelta) else None
        if isinstance(end, datetime) and not isinstance(start, datetime):
            # Whole days that end at an hour.
            end = end.date() + timedelta(days=int(end.time() > end.min.time()))
        if end is None or isinstance(end, datetime) != isinstance(start, datetime):
            return None
        return end if _is_after(end, start) else None

    def rules(self, name: str) -> Iterator[str]:
        """The rules of a repetition; what is wrong with one is for the rules of offers to say."""
        for each in _all(self.raw.get(name)):
            yield str(each)[:300] if _is_broken(each) else each.to_ical().decode("utf-8", "replace")

    def spans(self, name: str) -> Iterator[Span]:
        """The days or times of RDATE and EXDATE; periods have an end or a length."""
        for listed in _all(self.raw.get(name)):
            for each in () if _is_broken(listed) else getattr(listed, "dts", ()):
                said, end = each.dt if isinstance(each.dt, tuple) else (each.dt, None)
                start = self._placed(said, listed)
                if start is not None:
                    yield Span(start, _later(start, end) if isinstance(end, timedelta) else self._placed(end, listed))

    def labels(self) -> tuple[str, ...]:
        """Its categories."""
        lists = [each for each in _all(self.raw.get("CATEGORIES")) if not _is_broken(each)]
        names = [str(name)[:120].strip(' "') for listed in lists for name in getattr(listed, "cats", ())]
        return tuple(clean_text(unescape(name)).strip() for name in names[:20] if name)

    def geo(self) -> tuple[float, float] | None:
        """Its place on the map. Nought, nought is what programs write that do not know it."""
        value = _first(self.raw.get("GEO"))
        if value is None or _is_broken(value):
            return None
        latitude, longitude = float(value.latitude), float(value.longitude)
        there = -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)
        return (latitude, longitude) if there else None

    def _placed(self, said: Any, value: Any) -> Moment | None:
        """A moment on the clock of the zone that its own file describes, where it names one."""
        if not isinstance(said, day) or not 1900 < said.year < 2300:
            return None
        if isinstance(said, datetime) and said.tzinfo is None:
            return said.replace(tzinfo=self.zones.get(str(getattr(value, "params", {}).get(ZONE, ""))))
        return said


def words(value: Any, most: int) -> str:
    """A property as text; one that stands there twice counts once."""
    value = _first(value)
    return "" if value is None else clean_text(str(value)[: most * 2]).strip()[:most]


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _all(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_broken(value: Any) -> bool:
    return isinstance(value, icalendar.prop.vBroken)


def _later(start: Moment, length: timedelta) -> Moment | None:
    try:
        return start + length
    except OverflowError:
        return None


def _is_after(end: Moment, start: Moment) -> bool:
    if isinstance(end, datetime) and isinstance(start, datetime) and (end.tzinfo is None) != (start.tzinfo is None):
        return end.replace(tzinfo=None) > start.replace(tzinfo=None)
    return end > start
