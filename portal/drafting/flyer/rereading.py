"""A second look at every line with a number: what both looks do not agree on is not believed.

A recognition may be sure of itself and wrong (8 for 18). Two readings at different sizes hardly err alike.
"""

from collections.abc import Callable
from dataclasses import replace

from PIL import Image, ImageOps

from portal.drafting.flyer.columns import Spot, Spots

MOST_LINES = 16
HIGH, GAP = 58, 46
DOUBTED = 45.0
Reader = Callable[[Image.Image, str], list[Spot]]


def compared(lines: list[Spots], grey: Image.Image, read: Reader) -> list[Spots]:
    """The lines; numbers that were seen otherwise the second time are marked as unclear."""
    numbered = [at for at, line in enumerate(lines) if any(map(_digits, line))][:MOST_LINES]
    if not numbered:
        return lines
    strip, bands = _strip([lines[at] for at in numbered], grey)
    again: list[Spots] = [[] for _at in numbered]
    for spot in read(strip, "6"):
        band = min(range(len(bands)), key=lambda number: abs(bands[number] - (spot.top + spot.bottom) / 2))
        again[band].append(spot)
    made = list(lines)
    for at, second in zip(numbered, again, strict=True):
        if "".join(map(_digits, lines[at])) != "".join(map(_digits, sorted(second, key=lambda spot: spot.left))):
            made[at] = [replace(spot, sure=min(spot.sure, DOUBTED)) if _digits(spot) else spot for spot in lines[at]]
    return made


def _digits(spot: Spot) -> str:
    return "".join(sign for sign in spot.text if sign.isdigit())


def _strip(lines: list[Spots], grey: Image.Image) -> tuple[Image.Image, list[float]]:
    """The lines under one another, all of one height; and the middle of each."""
    pieces = [_piece(line, grey) for line in lines]
    strip = Image.new("L", (max(each.width for each in pieces) + 2 * GAP, len(pieces) * (2 * HIGH + GAP) + GAP), 255)
    bands, top = [], GAP
    for piece in pieces:
        strip.paste(piece, (GAP, top))
        bands.append(top + piece.height / 2)
        top += piece.height + GAP
    return strip.crop((0, 0, strip.width, top)), bands


def _piece(line: Spots, grey: Image.Image) -> Image.Image:
    left, right = min(spot.left for spot in line), max(spot.right for spot in line)
    top, bottom = min(spot.top for spot in line), max(spot.bottom for spot in line)
    edge = 0.3 * (bottom - top)
    piece = grey.crop((
        max(0, round(left - edge)), max(0, round(top - edge)),
        min(grey.width, round(right + edge)), min(grey.height, round(bottom + edge)),
    ))  # fmt: skip
    scale = min(HIGH / max(bottom - top, 1), 3.0)
    piece = piece.resize((max(8, min(4000, round(piece.width * scale))), max(8, round(piece.height * scale))))
    return ImageOps.invert(piece) if sum(piece.histogram()[:128]) > 0.5 * piece.width * piece.height else piece
