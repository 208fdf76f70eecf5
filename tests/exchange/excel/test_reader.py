"""Files that are refused as a whole, each with its own sentence, and tables that are not quite the template."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from portal.exchange.excel import cells, reader
from portal.exchange.excel.result import RefusedFileError
from tests.exchange.excel.workbooks import row, save

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"ID;Name\n1;Turnen\n", r"text file \(CSV\)"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (OLE, r"\.xls\. "),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no table that we can read"),
        (b"PK\x03\x04 half a file", "damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_by_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "angebote.xlsx"
    path.write_bytes(content)
    with pytest.raises(RefusedFileError, match=said):
        reader.read(path)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="no file"):
        reader.read(tmp_path / "nichts.xlsx")


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def test_other_zip_files_are_refused_by_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="OpenDocument file is no table"):
        reader.read(zipped(tmp_path / "a.xlsx", **{"mimetype": b"x", "content.xml": b"<a/>"}))
    with pytest.raises(RefusedFileError, match="no Excel workbook"):
        reader.read(zipped(tmp_path / "b.xlsx", **{"readme.txt": b"hello"}))


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = {"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b" " * (30 * reader.MEGABYTE)}
    with pytest.raises(RefusedFileError, match="zip bomb"):
        reader.read(zipped(tmp_path / "a.xlsx", **bomb))
    large = {**bomb, "xl/worksheets/sheet2.xml": b" " * (30 * reader.MEGABYTE)}
    with pytest.raises(RefusedFileError, match="too large"):
        reader.read(zipped(tmp_path / "b.xlsx", **large))


@pytest.mark.parametrize(("cell", "said"), [("A1048576", "row 1048576"), ("XFD2", "column XFD")])
def test_one_cell_far_away_does_not_take_the_memory(tmp_path: Path, cell: str, said: str) -> None:
    path = save(tmp_path / "a.xlsx", row())
    workbook = load_workbook(path)
    workbook.worksheets[0][cell] = "x"
    workbook.save(path)
    with pytest.raises(RefusedFileError, match=said):
        reader.read(path)


def test_one_long_text_in_many_cells_does_not_take_the_memory(tmp_path: Path) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for _number in range(8000):
        sheet.append(["x" * 30_000])
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(RefusedFileError, match="too large"):
        reader.read(tmp_path / "a.xlsx")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_said_to_be_damaged(tmp_path: Path, share: float) -> None:
    path = save(tmp_path / "a.xlsx", row())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(RefusedFileError, match="damaged"):
        reader.read(path)


def test_a_flipped_byte_never_crashes(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", row())
    content = path.read_bytes()
    refused = 0
    for at in range(0, len(content), 97):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :])
        try:
            reader.read(path)
        except RefusedFileError:
            refused += 1
    assert refused > 10


def test_an_empty_workbook_is_said_to_be_empty(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "a.xlsx")
    with pytest.raises(RefusedFileError, match="empty"):
        reader.read(tmp_path / "a.xlsx")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedFileError, match="The column „Adresse“ is missing"):
        reader.read(save(tmp_path / "a.xlsx", row(), without=["address"]))
    with pytest.raises(RefusedFileError, match="„Kursnummer“, „Kosten“ are missing"):
        reader.read(save(tmp_path / "b.xlsx", row(), without=["course_number", "cost_text"]))


def test_columns_in_another_order_a_title_above_and_extra_columns_are_fine(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", row(start_time="10:00", end_time="11:00"))
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    mixed = workbook.create_sheet("neu", 0)
    mixed.append(["Unsere Angebote"])
    for number, line in enumerate(rows):
        mixed.append(["Farbe" if number == 0 else "rot", *line[8:], *line[:8]])
    workbook.save(path)

    read = reader.read(path)

    assert (read.name, [each.number for each in read.rows]) == ("neu", [4])
    assert read.rows[0].cells["start_time"] == "10:00"
    assert read.rows[0].cells["end_time"] == "11:00"
    assert read.rows[0].cells["title"] == "Kinderturnen"
    assert read.unknown_filled == ["Farbe"]


def test_the_hint_row_is_skipped_only_if_it_is_one(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", row(), row(id=2))
    workbook = load_workbook(path)
    workbook.worksheets[0].delete_rows(2)
    workbook.save(path)
    assert [each.number for each in reader.read(path).rows] == [2, 3]


def test_formulas_without_a_result_are_found(tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", row(capacity="=5+5"))
    lost = reader.read(path).lost
    assert [(each.row, each.value, each.failed) for each in lost] == [(3, "=5+5", False)]


@pytest.mark.parametrize("written", ["NaN", "INF", "-1E+400", "1E400"])
def test_a_number_that_is_none_is_a_text_that_its_column_refuses(tmp_path: Path, written: str) -> None:
    path = save(tmp_path / "a.xlsx", row(start_time=0.5, capacity=0.25, cost_text=0.75, contact_phone=0.125))
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for number in (b"0.5", b"0.25", b"0.75", b"0.125"):
        before = b"<v>" + number + b"</v>"
        assert parts[sheet].count(before) == 1
        parts[sheet] = parts[sheet].replace(before, b"<v>" + written.encode() + b"</v>")
    zipped(path, **parts)

    found = reader.read(path).rows[0].cells

    assert {type(found[key]) for key in ("start_time", "capacity", "cost_text", "contact_phone")} == {str}
    with pytest.raises(cells.CellError, match="no time of day"):
        cells.time(found["start_time"])
    with pytest.raises(cells.CellError, match="no date"):
        cells.date(found["start_time"])
    assert cells.amount(found["cost_text"]) is None
    assert cells.phone(found["contact_phone"]).it == found["contact_phone"]
