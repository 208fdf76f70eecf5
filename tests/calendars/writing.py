"""Calendars as text, written by hand: what a program would send."""

from datetime import date, datetime


def calendar(*events: str, name: str = "Vereinskalender") -> str:
    """A whole file."""
    head = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//DE\nX-WR-CALNAME:{name}\n"
    return (head + "".join(events) + "END:VCALENDAR\n").replace("\n", "\r\n")


def event(uid: str, title: str, start: str, *more: str, zone: str = "Europe/Berlin") -> str:
    """One event; `start` as 20300304T180000, a day (20300304) or in UTC (…Z)."""
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\n{at('DTSTART', start, zone)}\n"
        + "".join(f"{line}\n" for line in more)
        + "END:VEVENT\n"
    )


def at(name: str, value: str, zone: str = "Europe/Berlin") -> str:
    """A property with a moment."""
    if "T" not in value:
        return f"{name};VALUE=DATE:{value}"
    return f"{name}:{value}" if value.endswith("Z") else f"{name};TZID={zone}:{value}"


def stamp(moment: date | datetime) -> str:
    """As a calendar writes it."""
    return moment.strftime("%Y%m%dT%H%M%S" if isinstance(moment, datetime) else "%Y%m%d")
