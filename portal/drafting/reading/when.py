"""From mentions to when it takes place: single days, a stretch, every week, every month; and what is doubtful in it.

Nothing here is ever certain that was not written: a day without a year, a weekday that does not fit, a day that is
over, a sign that was hard to read, times that compete: each is a doubt, and what has a doubt is asked.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from portal.drafting.reading.calendar_words import MONTH
from portal.drafting.reading.mentions import Again, Clock, Day, Days, Mentions, mentions, told_once
from portal.drafting.reading.rules import DAYS, FARTHEST, Doubt, When, doubts_of_days, rule_of
from portal.drafting.reading.running_text import Running

# A text recognition that is surer than this of every sign is believed; of a day without a weekday beside it more.
BELIEVED, BELIEVED_ALONE = 78.0, 90.0
LONGEST_STRETCH = 62
MOST_DAYS = 40
FEW_LETTERS = 7
# Small words of dates and times, which say nothing of what takes place.
_FILLING = re.compile(
    r"\b(?:uhr|und|um|ab|von|bis|jeweils|am|den|dem|der|einlass|beginn|ende|start|termine?|sowie"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so)\b"
)
_TO = re.compile(r"(?:-|\bbis(?:\s+zum)?)\s*(?:\w{2,10}\.?,?\s*(?:den\s*)?)?$")
# What is left of a date or time that was not understood: one or two digits, perhaps twice, and no price, age or room.
_NUMBER = re.compile(
    r"(?<![\w.,:])\d{1,2}(?:[.:,]\d{2})?(?![\w:])(?!\.\d)(?!\s?(?:€|eur|%|km|m\b|jahr|plätze|personen|termin|mal\b|kinder|min|std))"
)
_BOUNDS = re.compile(r"\bferien\b|schulzeit|\bfeiertag|schultag|\b(?:halbjahr|semester)\b")
_OFF = re.compile(r"abgesagt|verschoben|verlegt|entfällt|fällt aus|\baußer\b|nicht am|ausgebucht")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A written day as a day of a year."""

    written: Day
    day: date
    sure: bool


def when(text: Running, *, today: date) -> When | None:
    """When it takes place; None where nothing is said of it."""
    found = mentions(text)
    return _Assembling(text, found, today).read()


