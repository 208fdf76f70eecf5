"""What an accessible PDF must fulfil, looked up in the file: rules of our own; no full PDF/UA validator installs here.

Written without the code that makes the files. Each rule names in words what breaks it; `breaches` collects them all.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

HEADINGS = {"/H1": 1, "/H2": 2, "/H3": 3, "/H4": 4, "/H5": 5, "/H6": 6}
KNOWN = {
    *HEADINGS, "/Document", "/Part", "/Art", "/Sect", "/Div", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Span", "/Link",
    "/Figure", "/Table", "/THead", "/TBody", "/TR", "/TH", "/TD", "/NonStruct",
}  # fmt: skip
MARK = re.compile(
    rb"/(\w+)\s*(?:<<(.*?)>>\s*)?(BDC|BMC)|\b(EMC)\b|\b(Tj|TJ|Do|sh|BT)\b|(?<![\w.])([fFSBb]\*?)(?=\s)", re.DOTALL
)


def breaches(path: Path) -> list[str]:
    """Everything that is wrong, in words; nothing where all rules hold."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["not tagged at all"]
        elements = list(walk(pdf.Root.StructTreeRoot.K[0]))
        return [
            *_document(pdf),
            *_pages(pdf),
            *_figures(elements),
            *_headings(elements),
            *_kinds(elements),
            *_parents(pdf),
            *_content(pdf),
            *_links(pdf),
            *_bookmarks(pdf),
            *_fonts(pdf),
        ]


def walk(element: Any) -> Iterator[Any]:
    """An element of the structure and all below it, in reading order."""
    yield element
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")).startswith("de"):
        yield "the language is missing"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "it does not say that it is tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "the title is missing"
    if b"pdfuaid" not in root.Metadata.read_bytes():
        yield "the metadata do not name PDF/UA"
    if root.StructTreeRoot.K[0].S != "/Document":
        yield "the structure does not begin with a document"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        if page.obj.get("/Tabs") != "/S":
            yield f"page {page.index + 1}: tabs do not follow the structure"


def _figures(elements: list[Any]) -> Iterator[str]:
    for each in elements:
        if each.S == "/Figure" and not str(each.get("/Alt", "")).strip():
            yield "a figure has no text"


def _headings(elements: list[Any]) -> Iterator[str]:
    before = 0
    for each in elements:
        level = HEADINGS.get(str(each.S), 0)
        if level and level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"
        before = level or before
    if not before:
        yield "there is no heading"


def _kinds(elements: list[Any]) -> Iterator[str]:
    for each in elements:
        if str(each.S) not in KNOWN:
            yield f"a kind of element nobody knows: {each.S}"
        if each.S == "/L" and any(
            kid.S not in ("/LI", "/L") for kid in _kids(each) if isinstance(kid, pikepdf.Dictionary)
        ):
            yield "a list has something else than its items"
        if each.S == "/LI" and not any(kid.S == "/LBody" for kid in _kids(each) if isinstance(kid, pikepdf.Dictionary)):
            yield "an item of a list has no body"
        if each.S == "/Table" and not any(below.S == "/TH" for below in walk(each)):
            yield "a table has no heads"


def _parents(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The tree of parents is sorted, has each page once, and what it names belongs to the structure and the page."""
    tree = pdf.Root.StructTreeRoot
    reached = {each.objgen for each in walk(tree.K[0])}
    numbers = [int(number) for number in list(tree.ParentTree.Nums)[::2]]
    if numbers != sorted(set(numbers)):
        yield "the tree of parents is not in order"
    entries = dict(zip(numbers, list(tree.ParentTree.Nums)[1::2], strict=True))
    for page in pdf.pages:
        for element in entries.get(int(page.obj.StructParents), []):
            if element is not None and element.objgen not in reached:
                yield f"page {page.index + 1}: something marked is not part of the structure"
            elif element is not None and element.Pg.objgen != page.obj.objgen:
                yield f"page {page.index + 1}: something belongs to another page"


def _content(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Whatever is drawn is marked: as part of the structure, once, or as an artifact."""
    for page in pdf.pages:
        streams = page.obj.Contents if isinstance(page.obj.Contents, pikepdf.Array) else [page.obj.Contents]
        drawn = b"\n".join(each.read_bytes() for each in streams)
        yield from (f"page {page.index + 1}: {what}" for what in marks(drawn))


def marks(drawn: bytes) -> Iterator[str]:
    """What is wrong with the marks of a page."""
    depth, seen = 0, set()
    for found in MARK.finditer(drawn):
        number = re.search(rb"/MCID (\d+)", found[2] or b"")
        depth += 1 if found[3] else -1 if found[4] else 0
        if number and number[1] in seen:
            yield "a mark stands twice"
        elif found[3] and not number and found[1] != b"Artifact":
            yield "something is neither structure nor artifact"
        elif (found[5] or found[6]) and depth == 0:
            yield f"something is drawn without a mark ({found[0]!r})"
        if number:
            seen.add(number[1])
    if depth:
        yield "a mark is not closed"


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    named = list(pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", []))
    names = [bytes(each) for each in named[::2]]
    if names != sorted(set(names)):
        yield "the names of places are not sorted, or one stands twice"
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            if not str(note.get("/Contents", "")).strip():
                yield f"page {page.index + 1}: a link does not say where it leads"
            if "/Dest" in note and bytes(note.Dest) not in names:
                yield f"page {page.index + 1}: a link leads nowhere"
            if "sprung.invalid" in str(note.get("/A", {}).get("/URI", "")):
                yield f"page {page.index + 1}: a link between parts was left over"
            if "/StructParent" not in note:
                yield f"page {page.index + 1}: a link is not part of the structure"


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    named = list(pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", []))
    names = {bytes(each) for each in named[::2]}
    for _level, _title, anchor in bookmarks(pdf):
        if anchor not in names:
            yield f"a bookmark leads nowhere: {anchor!r}"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for each in pdf.objects:
        if not isinstance(each, pikepdf.Dictionary):
            continue
        files = {"/FontFile", "/FontFile2", "/FontFile3"} & set(each.keys())
        if each.get("/Type") == "/FontDescriptor" and not files:
            yield f"a font is not embedded: {each.get('/FontName')}"
        if each.get("/Subtype") == "/Type0" and "/ToUnicode" not in each:
            yield "a font does not say which letters it draws"


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, bytes]]:
    """(level, title, anchor) of the outline, as a reader shows them."""
    found: list[tuple[int, str, bytes]] = []

    def down(item: Any, level: int) -> None:
        while item is not None:
            found.append((level, str(item.Title), bytes(item.Dest)))
            down(item.get("/First"), level + 1)
            item = item.get("/Next")

    down(pdf.Root.get("/Outlines", {}).get("/First"), 1)
    return found


def texts(path: Path) -> list[str]:
    """What stands on each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def page_of(pdf: pikepdf.Pdf, anchor: bytes) -> int:
    """The number of the page on which an anchor lies."""
    named = list(pdf.Root.Names.Dests.Names)
    places = dict(zip((bytes(each) for each in named[::2]), named[1::2], strict=True))
    wanted = places[anchor][0].objgen
    return next(page.index + 1 for page in pdf.pages if page.obj.objgen == wanted)
