"""Figures of small areas: everything that is wrong is named by row and column, and nothing is half taken over."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from core.access import Role
from portal.planning import areas
from portal.planning.areas_reading import _value, read
from portal.planning.models import AreaFigure, Source
from portal.planning.table_reading import WrongError
from portal.taxonomy.models import District
from portal.vocabulary.errors import RefusedError
from tenants.running.context import inside

HEAD = ("Ortsteil", "Merkmal", "Alter von", "Alter bis", "Jahr", "Wert", "Einheit")
KNOWN = {"nord": 1, "sud": 2, "süd": 2}
PAGE = "/auswertung/zahlen/"


def csv_of(*rows, head=HEAD):
    text = "\n".join(";".join("" if each is None else str(each) for each in row) for row in (head, *rows))
    return SimpleUploadedFile("zahlen.csv", text.encode("utf-8-sig"))


def xlsx_of(*rows, head=HEAD):
    book, file = Workbook(), BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(file)
    return SimpleUploadedFile("zahlen.xlsx", file.getvalue())


GOOD = ("Nord", "Einwohner", 3, 5, 2025, 480, "Anzahl")
WRONG = [
    (("Ost", *GOOD[1:]), "Ortsteil", "„Ost“"),
    (("", *GOOD[1:]), "Ortsteil", "keiner Ihrer Ortsteile"),
    (("Nord", "", *GOOD[2:]), "Merkmal", "60 Zeichen"),
    (("Nord", "Einwohner", "drei", *GOOD[3:]), "Alter von", "„drei“"),
    (("Nord", "Einwohner", 3, 121, *GOOD[4:]), "Alter bis", "„121“"),
    (("Nord", "Einwohner", 6, 5, *GOOD[4:]), "Alter bis", "liegt unter"),
    ((*GOOD[:4], "25", 480, "Anzahl"), "Jahr", "„25“"),
    ((*GOOD[:5], "1,234.5", "Anzahl"), "Wert", "„1,234.5“"),
    ((*GOOD[:5], "1.5", "Anzahl"), "Wert", "„1.5“"),
    ((*GOOD[:5], "0.125", "Prozent"), "Wert", "„0.125“"),
    ((*GOOD[:5], "-3", "Anzahl"), "Wert", "nichts unter null"),
    ((*GOOD[:5], "", "Anzahl"), "Wert", "sicher"),
    ((*GOOD[:5], "=1+1", "Anzahl"), "Wert", "Formel"),
    ((*GOOD[:5], 480, "Promille"), "Einheit", "Prozent"),
    ((*GOOD[:5], "100,5", "Prozent"), "Wert", "100 Prozent"),
    (("Gesamt", *GOOD[1:5], 500, "Anzahl"), "Wert", "zusammen 480"),
    (GOOD, "", "Zeile 2"),
]


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
@pytest.mark.parametrize(("row", "column", "words"), WRONG)
def test_each_fault_is_named_by_row_and_column(make, row, column, words):
    found = read(make(GOOD, row), KNOWN)
    assert [(each.line, each.column) for each in found.problems] == [(3, column)]
    assert words in found.problems[0].text


def test_all_that_is_wrong_in_a_row_is_named_at_once():
    found = read(csv_of(("Ost", "", "x", "y", "z", "?", "!")), KNOWN)
    assert [each.column for each in found.problems] == list(HEAD)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (csv_of(("Nord", 3), head=("Ortsteil", "Wert")), "„Merkmal“, „Jahr“"),
        (csv_of(), "keine Zeile darunter"),
        (SimpleUploadedFile("leer.csv", b""), "leer"),
        (SimpleUploadedFile("bild.xlsx", b"PK\x03\x04kaputt"), "beschädigt"),
    ],
)
def test_what_is_no_such_table_is_refused_in_a_sentence(file, words):
    with pytest.raises(RefusedError, match=words):
        read(file, KNOWN)


class Endless:
    """Two gigabytes that nobody may read."""

    name, size = "riesig.csv", 2 * 2**30

    def read(self, number=-1):
        raise AssertionError("It was read.")


def test_of_a_long_workbook_every_row_is_read():
    years = [(*GOOD[:2], age, age, year, 7, "Anzahl") for year in range(1990, 2090) for age in range(110)]
    found = read(xlsx_of(*years), KNOWN)
    assert (len(found.rows), found.problems) == (11_000, [])


def test_two_gigabytes_are_refused_unread():
    with pytest.raises(RefusedError, match="5 MB"):
        read(Endless(), KNOWN)


@given(whole=st.integers(0, 10**9 - 1), cents=st.none() | st.integers(0, 99), thousands=st.booleans())
def test_german_numbers_are_what_they_say(whole, cents, thousands):
    written = f"{whole:,}".replace(",", ".") if thousands else str(whole)
    if cents is not None:
        written += f",{cents:02d}"
    assert _value(written) == Decimal(whole) + Decimal(cents or 0) / 100


@given(st.text(alphabet="0123456789.,- ", max_size=8))
def test_a_number_is_understood_in_one_way_or_not_at_all(written):
    try:
        value = _value(written)
    except WrongError:
        return
    plain = written.strip().replace(" ", "").replace(".", "")
    assert Decimal(plain.replace(",", ".")) == value
    # A point stands before three digits, always.
    for part in written.strip().split(".")[1:]:
        assert len(part.split(",")[0].split()[0]) == 3


@pytest.fixture
def town(ahausen):
    with inside(ahausen):
        for name in ("Nord", "Süd"):
            District.objects.create(name=name)
    return ahausen


def take(file, *, replace=False):
    return areas.take_over(file, name="Amt", as_of=date(2026, 1, 1), replace=replace, by=None)


def test_a_file_is_taken_over_whole_or_not_at_all(town):
    south = ("Süd", *GOOD[1:])
    with inside(town):
        source, read_ = take(csv_of(GOOD, south, ("Ost", *GOOD[1:])))
        assert source is None
        assert read_.problems
        assert not AreaFigure.objects.exists()
        assert take(csv_of(GOOD, south))[0] is not None
        assert AreaFigure.objects.count() == 2
        with pytest.raises(RefusedError, match="Einwohner"):
            take(csv_of((*GOOD[:5], 999, "Anzahl")))
        assert set(AreaFigure.objects.values_list("value", flat=True)) == {480}
        take(csv_of((*GOOD[:5], 999, "Anzahl")), replace=True)
        assert [each.value for each in AreaFigure.objects.all()] == [999]
        assert Source.objects.count() == 1


def test_other_years_stay(town):
    with inside(town):
        take(csv_of(GOOD))
        take(csv_of((*GOOD[:4], 2024, 470, "Anzahl")))
        assert areas.years() == [2025, 2024]
        assert areas.ages_of(2025) == [(3, 5)]


def test_the_template_is_what_is_read_and_holds_no_value(town):
    with inside(town):
        book = load_workbook(BytesIO(areas.template()))
        assert tuple(cell.value for cell in book.worksheets[0][1]) == HEAD
        found = read(SimpleUploadedFile("vorlage.xlsx", areas.template()), {"nord": 1, "süd": 2, "sud": 2, "sued": 2})
        assert {each.column for each in found.problems} == {"Jahr", "Wert"}


def test_the_page_names_what_is_wrong_and_says_what_was_taken_over(signed_in, town):
    client = signed_in(town, Role.PLANNER)
    given_ = {"name": "Amt", "as_of": "2026-01-01"}
    page = client.post(PAGE, {**given_, "file": csv_of(("Ost", *GOOD[1:]))}).content.decode()
    assert "Nichts wurde übernommen: 1 Fehler" in page
    assert "„Ost“ ist keiner Ihrer Ortsteile" in page
    page = client.post(PAGE, {**given_, "file": csv_of(GOOD)}, follow=True).content.decode()
    assert "1 Zahl wurde übernommen" in page
    with inside(town):
        source = Source.objects.get()
    page = client.post(f"{PAGE}{source.pk}/loeschen/", follow=True).content.decode()
    assert "sind gelöscht" in page
    with inside(town):
        assert not AreaFigure.objects.exists()
