"""Calendars as text, written by hand: what a program would send."""

import random
from datetime import date, datetime, timedelta


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


def onwards(value: str, zone: str = "Europe/Berlin") -> str:
    """What says that a change is for this date and all later ones."""
    return at("RECURRENCE-ID;RANGE=THISANDFUTURE", value, zone)


def stamp(moment: date | datetime) -> str:
    """As a calendar writes it."""
    return moment.strftime("%Y%m%dT%H%M%S" if isinstance(moment, datetime) else "%Y%m%d")


def _random_event(dice: random.Random, number: int) -> str:
    """A series with a repetition, left out days, a moved and a cancelled date, in one of two zones."""
    zone = dice.choice(["Europe/Berlin", "Europe/Berlin", "America/New_York"])
    hour = dice.choice([9, 14, 18, 21])
    start = datetime(2029, 11, 5, hour, 30) + timedelta(days=dice.randrange(120))
    length = f"DURATION:PT{dice.choice([45, 60, 90, 240])}M"
    rule, step = dice.choice([
        ("FREQ=WEEKLY", 7), ("FREQ=WEEKLY;INTERVAL=2", 14), ("FREQ=DAILY;COUNT=60", 1), ("FREQ=DAILY;INTERVAL=3", 3),
        ("FREQ=WEEKLY;COUNT=20", 7), ("FREQ=MONTHLY", 0), ("FREQ=MONTHLY;BYDAY=1SA", 0), ("", 0),
    ])  # fmt: skip
    if rule == "FREQ=MONTHLY" and start.day > 28:
        start -= timedelta(days=4)
    if not rule:
        return event(f"u{number}", f"Titel {number}", stamp(start), length, zone=zone)
    more = [length, f"RRULE:{rule}"]
    if not step:
        return event(f"u{number}", f"Titel {number}", stamp(start), *more, zone=zone)
    days = dice.sample(range(1, 15), 3)
    gone, moved, cancelled = (start + timedelta(days=step * each) for each in days)
    more.append(at("EXDATE", stamp(gone), zone))
    return "".join([
        event(f"u{number}", f"Titel {number}", stamp(start), *more, zone=zone),
        event(f"u{number}", f"Titel {number}", stamp(moved + timedelta(days=1, hours=1)), length,
              at("RECURRENCE-ID", stamp(moved), zone), zone=zone),
        event(f"u{number}", f"Titel {number}", stamp(cancelled), "STATUS:CANCELLED",
              at("RECURRENCE-ID", stamp(cancelled), zone), zone=zone),
    ])  # fmt: skip


def five_hundred() -> str:
    """A calendar of 500 events with repetitions, exceptions, moved single events and two time zones."""
    dice = random.Random(13)
    return calendar(*(_random_event(dice, number) for number in range(500)))


CHOIR = ("chor@v", "Chor", "20300107T193000", "DURATION:PT2H", "RRULE:FREQ=WEEKLY", "DESCRIPTION:Wir singen.",
         "LOCATION:Gemeindehaus\\, Kirchweg 3\\, 66111 Saarbrücken")  # fmt: skip
RUN = ("lauf@v", "Lauftreff", "20300302T100000", "DURATION:PT1H")
FEST = ("fest@v", "Sommerfest", "20300601", "DESCRIPTION:Mit Musik.", "URL:https://verein.example/fest")
THREE = calendar(event(*CHOIR), event(*RUN), event(*FEST))
