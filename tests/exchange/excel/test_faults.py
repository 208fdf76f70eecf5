"""Workbooks as people and programs really make them: hidden sheets, sheets for each season, empty far rows, foreign
rules, decomposed letters. The small files of `shared/data/faults`, and the same thoughts in other examples."""

import datetime as dt
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from openpyxl import load_workbook

from audit.models import Entry
from portal.exchange.excel import reader
from portal.exchange.excel.marked import write_marked_copy
from portal.exchange.excel.result import ImportResult, RefusedFileError
from portal.exchange.excel.services import import_offers
from portal.offers.models import Occurrence, Offer, Schedule
from portal.providers.models import Provider
from portal.taxonomy.models import Category, TargetGroup
from tests.exchange.excel.workbooks import row, save


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def fault(shared: Path, provider: Provider) -> Any:
    """`fault("name.xlsx")`: import one of the shared files."""
    for name in ("Digitales", "Kunst und Bühne", "Gesundheitskurse"):
        Category.objects.get_or_create(name=name)
    TargetGroup.objects.get_or_create(name="Erwachsene")

    def run(name: str) -> ImportResult:
        return import_offers(shared / "data" / "faults" / name, provider=provider, by="test")

    return run


def said(result: ImportResult) -> str:
    return "\n".join(map(str, result.problems))


@pytest.mark.parametrize("name", ["dst-gap-single", "dst-gap-daily", "libreoffice-last-row", "windows-separators"])
def test_the_files_of_others_are_imported(fault: Any, name: str) -> None:
    result = fault(f"{name}.xlsx")
    assert (result.written, result.created, len(result.errors)) == (True, 1, 0), said(result)


def test_a_shift_that_begins_in_the_missing_hour_keeps_its_length(fault: Any) -> None:
    fault("dst-gap-single.xlsx")
    found = Occurrence.objects.get()
    assert (found.start_time, found.end_time) == (dt.time(3, 45), dt.time(4, 15))


def test_of_a_hidden_and_a_visible_sheet_the_visible_one_is_read(fault: Any) -> None:
    result = fault("hidden-sheet-first.xlsx")
    assert sorted(Offer.objects.values_list("title", flat=True)) == ["NEU aktuell", "NEU zwei"]
    assert "The sheet “Vorjahr” is hidden and was not read." in said(result)


def test_a_second_filled_sheet_is_named(fault: Any) -> None:
    result = fault("two-sheets.xlsx")
    assert Offer.objects.get().title == "Frühjahrskurs"
    assert "The sheet “Herbst” was not read, only “Frühjahr”." in said(result)


def test_a_rule_with_an_end_in_utc_is_understood(fault: Any) -> None:
    fault("rrule-until-utc.xlsx")
    assert Schedule.objects.get().rrule == "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261221"
    assert Occurrence.objects.count() == 3


def test_a_number_with_a_plus_stays_the_number_it_was(fault: Any) -> None:
    result = fault("phone-plus49-number.xlsx")
    assert Offer.objects.get().contact_phone == "+4968150600"
    assert re.search(r"Row 2, column \w+ “Telefon”: „4968150600“ – The phone number had lost its plus", said(result))


def test_addresses_of_mail_are_taken_out_of_links(fault: Any) -> None:
    fault("mail-mailto.xlsx")
    assert set(Offer.objects.values_list("contact_email", flat=True)) == {"info@probe.example"}


def test_decomposed_letters_and_soft_hyphens_are_no_others(fault: Any) -> None:
    fault("nfd-names.xlsx")
    assert Offer.objects.get().categories.get().name == "Kunst und Bühne"
    fault("softhyphen.xlsx")
    assert Offer.objects.filter(title="Volkshochschulkurs Klöppeln").exists()
    assert Offer.objects.get(title="Weiches Trennzeichen in der Kategorie").categories.get().name == "Gesundheitskurse"


# Other examples of each kind.


def sheets(path: Path, change: Any, *rows: dict[str, Any]) -> Path:
    workbook = load_workbook(save(path, *(rows or (row(),))))
    change(workbook)
    workbook.save(path)
    return path


def test_a_very_hidden_sheet_alone_is_refused_with_its_name(tmp_path: Path) -> None:
    def hide(workbook: Any) -> None:
        workbook.worksheets[0].sheet_state = "veryHidden"
        workbook.create_sheet("Leer")

    with pytest.raises(RefusedFileError, match="“Sheet”, which is hidden"):
        reader.read(sheets(tmp_path / "a.xlsx", hide))


