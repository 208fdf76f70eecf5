"""Tokens that belong together: days in a row or from … to, weekdays that come again, times with their meaning."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from portal.drafting.reading.running_text import Running
from portal.drafting.reading.tokens import Kind, Token, tokens

# Between two tokens of one mention nothing else stands than this.
_GLUE = re.compile(r"[\s,.(]*(?:(?:den|dem|der|am|vom|von|zum|ab|an|ist|ca|mit|auf|um|jeweils|immer)\b[\s,.]*)*")
# What is written before or behind a day that is not the day of the offer.
_DEADLINE = re.compile(
    r"anmeld\w*\s*(?:bitte\s*)?(?:bis|schluss)|anmeldeschluss|anmeldefrist|einsendeschluss|redaktionsschluss|bewerb\w*\s+bis"
    r"|(?:rück|an|ab)?meld\w*\s+(?:\w+\s+){0,3}bis|vorverkauf|\bvvk\b|stand:?\s*$|gegründet|geboren|\bseit\b"
    r"|kündig|ersatztermin|ausweichtermin|entfällt|außer|nicht am|verschoben vom|statt am|gültig|druck|ausgabe"
    r"|spätestens|karten\s+ab|tickets?\s+ab|anmeldung\s+ab"
)
_SENTENCE = re.compile(r"[!?;|]|[a-zäöüß]\.\s|\d\.\s+(?=(?:los|am|im|wir|die|der|das|es)\b)|\n\n")
_REGISTER_BEHIND = re.compile(r"^[\s,.)]*(?:bei\b[^\n]{0,40})?(?:\banmeld|\bwird gebeten|\berbeten)")
_OFFICE = re.compile(
    r"büro|geschäftszeit|geschäftsstelle|erreichbar|sekretariat|\btel\b|telefon|telefonisch|kassenöffnung|öffnungszeit"
    r"|hotline|vorverkauf|rückfragen|anruf"
)
_BEFORE = re.compile(
    r"(einlass|türöffnung|abendkasse|kasse|treffen|treffpunkt|beginn|start|anpfiff|ende|schluss|bis)\W*(?:ab\s*|um\s*|ca\.?\s*)?$"
)


_AGAIN = frozenset({Kind.EVERY, Kind.NTH, Kind.FORTNIGHT, Kind.MONTHLY, Kind.DAILY})


@dataclass(frozen=True, slots=True)
class Day:
    """One day as it is written; year 0: none is written. `weekday` -1: none."""

    day: int
    month: int
    year: int
    weekday: int
    start: int
    end: int


@dataclass(slots=True)
class Days:
    """Days in a row, or the first and the last of a stretch."""

    days: list[Day]
    stretch: bool
    start: int
    end: int
    since: bool = False
    until: bool = False
    aside: bool = False


@dataclass(slots=True)
class Again:
    """Weekdays that come again. `numbers`: the first, the last … of the month; `said`: by a word like “jeden”."""

    weekdays: list[int]
    start: int
    end: int
    said: bool
    interval: int = 1
    numbers: tuple[int, ...] = ()
    monthly: bool = False
    aside: bool = False
    unsure: bool = False


@dataclass(slots=True)
class Clock:
    """A time of day, or from … to. `label`: einlass, beginn, ende, or nothing."""

    begins: str
    ends: str | None
    start: int
    end: int
    label: str = ""
    aside: bool = False
    second: str = ""


@dataclass(slots=True)
class Mentions:
    """Everything the calendar has to do with, in the order of the text."""

    days: list[Days] = field(default_factory=list)
    agains: list[Again] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)


@dataclass(slots=True)
class _Repetition:
    """What is said of weekdays, token by token."""

    weekdays: list[int] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    interval: int = 1
    said: bool = False
    monthly: bool = False
    # A dash or “bis” was just read: the next weekday is the end of a stretch.
    pending: bool = False

    def take(self, token: Token, *, workdays: bool) -> None:
        """Add a token."""
        match token.kind:
            case Kind.WEEKDAY:
                stretch = self.pending and self.weekdays
                self.weekdays += _between(self.weekdays[-1], token.weekday) if stretch else [token.weekday]
                self.said, self.pending = self.said or token.weekly, False
            case Kind.LINK:
                self.pending = token.to
            case Kind.DAILY:
                self.said, self.weekdays = True, list(range(5 if workdays else 7))
            case _:
                self._amount(token)

    def _amount(self, token: Token) -> None:
        if token.kind is Kind.EVERY:
            self.said = True
        elif token.kind is Kind.NTH:
            self.numbers = (*self.numbers, *token.number)
        elif token.kind is Kind.MONTHLY:
            self.monthly = True
        elif token.kind is Kind.FORTNIGHT:
            self.interval = 2

    def whole(self, start: int, end: int, *, monthly: bool) -> Again:
        """All of it; `monthly`: a month is spoken of nearby."""
        made = Again(list(dict.fromkeys(self.weekdays)), start, end, self.said, self.interval, self.numbers)
        made.monthly = self.monthly or (bool(self.numbers) and monthly)
        made.said = made.said or made.monthly
        made.unsure = made.monthly and not self.numbers
        if self.numbers and not made.monthly:
            # Every second Tuesday: of the month, or every other week? Who knows.
            made.interval, made.unsure, made.said, made.numbers = (2 if self.numbers == (2,) else 1), True, True, ()
        return made


class _Reader:
    def __init__(self, text: Running) -> None:
        self.text, self.low = text, text.low
        self.tokens = tokens(text.low)
        self.found = Mentions()

    def glued(self, before: Token, after: Token) -> bool:
        """Whether nothing but small words stands between two tokens."""
        between = self.low[before.end : after.start]
        return len(between) <= 24 and between.count("\n") <= 1 and _GLUE.fullmatch(between) is not None

    def read(self) -> Mentions:
        at = 0
        while at < len(self.tokens):
            at = self._one(at)
        return self.found

    def _one(self, at: int) -> int:
        kind = self.tokens[at].kind
        if kind is Kind.CLOCK:
            self._clock(self.tokens[at])
            return at + 1
        run = self._run(at)
        if any(each.kind is Kind.DAY for each in run):
            return at + self._days(run)
        if any(each.kind in {Kind.WEEKDAY, Kind.DAILY} for each in run):
            return at + self._again(run)
        return at + 1

    def _run(self, at: int) -> list[Token]:
        """Tokens one behind the other without a time of day."""
        run = [self.tokens[at]]
        for before, after in pairwise(self.tokens[at:]):
            if after.kind is Kind.CLOCK or not self.glued(before, after):
                break
            run.append(after)
        while run and run[-1].kind is Kind.LINK:
            run.pop()
        return run or [self.tokens[at]]

    # Days

    def _days(self, run: list[Token]) -> int:
        """The days at the head of a run; weekdays that come again in front of them are read by themselves."""
        first = next(number for number, each in enumerate(run) if each.kind in {Kind.DAY, Kind.PART})
        head = run[:first]
        if self._comes_again(run, head):
            return self._again(head)
        taken, days, links = first, [], []
        names = [each.weekday for each in head if each.kind is Kind.WEEKDAY]
        weekday = names[0] if names else -1
        last_weekday = names[1] if len(names) == 2 else -1
        start = next((each.start for each in head if each.kind is Kind.WEEKDAY), run[first].start)
        for each in run[first : first + self._of_days(run, first)]:
            if each.kind in {Kind.DAY, Kind.PART}:
                days.append(Day(each.day, each.month, each.year, weekday, each.start, each.end))
                weekday = -1
            elif each.kind is Kind.WEEKDAY:
                weekday = each.weekday
            else:
                links.append(each)
            taken += 1
        if weekday >= 0 and days[-1].weekday < 0:
            # 13.6.2027 (Sonntag)
            days[-1] = _with(days[-1], weekday=weekday)
        if last_weekday >= 0 and len(days) == 2 and days[1].weekday < 0:
            days[1] = _with(days[1], weekday=last_weekday)
        dash = bool(links) and any(each.to for each in links) and len(days) == 2
        self._keep_days(days, dash, start, run[taken - 1].end)
        return max(1, taken)

    def _of_days(self, run: list[Token], first: int) -> int:
        """How many tokens from the first day on are days and what belongs to them. A weekday behind a single day is its
        own; behind several it is something that comes again. Without a word between them, days of two lines are two."""
        at, last = first, first
        while at < len(run) and (run[at].kind in {Kind.DAY, Kind.PART, Kind.LINK} or _is_weekday(run[at])):
            is_day = run[at].kind in {Kind.DAY, Kind.PART}
            if is_day and at > last and "\n" in self.low[run[at - 1].end : run[at].start] and run[at - 1] is run[last]:
                break
            last = at if is_day else last
            at += 1
        rest = run[last + 1 : at]
        own = [each for each in rest if each.kind is Kind.WEEKDAY]
        single = len([each for each in run[first : last + 1] if each.kind in {Kind.DAY, Kind.PART}]) == 1
        return (at if single and len(own) == 1 else last + 1) - first

    def _comes_again(self, run: list[Token], head: list[Token]) -> bool:
        """Whether what stands before days is a repetition. Several weekdays before one day are; “Sa/So 12./13. Juni”
        are the days' own."""
        if any(each.kind in _AGAIN or each.weekly for each in head):
            return True
        weekdays = [each for each in head if each.kind is Kind.WEEKDAY]
        return len(weekdays) > 1 and len([each for each in run if each.kind in {Kind.DAY, Kind.PART}]) < 2

    def _keep_days(self, days: list[Day], dash: bool, start: int, end: int) -> None:
        month = year = 0
        whole: list[Day] = []
        for each in reversed(days):
            month = each.month or month
            year = each.year or (year if year else 0)
            whole.insert(0, _with(each, month=month, year=year))
        whole = [each for each in whole if each.month]
        if not whole:
            return
        before = self.low[max(0, start - 16) : start]
        made = Days(whole, dash and len(whole) == 2, start, end)
        made.since = re.search(r"\b(?:ab|beginn|start)\W*(?:dem\s*|am\s*|\w{2,10},?\s*)?$", before) is not None
        made.until = re.search(r"\bbis\W*(?:zum\s*|\w{2,10},?\s*)?$", before) is not None
        made.aside = self._aside_days(start, end)
        self.found.days.append(made)

    def _aside_days(self, start: int, end: int) -> bool:
        # Since the day before, and in this sentence.
        previous = max((each.end for each in self.found.days), default=0)
        before = _SENTENCE.split(self.low[max(0, start - 60, previous) : start])[-1]
        line = before.rsplit("\n", 1)[-1]
        if _DEADLINE.search(line) or re.search(
            r"anmeld\w*[^.!]{0,40}bis\s*(?:zum\s*|spätestens\s*|\w{2,11},?\s*)*$", before
        ):
            return True
        return (
            _REGISTER_BEHIND.match(self.low[end : end + 60]) is not None
            and re.search(r"bis\s*(?:zum\s*|\w{2,11},?\s*)?$", line) is not None
        )

    # Weekdays

    def _again(self, run: list[Token]) -> int:
        said = _Repetition()
        taken = 0
        for each in run:
            if each.kind in {Kind.DAY, Kind.PART}:
                break
            said.take(each, workdays=self.low[each.start] == "w")
            taken += 1
        start, end = run[0].start, run[max(0, taken - 1)].end
        near = self.low[max(0, start - 60) : end + 60]
        made = said.whole(start, end, monthly=re.search(r"\bmonat", near) is not None)
        made.interval = self._fortnight_near(start, end) or made.interval
        made.aside = self._is_office(start)
        if made.weekdays:
            self.found.agains.append(made)
        return max(1, taken)

    def _fortnight_near(self, start: int, end: int) -> int:
        near = self.low[max(0, start - 50) : end + 50]
        return 2 if any(each.kind is Kind.FORTNIGHT for each in tokens(near)) else 0

    def _is_office(self, at: int) -> bool:
        line = self.text.line_at(at)
        start, _end = self.text.line_span(line)
        before = self.low[max(0, start - 40) : start].split("\n")
        heading = before[-2] if len(before) > 1 else ""
        return _OFFICE.search(self.text.line_text(line)) is not None or (
            _OFFICE.search(heading) is not None and len(heading) < 40 and not re.search(r"\d{4,}", heading)
        )

    # Times of day

    def _clock(self, token: Token) -> None:
        begins, ends = token.clock or ("", None)
        # How often on flyers: “18 Uhr Einlass”, “Beginn: 19 Uhr”.
        before = _BEFORE.search(self.low[max(0, token.start - 24) : token.start])
        behind = re.match(r"\s*\(?(einlass|beginn|ende|start)\b", self.low[token.end : token.end + 14])
        label = before[1] if before else behind[1] if behind else ""
        made = Clock(begins, ends, token.start, token.end, {"start": "beginn", "anpfiff": "beginn", "schluss": "ende",
                     "bis": "ende", "kasse": "einlass", "abendkasse": "einlass", "türöffnung": "einlass",
                     "treffen": "einlass", "treffpunkt": ""}.get(label, label))  # fmt: skip
        made.aside, made.second = self._is_office(token.start), token.second
        if made.second and self.low[max(0, token.start - 10) : token.start].rstrip().endswith("zwischen"):
            made.ends, made.second = made.second, ""
        self.found.clocks.append(made)


def _is_weekday(token: Token) -> bool:
    return token.kind is Kind.WEEKDAY and not token.weekly


def _with(day: Day, **changed: int) -> Day:
    values = {name: getattr(day, name) for name in Day.__slots__}
    return Day(**{**values, **changed})


def _between(first: int, last: int) -> list[int]:
    return [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]


def mentions(text: Running) -> Mentions:
    """What a text says of the calendar."""
    return _Reader(text).read()


def told_once(agains: Iterable[Again]) -> list[Again]:
    """Each once: flyers say the same twice."""
    kept: dict[tuple[Any, ...], Again] = {}
    for each in agains:
        key = (tuple(sorted(each.weekdays)), each.numbers)
        if key in kept:
            kept[key] = replace(
                kept[key], said=kept[key].said or each.said, interval=max(kept[key].interval, each.interval)
            )
        else:
            kept[key] = each
    said = [each for each in kept.values() if each.said]
    covered = {day for each in said for day in each.weekdays}
    return [each for each in kept.values() if each.said or not set(each.weekdays) <= covered]
