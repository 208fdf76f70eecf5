"""What we write is a workbook to the letter, not only to the programs that read it forgivingly."""

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from portal.exchange.excel.export import FIRST_ROW, WRITTEN, export_offers, write_cell, write_template
from portal.exchange.excel.marked import write_marked_copy
from portal.exchange.excel.services import import_offers
from portal.listing.export import as_file
from portal.listing.workbooks import workbook
from portal.offers.choices import ScheduleKind
from portal.offers.models import Offer, Schedule
from portal.offers.services import set_schedules
from portal.taxonomy.models import Category
from tests.exchange.excel.strictly import faults, real_dates
from tests.exchange.excel.workbooks import row
from tests.factories import an_offer

STRANGE = (
    "=1+1",
    " vorn und hinten ",
    "a\nb",
    "\ttab",
    "_x0041_",
    "🎈 & <b> „so“",
    "x" * 40_000,
    "🎈" * 30_000,
    "\x0bweg",
    "",
)


def made(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture
def exported(provider) -> bytes:
    """Offers of all kinds of dates, with texts that formats trip over."""
    topic = Category.objects.get(name="Sport")
    rules = {
        ScheduleKind.DATES: {"first_date": dt.date(2027, 2, 28), "start_time": dt.time(9, 5)},
        ScheduleKind.PERIOD: {"first_date": dt.date(2027, 1, 1), "last_date": dt.date(2028, 2, 29)},
        ScheduleKind.WEEKLY: {"first_date": dt.date(2027, 3, 1), "rrule": "FREQ=WEEKLY;BYDAY=MO",
                              "start_time": dt.time(18), "end_time": dt.time(19, 30)},
    }  # fmt: skip
    for kind, rule in rules.items():
        offer = an_offer(provider=provider, title=f"Angebot {kind}", categories=[topic])
        set_schedules(offer, kind, [Schedule(**rule)])
    for number, text in enumerate(STRANGE):
        an_offer(provider=provider, title=f"{number} {text[:100]}", speaker=text[:100], description=f"<p>{text}</p>")
    content = BytesIO()
    export_offers(content, offers=Offer.objects.filter(provider=provider))
    return content.getvalue()


def test_the_template_with_four_hundred_topics(provider):
    for number in range(400):
        Category.objects.create(name=f"Thema {number:03} mit einem langen Namen & Zeichen <>")
    content = BytesIO()
    write_template(content)
    assert faults(content.getvalue()) == []


def test_an_export_with_real_dates_and_no_formula(exported):
    assert faults(exported) == []
    found = real_dates(exported)
    places = {column.key: at for at, column in enumerate(WRITTEN)}
    start, begins = chr(65 + places["start_date"]), chr(65 + places["start_time"])
    # Days since 1900 as Excel counts them, and parts of a day.
    assert found[f"{start}{FIRST_ROW}"] == ("DD.MM.YYYY", 46446.0)
    code, part = found[f"{begins}{FIRST_ROW}"]
    assert (code, round(part * 24 * 60)) == ("HH:MM", 9 * 60 + 5)


def test_the_marked_copy(provider, tmp_path):
    path, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_template(path)
    book = load_workbook(path)
    keys = [column.key for column in WRITTEN]
    for number, cells in enumerate((row(), row(id=2, categories="Spport"), row(id=3, kind="Manchmal"))):
        for key, value in cells.items():
            write_cell(book.worksheets[0].cell(FIRST_ROW + number, keys.index(key) + 1), value)
    book.save(path)
    result = import_offers(path, provider=provider, by="test", skip_invalid=True)
    assert result.errors
    write_marked_copy(path, result, target)
    assert faults(target.read_bytes()) == []
    copy = load_workbook(target)
    assert copy.worksheets[1].sheet_state == "hidden"
    assert len(copy.worksheets[0].data_validations.dataValidation) == len(
        book.worksheets[0].data_validations.dataValidation
    )


def test_lists_that_are_taken_along():
    rows = [[text, 1, dt.date(2027, 2, 28), None] for text in STRANGE]
    content = workbook("Angebote", ["Titel", "=1+1", "Tag", ""], [40, 8, 12, 8], rows)
    assert faults(content) == []
    # Not openpyxl, which takes escapes within a sheet for letters.
    read = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [line[0] for line in read[1:]] == [*STRANGE[:6], "x" * 32_767, "🎈" * 16_383, "weg", ""]
    assert {line[2] for line in read[1:]} == {dt.date(2027, 2, 28)}


def test_headings_that_begin_like_a_formula_are_words():
    """A municipality names its own details of offers as it likes."""
    lines = as_file("liste", ["Titel", "=1+1"], [8, 8], [["a", "b"]], "csv").content.decode("utf-8-sig").splitlines()
    assert lines == ["Titel;'=1+1", "a;b"]


def test_what_excel_refuses_is_seen():
    """The check itself: each of these is a file that Excel wants to repair."""
    book = Workbook()
    rule = DataValidation("list", formula1='"' + ",".join(f"Thema {number}" for number in range(60)) + '"')
    rule.add("A1:A9")
    book.worksheets[0].add_data_validation(rule)
    book.worksheets[0].column_dimensions["A"].width = 300
    book.worksheets[0]["A1"] = "=1+1"
    with pytest.warns(UserWarning, match="more than 31 characters"):
        book.create_sheet("x" * 32)
    found = faults(made(book))
    for words in ("a rule of", "wider than 255", "a formula", "may not be called"):
        assert any(words in fault for fault in found), words
