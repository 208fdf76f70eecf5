"""A copy of the workbook with the remarks where they belong, to correct and hand in again."""

from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from portal.exchange.excel.reader import opened
from portal.exchange.excel.result import ImportResult, Level, Problem

AUTHOR = "Chancenportal"
_FILLS = {
    Level.ERROR: PatternFill("solid", fgColor="FFC7CE"),
    Level.CONFLICT: PatternFill("solid", fgColor="F8CBAD"),
    Level.WARNING: PatternFill("solid", fgColor="FFEB9C"),
}
_ORDER = (Level.ERROR, Level.CONFLICT, Level.WARNING)


def write_marked_copy(path_in: Path, result: ImportResult, path_out: Path) -> None:
    """Write the copy. Remarks on a whole row go to its first cell, those on the file to the first heading.

    The first sheet keeps its formulas and formats; comments already on a marked cell stay in front of ours.
    """
    with opened(path_in) as stream:
        workbook = load_workbook(stream)
    sheet = workbook[result.sheet]
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


def _label(level: Level) -> str:
    return {Level.ERROR: _("Error"), Level.CONFLICT: _("Conflict"), Level.WARNING: _("Note")}[level]