class _Assembling:
    def __init__(self, text: Running, found: Mentions, today: date) -> None:
        self.text, self.today, self.found = text, today, found
        self.days = [each for each in found.days if not each.aside]
        self.agains = told_once(each for each in found.agains if not each.aside)
        self.clocks = [each for each in found.clocks if not each.aside] or (
            found.clocks if not self.days and not self.agains else []
        )
        self.doubts: set[Doubt] = set()
        self.used: list[tuple[int, int]] = []

    def read(self) -> When | None:
        repeating = [each for each in self.agains if each.said]
        if repeating and not self._dates_win(repeating):
            return self._done(*self._repeated(repeating))
        if self.days:
            return self._done(*self._dated())
        if self.agains:
            self.doubts.add(Doubt.BARE)
            return self._done(*self._repeated(self.agains))
        return None

    def _done(self, kind: str, rules: list[dict[str, Any]]) -> When | None:
        if not rules:
            return None
        self._look_for_doubts(rules)
        lines = sorted({self.text.line_at(at) for at, _end in self.used})
        said = " · ".join(self.text.rows[line] for line in lines)
        return When(kind, rules, self.doubts, said[:300])

    def _look_for_doubts(self, rules: list[dict[str, Any]]) -> None:
        blurred = min((self.text.least(*span) for span in self.used), default=100.0)
        if self.text.seen and blurred < BELIEVED:
            self.doubts.add(Doubt.BLURRED)
        if self._left_over():
            self.doubts.add(Doubt.CLOCKS)
        if any(rule["rrule"] for rule in rules) and self._is_bounded_elsewise():
            self.doubts.add(Doubt.SEVERAL)
        if _OFF.search(self.text.low):
            self.doubts.add(Doubt.OFF)
        self.doubts |= doubts_of_days(rules, self.today)

    def _is_bounded_elsewise(self) -> bool:
        """Whether what comes again is bounded by words that are no days: a month, holidays, a number of times."""
        spans = [(each.start, each.end) for each in self.found.days]
        months = re.finditer(rf"\b{MONTH}", self.text.low)
        lone = any(not any(start <= each.start() < end for start, end in spans) for each in months)
        return lone or _BOUNDS.search(self.text.low) is not None

    def _left_over(self) -> bool:
        """Whether a line that was used holds another number that looks like part of a date or a time."""
        spans = [(each.start, each.end) for each in self.found.days]
        spans += [(each.start, each.end) for each in self.found.agains]
        spans += [(each.start, each.end) for each in self.found.clocks]
        for number in {self.text.line_at(at) for at, _end in self.used}:
            start, end = self.text.line_span(number)
            for each in _NUMBER.finditer(self.text.low, start, end):
                if not any(first <= each.start() < last for first, last in spans):
                    return True
        return False

    # Days with a date

    def _dates_win(self, repeating: list[Again]) -> bool:
        """“Jeden Dienstag: 12.1., 19.1., 26.1.”: then the days are what counts."""
        single = [
            day for each in self.days if not each.stretch and not each.since and not each.until for day in each.days
        ]
        if any(each.monthly for each in repeating) and len(single) > 1:
            return True
        return len(single) >= 2 and not self._first_and_last()

    def _first_and_last(self) -> bool:
        return any(each.since or each.until or each.stretch for each in self.days)

    def _dated(self) -> tuple[str, list[dict[str, Any]]]:
        stretches = [each for each in self.days if each.stretch]
        if len(stretches) == 1 and (len(self.days) == 1 or self._is_head(stretches[0])):
            return self._stretch(stretches[0])
        if stretches or self.agains:
            self.doubts.add(Doubt.SEVERAL)
        over_days = self._from_clock_to_clock()
        if over_days is not None:
            return over_days
        self._look_for_a_programme()
        rows: dict[tuple[str, str | None, str | None], None] = {}
        for each in self.days:
            for dated in self._of_year(each):
                for begins, ends in self._clocks_of_day(each, dated.written):
                    rows[dated.day.isoformat(), begins, ends] = None
        found = sorted(rows, key=lambda row: (row[0], row[1] or ""))[:MOST_DAYS]
        found = [row for row in found if row[1] is not None or not any(o[0] == row[0] and o[1] for o in found)]
        return "dates", [rule_of(day, (begins, ends)) for day, begins, ends in found]

    def _from_clock_to_clock(self) -> tuple[str, list[dict[str, Any]]] | None:
        """“Fr 12.3.2027 18 Uhr bis So 14.3.2027 16 Uhr” is one stretch."""
        if len(self.days) != 2 or any(len(each.days) != 1 for each in self.days):
            return None
        first, last = self.days
        between = [each for each in self.clocks if first.end <= each.start < last.start]
        if not _TO.search(self.text.low[max(first.end, last.start - 16) : last.start]) or len(between) > 1:
            return None
        dated = [*self._of_year(first), *self._of_year(last)]
        if len(dated) != 2 or dated[0].day >= dated[1].day:
            return None
        after = [each for each in self.clocks if each.start >= last.end][:1]
        self.used += [(each.start, each.end) for each in (*between, *after)]
        hours = (between[0].begins if between else None, after[0].begins if after else None)
        self.doubts.discard(Doubt.SEVERAL)
        return "period", [rule_of(dated[0].day.isoformat(), hours, last=dated[1].day.isoformat())]

    def _is_head(self, stretch: Days) -> bool:
        """Whether all other days lie within the stretch: a programme of it."""
        first, last = (
            (each.day for each in self._of_year(stretch, quiet=True))
            if self._of_year(stretch, quiet=True)
            else (None, None)
        )
        if first is None or last is None:
            return False
        others = [dated.day for each in self.days if each is not stretch for dated in self._of_year(each, quiet=True)]
        return all(first <= day <= last for day in others)

    def _stretch(self, days: Days) -> tuple[str, list[dict[str, Any]]]:
        dated = self._of_year(days)
        if len(dated) != 2:
            return "dates", [rule_of(each.day.isoformat(), self._clock_of(days, each.written)) for each in dated]
        first, last = dated[0].day, dated[1].day
        if last < first:
            self.doubts.add(Doubt.IMPOSSIBLE)
            first, last = last, first
        hours = self._clock_of(days, days.days[-1])
        bare = [each for each in self.agains if not each.said]
        if bare and (last - first).days > 7:
            # 12.1. bis 23.3.2027, Dienstag 18 Uhr: a course.
            return self._weekly(bare, first, last)
        if bare:
            # Each of the days has hours of its own, perhaps.
            self.doubts.add(Doubt.CLOCKS)
        if (last - first).days > LONGEST_STRETCH:
            self.doubts.add(Doubt.SEVERAL)
        return "period", [rule_of(first.isoformat(), hours, last=last.isoformat())]

    def _of_year(self, days: Days, *, quiet: bool = False) -> list[_Dated]:
        """The days with their year, the written one or the likeliest."""
        found: list[_Dated] = []
        written_year = next((each.year for each in days.days if each.year), 0)
        for each in days.days:
            year = each.year or written_year
            made = _day(year, each) if year else self._likeliest(each)
            if made is None:
                self._doubt(Doubt.IMPOSSIBLE, quiet)
                continue
            if not year:
                self._doubt(Doubt.NO_YEAR, quiet)
            if each.weekday >= 0 and made.weekday() != each.weekday:
                self._doubt(Doubt.WEEKDAY, quiet)
            lone = each.weekday < 0 and self.text.seen
            if lone and self.text.least(each.start, each.end) < BELIEVED_ALONE:
                self._doubt(Doubt.BLURRED, quiet)
            if not quiet:
                self.used.append((each.start, each.end))
            found.append(_Dated(each, made, bool(year)))
        if found and not quiet:
            self.used.append((days.start, days.end))
        return found

    def _doubt(self, doubt: Doubt, quiet: bool) -> None:
        if not quiet:
            self.doubts.add(doubt)

    def _likeliest(self, each: Day) -> date | None:
        """The next day of that name; one that falls on the weekday which is written, where there is one soon."""
        coming = [
            made for year in range(self.today.year, self.today.year + 5) if (made := _day(year, each)) is not None
        ]
        coming = [made for made in coming if made >= self.today]
        fitting = [made for made in coming if made.weekday() == each.weekday and made <= self.today + FARTHEST]
        return next(iter(fitting or coming), None)

    # Times of day

    def _clocks_of_day(self, days: Days, day: Day) -> list[tuple[str | None, str | None]]:
        """Usually one; “11 und 15 Uhr” are two."""
        begins, ends = self._clock_of(days, day)
        pair = next((each for each in self.clocks if each.second and each.begins == begins and ends is None), None)
        return [(begins, ends), (pair.second, None)] if pair else [(begins, ends)]

    def _look_for_a_programme(self) -> None:
        """Days with other words between them are perhaps several things; one that is only a beginning or an end is no
        day at all."""
        if any(each.since or each.until for each in self.days):
            self.doubts.add(Doubt.SEVERAL)
        if len(self.days) < 2:
            return
        ends = [each.start for each in self.days[1:]]
        ends.append(self.text.line_span(self.text.line_at(self.days[-1].end - 1))[1])
        for each, end in zip(self.days, ends, strict=True):
            between = _FILLING.sub("", self.text.low[each.end : end])
            if sum(map(str.isalpha, between)) > FEW_LETTERS:
                self.doubts.add(Doubt.SEVERAL)

    def _clock_of(self, days: Days, day: Day) -> tuple[str | None, str | None]:
        """The hours of a day: behind it before the next day, else in its line, else those of all."""
        behind = self._behind(day.end if day is not days.days[-1] else days.end)
        return self._chosen(behind or self._in_line(day) or self._everybody(days))

    def _behind(self, at: int) -> list[Clock]:
        later = [each.start for each in self.days if each.start > at]
        later += [each.start for each in self.agains if each.start > at]
        end = min(later, default=len(self.text.low))
        found = [each for each in self.clocks if at <= each.start < end]
        if not found or self.text.line_at(found[0].start) - self.text.line_at(at) > 8:
            return []
        # Those that stand together; a programme further below tells of parts.
        first = self.text.line_at(found[0].start)
        return [each for each in found if self.text.line_at(each.start) - first <= 2]

    def _in_line(self, day: Day) -> list[Clock]:
        line = self.text.line_at(day.start)
        return [each for each in self.clocks if self.text.line_at(each.start) == line and each.end <= day.start]

    def _everybody(self, days: Days) -> list[Clock]:
        """Hours that are said once for all days."""
        after = [each for each in self.clocks if each.start >= days.end]
        return [after[0]] if after else self.clocks[-1:] if self.clocks else []

    def _chosen(self, clocks: list[Clock]) -> tuple[str | None, str | None]:
        if not clocks:
            return None, None
        begins = [each for each in clocks if each.label == "beginn"]
        plain = [each for each in clocks if each.label not in {"einlass", "ende"}]
        ends = [each for each in clocks if each.label == "ende"]
        chosen = (begins or plain or [each for each in clocks if each.label != "ende"] or clocks)[0]
        self.used.append((chosen.start, chosen.end))
        if len({(each.begins, each.ends, each.second) for each in (begins or plain)}) > 1:
            self.doubts.add(Doubt.CLOCKS)
        if chosen.label == "einlass" and not begins and not plain:
            self.doubts.add(Doubt.CLOCKS)
        if chosen.ends is None and ends and ends[0] is not chosen:
            self.used.append((ends[0].start, ends[0].end))
            return chosen.begins, ends[0].begins
        return chosen.begins, None if chosen.ends == chosen.begins else chosen.ends

    # What comes again

    def _repeated(self, agains: list[Again]) -> tuple[str, list[dict[str, Any]]]:
        stretches = [each for each in self.days if each.stretch]
        if len(self.days) == 1 and stretches and all(len(each.weekdays) == 7 for each in agains):
            return self._stretch(stretches[0])
        first, last = self._frame()
        if any(each.monthly and each.numbers for each in agains):
            return self._monthly([each for each in agains if each.monthly and each.numbers], first, last)
        return self._weekly(agains, first, last)

    def _frame(self) -> tuple[date | None, date | None]:
        """From when, until when: a day with “ab” or “bis” before it, or a stretch."""
        first = last = None
        for each in self.days:
            dated = self._of_year(each)
            if not dated:
                continue
            if each.stretch and len(dated) == 2:
                first, last = dated[0].day, dated[1].day
            elif each.until and first != dated[0].day:
                last = dated[0].day
            elif each.since or first is None:
                if not each.since:
                    self.doubts.add(Doubt.SEVERAL)
                first = dated[0].day
            else:
                self.doubts.add(Doubt.SEVERAL)
        if first is not None and last is not None and last < first:
            self.doubts.add(Doubt.IMPOSSIBLE)
            last = None
        return first, last

    def _weekly(self, agains: list[Again], first: date | None, last: date | None) -> tuple[str, list[dict[str, Any]]]:
        rules = []
        for each in agains:
            self._doubts_of(each)
            hours = self._clocks_of(each)
            names = ",".join(DAYS[day] for day in sorted(each.weekdays))
            every = f";INTERVAL={each.interval}" if each.interval > 1 else ""
            if each.interval > 1 and first is None:
                # Nobody knows in which week it begins.
                self.doubts.add(Doubt.SEVERAL)
            until = f";UNTIL={last:%Y%m%d}" if last else ""
            rules += [
                rule_of((first or self.today).isoformat(), each_of, rrule=f"FREQ=WEEKLY{every};BYDAY={names}{until}")
                for each_of in hours
            ]
        if first is not None and all(first.weekday() not in each.weekdays for each in agains):
            self.doubts.add(Doubt.WEEKDAY)
        return "weekly", rules

    def _monthly(self, agains: list[Again], first: date | None, last: date | None) -> tuple[str, list[dict[str, Any]]]:
        rules = []
        for each in agains:
            self._doubts_of(each)
            until = f";UNTIL={last:%Y%m%d}" if last else ""
            for number in each.numbers:
                for hours in self._clocks_of(each):
                    rule = f"FREQ=MONTHLY;BYDAY={number}{DAYS[each.weekdays[0]]}{until}"
                    rules.append(rule_of((first or self.today).isoformat(), hours, rrule=rule))
            if len(each.weekdays) > 1 or len(each.numbers) > 1:
                self.doubts.add(Doubt.SEVERAL)
        return "monthly", rules

    def _doubts_of(self, again: Again) -> None:
        self.used.append((again.start, again.end))
        if again.unsure:
            self.doubts.add(Doubt.SEVERAL)
        if not again.said:
            self.doubts.add(Doubt.BARE)

    def _clocks_of(self, again: Again) -> list[tuple[str | None, str | None]]:
        """All hours behind the weekdays up to the next ones: also two a day."""
        nexts = [each.start for each in self.agains if each.start > again.start]
        end = min(nexts, default=len(self.text.low))
        found = [each for each in self.clocks if again.start <= each.start < end]
        line = self.text.line_at(again.start)
        near = [each for each in found if self.text.line_at(each.start) - line <= 4]
        same = [each for each in self.clocks if self.text.line_at(each.start) == line]
        chosen = near or same or found[:1] or self.clocks[:1]
        spans = [each for each in chosen if each.ends is not None]
        if len(chosen) > 1 and len(spans) == len(chosen) and _apart(spans):
            self.used += [(each.start, each.end) for each in spans]
            words = _FILLING.sub("", self.text.low[spans[0].end : spans[-1].start])
            if sum(map(str.isalpha, words)) > FEW_LETTERS:
                # 16–17 Uhr for children, 17–18 Uhr for adults: perhaps two offers.
                self.doubts.add(Doubt.CLOCKS)
            return [(each.begins, each.ends) for each in spans]
        begins, ends = self._chosen(chosen)
        pair = next((each for each in chosen if each.second and each.begins == begins and ends is None), None)
        return [(begins, ends), (pair.second, None)] if pair else [(begins, ends)]


def _apart(spans: list[Clock]) -> bool:
    """Whether the hours follow one another, as mornings and afternoons do."""
    rows = [(each.begins, each.ends or "") for each in spans]
    return all(first[1] <= second[0] for first, second in pairwise(rows))


def _day(year: int, each: Day) -> date | None:
    try:
        return date(year, each.month, each.day)
    except ValueError:
        return None
