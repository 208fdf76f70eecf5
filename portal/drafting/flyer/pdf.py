"""Reading a PDF by pdfium, which runs no scripts here: its text, else a picture of the page that is recognised."""

import ctypes
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from portal.drafting.flyer.columns import Spot, in_order
from portal.drafting.flyer.recognising import recognised, row_of
from portal.drafting.flyer.trouble import TroubleError

MOST_PAGES = 3
MOST_SIGNS = 12_000
# Fewer letters than this are a page number or a printer's mark: the words are in the picture.
FEW = 50
SHOWN, RECOGNISED = 1600, 2400
# How pdfium writes a hyphen that only the end of a line made.
DIVIDED = "\x02"
Row = list[Any]
Box = tuple[float, float, float, float]


def opened(folder: Path, *, recognises: bool) -> dict[str, Any]:
    """Lines of the first pages and pictures of them."""
    try:
        document = pdfium.PdfDocument(folder / "upload")
        pages = len(document)
    except pdfium.PdfiumError as error:
        raise TroubleError("password" if "assword" in str(error) else "damaged") from error
    if pages == 0:
        raise TroubleError("damaged")
    rows: list[Row] = []
    seen = picture = False
    read = min(pages, MOST_PAGES)
    for number in range(read):
        page = document[number]
        said = _lines(page, number)
        _rendered(page, SHOWN).save(folder / f"page-{number}.webp", "WEBP", quality=80, method=4)
        print(15 + 75 * number // read, flush=True)  # noqa: T201 - the way it is told
        if _letters(said) < FEW and recognises:
            found, _boxes = recognised(_rendered(page, RECOGNISED), folder, page=number)
            said, seen = found, seen or bool(found)
        rows += said
        picture = picture or _picture(page, folder)
    if not rows and not recognises:
        raise TroubleError("no_text_layer")
    return {"lines": rows, "seen": seen, "pages": pages, "read": read, "picture": picture}


def _letters(rows: list[Row]) -> int:
    return sum(sum(map(str.isalpha, word)) for row in rows for word, _sure in row[0])


def _rendered(page: Any, longest: int) -> Image.Image:
    width, height = page.get_size()
    scale = min(longest / max(width, height, 1), 8.0)
    if min(width, height) * scale < 20:
        raise TroubleError("damaged")
    image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return image.convert("RGB")


def _lines(page: Any, number: int) -> list[Row]:
    """Lines of the text layer with place and size."""
    text = page.get_textpage()
    high = max(page.get_height(), 1.0)
    lines: list[list[Spot]] = [[]]
    word: list[Box] = []
    said = ""
    for at in range(min(text.count_chars(), MOST_SIGNS) + 1):
        sign = _sign(raw.FPDFText_GetUnicode(text, at)) if at < text.count_chars() else "\n"
        if not sign.isspace() and sign != DIVIDED:
            word.append(_box(text, at, high))
            said += sign
            continue
        if word:
            lines[-1].append(_spot(said + ("-" if sign == DIVIDED else ""), word))
            word, said = [], ""
        if sign in "\r\n" + DIVIDED and lines[-1]:
            lines.append([])
    return [row_of(line, high, number) for line in in_order([line for line in lines if line])]


def _sign(code: int) -> str:
    if code in {2, 0xFFFE}:
        return DIVIDED
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _box(text: Any, at: int, high: float) -> Box:
    """Left, top, right, bottom, from above."""
    sides = [ctypes.c_double() for _side in range(4)]
    raw.FPDFText_GetCharBox(text, at, *sides)
    left, right, bottom, top = (side.value for side in sides)
    return left, high - top, right, high - bottom


def _spot(said: str, boxes: list[Box]) -> Spot:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Spot(said, 100.0, min(lefts), min(tops), max(rights), max(bottoms))


def _picture(page: Any, folder: Path) -> bool:
    """The largest photo on the page, unless it is the page."""
    width, height = page.get_size()
    best, chosen = 0.05, None
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = each.get_bounds()
        share = max(0.0, right - left) * max(0.0, top - bottom) / max(width * height, 1.0)
        if best < share < 0.85:
            best, chosen = share, each
    if chosen is None:
        return False
    try:
        found = chosen.get_bitmap(render=False).to_pil().convert("RGB")
    except (pdfium.PdfiumError, ValueError, OSError):
        # A kind of picture pdfium cannot hand out: the offer goes without.
        return False
    if min(found.size) < 250 or found.width * found.height > 60_000_000:
        return False
    found.thumbnail((2560, 2560))
    found.save(folder / "picture.png")
    return True
