"""The second page: when it takes place, in five everyday kinds. Reads what was typed, whatever it is."""

from collections.abc import Callable
from datetime import date, time
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.numbers import whole_number
from portal.authoring.dates import shown
from portal.authoring.dates.coming import Coming, coming, rules_in_words
from portal.authoring.dates.entering import UnclearError, day_of, time_of
from portal.authoring.dates.making import answers_to_rules
from portal.authoring.dates.reading import KEEP, answers_of
from portal.authoring.forms.base import Data, Setting
from portal.authoring.forms.by_hand import ByHand
from portal.offers.choices import ScheduleKind
from portal.offers.models.schedule import MOST_EXCEPTIONS, Off
from portal.offers.snapshot.content import REASON
from portal.revisions.kinds import Content
from portal.revisions.scalars import words

MOST_ROWS = 60
_MONTH_DAYS = frozenset(map(str, [*range(1, 32), -1]))
NOTE = 500
KINDS = (
    (
        ScheduleKind.DATES,
        gettext_lazy("Once or on single days"),
        gettext_lazy("for example a party, a talk, three evenings of a course"),
    ),
    (
        ScheduleKind.WEEKLY,
        gettext_lazy("Every week"),
        gettext_lazy("for example every Tuesday, also at several times"),
    ),
    (ScheduleKind.MONTHLY, gettext_lazy("Every month"), gettext_lazy("for example on the last Friday")),
    (
        ScheduleKind.PERIOD,
        gettext_lazy("Several days in a row"),
        gettext_lazy("for example a week in the holidays or an exhibition"),
    ),
    (
        ScheduleKind.NONE,
        gettext_lazy("Without a fixed date"),
        gettext_lazy("for example advice by appointment, lending"),
    ),
)
WHICH = (
    (1, pgettext_lazy("of the month", "the first")),
    (2, pgettext_lazy("of the month", "the second")),
    (3, pgettext_lazy("of the month", "the third")),
    (4, pgettext_lazy("of the month", "the fourth")),
    (-1, pgettext_lazy("of the month", "the last")),
)
WEEKS = ((1, gettext_lazy("every week")), (2, gettext_lazy("every two weeks")),
         (3, gettext_lazy("every three weeks")), (4, gettext_lazy("every four weeks")))  # fmt: skip
MONTHS = ((1, gettext_lazy("every month")), (2, gettext_lazy("every two months")),
          (3, gettext_lazy("every three months")), (6, gettext_lazy("every six months")))  # fmt: skip


