"""Parts of a paper made into one PDF: pages, tags, links, names and bookmarks as if it had been laid out at once.

Written with pikepdf, because WeasyPrint writes one document at a time. What tells pages apart inside a part (the
numbers of the tree of parents) is counted on from part to part. Bookmarks are ours, so that a chapter may go over
several parts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

ELSEWHERE = "https://sprung.invalid/"
"""A link to an anchor of another part: while parts are made, it is an address that leads nowhere."""
_MARKED = re.compile(rb"/[A-Za-z0-9]+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


class Bookmark(NamedTuple):
    """A line of the outline: its level (1 is the highest), its words and the anchor it leads to."""

    level: int
    title: str
    anchor: str


def join(parts: Sequence[Path], target: Path, *, bookmarks: Sequence[Bookmark] = ()) -> int:
    """Write one PDF of several and return how many pages it has. The same parts give the same bytes."""
    with Pdf.open(parts[0]) as whole:
        _without_margins(whole)
        for part in parts[1:]:
            with Pdf.open(part) as opened:
                _without_margins(opened)
                _append(whole, opened)
        names = _names(whole)
        _lead_on(whole, names, {each.anchor: each.title for each in bookmarks})
        _write_outline(whole, [each for each in bookmarks if each.anchor in names])
        pages = len(whole.pages)
        whole.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return pages


def _append(whole: Pdf, part: Pdf) -> None:
    tree = whole.Root.StructTreeRoot
    offset = max((int(number) for number, _entry in _pairs(tree.ParentTree.Nums)), default=-1) + 1
    for page in part.pages:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for note in page.obj.get("/Annots", []):
            if "/StructParent" in note:
                note.StructParent = int(note.StructParent) + offset
    # Once its pages are there, everything that names them is copied with them.
    whole.pages.extend(part.pages)
    other = whole.copy_foreign(part.make_indirect(part.Root.StructTreeRoot))
    for child in other.K[0].K:
        child.P = tree.K[0]
        tree.K[0].K.append(child)
    for number, entry in _pairs(other.ParentTree.Nums):
        tree.ParentTree.Nums.append(int(number) + offset)
        tree.ParentTree.Nums.append(entry)
    _take_names(whole, part)


def _pairs(array: Any) -> Iterator[tuple[Any, Any]]:
    for at in range(0, len(array), 2):
        yield array[at], array[at + 1]


def _without_margins(part: Pdf) -> None:
    """What stands in the margins of a page (its number, its chapter) is no text of the document but an artifact:
    WeasyPrint marks it as text that belongs nowhere."""
    tree = part.Root.StructTreeRoot
    told = {each.objgen for each in tree.K[0].K}
    entries = {int(number): entry for number, entry in _pairs(tree.ParentTree.Nums)}
    for page in part.pages:
        mine = entries[int(page.obj.StructParents)]
        lost = {number for number, element in enumerate(mine) if _highest(element, tree.K[0]).objgen not in told}
        if lost:
            for number in lost:
                mine[number] = None
            page.obj.Contents = part.make_stream(_as_artifacts(page.obj.Contents.read_bytes(), lost))


def _highest(element: Any, document: Any) -> Any:
    """The element right below the document that this one belongs to."""
    while element.P.objgen != document.objgen:
        element = element.P
    return element


def _as_artifacts(content: bytes, numbers: set[int]) -> bytes:
    def instead(found: re.Match[bytes]) -> bytes:
        return b"/Artifact <</Type /Pagination>> BDC" if int(found[1]) in numbers else found[0]

    return _MARKED.sub(instead, content)


def _take_names(whole: Pdf, part: Pdf) -> None:
    """The anchors of a part; a tree of names is sorted."""
    if "/Names" not in part.Root or "/Dests" not in part.Root.Names:
        return
    others = whole.copy_foreign(part.make_indirect(part.Root.Names.Dests)).Names
    if "/Names" not in whole.Root:
        whole.Root.Names = Dictionary()
    if "/Dests" not in whole.Root.Names:
        whole.Root.Names.Dests = Dictionary(Names=Array())
    both = [*_pairs(whole.Root.Names.Dests.Names), *_pairs(others)]
    both.sort(key=lambda pair: bytes(pair[0]))
    whole.Root.Names.Dests.Names = Array([each for pair in both for each in pair])


def _names(whole: Pdf) -> set[str]:
    named: Any = whole.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", [])
    return {str(name) for name, _place in _pairs(named)}


def _lead_on(whole: Pdf, names: set[str], titles: Mapping[str, str]) -> None:
    """Links to other parts become links within the document; each says where it leads."""
    for page in whole.pages:
        for note in page.obj.get("/Annots", []):
            address = str(note.get("/A", Dictionary()).get("/URI", ""))
            anchor = address.removeprefix(ELSEWHERE)
            if address.startswith(ELSEWHERE) and anchor in names:
                del note[Name.A]
                note.Dest = String(anchor)
                note.Contents = String(titles.get(anchor, anchor))


def _write_outline(whole: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    if "/Outlines" in whole.Root:
        # Of the first part only.
        del whole.Root["/Outlines"]
    with whole.open_outline() as outline:
        above: list[tuple[int, Any]] = []
        for each in bookmarks:
            item = OutlineItem(each.title, String(each.anchor))
            item.is_closed = True
            while above and above[-1][0] >= each.level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((each.level, item))
