"""A copy of the table with the remarks where they belong, to correct and hand in again."""

import zipfile
from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from portal.exchange.excel.export import write_cell
from portal.exchange.excel.reader import opened
from portal.exchange.excel.result import ImportResult, Level, Problem
from portal.exchange.excel.tables import Sheet

AUTHOR = "Chancenportal"
_FILLS = {
    Level.ERROR: PatternFill("solid", fgColor="FFC7CE"),
    Level.CONFLICT: PatternFill("solid", fgColor="F8CBAD"),
    Level.WARNING: PatternFill("solid", fgColor="FFEB9C"),
}
_ORDER = (Level.ERROR, Level.CONFLICT, Level.WARNING)


def write_marked_copy(path_in: Path, result: ImportResult, path_out: Path, *, table: Sheet | None = None) -> None:
    """Write the copy. Remarks on a whole row go to its first cell, those on the file to the first heading.

    The first sheet of a workbook keeps its formulas and formats; comments already on a marked cell stay in front of
    ours. Of a file of another format (`table`: what was read of it) a workbook with the same rows is made.
    """
    workbook, sheet = _copied(path_in, result.sheet) if _is_workbook(path_in) else _made(table)
    by_cell: dict[tuple[int, int], list[Problem]] = defaultdict(list)
    for problem in result.problems:
        by_cell[problem.row or 1, problem.column or 1].append(problem)
    for (row, column), problems in by_cell.items():
        cell = sheet.cell(row, column)
        words = [f"{_label(problem.level)}: {problem.message}" for problem in problems]
        if cell.comment is not None:
            words.insert(0, cell.comment.text)
        comment = Comment("\n".join(words), AUTHOR, width=320, height=60 + 40 * len(words))
        cell.comment = comment
        cell.fill = _FILLS[min((problem.level for problem in problems), key=_ORDER.index)]
    workbook.active = workbook.index(sheet)
    workbook.save(path_out)


def _is_workbook(path: Path) -> bool:
    """Whether openpyxl opens it."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "content.xml" not in archive.namelist()


def _copied(path: Path, name: str) -> tuple[Workbook, Worksheet]:
    with opened(path) as stream:
        workbook = load_workbook(stream)
    return workbook, workbook[name]


def _made(table: Sheet | None) -> tuple[Workbook, Worksheet]:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    if table is not None:
        for key, at in table.places.items():
            write_cell(sheet.cell(1, at + 1), table.headings[key])
            sheet.cell(1, at + 1).font = Font(bold=True)
        for row in table.rows:
            for key, at in table.places.items():
                if row.cells[key] not in ("", None):
                    write_cell(sheet.cell(row.number, at + 1), row.cells[key])
    return workbook, sheet


def _label(level: Level) -> str:
    return {Level.ERROR: _("Error"), Level.CONFLICT: _("Conflict"), Level.WARNING: _("Note")}[level]
