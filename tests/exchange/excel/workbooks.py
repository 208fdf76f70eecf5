"""Small workbooks for the tests, made with openpyxl in the template's layout."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from portal.exchange.excel.columns import COLUMNS

ROW = {
    "id": 1,
    "title": "Kinderturnen",
    "categories": "Sport",
    "kind": "Ohne Termin",
    "address": "01067 Dresden, Hauptstraße 1",
    "target_groups": "Kinder",
    "summary": "Turnen für alle.",
}


def row(**cells: Any) -> dict[str, Any]:
    """A row that can be imported into the taught municipality, with these cells instead."""
    return {**ROW, **cells}


def save(path: Path, *rows: dict[str, Any], without: Iterable[str] = (), epoch_1904: bool = False) -> Path:
    """A workbook with headings, hints and these rows (dicts by column key)."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    kept = [column for column in COLUMNS if column.key not in set(without)]
    sheet.append([column.heading for column in kept])
    sheet.append(["Nummer fortlaufend", "Freitext", "Einfachauswahl", "Einfachauswahl"])
    for cells in rows:
        sheet.append([cells.get(column.key) for column in kept])
    if epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        workbook.epoch = CALENDAR_MAC_1904
    workbook.save(path)
    return path