class DatesForm(ByHand):
    """When it takes place."""

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        """What the page shows of the content."""
        said = setting.content
        answers = answers_of(said)
        if setting.fresh and answers["kind"] == ScheduleKind.NONE:
            answers = {"kind": ""}
        return shown.data_of(answers, said["schedule_note"], today=timezone.localdate())

    # What was typed

    def count(self, name: str, least: int = 1) -> int:
        """How many rows there are of something."""
        return max(least, min(MOST_ROWS, whole_number(self.text(name)) or 0))

    def _one(self, name: str, read: Callable[[str], Any], sentence: str) -> Any:
        try:
            return read(self.text(name))
        except UnclearError:
            self.wrong[name] = sentence
            return None

    def _day(self, name: str) -> date | None:
        found: date | None = self._one(
            name, day_of, _("Please write the day with day, month and year, for example 1.12.2026.")
        )
        if found is not None and not 1970 <= found.year <= 2200:
            self.wrong[name] = _("The year %(year)d cannot be right.") % {"year": found.year}
            return None
        return found

    def _hours(self, name: str) -> tuple[str | None, str | None]:
        sentence = _("Please write the time with hours and minutes, for example 18:30.")
        start, end = (self._one(f"{name}_{part}", time_of, sentence) for part in ("from", "to"))
        if end is not None and start is None and f"{name}_from" not in self.wrong:
            self.wrong[f"{name}_from"] = _("Please say, too, when it begins.")
        return _clock(start), _clock(end) if start is not None else None

    # What it says

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers as `answers_to_rules` takes them."""
        kind = self.text("kind")
        read: dict[str, Callable[[], dict[str, Any]]] = {
            ScheduleKind.DATES: self._days,
            ScheduleKind.PERIOD: self._stretch,
            ScheduleKind.WEEKLY: self._weekly,
            ScheduleKind.MONTHLY: self._monthly,
        }
        return {"kind": kind, **(read[kind]() if kind in read else {})}

    def _days(self) -> dict[str, Any]:
        rows = []
        for number in range(self.count("days")):
            name = f"day_{number}"
            day, hours = self._day(name), self._hours(name)
            if day is not None or any(hours):
                rows.append((_iso(day), *hours))
        return {"days": rows}

    def _stretch(self) -> dict[str, Any]:
        first, last = self._day("p_first"), self._day("p_last")
        if first is not None and last is not None and last < first:
            self.wrong["p_last"] = _("The last day must not be before the first.")
            last = None
        return {"stretch": (_iso(first), _iso(last), *self._hours("p"))}

    def _weekly(self) -> dict[str, Any]:
        windows = {}
        for day in range(7):
            if str(day) in self.data.getlist("weekday"):
                rows = [self._hours(f"w_{day}_{number}") for number in range(self.count(f"w_{day}"))]
                windows[day] = list(dict.fromkeys(each for each in rows if any(each)))
        return {"windows": windows, **self._repetition("")}

    def _monthly(self) -> dict[str, Any]:
        rows = [self._hours(f"m_{number}") for number in range(self.count("m"))]
        which, weekday, number = self.text("m_which"), self.text("m_weekday"), self.text("m_day")
        by_number = self.text("m_on") == "day"
        return {
            "month_day": int(number) if by_number and number in _MONTH_DAYS else None,
            "which": int(which) if not by_number and which in {str(key) for key, _label in WHICH} else None,
            "weekday": int(weekday) if not by_number and weekday in set("0123456") else None,
            "hours": list(dict.fromkeys(each for each in rows if any(each))),
            **self._repetition("m_"),
        }

    def _repetition(self, prefix: str) -> dict[str, Any]:
        first = self._day(f"{prefix}first")
        until = self._day(f"{prefix}until") if self.text(f"{prefix}end") == "day" else None
        if self.text(f"{prefix}end") == "day" and until is None and f"{prefix}until" not in self.wrong:
            self.wrong[f"{prefix}until"] = _("Please give the last day, or choose “until further notice”.")
        if first is not None and until is not None and until < first:
            self.wrong[f"{prefix}until"] = _("The last day must not be before the first.")
            until = None
        every = self.text(f"{prefix}interval")
        return {
            "first": _iso(first or timezone.localdate()),
            "until": _iso(until),
            "interval": int(every) if every in {"1", "2", "3", "4", "6"} else 1,
            "free": self.free,
            "off": [each for each in Off.values if each in self.data.getlist("off")],
            "reasons": {day: words(self.text(f"why_{day}"))[:REASON] for day in self.free},
        }

    @property
    def free(self) -> list[str]:
        """Days on which it does not take place."""
        found = []
        for each in self.data.getlist("free"):
            try:
                day = day_of(each)
            except UnclearError:
                continue
            found += [day.isoformat()] if day else []
        return sorted(set(found))[:MOST_EXCEPTIONS]

    @cached_property
    def rules(self) -> list[dict[str, Any]]:
        """The rules of what was answered; the offer's own where they stay."""
        if self.answers["kind"] == KEEP:
            return list(self.setting.content["schedules"])
        return answers_to_rules(self.answers)

    def values(self) -> Content:
        """What the page says. Dates of which something cannot be understood are not taken over, none of them."""
        note = words(self.text("note"))
        found: Content = {"schedule_note": note}
        if len(note) > NOTE:
            self.wrong["note"] = _("Please write at most %(most)d characters.") % {"most": NOTE}
            found = {}
        kind, rules = self.answers["kind"], self.rules
        if set(self.wrong) - {"note"} or kind not in {each for each, _label, _example in KINDS}:
            return found
        return {**found, "schedule_kind": str(kind), "schedules": rules}

    # The page's own buttons

    def perform(self) -> bool:
        """Add a row, take one away, add or take back an exception, or only count anew."""
        pressed = {name: self.text(name) for name in ("more", "drop", "free_drop") if name in self.data}
        if "more" in pressed:
            self._add(pressed["more"])
        if "drop" in pressed:
            self._drop(pressed["drop"])
        if "free_drop" in pressed:
            self.data.setlist("free", [each for each in self.free if each != pressed["free_drop"]])
        # Whatever button was pressed: a day that was typed there is meant.
        self._add_free()
        return bool(pressed) or "free_add" in self.data or "count" in self.data

    def _add(self, what: str) -> None:
        if what in {"days", "m"} or _is_weekday(what):
            number = self.count(what)
            self.data[what] = str(min(MOST_ROWS, number + 1))
            self.added = f"day_{number}" if what == "days" else f"{what}_{number}_from"

    def _drop(self, what: str) -> None:
        """Take a row away; those behind it move up."""
        stem, _line, number = what.rpartition("_")
        rows = "days" if stem == "day" else stem
        if not number.isdecimal() or len(number) > 3 or not (stem in {"day", "m"} or _is_weekday(stem)):
            return
        last = self.count(rows)
        for at in range(int(number), last):
            for part in ("", "_from", "_to"):
                self.data[f"{stem}_{at}{part}"] = self.text(f"{stem}_{at + 1}{part}") if at + 1 < last else ""
        self.data[rows] = str(max(1, last - 1))

    def _add_free(self) -> None:
        if not self.text("free_new"):
            return
        day = self._day("free_new")
        if day is None:
            return
        trial = answers_to_rules({**self.answers, "free": [day.isoformat()]}) if "first" in self.answers else []
        if not any(rule["exdates"] for rule in trial):
            self.wrong["free_new"] = _("On this day it does not take place anyway.")
            return
        self.data.setlist("free", [*self.free, day.isoformat()])
        self.data[f"why_{day.isoformat()}"] = self.text("free_why")
        self.data["free_new"] = self.data["free_why"] = ""
        self.answers |= {"free": self.free}
        self.answers["reasons"] = {**self.answers["reasons"], day.isoformat(): self.text(f"why_{day.isoformat()}")}

    # What the template asks

    @cached_property
    def view(self) -> dict[str, Any]:
        """Everything the template shows."""
        self.values()
        return shown.view_of(self)

    @property
    def coming(self) -> Coming:
        """The next dates."""
        return coming(self.rules)

    @property
    def kept_words(self) -> list[str]:
        """The offer's own rules in words."""
        return rules_in_words(self.setting.content["schedules"])

    @property
    def keeps(self) -> bool:
        """Whether the offer's dates are such as the page cannot show."""
        return bool(answers_of(self.setting.content)["kind"] == KEEP)


def _is_weekday(stem: str) -> bool:
    return stem[:2] == "w_" and stem[2:] in set("0123456")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(found: time | None) -> str | None:
    return found.isoformat("minutes") if found else None
