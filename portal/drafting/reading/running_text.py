"""All lines as one text in lower case that can be searched, where each sign still knows how it was seen."""

import re
from dataclasses import dataclass, field

from portal.drafting.reading.calendar_words import corrected
from portal.drafting.reading.lines import Sheet

# What stands for a digit beside digits.
_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "ı": "1"})
_NEARLY_NUMBER = re.compile(
    r"(?<![a-zäöüß])[oli|ı]?\d[\doli|ı]*[.:][\doli|ı]*\d?[oli|ı.:\d]*(?![a-zäöüß])|(?<!\w)[oli|ı]\d?\.(?!\w)|(?<!\w)[ıl|]\d(?!\w)"
)
_DASHES = re.compile(r"[–—−‐‑]")
# A correction, or a sign that was guessed, is no good witness.
GUESSED = 55.0


@dataclass(slots=True)
class Running:
    """`low` is the text; `sure[i]` and `line[i]` belong to its sign i."""

    low: str = ""
    sure: list[float] = field(default_factory=list)
    line: list[int] = field(default_factory=list)
    seen: bool = False
    # The lines as they were written.
    rows: list[str] = field(default_factory=list)

    def least(self, start: int, end: int) -> float:
        """How sure the least sure sign of a stretch was."""
        return min((self.sure[at] for at in range(start, end) if not self.low[at].isspace()), default=100.0)

    def line_at(self, at: int) -> int:
        """The line of a sign."""
        return self.line[min(at, len(self.line) - 1)] if self.line else 0

    def line_span(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends."""
        start = self.low.rfind("\n", 0, max(0, self._first(number))) + 1
        end = self.low.find("\n", start)
        return start, len(self.low) if end < 0 else end

    def _first(self, number: int) -> int:
        return self.line.index(number) if number in self.line else 0

    def line_text(self, number: int) -> str:
        """A line in lower case."""
        start, end = self.line_span(number)
        return self.low[start:end]


def running(sheet: Sheet) -> Running:
    """The text of a sheet. Words that were surely meant otherwise are mended, and no longer count as sure."""
    made = Running(seen=sheet.seen, rows=[line.text for line in sheet.lines])
    parts: list[str] = []
    for number, line in enumerate(sheet.lines):
        for word in line.words:
            plain = _DASHES.sub("-", word.text.lower().replace("\u2060", "").replace("\xa0", " "))
            mended = _NEARLY_NUMBER.sub(lambda found: found.group().translate(_DIGITS), corrected(plain))
            sure = word.sure if mended == plain else min(word.sure, GUESSED)
            parts.append(mended + " ")
            made.sure += [sure] * (len(mended) + 1)
            made.line += [number] * (len(mended) + 1)
        if parts:
            parts[-1] = parts[-1][:-1] + "\n"
    made.low = "".join(parts)
    return made
