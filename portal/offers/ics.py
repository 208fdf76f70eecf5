"""Dates as calendar files (RFC 5545), made so that every calendar program shows the same hours as the portal.

Repetitions stay repetitions: a rule becomes one event with its RRULE, not hundreds of events. The zone is described
by the classical pair of yearly rules: the lists of days that the icalendar library would write itself make programs
built on ical.js (Thunderbird, Nextcloud) show a summer evening one hour off.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration, vRecur

from core.html import plain_text
from portal.offers.left_out import left_out
from portal.offers.models import Location, Occurrence, Offer, Schedule
from portal.offers.moments import DAY_END, comes_twice, zone
from portal.offers.occurrences import HORIZON, LONGEST_PAST, readable, window
from portal.offers.presentation import cost_line
from portal.offers.rules import Rule
from portal.providers.fields import Precision

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Chancenportal//Termine//DE"
LONGEST_TEXT = 700
NEEDED = ("provider", "schedules", "locations", "categories")
# Repetitions all programs understand alike; any other rule is written as the list of its days.
_COMMON_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
# Revisions are numbered by the second of the change. Counted from here they fit the format's 31 bits until 2068.
_FIRST_REVISION = datetime(2000, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_ZONE = Timezone.from_ical("""BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
""")


def ics_for_offers(offers: Iterable[Offer], *, host: str, now: datetime, name: str = "") -> bytes:
    """The dates of public offers as one calendar file; single dates and rules that ended long ago are left out.

    `host` is the municipality's own host name without port. Related rows are fetched here, in a fixed number of
    queries. The file is the same until something changes, so it can be kept and compared.
    """
    chosen = list(offers)
    prefetch_related_objects(chosen, *NEEDED)
    since = timezone.localdate(now) - LONGEST_PAST
    return calendar_of((event for offer in chosen for event in events_of(offer, host=host, since=since)), name=name)


def ics_for_occurrence(offer: Offer, occurrence: Occurrence, *, host: str) -> bytes:
    """One single date of an offer as a calendar file."""
    event = _described(offer, host=host, uid=_key(occurrence.first_date, occurrence.start_time))
    _put_span(event, occurrence.starts_at, occurrence.ends_at, occurrence.last_date, has_time=occurrence.has_time)
    return calendar_of([event], name=offer.title)


def ics_of_dates(
    dates: Iterable[tuple[Offer, Occurrence]], *, host: str, name: str = "", topics: Iterable[str] = ()
) -> bytes:
    """A file with an event for each date, without any rule; reads NEEDED without the schedules. `topics` stand beside
    the offer's.

    Each has an end, which importers insist on: an hour later where nobody knows it. What is said of an offer is written
    once and copied to all its dates: there are thousands of them, and as components each would cost ten times as much.
    """
    head, end_of_file, _rest = calendar_of((), name=name).rpartition(b"END:VCALENDAR")
    about: dict[int, bytes] = {}
    pieces = [head]
    for offer, occurrence in dates:
        if offer.pk not in about:
            about[offer.pk] = _about(offer, host=host, topics=list(topics))
        pieces += (b"BEGIN:VEVENT\r\n", _when(offer, occurrence, host=host), about[offer.pk], b"END:VEVENT\r\n")
    return b"".join([*pieces, end_of_file, b"\r\n"])


def _lines(event: Event) -> bytes:
    """What stands in it, without its first and last line."""
    whole: bytes = event.to_ical(sorted=False)
    return whole.removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(b"END:VEVENT\r\n")


def _about(offer: Offer, *, host: str, topics: list[str]) -> bytes:
    event = _described(offer, host=host, uid="")
    del event["uid"]
    if topics:
        event.pop("categories", None)
        event.add("categories", [*(_clean(category.name) for category in offer.categories.all()), *topics])
    return _lines(event)


def _when(offer: Offer, occurrence: Occurrence, *, host: str) -> bytes:
    event = Event()
    event.add("uid", _uid(offer, _key(occurrence.first_date, occurrence.start_time), host))
    _put_span(event, occurrence.starts_at, occurrence.ends_at, occurrence.last_date, has_time=occurrence.has_time)
    if "dtend" not in event:
        event.add("dtend", event.decoded("dtstart") + timedelta(hours=1))
    return _lines(event)


def calendar_of(events: Iterable[Event], *, name: str = "") -> bytes:
    """A complete file. The zone is always in it: a calendar without any component would be invalid."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", _clean(name))
        calendar.add("x-wr-calname", _clean(name))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(timedelta(hours=6)))
    calendar.add_component(_ZONE)
    for event in events:
        calendar.add_component(event)
    body: bytes = calendar.to_ical(sorted=False)
    return body


