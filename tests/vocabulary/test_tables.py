"""Lists as spreadsheets: out and in again changes nothing; what is wrong is said by row; nothing is done by half."""

import csv
import zipfile
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import Entry as AuditEntry
from core.access import Role
from portal.taxonomy.models import Category, TargetGroup
from portal.vocabulary import merging
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import CATEGORIES, KINDS, TARGET_GROUPS
from portal.vocabulary.rows import load
from portal.vocabulary.sheets import applying, planning, reading, writing
from tenants.running.context import inside

HEAD = ["Nummer", "Name", "Gehört zu"]


def workbook(*rows, head=HEAD):
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("liste.xlsx", file.getvalue())


def text_file(content, encoding="utf-8-sig"):
    return SimpleUploadedFile("liste.csv", content.encode(encoding))


def planned(kind, upload):
    read = reading.read(kind, upload)
    return read, planning.plan(kind, load(kind), read.rows, read.errors)


def done(kind, upload):
    read, made = planned(kind, upload)
    assert made.errors == []
    return applying.take_over(kind, read.rows, seen=made.digest, by="test")


def shape(pk=None, rows=None):
    rows = rows or load(CATEGORIES)
    return {rows.by_pk[each].name: shape(each, rows) for each in rows.below.get(pk, [])}


@pytest.fixture
def tree(ahausen):
    with inside(ahausen):
        family = Category.objects.create(name="Familie", color="#0b6e69", icon="family")
        Category.objects.create(name="=SUMME(A1)", parent=family, position=0)
        Category.objects.create(name="'Kita'; \"Hort\"", parent=family, position=1, retired=True)
        Category.objects.create(name="Sport", position=1)
    return ahausen


@pytest.mark.parametrize("write", [writing.as_xlsx, writing.as_csv])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_out_and_in_again_changes_nothing(tree, kind, write):
    with inside(tree):
        if kind is TARGET_GROUPS:
            TargetGroup.objects.create(name="-18", max_age=17)
        elif kind is not CATEGORIES:
            for name in ("Nord", "+49", "2026", "_x0041_", "a_x005F_b", "_x005F_x0041_"):
                kind.model.objects.create(name=name)
        rows = load(kind)
        upload = SimpleUploadedFile("liste", write(kind, rows))
        _read, made = planned(kind, upload)
        assert (made.errors, made.empty, made.left) == ([], True, [])
        assert made.same == len(rows.by_pk)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(NAMES, min_size=1, max_size=6, unique=True),
    parents=st.lists(st.integers(0, 5), min_size=6, max_size=6),
)
@pytest.mark.parametrize("write", [writing.as_xlsx, writing.as_csv])
def test_any_tree_survives_the_way_into_an_empty_list(ahausen, write, names, parents):
    with inside(ahausen):
        Category.objects.all().delete()
        made = []
        for place, name in enumerate(names):
            above = made[parents[place]] if parents[place] < min(place, 2) else None
            made.append(Category.objects.create(name=name, parent=above, position=place))
        before, content = shape(), write(CATEGORIES, load(CATEGORIES))
        assert planned(CATEGORIES, SimpleUploadedFile("x", content))[1].empty
        Category.objects.all().delete()
        done(CATEGORIES, SimpleUploadedFile("x", content))
        assert shape() == before


def test_new_names_places_and_entries_are_taken_over_together(tree):
    with inside(tree):
        pks = dict(Category.objects.values_list("name", "pk"))
        upload = workbook(
            [pks["Sport"], "Bewegung", None],
            [pks["Familie"], "Familie", pks["Sport"]],
            ["", "Yoga", "Bewegung"],
            [None, "Hatha", "Bewegung › Yoga"],
        )
        made = done(CATEGORIES, upload)
        assert [each.name for each in made.new] == ["Yoga", "Hatha"]
        assert shape() == {"Bewegung": {"Familie": {"=SUMME(A1)": {}, "'Kita'; \"Hort\"": {}}, "Yoga": {"Hatha": {}}}}
        assert AuditEntry.objects.filter(action="vocabulary.table").count() == 1


