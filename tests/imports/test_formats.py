"""Every format that people send, as they send it; and what nobody can read, with a sentence that says what to do."""

import datetime as dt
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.protection import SheetProtection

from portal.imports.models import Row, Upload
from portal.offers.models import Offer
from tests.exchange.excel.workbooks import row, save
from tests.imports.conftest import Club, row_of
from tests.imports.tables import csv_of, ods_of

UMLAUT = row(title="Töpfern für Übermütige", summary='Mit "Ton" und Tee; gerne\nzu zweit', categories="Sport")
DATED = row(kind="Konkrete Daten", start_date=dt.date(2027, 3, 1), start_time=dt.time(10, 30))


def xlsx(*rows, path: Path, change=lambda workbook: None) -> bytes:
    """A workbook of these rows, changed by hand."""
    workbook = load_workbook(save(path / "b.xlsx", *rows))
    change(workbook)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        csv_of(UMLAUT).encode("utf-8"),
        csv_of(UMLAUT).encode("utf-8-sig"),
        csv_of(UMLAUT).encode("cp1252"),
        csv_of(UMLAUT).encode("utf-16"),
        csv_of(UMLAUT, separator=",").encode("utf-8"),
        csv_of(UMLAUT, separator="\t").encode("cp1252"),
        csv_of(UMLAUT, end="\r").encode("utf-8"),
        # Mixed line ends, and a mark of UTF-8 before what is none.
        csv_of(UMLAUT).replace("\r\n", "\n", 1).encode("utf-8"),
        b"\xef\xbb\xbf" + csv_of(UMLAUT).encode("cp1252"),
    ],
    ids=["utf-8", "bom", "windows", "utf-16", "comma", "tab", "old-mac", "mixed", "bom-but-windows"],
)
def test_text_is_read_however_it_was_written(club: Club, content: bytes) -> None:
    club.take(club.send(content=content, name="angebote.csv"))
    offer = Offer.objects.get()
    assert (offer.title, offer.summary) == ("Töpfern für Übermütige", 'Mit "Ton" und Tee; gerne zu zweit')


def test_rows_of_text_have_the_numbers_a_spreadsheet_shows(club: Club) -> None:
    content = csv_of(row()) + ";;;\r\n" + csv_of(row(id=2, title="")).split("\r\n")[1] + "\r\n"
    upload = club.send(content=content.encode())
    assert {each.number: each.outcome for each in upload.rows.all()} == {2: Row.Outcome.NEW, 4: Row.Outcome.ERROR}


def test_a_guard_against_formulas_is_taken_off_again(club: Club) -> None:
    club.take(club.send(content=csv_of(row(conditions="'=1+1", speaker="'s ist gut")).encode()))
    offer = Offer.objects.get()
    assert (offer.conditions, offer.speaker) == ("=1+1", "'s ist gut")


def test_a_table_of_libreoffice_is_read_with_its_days_and_times(club: Club) -> None:
    upload = club.send(content=ods_of(DATED, row(id=2, title="Judo", categories="Spport")), name="angebote.ods")
    assert row_of(upload, 3).outcome == Row.Outcome.ERROR
    answer = club.client.get(f"/konto/import/{upload.pk}/anmerkungen.xlsx")
    path = club.folder / "marked.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    sheet = load_workbook(path).worksheets[0]
    assert "Spport" in sheet["C3"].comment.text
    assert sheet["B3"].value == "Judo"

    club.take(upload)
    rule = Offer.objects.get().schedules.get()
    assert (rule.first_date, rule.start_time) == (dt.date(2027, 3, 1), dt.time(10, 30))