def occurrence_key(occurrence: Occurrence) -> str:
    """The name of a date in addresses, `2026-11-03-1800` or `2026-11-03`. It outlives the row: saving an offer makes
    all its occurrences anew."""
    start = occurrence.start_time
    return f"{occurrence.first_date:%Y-%m-%d}" + (f"-{start:%H%M}" if start else "")


def read_key(key: str) -> tuple[date, time | None] | None:
    """The day and time a name of a date means; None where it means nothing."""
    found = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:-([0-9]{2})([0-9]{2}))?", key)
    if found is None:
        return None
    try:
        return date.fromisoformat(found[1]), time(int(found[2]), int(found[3])) if found[2] else None
    except ValueError:
        return None


def _key(day: date, start: time | None) -> str:
    return f"{day:%Y%m%d}" + (f"T{start:%H%M}" if start else "")


def file_path(offer: Offer, occurrence: Occurrence | None = None) -> str:
    """Where the calendar file of an offer, or of one of its dates, is fetched."""
    path = f"{offer.get_absolute_url()}termine.ics"
    return f"{path}?termin={occurrence_key(occurrence)}" if occurrence else path


def address(host: str, path: str, *, scheme: str = "") -> str:
    """A full address on the municipality's own host."""
    return f"{scheme or settings.URL_SCHEME}://{host}{settings.URL_PORT}{path}"


def events_of(offer: Offer, *, host: str, since: date) -> Iterator[Event]:
    """An event for each rule of an offer that did not end before a day; reads NEEDED.

    Days of a rule on which the clocks change within its hours are events of their own, taken out of the series: a
    program would leave out a time that does not exist, and gives all of a series the same length.
    """
    used: dict[str, int] = {}
    for schedule in offer.schedules.all():
        rule = readable(schedule) if schedule.rrule else None
        first = rule.first_day() if rule else schedule.first_date
        if first is None or (schedule.rrule and rule is None) or _ended_before(schedule, rule, since):
            continue
        # Rules are replaced whenever an offer is saved; what they begin with tells the same one again.
        key = ("serie-" if rule else "") + _key(first, schedule.start_time)
        used[key] = used.get(key, 0) + 1
        uid = key if used[key] == 1 else f"{key}-{used[key]}"
        event = _described(offer, host=host, uid=uid)
        if rule is None:
            _put_once(event, schedule)
            yield event
            continue
        odd = _odd_days(schedule, rule, since)
        _put_series(event, schedule, rule, first, odd)
        yield event
        for day in odd:
            single = _described(offer, host=host, uid=f"{uid}-{day:%Y%m%d}")
            start, end, last = window(schedule, day)
            _put_span(single, start, end, last, has_time=True)
            yield single


def _ended_before(schedule: Schedule, rule: Rule | None, since: date) -> bool:
    if rule is None:
        return (schedule.last_date or schedule.first_date) < since
    return rule.until is not None and rule.until < since


def _odd_days(schedule: Schedule, rule: Rule, since: date) -> list[date]:
    """The days up to the horizon on which a change of the clocks makes the beginning or the length another one."""
    if schedule.start_time is None:
        return []
    found = []
    until = since + LONGEST_PAST + HORIZON
    except_on = left_out(schedule)
    for change in _clock_changes(since, until):
        for day in rule.days(change - timedelta(days=1), change):
            start, end, _last = window(schedule, day)
            moved = start.time() != schedule.start_time or start.utcoffset() != end.utcoffset() or comes_twice(start)
            if moved and since <= day <= until and day not in except_on:
                found.append(day)
    return found


def _clock_changes(since: date, until: date) -> list[date]:
    """The Sundays on which the clocks change: the last of March and of October."""
    found = []
    for year in range(since.year, until.year + 1):
        for month in (3, 10):
            last = date(year, month, 31)
            found.append(last - timedelta(days=(last.weekday() + 1) % 7))
    return [day for day in found if since <= day <= until + timedelta(days=1)]


def _put_once(event: Event, schedule: Schedule) -> None:
    start, end, last = window(schedule, schedule.first_date)
    _put_span(event, start, end, last, has_time=schedule.start_time is not None)
    if schedule.first_date in schedule.exdates:
        event["status"] = "CANCELLED"


def _put_series(event: Event, schedule: Schedule, rule: Rule, first: date, odd: list[date]) -> None:
    start, end, last = window(schedule, first)
    if first in odd:
        # The very first one is shifted, longer or shorter; that must not become the habit of all the others.
        begin = datetime.combine(first, schedule.start_time or time(), zone())
        event.add("dtstart", begin)
        finish = datetime.combine(first, schedule.end_time) if schedule.end_time else None
        if finish is not None:
            length = finish - begin.replace(tzinfo=None)
            event.add("duration", length if length >= timedelta() else length + timedelta(days=1))
    else:
        _put_span(event, start, end, last, has_time=schedule.start_time is not None)
    _put_rule(event, schedule, rule, first)
    # Holidays have no end; as far as anybody looks ahead they are in the file.
    farthest = max(first, timezone.localdate()) + 3 * LONGEST_PAST
    holidays = left_out(schedule).days(rule, first, farthest) if schedule.off else ()
    for day in sorted({*schedule.exdates, *holidays, *odd}):
        if day >= first:
            event.add("exdate", _moment(schedule, day))


