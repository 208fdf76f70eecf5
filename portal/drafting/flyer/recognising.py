"""From a picture of a page to lines: light made even, upright, then Debian's Tesseract in German."""

import csv
import io
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from portal.drafting.flyer.columns import Spot, in_order
from portal.drafting.flyer.rereading import compared
from portal.drafting.flyer.trouble import TroubleError

# Small pictures are made larger, large ones smaller: writing of 8 to 12 points on a whole page stays readable.
SMALLEST, LONGEST = 1700, 2600
SECONDS = 40
# Fewer good words than this: the layout was not understood, or it lies on its side.
FEW_WORDS = 8
FEWEST = 4
_STEEPEST, _LEAST = 14.0, 0.35
# What nearly every flyer says: a flyer without it was not seen in full.
_DAY = re.compile(
    r"\d{1,2}\.\s?(?:\d{1,2}\.|jan|feb|m.rz|apr|mai|jun|jul|aug|sep|okt|nov|dez)|(?:montag|dienstag|mittwoch|donnerstag"
    r"|freitag|samstag|sonntag)s\b|\bjede[nrs]?\b"
)
_CLOCK = re.compile(r"\d\s?uhr|\d:\d\d|\d\s?h\b")
Row = list[Any]
Seen = dict[str, str]
Box = tuple[int, int, int, int]


def recognised(picture: Image.Image, folder: Path, *, page: int = 0) -> tuple[list[Row], list[Box]]:
    """Lines in the order of reading, and where words are, in parts of the picture's width and height of 1000."""
    grey = _prepared(picture)
    words = _words(grey, folder, "3")
    if _good(words) < FEW_WORDS:
        grey, words = _otherwise(grey, folder, words)
    elif not (_DAY.search(said := _said(words)) and _CLOCK.search(said)):
        words = [*words, *_overlooked(words, _words(grey, folder, "11"))]
    lines = compared(
        in_order(_lines(words)), grey, lambda strip, layout: [_spot(word) for word in _words(strip, folder, layout)]
    )
    return [row_of(line, grey.height, page) for line in lines], _boxes(words, grey.size)


def _otherwise(grey: Image.Image, folder: Path, words: list[Seen]) -> tuple[Image.Image, list[Seen]]:
    """Without a layout; then lying on either side, or upside down."""
    tried = [words, _words(grey, folder, "11")]
    best = max(tried, key=_good)
    if _good(best) >= FEWEST:
        return grey, best
    small = grey.copy()
    small.thumbnail((1000, 1000))
    good = {turn: _good(_words(small.rotate(turn, expand=True, fillcolor=255), folder, "3")) for turn in (90, 270, 180)}
    turn = max(good, key=lambda each: good[each])
    if good[turn] <= _good(best) + 1:
        return grey, best
    upright = grey.rotate(turn, expand=True, fillcolor=255)
    return upright, _words(upright, folder, "3")


def _said(words: list[Seen]) -> str:
    return " ".join(word["text"].lower() for word in words)


