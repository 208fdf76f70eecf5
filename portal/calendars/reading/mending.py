"""What programs write beside the standard, put right line by line before a calendar is read.

Moments are written anew, each kind in a line of its own: whole days, times with a zone, times of the world. Zones that
only the file itself describes (VTIMEZONE) are taken out of it and stand in `Mended.zones`: the library would remember
them by their name for the whole process, so one club's “Customized Time Zone” would move the dates of the next.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo, available_timezones

from core.lazy import lazy

if TYPE_CHECKING:
    import icalendar
    from icalendar.timezone import windows_to_olson
else:
    icalendar = lazy("icalendar")
    windows_to_olson = lazy("icalendar.timezone.windows_to_olson")

ZONE = "X-FILE-ZONE"
"""The parameter that names a zone of `Mended.zones`."""
LONGEST_ZONE = 300
"""So many lines may describe a zone, and so many zones be described."""
_LINE_END = re.compile(r"\r*\n|\r")
_PROPERTY = re.compile(r"[A-Za-z0-9-]+[;:]")
_MOMENTS = re.compile(
    r"(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)(;.{0,600}?)?:(?=\s*[0-9]{4}-?[0-9]{2}-?[0-9]{2}(?![0-9]))(.*)",
    re.IGNORECASE | re.DOTALL,
)
_PARAMETER = re.compile(r';([A-Za-z-]+)=("[^"]*"|[^;"]*)')
_MOMENT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:[.][0-9]{1,9})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_PERIOD = re.compile(r"[0-9]{8}T[0-9]{6}Z?/(?:[0-9]{8}T[0-9]{6}Z?|P[0-9WDTHMS]{2,20})")
_YEARLY = re.compile(
    r"RRULE:(?=.*FREQ=YEARLY)(?:(?:FREQ=YEARLY|INTERVAL=1|WKST=[A-Z]{2}|BYMONTH=[0-9]{1,2}|BYMONTHDAY=-?[0-9,]{1,30}"
    r"|BYDAY=[-+]?[0-9]?[A-Z]{2}|COUNT=[0-9]{1,3}|UNTIL=[0-9]{8}(?:T[0-9]{6}Z?)?);?)+",
    re.IGNORECASE,
)
_MIDNIGHT = "T000000"
# What Exchange calls the time of the world, which needs no table.
_WORLD = {"tzone://Microsoft/Utc": "UTC", "Z": "UTC"}


@dataclass(slots=True)
class Mended:
    """A calendar as the library reads it, and the zones that it describes itself."""

    text: str
    zones: dict[str, tzinfo] = field(default_factory=dict)


def mended(text: str) -> Mended:
    """The calendar, put right."""
    kept: list[str] = []
    described: list[list[str]] = []
    inside: list[str] | None = None
    for line in unfolded(text):
        mark = line[:20].upper().strip()
        if mark == "BEGIN:VTIMEZONE":
            inside = []
        if inside is None:
            kept.extend(_moments(line))
        elif len(inside) <= LONGEST_ZONE:
            inside.append(line)
        if mark == "END:VTIMEZONE" and inside is not None:
            described.append(inside)
            inside = None
    return Mended("\r\n".join(kept) + "\r\n", dict(_zones(described[:LONGEST_ZONE])))


def unfolded(text: str) -> Iterator[str]:
    """The lines of a calendar, whatever their ends. What is no property belongs to the line before: a break that the
    program forgot to write as one."""
    parts: list[str] = []
    for line in _LINE_END.split(text):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
        elif _PROPERTY.match(line):
            if parts:
                yield "".join(parts)
            parts = [line]
        elif line and parts and not parts[0][:6].upper().startswith(("BEGIN:", "END:")):
            parts += ["\\n", line]
    if parts:
        yield "".join(parts)


def _moments(line: str) -> Iterator[str]:
    """A line, or, where it says moments, one line for each kind of them. What is none of them is left out."""
    found = _MOMENTS.fullmatch(line)
    if found is None:
        yield line
        return
    name, given = found[1].upper(), {key.upper(): value.strip('"') for key, value in _PARAMETER.findall(found[2] or "")}
    whole = given.get("VALUE", "").upper() == "DATE"
    kinds: dict[tuple[str, bool], list[str]] = {}
    for written in re.split("[,;]", found[3]):
        said = _moment(written.strip().upper(), whole=whole)
        if said is not None:
            kinds.setdefault(_kind(said), []).append(said)
    if not kinds:
        yield line
    later = ";RANGE=THISANDFUTURE" if given.get("RANGE", "").upper() == "THISANDFUTURE" else ""
    for (kind, zoned), several in kinds.items():
        yield f"{name}{later}{kind}{_zone(given.get('TZID', '')) if zoned else ''}:{','.join(several)}"


def _kind(said: str) -> tuple[str, bool]:
    """What is said of a moment before it, and whether a zone belongs to it."""
    of_the_world = said.partition("/")[0].endswith("Z")
    if "/" in said:
        return ";VALUE=PERIOD", not of_the_world
    return (";VALUE=DATE", False) if len(said) == 8 else ("", not of_the_world)


def _moment(written: str, *, whole: bool) -> str | None:
    """A moment as RFC 5545 writes it; None where it is none."""
    if _PERIOD.fullmatch(written):
        return written
    found = _MOMENT.fullmatch(written)
    if found is None:
        return None
    day = "".join(found.group(1, 2, 3))
    if found[4] is None:
        return day
    clock = f"T{found[4]}{found[5]}{found[6] or '00'}"
    if whole and clock == _MIDNIGHT:
        return day
    offset = found[7] or ""
    return f"{day}{clock}{offset}" if offset in ("", "Z") else _of_the_world(day + clock, offset)


def _of_the_world(written: str, offset: str) -> str | None:
    """A time with so many hours from Greenwich."""
    try:
        moment = datetime.strptime(written + offset.replace(":", ""), "%Y%m%dT%H%M%S%z")
        return (moment - (moment.utcoffset() or timedelta())).strftime("%Y%m%dT%H%M%SZ")
    except (ValueError, OverflowError):
        return None


def _zone(said: str) -> str:
    """The parameter that names a zone: one that everybody knows, or one of the file's own."""
    if not said:
        return ""
    known = _known(said)
    return f";TZID={known}" if known else f';{ZONE}="{_name(said)}"'