def test_the_filled_one_of_two_sheets_is_read_and_an_almost_right_one_is_named(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        first = workbook.worksheets[0]
        workbook.copy_worksheet(first).title = "Voll"
        almost = workbook.copy_worksheet(first)
        almost.title = "Fast"
        almost["A1"] = "Nr"
        first.title = "Leere Vorlage"
        first.delete_rows(3, 10)
        workbook.create_sheet("Notizen")["A1"] = "Anrufen"

    sheet = reader.read(sheets(tmp_path / "a.xlsx", change))
    assert (sheet.name, len(sheet.rows), sheet.others, sheet.hidden) == ("Voll", 1, ["Fast"], [])


@pytest.mark.parametrize(
    "tail",
    [
        '<row r="1048576"></row>',
        '<row r="1048576" ht="12.8"/>',
        '<row r="1048575"><c r="A1048575" s="0"/><c r="AF1048575" s="0"></c></row>',
        '<row r="30000"><c r="ABC30000" s="0"/></row>',
    ],
)
def test_empty_cells_far_away_are_no_table(tmp_path: Path, tail: str) -> None:
    path = save(tmp_path / "a.xlsx", row())
    assert len(reader.read(rewritten(path, tail=tail)).rows) == 1


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "row 1048576"),
        ('<row r="1048576"><!-- </row> --><c><v>1</v></c></row>', "row 1048576"),
        ('<row r="30"><c r="ABC30" t="inlineStr"><is><t>x</t></is></c></row>', "column ABC"),
    ],
)
def test_what_stands_far_away_is_still_refused(tmp_path: Path, tail: str, said: str) -> None:
    with pytest.raises(RefusedFileError, match=said):
        reader.read(rewritten(save(tmp_path / "a.xlsx", row()), tail=tail))


def rewritten(path: Path, *, tail: str = "", separator: str = "/") -> Path:
    """The workbook with more at the end of its first sheet, or entries named as some programs on Windows do."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    content[sheet] = content[sheet].replace(b"</sheetData>", f"{tail}</sheetData>".encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in content.items():
            archive.writestr(name.replace("/", separator), body)
    return path


def test_names_with_backslashes_are_read_checked_and_marked(tmp_path: Path, provider: Provider) -> None:
    path = save(tmp_path / "a.xlsx", row(title="=1/0"), row(id=2))
    marked = tmp_path / "b.xlsx"
    result = import_offers(rewritten(path, separator="\\"), provider=provider, by="test")
    write_marked_copy(path, result, marked)
    assert len(load_workbook(marked).worksheets) == 1
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    with pytest.raises(RefusedFileError, match="row 1048576"):
        reader.read(rewritten(save(path, row()), tail=far, separator="\\"))


WEEKLY = {"start_date": dt.date(2027, 1, 4), "start_time": "10:00", "end_time": "11:00"}


@pytest.mark.parametrize(
    ("kind", "end", "rrule", "warned"),
    [
        ("Wöchentlich: RRULE:FREQ=WEEKLY;UNTIL=20270131T225959Z", None, "FREQ=WEEKLY;UNTIL=20270131", ""),
        ("Täglich: FREQ=DAILY;UNTIL=99991231T235959Z", None, "FREQ=DAILY", "taken as without end"),
        ("Täglich", "31.12.2099", "FREQ=DAILY", "taken as without end"),
        ("Wöchentlich", "31.12.2099", "FREQ=WEEKLY;BYDAY=MO", "taken as without end"),
    ],
)
def test_rules_of_other_programs_are_bounded(
    tmp_path: Path, provider: Provider, kind: str, end: str | None, rrule: str, warned: str
) -> None:
    path = save(tmp_path / "a.xlsx", row(kind=kind, end_date=end, **WEEKLY))
    result = import_offers(path, provider=provider, by="test")
    assert Schedule.objects.get().rrule == rrule, said(result)
    assert warned in said(result)


@pytest.mark.parametrize(
    ("kind", "end", "refused"),
    [
        ("Täglich: FREQ=MINUTELY", None, "It must be daily, weekly, monthly or yearly."),
        ("Täglich: FREQ=DAILY;BYHOUR=1,2", None, "BYHOUR=1,2"),
        ("Monatlich: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", None, "It never takes place."),
        ("Monatlich: am 31.", "29.01.2027", "It never takes place."),
        ("Täglich: FREQ=DAILY;COUNT=100000", None, "COUNT=100000"),
        ("Täglich: FREQ=YEARLY;COUNT=100", None, "more than 40 years"),
    ],
)
def test_rules_without_bounds_are_errors_of_their_row(
    tmp_path: Path, provider: Provider, kind: str, end: str | None, refused: str
) -> None:
    path = save(tmp_path / "a.xlsx", row(kind=kind, end_date=end, **WEEKLY), row(id=2, title="Chor"))
    result = import_offers(path, provider=provider, by="test", skip_invalid=True)
    assert refused in said(result)
    assert [offer.title for offer in Offer.objects.all()] == ["Chor"]


def test_what_the_database_refuses_is_an_error_of_its_row_and_stops_no_other(
    tmp_path: Path, provider: Provider
) -> None:
    """No row known today is refused only there; a constraint more stands for the next one we do not think of."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE offers_offer ADD CHECK (title <> 'Unmöglich')")
    rows = [row(id=n, title="Unmöglich" if n == 3 else f"Kurs {n}") for n in range(1, 8)]
    path = save(tmp_path / "a.xlsx", *rows)
    whole = import_offers(path, provider=provider, by="test")
    assert (whole.written, whole.created, whole.failed) == (False, 0, 1)
    assert [problem.row for problem in whole.errors] == [5]
    assert not Offer.objects.exists()
    rest = import_offers(path, provider=provider, by="test", skip_invalid=True)
    assert (rest.written, rest.created, rest.failed, rest.read) == (True, 6, 1, 7)
    assert Offer.objects.count() == 6
    assert Entry.objects.filter(action="import_offers").count() == 1
    assert unicodedata.is_normalized("NFC", said(rest))
