"""A table as every reader hands it on, whatever the format: rows with their numbers, by the columns we know."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.text import clean_text
from portal.exchange.excel import columns
from portal.exchange.excel.result import RefusedFileError

MEGABYTE = 1024 * 1024
MOST_FILE_BYTES = 20 * MEGABYTE
MOST_BYTES = 50 * MEGABYTE
MOST_RATIO = 200
MOST_ENTRIES = 2000
MOST_ROWS = 20_000
MOST_COLUMNS = 300
MOST_TEXT = 200 * MEGABYTE
SEARCHED_ROWS = 5
"""The headings stand in one of the first rows: people put a title above."""


@dataclass(slots=True)
class Row:
    """`cells` by column key; `number` as Excel shows it."""

    number: int
    cells: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """A formula whose result is an error (`failed`) or was never saved: the quick reader shows it as empty."""

    row: int
    column: int
    value: str
    failed: bool


@dataclass(slots=True)
class Sheet:
    """`places`: column key to 0-based column; `headings`: the same keys to what stands above."""

    name: str
    headings: dict[str, str]
    places: dict[str, int]
    rows: list[Row]
    unknown: list[str]
    unknown_filled: list[str] = field(default_factory=list)
    """Headings of columns without a meaning here in which somebody wrote something."""
    lost: "list[Lost]" = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Names of further visible sheets with offers, which nobody reads."""
    hidden: list[str] = field(default_factory=list)
    """Names of hidden sheets with offers."""
    date_1904: bool = False
    remarks: list[str] = field(default_factory=list)
    """What the reader of the format has to say about the whole file."""
    merged: list[tuple[int, int]] = field(default_factory=list)
    """Rows (first, last) below the headings that share merged cells."""


def damaged() -> RefusedFileError:
    """What cannot be unpacked or read."""
    return RefusedFileError(
        _("The file is damaged or incomplete. Please open it in Excel or LibreOffice, save it as .xlsx and try again.")
    )


def too_large() -> RefusedFileError:
    """What asks for more memory than a table of offers needs."""
    return RefusedFileError(
        _("The file is too large (at most %(megabytes)d MB unpacked and %(rows)d rows). Please divide the table.")
        % {"megabytes": MOST_BYTES // MEGABYTE, "rows": MOST_ROWS}
    )


def too_far_down(row: int) -> RefusedFileError:
    """What has more rows than can be imported."""
    return RefusedFileError(
        _(
            "The sheet reaches down to row %(row)s; at most %(most)d rows can be imported. "
            "Please delete what stands below the table, or divide the table."
        )
        % {"row": row, "most": MOST_ROWS}
    )


def chosen(tables: Sequence[tuple[Sheet | None, str, bool]], missing: list[str]) -> Sheet:
    usable = [sheet for sheet, _name, visible in tables if sheet is not None and visible]
    chosen = next((sheet for sheet in usable if sheet.rows), usable[0] if usable else None)
    if chosen is not None:
        further = [each for each in tables if each[0] is not chosen and (each[0] is None or each[0].rows)]
        chosen.others = [name for _sheet, name, visible in further if visible]
        chosen.hidden = [name for _sheet, name, visible in further if not visible]
        return chosen
    hidden = next((name for sheet, name, visible in tables if sheet is not None and not visible), None)
    if hidden is not None:
        raise RefusedFileError(
            _("The offers stand in the sheet “%(name)s”, which is hidden. Please show it in Excel, save and try again.")
            % {"name": hidden}
        )
    if not missing:
        raise RefusedFileError(_("The workbook is empty. Please use the template and fill in at least one row."))
    raise RefusedFileError(lacking(missing))


def lacking(missing: list[str]) -> str:
    if len(missing) > len(columns.COLUMNS) // 2:
        return _(
            "The headings of the template do not stand in the first rows of the table. "
            "Please use the template for offers and keep its first row as it is."
        )
    names = ", ".join(f"„{name}“" for name in missing)
    if len(missing) == 1:
        return _(
            "The column %(names)s is missing. Please put it back with this heading in the first row "
            "(its cells may stay empty), or use the template anew."
        ) % {"names": names}
    return _(
        "The columns %(names)s are missing. Please put them back with these headings in the first row "
        "(their cells may stay empty), or use the template anew."
    ) % {"names": names}


def recognise(
    name: str, rows: list[list[Any]], merged: Iterable[tuple[int, int, int]] = ()
) -> tuple[Sheet | None, list[str]]:
    """The sheet if it has all columns, else the columns it lacks (none of an empty sheet). What was `merged` over
    several rows stands in each of them."""
    best: tuple[int, dict[str, int], list[str]] = (0, {}, [])
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        places, unknown = columns.assign([str(cell) for cell in row])
        if len(places) > len(best[1]):
            best = (index, places, unknown)
    top, places, unknown = best
    missing = [
        f"{column.heading.split(' (')[0].rstrip('*')}"
        for column in columns.COLUMNS
        if column.required and column.key not in places
    ]
    if missing or not rows:
        return None, missing if any(cell != "" for row in rows for cell in row) else []
    sheet = Sheet(name, {key: str(rows[top][at]) for key, at in places.items()}, places, [], unknown)
    sheet.merged = _spread(rows, merged, below=top, places=set(places.values()))
    for number, row in enumerate(rows[top + 1 :], start=top + 2):
        cells = {key: _known(row[at]) for key, at in places.items()}
        if number == top + 2 and columns.is_hint_row(cells):
            continue
        if any(not blank(cell) for cell in cells.values()):
            sheet.rows.append(Row(number, cells))
    known = set(places.values())
    sheet.unknown_filled = [
        str(heading) or f"({_('without heading')})"
        for at, heading in enumerate(rows[top])
        if at not in known and any(not blank(row[at]) for row in rows[top + 1 :])
    ]
    return sheet, []


def _known(cell: Any) -> Any:
    """The cell; a number that is none, or beyond all numbers (`NaN`, `1E+400`), as text, which every column refuses or
    keeps by itself."""
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def _spread(
    rows: list[list[Any]], merged: Iterable[tuple[int, int, int]], *, below: int, places: set[int]
) -> list[tuple[int, int]]:
    """Put what stands in merged cells into each of their rows, and return which rows those are."""
    found = set()
    for first, end, column in merged:
        last = min(end, len(rows) - 1)
        if first > below and last > first and column in places and not blank(rows[first][column]):
            found.add((first + 1, last + 1))
            for row in rows[first + 1 : last + 1]:
                row[column] = row[column] if not blank(row[column]) else rows[first][column]
    return sorted(found)


def blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not clean_text(cell).strip())
