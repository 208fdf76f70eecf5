"""What an import found wrong and what it did: the same for the command, the web page and the marked copy."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.utils import get_column_letter

LONGEST_VALUE = 60


class RefusedFileError(Exception):
    """The file as a whole cannot be imported. The message is one whole sentence for the person who chose it."""


class Level(StrEnum):
    ERROR = "error"
    CONFLICT = "conflict"
    """Changed in the file and here: left as it is here."""
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark on one cell. `row` is the row's number in the sheet, `column` is 1-based; 0: the whole row or file."""

    level: Level
    row: int
    message: str
    column: int = 0
    heading: str = ""
    value: str = ""
    suggestion: str = ""
    """What the cell may say instead, where we know it: whoever accepts it need not correct the file."""
    key: str = ""

    @property
    def where(self) -> str:
        if not self.row:
            return _("File")
        if not self.column:
            return _("Row %(row)d") % {"row": self.row}
        heading = " ".join(self.heading.split())
        return _("Row %(row)d, column %(letter)s “%(heading)s”") % {
            "row": self.row,
            "letter": get_column_letter(self.column),
            "heading": heading if len(heading) <= LONGEST_VALUE else f"{heading[: LONGEST_VALUE - 1]}…",
        }

    @property
    def told_value(self) -> str:
        """What the cell says, in one line; nothing where the sentence on it names it already."""
        value = " ".join(self.value.split())
        if any(quoted in self.message for quoted in (f"„{value}“", f"“{value}”")):
            return ""
        return value if len(value) <= LONGEST_VALUE else f"{value[: LONGEST_VALUE - 1]}…"

    def __str__(self) -> str:
        value = self.told_value
        return f"{self.where}: {f'„{value}“ – ' if value else ''}{self.message}"


@dataclass(slots=True)
class ImportResult:
    """`read` offers (groups of rows with one ID) = created + updated + submitted + unchanged + conflicts + failed.

    `submitted`: changes of public offers that wait for approval; the offers stay as they are.
    """

    sheet: str = ""
    rows: int = 0
    read: int = 0
    created: int = 0
    updated: int = 0
    submitted: int = 0
    unchanged: int = 0
    conflicts: int = 0
    failed: int = 0
    written: bool = False
    problems: list[Problem] = field(default_factory=list)
    table: Any = None
    """What was read (a `tables.Sheet`), for a copy of a file that no library writes."""

    def of(self, level: Level) -> list[Problem]:
        return [problem for problem in self.problems if problem.level == level]

    @property
    def errors(self) -> list[Problem]:
        return self.of(Level.ERROR)

    @property
    def warnings(self) -> list[Problem]:
        return self.of(Level.WARNING)

    def sort(self) -> None:
        """Put the remarks in the order in which one works through the sheet."""
        self.problems.sort(key=lambda problem: (problem.row, problem.column))

    def counts(self) -> dict[str, int]:
        """The figures of the closing line, by name; also what the audit log keeps."""
        return {
            "rows": self.rows,
            "read": self.read,
            "created": self.created,
            "updated": self.updated,
            "submitted": self.submitted,
            "unchanged": self.unchanged,
            "conflicts": self.conflicts,
            "failed": self.failed,
            "errors": len(self.errors),
            "warnings": len(self.warnings),
        }

    def lines(self) -> Iterator[str]:
        """The whole report as text: errors, conflicts, warnings, figures."""
        headings = {Level.ERROR: _("Errors"), Level.CONFLICT: _("Conflicts"), Level.WARNING: _("Warnings")}
        for level, heading in headings.items():
            problems = self.of(level)
            if problems:
                yield f"{heading} ({len(problems)}):"
                yield from (f"  {problem}" for problem in problems)
        yield (
            _(
                "%(rows)d rows with %(read)d offers read: %(created)d created, %(updated)d updated, "
                "%(unchanged)d unchanged, %(conflicts)d conflicts, %(failed)d with errors; "
                "%(errors)d errors, %(warnings)d warnings."
            )
            % self.counts()
        )
        if self.submitted:
            yield ngettext(
                "%(submitted)d change of a public offer waits for approval; the offer stays as it is until then.",
                "%(submitted)d changes of public offers wait for approval; the offers stay as they are until then.",
                self.submitted,
            ) % {"submitted": self.submitted}
