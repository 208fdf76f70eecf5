"""The photo within a picture of a flyer: the largest stretch with many tones and no writing on it."""

import numpy as np
from PIL import Image

from portal.drafting.flyer.recognising import Box

CELLS = 40
# Tones a cell of a photo has, and what the found stretch must be of the whole.
_TONES, _SHARE, _MOST = 11.0, 0.07, 0.75


def picture_in(picture: Image.Image, words: list[Box]) -> Image.Image | None:
    """Cut out, or None where there is none."""
    mask = _lively(picture)
    for left, top, right, bottom in words:
        rows = slice(max(0, top * CELLS // 1000), min(CELLS, bottom * CELLS // 1000 + 1))
        mask[rows, max(0, left * CELLS // 1000) : min(CELLS, right * CELLS // 1000 + 1)] = False
    left, top, right, bottom = _largest(mask)
    share = (right - left) * (bottom - top) / CELLS**2
    if not _SHARE <= share <= _MOST or right - left < 6 or bottom - top < 6:
        return None
    wide, high = picture.size
    cut = picture.crop((wide * left // CELLS, high * top // CELLS, wide * right // CELLS, high * bottom // CELLS))
    cut.thumbnail((2560, 2560))
    return cut if min(cut.size) >= 200 else None


def _lively(picture: Image.Image) -> np.ndarray:
    """Which cells have many tones next to one another, as photos do and paper does not."""
    small = np.asarray(picture.resize((CELLS * 8, CELLS * 8), Image.Resampling.BILINEAR), dtype=np.float32)
    cells = small.reshape(CELLS, 8, CELLS, 8, 3)
    spread: np.ndarray = cells.std(axis=(1, 3)).mean(axis=2)
    return spread > _TONES


def _largest(mask: np.ndarray) -> tuple[int, int, int, int]:
    """The largest rectangle of true cells: left, top, right, bottom."""
    best, box = 0, (0, 0, 0, 0)
    heights = [0] * CELLS
    for row in range(CELLS):
        heights = [heights[column] + 1 if mask[row, column] else 0 for column in range(CELLS)]
        for start in range(CELLS):
            low = CELLS
            for end in range(start, CELLS):
                low = min(low, heights[end])
                if low == 0:
                    break
                if low * (end - start + 1) > best:
                    best, box = low * (end - start + 1), (start, row - low + 1, end + 1, row + 1)
    return box
