"""What became of every row of the dump: the account an operator reads and a test can add up."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

# Of TYPO3's own tables only those with rows are worth a line.
_ALWAYS_SHOWN = ("tx_chancenportal_", "fe_")


class Outcome(StrEnum):
    """What became of one row. Each row has exactly one; a repair is noted besides."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Count:
    """One table's figures; `repaired` counts rows among the imported and unchanged ones."""

    rows: int = 0
    imported: int = 0
    unchanged: int = 0
    skipped: int = 0
    repaired: int = 0

    @property
    def accounted(self) -> bool:
        return self.rows == self.imported + self.unchanged + self.skipped


@dataclass(slots=True, frozen=True)
class Note:
    """Why rows of one table were skipped or what was repaired in them; equal notes are kept together."""

    kind: str
    table: str
    field: str
    reason: str


@dataclass(slots=True)
class Report:
    """Counts of every table and the notes, grouped, so that a million skipped log rows are one line."""

    tables: dict[str, Count] = field(default_factory=dict)
    notes: dict[Note, list[int]] = field(default_factory=dict)
    _repaired: set[tuple[str, int]] = field(default_factory=set)

    def expect(self, table: str, rows: int) -> None:
        self.tables.setdefault(table, Count()).rows = rows

    def count(self, table: str, outcome: Outcome, rows: int = 1) -> None:
        figures = self.tables.setdefault(table, Count())
        setattr(figures, outcome.value, getattr(figures, outcome.value) + rows)

    def skip(self, table: str, uid: int, reason: str, *, field: str = "") -> None:
        """Count a row as skipped and say why."""
        self.count(table, Outcome.SKIPPED)
        self._note("skipped", table, uid, field, reason)

    def skip_all(self, table: str, reason: str) -> None:
        """Count all rows of a table as skipped; their uids need not be told."""
        self.tables[table].skipped = self.tables[table].rows
        self.notes[Note("skipped", table, "", reason)] = []

    def repair(self, table: str, uid: int, field: str, reason: str) -> None:
        """Say what in a row was taken over otherwise than it stands; its outcome is counted elsewhere."""
        if (table, uid) not in self._repaired:
            self._repaired.add((table, uid))
            self.tables.setdefault(table, Count()).repaired += 1
        self._note("repaired", table, uid, field, reason)

    def _note(self, kind: str, table: str, uid: int, field: str, reason: str) -> None:
        self.notes.setdefault(Note(kind, table, field, reason), []).append(uid)

    @property
    def unaccounted(self) -> list[str]:
        """Tables whose rows do not add up; anything here is a fault of the importer."""
        return [name for name, figures in self.tables.items() if not figures.accounted]

    def lines(self) -> Iterator[str]:
        """The whole account as lines of text."""
        width = max((len(name) for name in self.tables), default=10)
        headings = (_("rows"), _("imported"), _("unchanged"), _("skipped"), _("repaired"))
        yield " ".join([_("table").ljust(width), *(heading.rjust(11) for heading in headings)])
        for name, figures in self.tables.items():
            if not figures.rows and not name.startswith(_ALWAYS_SHOWN):
                continue
            numbers = (figures.rows, figures.imported, figures.unchanged, figures.skipped, figures.repaired)
            yield " ".join([name.ljust(width), *(str(value).rjust(11) for value in numbers)])
        for kind, heading in (("repaired", _("Repaired:")), ("skipped", _("Skipped:"))):
            notes = [(note, uids) for note, uids in self.notes.items() if note.kind == kind]
            if notes:
                yield ""
                yield heading
            for note, uids in notes:
                where = f"{note.table}.{note.field}" if note.field else note.table
                rows = f" (uid {_ranges(uids)})" if uids else ""
                yield f"  {where}: {note.reason}{rows}"

    def write(self, path: Path) -> None:
        """The same as JSON: {"tables": {name: figures}, "notes": [{kind, table, field, reason, uids}]}."""
        content = {
            "tables": {name: asdict(figures) for name, figures in self.tables.items()},
            "notes": [{**asdict(note), "uids": uids} for note, uids in self.notes.items()],
        }
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _ranges(uids: list[int]) -> str:
    """`1-3, 7`: nothing is left out, and a table skipped as a whole is still one short line."""
    parts: list[list[int]] = []
    for uid in sorted(uids):
        if parts and uid - parts[-1][-1] <= 1:
            parts[-1][1:] = [uid]
        else:
            parts.append([uid])
    return ", ".join("-".join(map(str, dict.fromkeys((part[0], part[-1])))) for part in parts)
