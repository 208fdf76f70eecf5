"""The third page: opening hours. Several stretches a day, a note for a day, notes for all, closed in the holidays."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from portal.authoring.dates.entering import UnclearError, time_of
from portal.authoring.forms.base import Data, Setting, data_from
from portal.authoring.forms.by_hand import ByHand, Slot
from portal.providers.models import Weekday
from portal.providers.snapshot import LONGEST_NOTE
from portal.revisions.kinds import Content
from portal.revisions.scalars import words

MOST_STRETCHES = 8
LONGEST = 2000
TICKS = ("closed_on_holidays", "closed_in_school_holidays")
WORKDAYS = (2, 3, 4, 5)
Stretch = dict[str, Any]


class HoursForm(ByHand):
    """Stretches of each day, and notes."""

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        """What the page shows of the content."""
        said = setting.content
        shown: dict[str, Any] = {f"n_{each['weekday']}": each["text"] for each in said["opening_notes"]}
        for day in Weekday.values:
            stretches = [each for each in said["opening_hours"] if each["weekday"] == day]
            shown[f"h_{day}"] = str(max(1, len(stretches)))
            for at, each in enumerate(stretches):
                shown |= {f"h_{day}_{at}_from": each["opens"], f"h_{day}_{at}_to": each["closes"]}
        shown |= {name: "on" for name in TICKS if said[name]}
        return data_from({**shown, "note": said["opening_hours_note"]})

    def count(self, day: int) -> int:
        """How many stretches a day has on the page."""
        written = self.text(f"h_{day}")
        found = int(written) if written.isascii() and written.isdigit() and len(written) < 3 else 1
        return max(1, min(MOST_STRETCHES, found))

    # What it says

    @cached_property
    def _read(self) -> dict[int, list[Stretch] | None]:
        """The stretches of each day; None where something cannot be understood."""
        return {day: self._day(day) for day in Weekday.values}

    def _day(self, day: int) -> list[Stretch] | None:
        found: list[Stretch] = []
        wrong = len(self.wrong)
        for at in range(self.count(day)):
            stretch = self._stretch(day, f"h_{day}_{at}")
            if stretch is not None:
                self._fitting(found, stretch, f"h_{day}_{at}_from")
                found.append(stretch)
        return None if len(self.wrong) > wrong else sorted(found, key=lambda each: (each["opens"], each["closes"]))

    def _stretch(self, day: int, name: str) -> Stretch | None:
        opens, closes = self._time(f"{name}_from"), self._time(f"{name}_to")
        if f"{name}_from" in self.wrong or f"{name}_to" in self.wrong or not (opens or closes):
            return None
        if not opens or not closes:
            self.wrong[f"{name}_to" if opens else f"{name}_from"] = _("Please give both: from and until.")
        elif closes == "00:00":
            self.wrong[f"{name}_to"] = _("Until midnight? Then please write 23:59.")
        elif opens >= closes:
            self.wrong[f"{name}_to"] = _("The end must be after the beginning.")
        else:
            return {"weekday": day, "opens": opens, "closes": closes}
        return None

    def _time(self, name: str) -> str:
        try:
            found = time_of(self.text(name))
        except UnclearError:
            self.wrong[name] = _("Please write the time with hours and minutes, for example 18:30.")
            return ""
        return "" if found is None else found.isoformat("minutes")

    def _fitting(self, before: list[Stretch], new: Stretch, name: str) -> None:
        """Two stretches of a day that overlap are a slip; those that are there already stay."""
        known = self.setting.content["opening_hours"]
        for each in before:
            overlaps = each["opens"] < new["closes"] and new["opens"] < each["closes"]
            if overlaps and (each["opens"] == new["opens"] or not (each in known and new in known)):
                self.wrong[name] = _("These hours overlap with others of the same day.")

    def _notes(self) -> list[dict[str, Any]] | None:
        found = []
        for day in Weekday.values:
            text = " ".join(words(self.text(f"n_{day}")).split())
            if len(text) > LONGEST_NOTE:
                self.wrong[f"n_{day}"] = _("Please write at most %(most)d characters.") % {"most": LONGEST_NOTE}
            if text:
                found.append({"weekday": day, "text": text})
        return None if any(name.startswith("n_") for name in self.wrong) else found

    def values(self) -> Content:
        """What the page says, without the keys it could not understand."""
        found: Content = {name: bool(self.data.get(name)) for name in TICKS}
        note = words(self.text("note"))
        if len(note) > LONGEST:
            self.wrong["note"] = _("Please write at most %(most)d characters.") % {"most": LONGEST}
        else:
            found["opening_hours_note"] = note
        days = self._read
        if None not in days.values():
            found["opening_hours"] = [each for stretches in days.values() for each in stretches or ()]
        notes = self._notes()
        return found if notes is None else {**found, "opening_notes": notes}

    # The page's own buttons

    def perform(self) -> bool:
        """Add a stretch, take one away, or let Tuesday to Friday be as Monday is."""
        more, drop = self.text("more"), self.text("drop")
        acted = bool(more or drop) or "gleich" in self.data
        for name in ("more", "drop"):
            self.data.pop(name, None)
        if more in {f"h_{day}" for day in Weekday.values}:
            day = int(more[2:])
            at = self.count(day)
            self.data[more] = str(min(MOST_STRETCHES, at + 1))
            self.added = f"h_{day}_{min(at, MOST_STRETCHES - 1)}_from"
        if drop:
            self._drop(drop)
        if self.data.pop("gleich", None):
            self._as_on_monday()
        return acted

    def _drop(self, what: str) -> None:
        """Take a stretch away; those behind it move up."""
        stem, _line, number = what.rpartition("_")
        if not number.isdecimal() or len(number) > 3 or stem not in {f"h_{day}" for day in Weekday.values}:
            return
        day = int(stem[2:])
        left = [self._pair(day, at) for at in range(self.count(day)) if at != int(number)]
        self._write(day, left)
        self.added = f"{stem}_{min(int(number), max(0, len(left) - 1))}_from"

    def _as_on_monday(self) -> None:
        monday = [self._pair(1, at) for at in range(self.count(1))]
        for day in WORKDAYS:
            self._write(day, monday)

    def _pair(self, day: int, at: int) -> tuple[str, str]:
        return self.text(f"h_{day}_{at}_from"), self.text(f"h_{day}_{at}_to")

    def _write(self, day: int, stretches: list[tuple[str, str]]) -> None:
        self.data[f"h_{day}"] = str(max(1, len(stretches)))
        for at, (start, end) in enumerate(stretches or [("", "")]):
            self.data[f"h_{day}_{at}_from"], self.data[f"h_{day}_{at}_to"] = start, end

    # What the template asks

    @cached_property
    def week(self) -> list[dict[str, Any]]:
        """The seven days with their stretches and notes."""
        self.values()
        return [
            {
                "number": day,
                "name": Weekday(day).label,
                "count": self.count(day),
                "rows": list(self._rows(day)),
                "note": self.slot(f"n_{day}"),
                "full": self.count(day) >= MOST_STRETCHES,
            }
            for day in Weekday.values
        ]

    def _rows(self, day: int) -> Iterator[dict[str, Any]]:
        for at in range(self.count(day)):
            name = f"h_{day}_{at}"
            filled = any(self._pair(day, at)) or self.count(day) > 1
            yield {"from": self.slot(f"{name}_from"), "to": self.slot(f"{name}_to"), "drop": name if filled else ""}

    @property
    def note_label(self) -> str:
        """The label of each day's note."""
        return _("Note on this day")

    @property
    def note(self) -> Slot:
        """The notes for all days."""
        self.values()
        return self.slot("note")

    @property
    def ticks(self) -> dict[str, bool]:
        """What is said about holidays."""
        return {name: bool(self.data.get(name)) for name in TICKS}