def test_the_marked_copy_of_a_text_calculates_nothing(club: Club) -> None:
    upload = club.send(content=csv_of(row(categories="Spport", conditions="=1+1")).encode())
    path = club.folder / "marked.xlsx"
    path.write_bytes(b"".join(club.client.get(f"/konto/import/{upload.pk}/anmerkungen.xlsx").streaming_content))
    cell = load_workbook(path).worksheets[0]["R2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_cells_that_are_merged_count_for_each_row(club: Club) -> None:
    def merge(workbook: Workbook) -> None:
        for letter in "ABCD":
            workbook.worksheets[0].merge_cells(f"{letter}3:{letter}5")

    days = [{"start_date": f"0{day}.03.2027"} for day in (1, 2, 3)]
    first = row(kind="Konkrete Daten", **days[0])
    upload = club.send(content=xlsx(first, *days[1:], path=club.folder, change=merge))
    assert "Zeilen 3 bis 5 sind Zellen verbunden" in club.page(upload)
    club.take(upload)
    assert Offer.objects.get().schedules.count() == 3


def test_protected_sheets_and_a_million_empty_rows_are_no_matter(club: Club) -> None:
    def change(workbook: Workbook) -> None:
        sheet = workbook.worksheets[0]
        sheet.protection = SheetProtection(sheet=True, password="geheim")
        sheet["B1048576"].number_format = "0.00"

    upload = club.send(content=xlsx(row(), path=club.folder, change=change))
    assert upload.state == Upload.State.READY
    assert upload.rows.count() == 1


def test_further_sheets_are_named(club: Club) -> None:
    def change(workbook: Workbook) -> None:
        copy = workbook.copy_worksheet(workbook.worksheets[0])
        copy.title = "Sommer"

    upload = club.send(content=xlsx(row(), path=club.folder, change=change))
    assert "Das Tabellenblatt „Sommer“ wurde nicht gelesen" in club.page(upload)


def test_a_workbook_with_macros_is_read_and_given_back_without(club: Club) -> None:
    plain = BytesIO(xlsx(row(categories="Spport"), path=club.folder))
    import zipfile

    target = BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
                content = content.replace(b"openxmlformats-officedocument.ms", b"ms")
            made.writestr(name, content)
        made.writestr("xl/vbaProject.bin", b"macros")
    upload = club.send(content=target.getvalue(), name="angebote.xlsm")
    assert row_of(upload, 3).fixes
    answer = b"".join(club.client.get(f"/konto/import/{upload.pk}/anmerkungen.xlsx").streaming_content)
    with zipfile.ZipFile(BytesIO(answer)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]


FAR = '<table:table-row table:number-rows-repeated="30000"><table:table-cell/></table:table-row>'
PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def tail(*, rows: int = 1, cells: int = 1) -> str:
    """A row at the end in which something stands, as often as it says."""
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="float" '
        f'office:value="1" table:number-columns-repeated="{cells}"/></table:table-row>'
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ist leer (0 Byte)"),
        (csv_of(row()).replace(";", "^").encode(), "stehen nicht die Überschriften der Vorlage"),
        ((csv_of(row()) + '2;"Judo;Sport\r\n3;Malen;Sport\r\n').encode(), "ein Anführungszeichen nicht geschlossen"),
        (b"ID;" + b"\x00" * 5000, "keine Tabelle, die wir lesen können"),
        (csv_of(row()).replace("Termin/e", "Wann").encode(), "„Termin/e“"),
        (ods_of(row(), manifest="<manifest:encryption-data/>"), "mit einem Kennwort"),
        (ods_of(row(), tail=FAR + tail()), "bis Zeile 30003"),
        (ods_of(row(), tail=tail(cells=9999)), "bis Spalte 9999"),
        (ods_of(row(), tail=tail(rows=900_000)), "bis Zeile 900002"),
        (ods_of(row())[:700], "beschädigt"),
        (PASSWORD, "mit einem Kennwort"),
        (b"\x89PNG\r\n\x1a\n\0\0", "keine Tabelle, die wir lesen können"),
        (b"<html><body>Anmelden</body></html>", "eine Webseite"),
    ],
    ids=["empty", "separator", "quote", "zeros", "column", "ods-password", "ods-far", "ods-wide", "ods-bomb", "half",
         "xlsx-password", "picture", "html"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_to_do(club: Club, content: bytes, said: str) -> None:
    answer = club.client.post("/konto/import/", {"file": BytesIO(content)}) if not content else None
    assert answer is None or answer.status_code in (302, 400)
    upload = club.send(content=content) if content else Upload.objects.get()
    if not content:
        from portal.imports import tasks

        tasks.read_table(upload=upload.pk)
        upload.refresh_from_db()
    assert upload.state == Upload.State.REFUSED
    assert said in upload.refusal
    page = club.page(upload)
    assert "Diese Tabelle können wir nicht lesen" in page
    assert "Im Portal hat sich nichts geändert." in page
    assert not Offer.objects.exists()


def test_the_template_of_the_former_portal_and_ours_are_taken(club: Club, shared: Path) -> None:
    old = club.send(content=(shared / "data" / "vorlage.xlsx").read_bytes())
    assert old.state == Upload.State.READY
    assert "Das ist das Beispiel der Vorlage" in club.page(old)
    answer = club.client.get("/konto/import/vorlage.xlsx")
    new = club.send(content=answer.content)
    assert (new.state, new.rows.count()) == (Upload.State.READY, 0)
    assert "Unter den Überschriften stehen keine Angebote" in club.page(new)


def test_no_file_is_a_sentence_beside_the_field(club: Club) -> None:
    answer = club.client.post("/konto/import/", {})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Bitte wählen Sie zuerst eine Datei aus." in page
    assert "<title>Fehler:" in page


def test_empty_rows_at_the_end_are_nothing(club: Club) -> None:
    assert club.send(content=ods_of(row())).rows.count() == 1
