"""The rules find what they are there to find: each is broken once in a file that was right."""

import pikepdf
import psutil
import pytest

from press.running import PressError, Sheets, print_sheets
from tests.children import presses_of
from tests.printing.rules import breaches, marks, texts, walk

HEAD = '<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Probe</title></head><body>'
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="
GOOD = (
    '<h1 id="a">Titel</h1><p>Text <a href="https://a.example/">Verweis</a></p><ul><li>eins</li></ul>'
    f'<img src="{PIXEL}" alt="Ein Bild" width="9" height="9">'
)


def made(folder, *bodies, **more):
    folder.mkdir(exist_ok=True)
    names = []
    for number, body in enumerate(bodies):
        names.append(f"part-{number}.html")
        (folder / names[-1]).write_text(HEAD + body, encoding="utf-8")
    return print_sheets(folder, Sheets(parts=names, **more), tell=lambda _done, _total: None).path


def element(pdf, kind):
    return next(each for each in walk(pdf.Root.StructTreeRoot.K[0]) if kind == each.S)


def without_alt(pdf):
    del element(pdf, "/Figure")["/Alt"]


def skipped(pdf):
    element(pdf, "/H1").S = pikepdf.Name.H3


def unknown(pdf):
    element(pdf, "/P").S = pikepdf.Name.Absatz


def without_language(pdf):
    del pdf.Root["/Lang"]


def lost(pdf):
    pdf.Root.StructTreeRoot.K[0].K.pop()


def silent_link(pdf):
    del pdf.pages[0].obj.Annots[0]["/Contents"]


def no_title(pdf):
    del pdf.docinfo["/Title"]


def not_tagged(pdf):
    del pdf.Root["/StructTreeRoot"]


def unmarked(pdf):
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 9 9 re f\n")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return made(tmp_path_factory.mktemp("gut"), GOOD, bookmarks=[(1, "Titel", "a")])


def test_what_is_right_breaks_no_rule(good):
    assert breaches(good) == []


@pytest.mark.parametrize(
    ("break_it", "what"),
    [
        (without_alt, "a figure has no text"),
        (skipped, "a heading of level 3 follows one of level 0"),
        (unknown, "a kind of element nobody knows"),
        (without_language, "the language is missing"),
        (lost, "not part of the structure"),
        (silent_link, "a link does not say where it leads"),
        (no_title, "the title is missing"),
        (not_tagged, "not tagged at all"),
        (unmarked, "drawn without a mark"),
    ],
)
def test_each_rule_finds_what_breaks_it(good, tmp_path, break_it, what):
    path = tmp_path / "kaputt.pdf"
    with pikepdf.open(good) as pdf:
        break_it(pdf)
        pdf.save(path)
    assert any(what in each for each in breaches(path)), breaches(path)


def test_marks_are_counted_once_and_closed():
    assert list(marks(b"/P <</MCID 0>> BDC (a) Tj EMC /Artifact BMC 1 2 m S EMC")) == []
    assert list(marks(b"/P <</MCID 0>> BDC (a) Tj EMC /P <</MCID 0>> BDC (b) Tj EMC")) == ["a mark stands twice"]
    assert list(marks(b"/P <</MCID 0>> BDC (a) Tj")) == ["a mark is not closed"]
    assert list(marks(b"/Span BMC (a) Tj EMC")) == ["something is neither structure nor artifact"]


def test_parts_are_one_document_with_links_across(tmp_path):
    first = '<h1 id="a">Eins</h1><p><a href="https://sprung.invalid/b">zu zwei, Seite <?seite b?></a></p>'
    second = '<h2 id="b">Zwei</h2><p>Ende, <?seite a nie?> <a href="https://sprung.invalid/nie">nie</a></p>'
    path = made(tmp_path, second.replace("h2", "h1"), back="", bookmarks=[(1, "Zwei", "b")])
    assert "Ende" in texts(path)[0]
    (tmp_path / "front.html").write_text(HEAD + first, encoding="utf-8")
    whole = made(tmp_path, second, front="front.html", bookmarks=[(1, "Eins", "a"), (2, "Zwei", "b")])
    pages = texts(whole)
    assert "zu zwei, Seite 2" in pages[0]
    assert "Ende, 1 nie" in pages[1]
    # A link to what is nowhere is left as it was, and the rule sees it.
    assert [each for each in breaches(whole) if "left over" not in each] == []
    with pikepdf.open(whole) as pdf:
        assert [str(note.Dest) for note in pdf.pages[0].obj.Annots] == ["b"]
        assert [str(note.Contents) for note in pdf.pages[0].obj.Annots] == ["Zwei"]


def test_the_press_reads_no_file_and_asks_no_server_outside_its_folder(tmp_path):
    secret = tmp_path / "geheim.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>geheim</text></svg>', encoding="utf-8")
    body = (
        f'<h1>Da</h1><img src="{secret.as_uri()}" alt="a"><img src="../geheim.svg" alt="b">'
        '<img src="http://127.0.0.1:9/x.png" alt="c"><link rel="stylesheet" href="file:///etc/passwd">'
    )
    path = made(tmp_path / "heft", body)
    assert "geheim" not in "".join(texts(path))
    assert "Da" in texts(path)[0]
    complaints = (tmp_path / "heft" / "complaints").read_text(encoding="utf-8")
    assert complaints.count("not part of the paper") >= 2


def test_what_takes_too_long_breaks_or_is_stopped_is_ended_and_said(tmp_path):
    def stop(_done: int, _total: int) -> None:
        raise KeyError("stopped")

    (tmp_path / "part.html").write_text(HEAD + GOOD * 400, encoding="utf-8")
    (tmp_path / "short.html").write_text(HEAD + GOOD, encoding="utf-8")
    with pytest.raises(KeyError):
        print_sheets(tmp_path, Sheets(parts=["short.html", "part.html"]), tell=stop)
    assert presses_of(psutil.Process()) == []
    with pytest.raises(PressError, match="too_long"):
        print_sheets(tmp_path, Sheets(parts=["part.html"]), tell=lambda _done, _total: None, seconds=0.2)
    with pytest.raises(PressError, match="broken"):
        print_sheets(tmp_path, Sheets(parts=["nicht-da.html"]), tell=lambda _done, _total: None)
