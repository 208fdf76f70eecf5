"""What may be a mistake in dates: asked, never forbidden."""

from datetime import date, datetime, time, timedelta

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from portal.offers.left_out import left_out
from portal.offers.models import Schedule
from portal.offers.occurrences import readable
from portal.offers.schedule_words import NIGHT_ENDS

# A night is over by then; what ends later on the next day is rather a slip.
_LONGEST_NIGHT = timedelta(hours=12)
_ANY_DAY = date(2026, 1, 1)


def asked_of(schedules: list[Schedule], today: date) -> tuple[str, ...]:
    """Questions about some rules, each once."""
    questions = (question for schedule in schedules for question in _of(schedule, today))
    return tuple(dict.fromkeys(each for each in questions if each))


def _of(schedule: Schedule, today: date) -> list[str]:
    return [_past(schedule, today), _over_midnight(schedule), _last_day(schedule)]


def _past(schedule: Schedule, today: date) -> str:
    """A day that was is nearly always the wrong year."""
    if schedule.rrule:
        rule = readable(schedule)
        last = (rule.until or rule.last_day()) if rule else None
    else:
        last = schedule.last_date or schedule.first_date
    if last is None or last >= today:
        return ""
    return _("%(day)s is over already. Is the year right?") % {"day": _day(last)}


def _over_midnight(schedule: Schedule) -> str:
    start, end = schedule.start_time, schedule.end_time
    if (
        start is None
        or end is None
        or end >= start
        or (schedule.last_date or schedule.first_date) > schedule.first_date
    ):
        return ""
    told = {"time": time_format(end, "H:i")}
    if end <= NIGHT_ENDS or _length(start, end) <= _LONGEST_NIGHT:
        return _("It goes on until %(time)s on the next day.") % told
    return (
        _("The end is before the beginning: as it stands it goes on until %(time)s on the next day. Is that right?")
        % told
    )


def _length(start: time, end: time) -> timedelta:
    return datetime.combine(_ANY_DAY + timedelta(days=1), end) - datetime.combine(_ANY_DAY, start)


def _last_day(schedule: Schedule) -> str:
    """The last day somebody gave falls out: then it ends earlier than they think."""
    rule = readable(schedule) if schedule.rrule else None
    if rule is None or rule.until is None or next(rule.days(rule.until, rule.until), None) is None:
        return ""
    without = left_out(schedule)
    reason = without.reason(rule.until)
    last = rule.last_day(without)
    if reason is None or last is None:
        return ""
    told = {"day": _day(rule.until), "reason": reason.words or str(reason.why.label), "last": _day(last)}
    return _("The last day, %(day)s, falls out (%(reason)s). It takes place for the last time on %(last)s.") % told


def _day(day: date) -> str:
    return date_format(day, _("l, F j, Y"))