def _overlooked(words: list[Seen], more: list[Seen]) -> list[Seen]:
    """What only a look without a layout saw, such as writing in coloured boxes; as lines of their own."""
    there = [_spot(word) for word in words]

    def is_new(word: Seen) -> bool:
        spot = _spot(word)
        across, down = (spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2
        return not any(each.left <= across <= each.right and each.top <= down <= each.bottom for each in there)

    return [
        {**word, "block_num": f"+{word['block_num']}"} for word in more if is_new(word) and float(word["conf"]) >= 50
    ]


def _good(words: list[Seen]) -> int:
    """Words that are surely words."""
    return sum(float(word["conf"]) >= 70 and sum(map(str.isalpha, word["text"])) >= 3 for word in words)


def _prepared(picture: Image.Image) -> Image.Image:
    grey = picture.convert("L")
    longest = max(grey.size)
    scale = min(max(longest, SMALLEST), LONGEST) / longest
    if not 0.95 < scale < 1.05:
        size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return _upright(_even_light(grey))


def _even_light(grey: Image.Image) -> Image.Image:
    """Shadows taken out: each spot is compared with the paper around it."""
    small = grey.resize((max(8, grey.width // 12), max(8, grey.height // 12)), Image.Resampling.BILINEAR)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    light = np.asarray(paper, dtype=np.float32)
    if light.max() - np.percentile(light, 5) < 25:
        return grey
    full = np.asarray(paper.resize(grey.size, Image.Resampling.BILINEAR), dtype=np.float32)
    signs = np.asarray(grey, dtype=np.float32)
    # Dark surfaces stay dark: white writing on them is read as it is.
    even = signs * np.clip(235.0 / np.maximum(full, 1.0), 1.0, 2.6)
    return Image.fromarray(np.clip(even, 0, 255).astype(np.uint8))


def _upright(grey: Image.Image) -> Image.Image:
    """Turned until the lines of writing lie level."""
    small = grey.copy()
    small.thumbnail((640, 640), Image.Resampling.BILINEAR)
    edges = np.abs(np.diff(np.asarray(small, dtype=np.int16), axis=0)) > 28
    if edges.mean() < 0.004:
        return grey
    mask = Image.fromarray((edges * 255).astype(np.uint8))
    best = max(np.arange(-_STEEPEST, _STEEPEST + 0.1, 1.0), key=lambda angle: _level(mask, float(angle)))
    best = max(np.arange(best - 0.9, best + 0.91, 0.2), key=lambda angle: _level(mask, float(angle)))
    if abs(best) < _LEAST or _level(mask, float(best)) < 1.15 * _level(mask, 0.0):
        return grey
    return grey.rotate(float(best), Image.Resampling.BICUBIC, expand=True, fillcolor=int(np.median(np.asarray(small))))


def _level(mask: Image.Image, angle: float) -> float:
    """How much rows of writing and gaps between them differ at this angle."""
    sums = np.asarray(mask.rotate(angle, Image.Resampling.NEAREST), dtype=np.float32).sum(axis=1)
    return float(np.var(np.diff(sums)))


def _words(grey: Image.Image, folder: Path, layout: str) -> list[Seen]:
    path = folder / "page.png"
    grey.save(path, compress_level=1)
    command = [
        "tesseract",
        str(path),
        "stdout",
        "-l",
        "deu",
        "--oem",
        "1",
        "--psm",
        layout,
        "-c",
        "tessedit_create_tsv=1",
    ]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)  # noqa: S603 - a fixed command
    except (subprocess.TimeoutExpired, OSError) as error:
        raise TroubleError("too_long" if isinstance(error, subprocess.TimeoutExpired) else "no_recognition") from error
    if done.returncode != 0:
        return []
    table = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in table if row.get("level") == "5" and (row.get("text") or "").strip()]


def _spot(word: Seen) -> Spot:
    left, top = float(word["left"]), float(word["top"])
    return Spot(
        word["text"].strip(), float(word["conf"]), left, top, left + float(word["width"]), top + float(word["height"])
    )


def _lines(words: list[Seen]) -> list[list[Spot]]:
    lines: dict[tuple[str, str, str], list[Spot]] = {}
    for word in words:
        lines.setdefault((word["block_num"], word["par_num"], word["line_num"]), []).append(_spot(word))
    return list(lines.values())


def row_of(line: list[Spot], high: float, page: int) -> Row:
    """A line as it is handed over: its words, and where it is in parts of a thousand of the page's height."""
    heights = sorted(spot.bottom - spot.top for spot in line)
    sides = (
        min(spot.top for spot in line), heights[len(heights) // 2],
        min(spot.left for spot in line), max(spot.right for spot in line),
    )  # fmt: skip
    return [[[spot.text, spot.sure] for spot in line], *(round(1000 * side / high, 1) for side in sides), page]


def _boxes(words: list[Seen], size: tuple[int, int]) -> list[Box]:
    wide, high = size
    return [
        (
            1000 * int(word["left"]) // wide, 1000 * int(word["top"]) // high,
            1000 * (int(word["left"]) + int(word["width"])) // wide,
            1000 * (int(word["top"]) + int(word["height"])) // high,
        )
        for word in words
        if float(word["conf"]) > 40
    ]  # fmt: skip