def test_two_may_change_names_and_turn_their_order_round(ahausen):
    with inside(ahausen):
        a = Category.objects.create(name="A")
        b = Category.objects.create(name="B", parent=a)
        twin = Category.objects.create(name="C", position=1)
        done(CATEGORIES, workbook([a.pk, "C", b.pk], [b.pk, "B", ""], [twin.pk, "A", ""]))
        assert shape() == {"B": {"C": {}}, "A": {}}


RING = ([1, "A", 2], [2, "B", 1])


@pytest.mark.parametrize(
    ("rows", "row", "said"),
    [
        (RING, 2, "„A“ stünde unter sich selbst"),
        ([[1, "A", 1]], 2, "„A“ stünde unter sich selbst"),
        ([[1, "A", "Nirgendwo"]], 2, "„Nirgendwo“ steht weder in dieser Tabelle noch in der Liste"),
        ([[1, "A", 999]], 2, "„999“ steht weder"),
        ([[1, "A", ""], [2, "A", ""]], 3, "„A“ steht an dieser Stelle zweimal (Zeile 2)"),
        ([["", "Sport", ""]], 2, "„Sport“ steht an dieser Stelle zweimal"),
        ([[1, "A", ""], [1, "B", ""]], 3, "Die Nummer 1 steht auch in Zeile 2"),
        ([[1, "", ""]], 2, "Der Name fehlt"),
        ([["eins", "A", ""]], 2, "„eins“ ist keine ganze Zahl"),
        ([[1, "x" * 121, ""]], 2, "120"),
        ([[n, f"T{n}", n - 1 if n > 1 else ""] for n in range(1, 8)], 7, "Höchstens 5 Ebenen"),
        ([[1, "A", ""], [2, "B", 1], [3, "A", ""]], 4, "zweimal"),
        ([[1, '=HYPERLINK("http://böse.example")', ""]], 2, "enthält eine Formel"),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_nothing_is_done(ahausen, rows, row, said):
    with inside(ahausen):
        Category.objects.create(name="Sport")
        read, made = planned(CATEGORIES, workbook(*rows))
        assert any(line == row and said in sentence for line, sentence in made.errors), made.errors
        with pytest.raises(RefusedError):
            applying.take_over(CATEGORIES, read.rows, seen=made.digest, by="test", errors=read.errors)
        assert shape() == {"Sport": {}}


def test_a_wrong_colour_sign_or_age_is_said(ahausen):
    with inside(ahausen):
        head = [*HEAD, "Farbe", "Zeichen", "Stillgelegt"]
        _rows, made = planned(CATEGORIES, workbook([1, "A", "", "rot", "zauberstab", "vielleicht"], head=head))
        said = " ".join(sentence for _line, sentence in made.errors)
        assert "„zauberstab“" in said
        assert "„vielleicht“" in said
        assert "#00519e" in said
        ages = workbook([None, "Kinder", 12, 6], head=["Nummer", "Name", "Ab Alter", "Bis Alter"])
        assert planned(TARGET_GROUPS, ages)[1].errors[0][0] == 2


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (text_file(""), "leer"),
        (text_file("Nummer;Name\n1;A\n"), "„Gehört zu“"),
        (text_file("nur Text ohne alles"), "fehlen Überschriften"),
        (SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "alten Format .xls"),
        (SimpleUploadedFile("a.xlsx", b"PK\x03\x04kaputt"), "beschädigt"),
        (SimpleUploadedFile("a.xlsx", b"\0" * 6 * 2**20), "größer als 5 MB"),
        (SimpleUploadedFile("a.csv", b"a\0b;c\n"), "keine Tabelle"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(ahausen, upload, said):
    with inside(ahausen), pytest.raises(RefusedError) as refused:
        reading.read(CATEGORIES, upload)
    assert said in str(refused.value)


def packed(**entries):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return SimpleUploadedFile("a.xlsm", file.getvalue())


def test_macros_other_archives_and_bombs_are_refused(ahausen):
    with inside(ahausen):
        for upload, said in (
            (packed(xl__workbook="x", **{"xl__vbaProject.bin": "x"}), "Makros"),
            (packed(irgendwas="x"), "keine Excel-Mappe"),
            (packed(xl__workbook="x", xl__bombe=b"0" * (61 * 2**20)), "größer als 60 MB"),
        ):
            with pytest.raises(RefusedError, match=said):
                reading.read(CATEGORIES, upload)


def test_ten_thousand_rows_are_read_and_one_more_is_refused(ahausen):
    with inside(ahausen):
        lines = [f";Thema {n};" for n in range(10_000)]
        made = done(CATEGORIES, text_file("\n".join(["Nummer;Name;Gehört zu", *lines])))
        assert len(made.new) == Category.objects.count() == 10_000
        with pytest.raises(RefusedError, match="mehr als 10.000 Zeilen"):
            reading.read(CATEGORIES, text_file("\n".join(["Nummer;Name;Gehört zu", *lines, ";Eins zu viel;"])))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252"])
def test_tables_of_every_program_are_understood(ahausen, delimiter, encoding):
    file = StringIO()
    csv.writer(file, delimiter=delimiter).writerows(
        [["Themen 2026"], ["NUMMER", "name", "Gehört zu"], ["", "Bücherei", ""]]
    )
    with inside(ahausen):
        done(CATEGORIES, text_file(file.getvalue(), encoding))
        assert shape() == {"Bücherei": {}}


def test_a_number_of_what_was_merged_is_named(ahausen):
    with inside(ahausen):
        a, b = Category.objects.create(name="A"), Category.objects.create(name="B")
        old = a.pk
        merging.merge(CATEGORIES, a.pk, b.pk, by="test")
        _rows, made = planned(CATEGORIES, workbook([old, "A", ""]))
        assert made.errors == [
            (2, f"Der Eintrag mit der Nummer {old} ist in „B“ aufgegangen. Bitte löschen Sie die Zeile.")
        ]


def test_by_the_pages_one_sees_first_and_somebody_elses_change_is_noticed(tree, signed_in):
    client = signed_in(tree, Role.EDITOR)
    with inside(tree):
        sport = Category.objects.get(name="Sport").pk
    address = client.post("/redaktion/themen/baum/einlesen/", {"file": workbook([sport, "Bewegung", ""])}).url
    text = client.get(address).content.decode()
    assert "Name: Sport → Bewegung" in text
    assert "3 stehen nicht in der Tabelle und bleiben." in text
    seen = text.split('name="gesehen" value="')[1].split('"')[0]
    with inside(tree):
        Category.objects.filter(pk=sport).update(name="Turnen")
    assert client.post(address, {"gesehen": seen}).url == address
    text = client.get(address).content.decode()
    assert "inzwischen geändert" in text
    assert "Name: Turnen → Bewegung" in text
    seen = text.split('name="gesehen" value="')[1].split('"')[0]
    assert client.post(address, {"gesehen": seen}).url == "/redaktion/themen/"
    assert client.post(address, {"gesehen": seen}).status_code == 404
    with inside(tree):
        assert Category.objects.get(pk=sport).name == "Bewegung"


def test_files_are_offered_with_their_names(tree, signed_in):
    client = signed_in(tree, Role.EDITOR)
    answer = client.get("/redaktion/themen/baum/tabelle.xlsx")
    assert answer["Content-Disposition"].endswith('-themen.xlsx"')
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:3] == HEAD
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert client.get("/redaktion/themen/baum/tabelle.pdf").status_code == 404
    assert (
        client.get("/redaktion/themen/zielgruppen/tabelle.csv")
        .content.decode("utf-8-sig")
        .startswith("Nummer;Name;Ab Alter")
    )
