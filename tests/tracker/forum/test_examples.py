"""Good examples: texts and files to take over."""

import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core.access import Role
from tests.tracker.people import OPERATOR, editor_of
from tracker.forum import files
from tracker.forum.models import Example, ExampleFile, Use
from tracker.forum.services import showing
from tracker.tickets.models.files import shared_files

HERE = "/plattform/austausch/beispiele/"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def a_zip(entries, **more):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(**more):
    return a_zip({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>", **more})


def an_example(by, uploads=(), blocks=(("Einladung", "Sehr geehrte Damen und Herren"),), title="Abend im Vereinsheim"):
    return showing.save_example(Example(title=title, text="Wir gehen hin."), blocks=blocks, uploads=uploads, by=by)


def a_file(name="ablauf.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def form(**more):
    return {"title": "Abend im Vereinsheim", "text": "Wir gehen hin.", "advice": "", **more}


def test_another_town_takes_texts_and_files_over(ahausen, bedorf, signed_in):
    writer, reader = signed_in(ahausen, Role.EDITOR), signed_in(bedorf, Role.EDITOR)
    sent = form(block_title_0="Einladung", block_text_0="Guten Tag,\n\nkommen Sie?", uploads=[a_file()])
    address = writer.post(f"{HERE}neu/", sent).url
    example = Example.objects.get()
    page = reader.get(address).content.decode()
    assert "Abend im Vereinsheim" in page
    block, kept = example.blocks.get(), example.files.get()
    text = reader.get(f"{HERE}{example.pk}/texte/{block.pk}/")
    assert text.content.decode().split() == ["Guten", "Tag,", "kommen", "Sie?"]
    assert text["Content-Disposition"] == 'attachment; filename="einladung.txt"'
    given = reader.get(f"{HERE}{example.pk}/dateien/{kept.pk}/")
    assert b"".join(given.streaming_content) == PDF
    assert given["Content-Disposition"] == 'attachment; filename="ablauf.pdf"'
    assert given["Content-Type"] == "application/octet-stream"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in given["Cache-Control"]


def test_files_lie_where_no_address_leads(ahausen, visitor, signed_in):
    an_example(editor_of(ahausen), [a_file()])
    name = ExampleFile.objects.get().file.name
    assert name.startswith("~forum/")
    assert "ablauf" not in name
    for reader in (visitor("ahausen"), signed_in(ahausen, Role.EDITOR)):
        for address in (f"/media/{name}", f"/media/../{name}", f"/media/public/{name}"):
            assert reader.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("programm.exe", b"MZ\x90\0"),
        ("programm.pdf", b"MZ\x90\0"),
        ("skript.sh", b"#!/bin/sh"),
        ("seite.html", b"<script>alert(1)</script>"),
        ("bild.svg", b"<svg onload=alert(1)>"),
        ("brief.docm", docx()),
        ("brief.docx", docx(**{"word/vbaProject.bin": b"x"})),
        ("brief.odt", a_zip({"mimetype": "x", "Basic/script-lc.xml": "x"})),
        ("brief.docx", a_zip({"irgendwas.txt": "x"})),
        ("brief.docx", b"PK\x03\x04 kaputt"),
        ("bombe.docx", docx(**{"word/media/null.bin": b"\0" * (files.MOST_UNPACKED + 1)})),
        ("viele.xlsx", docx(**{f"n{each}": b"" for each in range(files.MOST_ENTRIES)})),
        ("text.txt", b"a\0b"),
        ("leer.pdf", b""),
        ("ohne", b"x"),
        ("bild.png", b"GIF89a"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_programs_macros_and_bombs_are_refused_and_nothing_is_kept(ahausen, signed_in, name, content):
    with pytest.raises(ValidationError):
        files.check(SimpleUploadedFile(name, content))
    sent = form(uploads=[SimpleUploadedFile(name, content)] if content else [SimpleUploadedFile(name, b"")])
    page = signed_in(ahausen, Role.EDITOR).post(f"{HERE}neu/", sent)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert "Wir gehen hin." in page.content.decode()
    assert not Example.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plakat.pdf", PDF),
        ("brief.docx", docx()),
        ("tabelle.ods", a_zip({"mimetype": "x", "content.xml": "x"})),
        ("liste.csv", "Wer;Was\nÄnne;Chor\n".encode("cp1252")),
        ("BILD.JPG", b"\xff\xd8\xff\xe0"),
        ("bild.webp", b"RIFF\0\0\0\0WEBPVP8 "),
    ],
)
def test_what_offices_use_is_taken(name, content):
    assert files.check(SimpleUploadedFile(name, content)) == name


def test_a_path_in_a_name_is_only_a_name():
    assert files.check(SimpleUploadedFile("x.pdf", PDF)) == "x.pdf"
    told = ContentFile(PDF, name="..\\..\\geheim/ablauf.pdf")
    assert files.check(told) == "ablauf.pdf"


def test_too_large_and_too_many_are_said(ahausen, signed_in):
    editor = signed_in(ahausen, Role.EDITOR)
    large = SimpleUploadedFile("gross.pdf", PDF + b"x" * files.MOST_BYTES)
    assert "8 MB" in editor.post(f"{HERE}neu/", form(uploads=[large])).content.decode()
    many = [a_file(f"{each}.pdf") for each in range(7)]
    assert "höchstens 6 Dateien" in editor.post(f"{HERE}neu/", form(uploads=many)).content.decode()
    example = an_example(editor_of(ahausen), [a_file(f"{each}.pdf") for each in range(5)])
    with pytest.raises(ValidationError):
        showing.save_example(example, blocks=[], uploads=[a_file("6.pdf"), a_file("7.pdf")], by=editor_of(ahausen))
    assert (example.files.count(), example.blocks.count()) == (5, 1)
    _folders, names = shared_files().listdir("~forum")
    assert len(names) == 5


def test_its_own_town_changes_it_and_no_other(ahausen, bedorf, signed_in, django_capture_on_commit_callbacks):
    example = an_example(editor_of(ahausen), [a_file(), a_file("liste.pdf")])
    gone, stays = example.files.all()
    editor = signed_in(ahausen, Role.EDITOR)
    page = editor.get(f"{HERE}{example.pk}/bearbeiten/").content.decode()
    assert "Sehr geehrte Damen und Herren" in page
    kept = example.blocks.get().pk
    sent = form(title="Anders", block_title_0="Einladung", block_text_0="Neu", dropped=[gone.pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(f"{HERE}{example.pk}/bearbeiten/", sent).status_code == 302
    example.refresh_from_db()
    assert (example.title, example.blocks.get().text, example.blocks.get().pk) == ("Anders", "Neu", kept)
    assert list(example.files.all()) == [stays]
    assert not shared_files().exists(gone.file.name)
    stranger = signed_in(bedorf, Role.ADMIN)
    assert stranger.get(f"{HERE}{example.pk}/bearbeiten/").status_code == 403
    assert stranger.post(f"{HERE}{example.pk}/bearbeiten/", sent).status_code == 403
    assert stranger.post(f"{HERE}{example.pk}/loeschen/").status_code == 403
    with pytest.raises(PermissionDenied):
        showing.save_example(example, blocks=[], by=editor_of(bedorf))


def test_a_file_of_another_example_is_not_dropped_along(ahausen, bedorf):
    mine, theirs = an_example(editor_of(ahausen)), an_example(editor_of(bedorf), [a_file()])
    showing.save_example(mine, blocks=[], dropped=[theirs.files.get().pk], by=editor_of(ahausen))
    assert theirs.files.count() == 1


def test_taken_back_with_its_files(ahausen, signed_in, django_capture_on_commit_callbacks):
    example = an_example(editor_of(ahausen), [a_file()])
    name = example.files.get().file.name
    editor = signed_in(ahausen, Role.EDITOR)
    assert "Abend im Vereinsheim" in editor.get(f"{HERE}{example.pk}/loeschen/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{HERE}{example.pk}/loeschen/")
    assert not Example.objects.exists()
    assert not shared_files().exists(name)


def test_who_does_it_too_counts_once_and_may_stop(ahausen, bedorf, signed_in):
    example = an_example(editor_of(ahausen))
    other = signed_in(bedorf, Role.EDITOR)
    for _twice in range(2):
        other.post(f"{HERE}{example.pk}/auch/")
    assert Use.objects.count() == 1
    assert "Bedorf" in other.get(f"{HERE}{example.pk}/").content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Use.objects.bulk_create([Use(example=example, participant=each.participant, created_at=each.created_at)
                                 for each in Use.objects.all()])  # fmt: skip
    other.post(f"{HERE}{example.pk}/auch/", {"nicht": "1"})
    assert not Use.objects.exists()
    assert not showing.use(example, by=OPERATOR)


def test_half_a_text_to_take_over_is_asked_for(ahausen, signed_in):
    page = signed_in(ahausen, Role.EDITOR).post(f"{HERE}neu/", form(block_title_0="Einladung", block_text_0=""))
    assert 'href="#id_block_text_0"' in page.content.decode()
    assert not Example.objects.exists()


def test_an_example_is_found_by_its_texts_and_files(ahausen, bedorf):
    from tracker.forum.finding import find

    example = an_example(editor_of(ahausen), [a_file("checkliste.pdf")])
    for words in ("Vereinsheim", "Einladungen", "checkliste", "Heim"):
        assert [hit.title for hit in find(words, editor_of(bedorf), 5)] == [example.title], words
    assert find("Wasserball", editor_of(bedorf), 5) == []
    for strange in ("", "   ", "'", "\\", "a & | !", "der die das", "x" * 5000, "\0"):
        find(strange, editor_of(bedorf), 5)