def _name(said: str) -> str:
    return said.replace("\\,", ",").strip().strip('"')[:200]


def zone_named(said: str) -> tzinfo | None:
    """The zone of a name that everybody knows."""
    known = _known(said)
    return ZoneInfo(known) if known else None


@cache
def _everywhere() -> frozenset[str]:
    return frozenset(available_timezones())


def _known(said: str) -> str:
    """The usual name of a zone: of Windows, or behind a maker's own name (/mozilla.org/20050126_1/Europe/Berlin)."""
    if said in _WORLD:
        return _WORLD[said]
    parts = _name(said).strip("/").split("/")
    for at in range(len(parts)):
        name = "/".join(parts[at:])
        name = windows_to_olson.WINDOWS_TO_OLSON.get(name, name)
        if name in _everywhere():
            return name
    return ""


def _zones(described: Iterable[list[str]]) -> Iterator[tuple[str, tzinfo]]:
    """The zones a file describes and nobody else knows."""
    for lines in described:
        said = {name: _value(lines, name) for name in ("TZID", "X-LIC-LOCATION")}
        if not said["TZID"] or _known(said["TZID"]):
            continue
        zone = zone_named(said["X-LIC-LOCATION"]) or _described(lines)
        if zone is not None:
            yield said["TZID"], zone


def _value(lines: Iterable[str], name: str) -> str:
    return next((_name(line.partition(":")[2]) for line in lines if re.split("[:;]", line)[0].upper() == name), "")


def _described(lines: list[str]) -> tzinfo | None:
    """A zone by its own rules. One that is not once a year is none of a clock's, and would be counted for hours."""
    others = ("TZID", "X-", "RRULE")
    plain = [line for line in lines if not line.upper().startswith(others) or _YEARLY.fullmatch(line)]
    text = "\r\n".join([plain[0], f"TZID:{ZONE}", *plain[1:], ""])
    try:
        zone: tzinfo = cast("icalendar.Timezone", icalendar.Timezone.from_ical(text)).to_tz(lookup_tzid=False)
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError):
        return None
    return zone
