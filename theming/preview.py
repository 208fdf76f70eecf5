"""The picture that messengers and social networks show beside a link: the page's title in the municipality's colours.

1200 × 630 pixels, the size all of them ask for. Made with the fonts of the portal, which know Latin letters only; signs
of other scripts are left out, and where nothing remains the portal's name stands alone.
"""

from __future__ import annotations

import hashlib
from bisect import bisect
from functools import lru_cache
from io import BytesIO
from math import ceil
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from theming.css import Look
from theming.images import DERIVED
from theming.tokens import palette

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
# Largest first: the first size in which the title fits into its lines is taken.
SIZES = ((84, 4), (68, 5), (54, 6))
FONTS = Path(__file__).parent / "static" / "theming" / "vendor"
# What could possibly be drawn; measuring more only takes time.
LONGEST_TITLE, LONGEST_LINE = 180, 90
# Kept names change when the drawing does.
EDITION = "1"


@lru_cache(maxsize=32)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{file}.woff2"), size)


def _is_basic(sign: str) -> bool:
    """Whether the font file for western languages has it (see the unicode-range in base.css)."""
    return ord(sign) <= 0xFF or 0x2000 <= ord(sign) <= 0x206F or sign in "ıŒœẞ€™"


def _known(text: str) -> str:
    kept = "".join(sign for sign in text if sign.isprintable() and (_is_basic(sign) or 0x100 <= ord(sign) <= 0x2BA))
    return " ".join(kept.split())


def _runs(text: str, weight: str, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """The text in pieces of one font file each."""
    pieces: list[tuple[str, ImageFont.FreeTypeFont]] = []
    for sign in text:
        font = _font(f"fira-sans-{weight}-latin{'' if _is_basic(sign) else '-ext'}", size)
        if pieces and pieces[-1][1] is font:
            pieces[-1] = (pieces[-1][0] + sign, font)
        else:
            pieces.append((sign, font))
    return pieces


def _length(text: str, weight: str, size: int) -> float:
    return sum(font.getlength(piece) for piece, font in _runs(text, weight, size))


def _write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, style: tuple[str, int, str]) -> None:
    weight, size, fill = style
    x, y = place
    for piece, font in _runs(text, weight, size):
        draw.text((x, y), piece, font=font, fill=fill, anchor="ls")
        x += font.getlength(piece)


def _parts(word: str, size: int, room: int) -> list[str]:
    """A word that is wider than the line, in pieces that fit, with a hyphen where it was broken."""
    pieces, rest = [], word
    while _length(rest, "600", size) > room:
        end = bisect(range(len(rest)), room, key=lambda end: ceil(_length(f"{rest[:end]}-", "600", size))) - 1
        pieces.append(f"{rest[:end]}-")
        rest = rest[end:]
    return [*pieces, rest]


def wrapped(text: str, size: int, room: int) -> list[str]:
    """Text in lines no wider than `room` pixels."""
    lines: list[str] = []
    for word in (part for whole in text.split() for part in _parts(whole, size, room)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and not lines[-1].endswith("-") and _length(longer, "600", size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _title(text: str) -> tuple[list[str], int]:
    room = WIDTH - 2 * MARGIN
    for size, most in SIZES:
        lines = wrapped(text, size, room)
        if len(lines) <= most:
            return lines, size
    size, most = SIZES[-1]
    return [*lines[: most - 1], f"{lines[most - 1].rstrip('-')[:-1]}…"], size


def draw(title: str, *, kicker: str, name: str, look: Look) -> bytes:
    """The PNG. `kicker` stands small above the title, `name` (of the portal) below."""
    colors = palette(look.brand, look.accent, dark=False)
    picture = Image.new("RGB", (WIDTH, HEIGHT), colors.tint)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((WIDTH - 250, HEIGHT - 250, WIDTH + 110, HEIGHT + 110), fill=colors.accent)
    pen.ellipse((WIDTH - 330, HEIGHT - 100, WIDTH - 170, HEIGHT + 60), fill=colors.brand)
    pen.rectangle((0, 0, WIDTH, 18), fill=colors.brand)
    pen.rectangle((int(WIDTH * 0.72), 0, WIDTH, 18), fill=colors.accent)
    top = 120
    if _known(kicker):
        _write(pen, (MARGIN, top), _cut(_known(kicker), 36), ("400", 36, colors.muted))
    lines, size = _title((_known(title) or _known(name))[:LONGEST_TITLE])
    for number, line in enumerate(lines):
        _write(pen, (MARGIN, top + 30 + size * (number * 1.16 + 1)), line, ("600", size, colors.heading))
    _write(pen, (MARGIN, HEIGHT - 60), _cut(_known(name), 36, WIDTH - 2 * MARGIN - 260), ("600", 36, colors.action))
    out = BytesIO()
    picture.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _cut(text: str, size: int, room: int = WIDTH - 2 * MARGIN) -> str:
    """Text on one line; what has no room is left out."""
    text = text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"
    while _length(text, "600", size) > room:
        text = f"{text.rstrip('…')[:-1].rstrip()}…"
    return text


def preview(title: str, *, kicker: str, name: str, look: Look) -> bytes:
    """As `draw`, from the municipality's files where the same picture was drawn before."""
    key = "\0".join((EDITION, title, kicker, name, look.brand, look.accent))
    file = f"{DERIVED}/vorschau/{hashlib.sha256(key.encode()).hexdigest()[:32]}.png"
    if default_storage.exists(file):
        with default_storage.open(file) as kept:
            return bytes(kept.read())
    picture = draw(title, kicker=kicker, name=name, look=look)
    saved = default_storage.save(file, ContentFile(picture))
    if saved != file:
        default_storage.delete(saved)
    return picture