def _put_span(event: Event, start: datetime, end: datetime, last: date, *, has_time: bool) -> None:
    """Beginning and end. Ends are exclusive; where nobody knows the end of an hour, none is claimed."""
    begin, finish = timezone.localtime(start, zone()), timezone.localtime(end, zone())
    mistakable = comes_twice(begin) or comes_twice(finish)
    if not has_time:
        event.add("dtstart", begin.date())
        event.add("dtend", last + timedelta(days=1))
        return
    # Programs do not agree which of two equal hours is meant; in UTC there is only one.
    event.add("dtstart", begin.astimezone(UTC) if mistakable else begin)
    if finish.time() == DAY_END:
        finish = datetime.combine(last + timedelta(days=1), time(), zone())
    # In one zone Python compares the clocks, not the moments.
    if finish.astimezone(UTC) > begin.astimezone(UTC):
        event.add("dtend", finish.astimezone(UTC) if mistakable else finish)


def _put_rule(event: Event, schedule: Schedule, rule: Rule, first: date) -> None:
    parts = dict(part.split("=", 1) for part in schedule.rrule.split(";"))
    if not parts.keys() <= _COMMON_PARTS or {"COUNT", "UNTIL"} <= parts.keys():
        for day in rule.days(first + timedelta(days=1), first + 3 * LONGEST_PAST):
            event.add("rdate", _moment(schedule, day))
        return
    written = vRecur.from_ical(schedule.rrule)
    if rule.until is not None:
        until = _moment(schedule, rule.until)
        written["UNTIL"] = [until.astimezone(UTC) if isinstance(until, datetime) else until]
    event.add("rrule", written)


def _moment(schedule: Schedule, day: date) -> date | datetime:
    """A day as DTSTART has it: with the local time, or as a whole day."""
    return day if schedule.start_time is None else datetime.combine(day, schedule.start_time, zone())


def _described(offer: Offer, *, host: str, uid: str) -> Event:
    """An event with everything but its dates."""
    changed = max(offer.updated_at, offer.provider.updated_at).replace(microsecond=0)
    event = Event()
    event.add("uid", _uid(offer, uid, host))
    # Without a METHOD this is the time of the last change, not of the download.
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("sequence", max(0, int((changed - _FIRST_REVISION).total_seconds())))
    event.add("summary", _clean(offer.title))
    event.add("status", "CONFIRMED")
    # An offer somebody could go to does not make anybody busy.
    event.add("transp", "TRANSPARENT")
    url = address(host, offer.get_absolute_url())
    event.add("url", url)
    event.add("description", _clean(_text(offer, url)))
    topics = [_clean(category.name) for category in offer.categories.all()]
    if topics:
        event.add("categories", topics)
    _put_place(event, offer)
    return event


def _uid(offer: Offer, key: str, host: str) -> str:
    return f"angebot-{offer.pk}-{key}@{host}"


def _text(offer: Offer, url: str) -> str:
    words = plain_text(offer.description)
    if len(words) > LONGEST_TEXT:
        words = f"{words[:LONGEST_TEXT].rsplit(' ', 1)[0]} …"
    cost = cost_line(offer)
    parts = [
        offer.summary,
        words if words != offer.summary else "",
        offer.schedule_note,
        _("Costs: %(costs)s") % {"costs": cost} if cost else "",
        offer.conditions,
        *(place.note for place in offer.locations.all() if not place.hide_exact_address),
        _("Offered by %(provider)s") % {"provider": offer.provider.name},
        url,
    ]
    return "\n\n".join(part for part in parts if part)


def _put_place(event: Event, offer: Offer) -> None:
    """Where to go. Of a protected address nothing is told: a calendar is copied to who knows where."""
    places = [place for place in offer.locations.all() if not place.hide_exact_address]
    words = [_place_words(place) for place in places]
    if offer.is_online:
        words.append(_("online"))
    found = "; ".join(dict.fromkeys(word for word in words if word))
    if found:
        event.add("location", _clean(found))
    exact = [place for place in places if place.precision == Precision.EXACT]
    if len(places) == 1 and exact:
        event.add("geo", (round(exact[0].latitude or 0, 6), round(exact[0].longitude or 0, 6)))


def _place_words(place: Location) -> str:
    return ", ".join(part for part in (place.name, place.address_line) if part)


def _clean(text: str) -> str:
    """Text without signs the format cannot carry or readers take for the end of a line."""
    return _UNWRITABLE.sub(" ", text.replace("\r\n", "\n"))
