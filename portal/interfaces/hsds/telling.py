"""Values as HSDS writes them: nothing that is empty, addresses in ASCII, rules of dates in its few words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.encoding import iri_to_uri

from portal.interfaces.hsds.ids import part
from portal.interfaces.records import Record
from portal.offers.rules import DAYS, Rule, RuleError, read

# The only repetitions the specification knows.
_FREQUENCIES = ("WEEKLY", "MONTHLY")


def filled(record: Mapping[str, Any]) -> Record:
    """Without what is unknown: the UK profile forbids null, and an empty text is no answer."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def uri(address: str) -> str:
    """An address as `format: uri` wants it."""
    return str(iri_to_uri(address)) if address else ""


def words_of(choices: Any, value: str) -> str:
    """The words of a choice; nothing where it is not stated."""
    return "" if value == "unknown" else str(choices(value).label)


def phones(parent: str, *numbers: str) -> list[Record]:
    """Telephone numbers; the specification has one kind of them for voice."""
    return [
        {"id": part(parent, "phone", place), "number": number, "type": "voice"}
        for place, number in enumerate(numbers)
        if number
    ]


def urls(parent: str, named: Mapping[str, str]) -> list[Record]:
    """Further addresses by what they lead to."""
    return [
        {"id": part(parent, "url", place), "label": label, "url": uri(address)}
        for place, (label, address) in enumerate(named.items())
        if address
    ]


def schedules(parent: str, rules: list[Record], *, note: str, calendar: str) -> list[Record]:
    """The rules of an offer's dates, as far as the specification has words for them; the calendar file says all."""
    return [
        filled(
            {
                "id": part(parent, "schedule", place),
                **_dates(rule),
                "opens_at": _at(rule["first_date"], rule["start_time"]),
                "closes_at": _at(rule["first_date"], rule["end_time"]),
                "description": note,
                "schedule_link": uri(calendar),
            }
        )
        for place, rule in enumerate(rules)
    ]


def _dates(rule: Record) -> Record:
    first = rule["first_date"]
    if not rule["rrule"]:
        last = rule["last_date"] or first
        return {"valid_from": first, "valid_to": last, "dtstart": first, "until": last}
    try:
        found = read(rule["rrule"], date.fromisoformat(first))
    except RuleError:
        # Kept from an old portal and never understood: the text says what it says.
        return {"valid_from": first, "dtstart": first, "notes": f"RRULE:{rule['rrule']}"}
    until = found.until.isoformat() if found.until else None
    told: Record = {"valid_from": first, "valid_to": until, "dtstart": first, "until": until, "count": found.count}
    if _is_plain(found):
        return {**told, **_repeated(found)}
    return {**told, "notes": f"RRULE:{rule['rrule']}"}


def _is_plain(rule: Rule) -> bool:
    """Whether the specification's words say all of it: it has weeks and months, and no choice among their days."""
    if rule.months or rule.positions or rule.year_days or rule.week_numbers:
        return False
    return rule.freq in _FREQUENCIES or (rule.freq == "DAILY" and rule.interval == 1 and not rule.month_days)


def _repeated(rule: Rule) -> Record:
    every = rule.freq == "DAILY" and not rule.weekdays
    named = [f"{which or ''}{DAYS[day]}" for which, day in rule.weekdays]
    return {
        "freq": "WEEKLY" if rule.freq == "DAILY" else rule.freq,
        "interval": rule.interval,
        "wkst": DAYS[rule.week_starts],
        "byday": ",".join(DAYS if every else named),
        "bymonthday": ",".join(map(str, rule.month_days)),
    }


def _at(day: str, clock: str | None) -> str | None:
    """A time with the offset it has on its first day: the specification asks for one, and summer time has another."""
    if clock is None:
        return None
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
    return moment.isoformat().partition("T")[2]
