"""Draws flyers as associations hang them up: layouts, fonts, colours, and what a phone's camera makes of them."""

import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1000, 1414
_ROOT = "/usr/share/fonts/"
FONTS = {
    "sans": ("truetype/dejavu/DejaVuSans.ttf", "truetype/dejavu/DejaVuSans-Bold.ttf"),
    "narrow": ("truetype/dejavu/DejaVuSansCondensed.ttf", "truetype/dejavu/DejaVuSansCondensed-Bold.ttf"),
    "serif": ("truetype/dejavu/DejaVuSerif.ttf", "truetype/dejavu/DejaVuSerif-Bold.ttf"),
    "arial": ("truetype/liberation/LiberationSans-Regular.ttf", "truetype/liberation/LiberationSans-Bold.ttf"),
    "times": ("truetype/liberation/LiberationSerif-Regular.ttf", "truetype/liberation/LiberationSerif-Bold.ttf"),
    "lato": ("truetype/lato/Lato-Regular.ttf", "truetype/lato/Lato-Black.ttf"),
    "light": ("truetype/lato/Lato-Light.ttf", "truetype/lato/Lato-Heavy.ttf"),
    "book": ("opentype/ebgaramond/EBGaramond12-Regular.otf", "opentype/ebgaramond/EBGaramond12-Bold.otf"),
    "slanted": ("truetype/dejavu/DejaVuSerif-Italic.ttf", "truetype/dejavu/DejaVuSerif-BoldItalic.ttf"),
}


@dataclass(frozen=True)
class Flyer:
    """What stands on it, how it is drawn, and what a reader must find.

    `when`: (first day, last day, from, until, rule); `sure` only documents whether a careful reader would be.
    """

    title: str
    rows: tuple[str, ...]
    when: tuple[tuple[str, str | None, str | None, str | None, str], ...]
    layout: str = "centred"
    font: str = "sans"
    camera: str = ""
    asks: bool = False
    above: str = ""


def font(name: str, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_ROOT + FONTS[name][bold], size)


class Paper:
    """A sheet on which rows are written from the top."""

    def __init__(self, flyer: Flyer, paper: str = "#ffffff", ink: str = "#1b1b1b") -> None:
        self.flyer, self.ink = flyer, ink
        self.image = Image.new("RGB", (WIDTH, HEIGHT), paper)
        self.draw = ImageDraw.Draw(self.image)
        self.y = 80

    def wrapped(self, text: str, size: int, bold: bool, wide: int) -> list[str]:
        face, rows = font(self.flyer.font, size, bold=bold), [""]
        for word in text.split(" "):
            trial = f"{rows[-1]} {word}".strip()
            if rows[-1] and face.getlength(trial) > wide:
                rows.append(word)
            else:
                rows[-1] = trial
        return rows

    def write(self, text: str, size: int, *, bold: bool = False, ink: str = "", left: int = 70, wide: int = WIDTH - 140,
              centred: bool = False, gap: float = 1.3) -> None:  # fmt: skip
        face = font(self.flyer.font, size, bold=bold)
        for row in self.wrapped(text, size, bold, wide):
            x = left + (wide - face.getlength(row)) / 2 if centred else left
            self.draw.text((x, self.y), row, font=face, fill=ink or self.ink)
            self.y += round(size * gap)
        self.y += round(size * 0.35)


def _photo(size: tuple[int, int], seed: int) -> Image.Image:
    """Something with many tones, as a photo has."""
    dice = random.Random(seed)
    small = Image.new("RGB", (24, 16))
    small.putdata([tuple(dice.randint(20, 235) for _channel in range(3)) for _pixel in range(24 * 16)])
    return small.resize(size, Image.Resampling.BICUBIC)


def centred(flyer: Flyer) -> Image.Image:
    paper = Paper(flyer)
    if flyer.above:
        paper.write(flyer.above, 36, centred=True)
    paper.y += 40
    paper.write(flyer.title, 84, bold=True, centred=True, ink="#8a1538")
    paper.y += 60
    for number, row in enumerate(flyer.rows):
        paper.write(row, 44 if number < 2 else 32, bold=number == 0, centred=True)
        paper.y += 10
    return paper.image


def band(flyer: Flyer) -> Image.Image:
    paper = Paper(flyer, ink="#222222")
    paper.draw.rectangle((0, 0, WIDTH, 330), fill="#0b5e55")
    paper.y = 70
    if flyer.above:
        paper.write(flyer.above, 34, ink="#ffffff")
    paper.write(flyer.title, 72, bold=True, ink="#ffffff")
    paper.y = max(paper.y, 400)
    for number, row in enumerate(flyer.rows):
        paper.write(row, 40 if number == 0 else 31, bold=number == 0)
        paper.y += 14
    return paper.image


def dark(flyer: Flyer) -> Image.Image:
    paper = Paper(flyer, paper="#1d2440", ink="#f7f3e8")
    paper.y = 150
    paper.write(flyer.title, 88, bold=True, ink="#ffd84d", centred=True)
    paper.y += 40
    for number, row in enumerate(flyer.rows):
        paper.write(row, 42 if number < 2 else 32, centred=True)
    return paper.image


def boxed(flyer: Flyer) -> Image.Image:
    """The date in a box of its own, larger than all but the title."""
    paper = Paper(flyer, paper="#fbf7ec")
    paper.write(flyer.title, 80, bold=True)
    paper.y += 30
    top = paper.y
    paper.draw.rectangle((60, top, WIDTH - 60, top + 210), fill="#f2b705")
    paper.y += 30
    paper.write(flyer.rows[0], 46, bold=True, left=90, wide=WIDTH - 180)
    paper.y = top + 250
    for row in flyer.rows[1:]:
        paper.write(row, 33)
        paper.y += 12
    return paper.image


def columns(flyer: Flyer) -> Image.Image:
    """Title over all, then two columns: when and where left, the rest right."""
    paper = Paper(flyer)
    paper.write(flyer.title, 74, bold=True, ink="#174a7c")
    paper.draw.line((70, paper.y, WIDTH - 70, paper.y), fill="#174a7c", width=4)
    top = paper.y = paper.y + 50
    half = (len(flyer.rows) + 1) // 2
    for row in flyer.rows[:half]:
        paper.write(row, 33, wide=390, bold=row is flyer.rows[0])
        paper.y += 14
    paper.y = top
    for row in flyer.rows[half:]:
        paper.write(row, 29, left=540, wide=390)
        paper.y += 14
    return paper.image


def pictured(flyer: Flyer) -> Image.Image:
    """A photo over the upper part, words below."""
    paper = Paper(flyer)
    paper.image.paste(_photo((WIDTH, 480), seed=len(flyer.title)), (0, 0))
    paper.y = 520
    paper.write(flyer.title, 66, bold=True)
    for number, row in enumerate(flyer.rows):
        paper.write(row, 38 if number == 0 else 30, bold=number == 0)
    return paper.image


def labelled(flyer: Flyer) -> Image.Image:
    """Rows such as “Wann: …” with the words for it in front in bold."""
    paper = Paper(flyer, ink="#20301f")
    paper.draw.rectangle((24, 24, WIDTH - 24, HEIGHT - 24), outline="#4f7942", width=8)
    paper.y = 110
    if flyer.above:
        paper.write(flyer.above, 34, centred=True)
    paper.write(flyer.title, 70, bold=True, centred=True, ink="#2d5a1b")
    paper.y += 50
    for row in flyer.rows:
        paper.write(row, 36, left=100, wide=WIDTH - 200)
        paper.y += 22
    return paper.image


def bottom(flyer: Flyer) -> Image.Image:
    """The title in the middle, the date large at the foot on a coloured ground."""
    paper = Paper(flyer, paper="#e8f1f8", ink="#10243e")
    paper.y = 90
    for row in flyer.rows[1:]:
        paper.write(row, 31)
    paper.y += 40
    paper.write(flyer.title, 78, bold=True)
    paper.draw.rectangle((0, HEIGHT - 250, WIDTH, HEIGHT), fill="#c8102e")
    paper.y = HEIGHT - 215
    paper.write(flyer.rows[0], 48, bold=True, ink="#ffffff")
    return paper.image


def corner(flyer: Flyer) -> Image.Image:
    """The date in a disc in the corner, words down the left side."""
    paper = Paper(flyer, paper="#fffdf5", ink="#2b2b2b")
    paper.draw.ellipse((600, 40, 960, 400), fill="#7a1f5c")
    paper.y = 130
    paper.write(flyer.rows[0], 38, bold=True, ink="#ffffff", left=640, wide=290, centred=True)
    paper.y = 440
    paper.write(flyer.title, 76, bold=True, ink="#7a1f5c")
    for row in flyer.rows[1:]:
        paper.write(row, 34)
        paper.y += 16
    return paper.image


def letter(flyer: Flyer) -> Image.Image:
    """As written in a word processor: everything in one font, the title hardly larger, much small print."""
    paper = Paper(flyer, ink="#000000")
    paper.y = 120
    if flyer.above:
        paper.write(flyer.above, 28)
        paper.y += 40
    paper.write(flyer.title, 50, bold=True)
    paper.y += 30
    for row in flyer.rows:
        paper.write(row, 28, gap=1.45)
    return paper.image


LAYOUTS: dict[str, Callable[[Flyer], Image.Image]] = {
    "centred": centred, "band": band, "dark": dark, "boxed": boxed, "columns": columns, "pictured": pictured,
    "labelled": labelled, "bottom": bottom, "corner": corner, "letter": letter,
}  # fmt: skip


def tilted(page: Image.Image) -> Image.Image:
    """Photographed by hand: turned a little, on a table, a shadow over one half, softer, and stored as JPEG."""
    table = Image.new("RGB", (page.width + 220, page.height + 220), "#6d5a46")
    turned = page.convert("RGBA").rotate(4.5, Image.Resampling.BICUBIC, expand=True)
    table.paste(turned, ((table.width - turned.width) // 2, (table.height - turned.height) // 2), turned)
    return _through_a_lens(table, darkest=95)


def slanted(page: Image.Image) -> Image.Image:
    """From below: the upper edge is a little shorter than the lower one, turned the other way, less light."""
    wide, high = page.size
    shift = wide * 0.03
    corners = ((-shift, 0), (wide + shift, 0), (wide, high), (0, high))
    ordered = [round(side) for number in (0, 3, 2, 1) for side in corners[number]]
    seen = page.transform(page.size, Image.Transform.QUAD, ordered,
                          Image.Resampling.BICUBIC, fillcolor="#555555")  # fmt: skip
    return _through_a_lens(seen.rotate(-3, Image.Resampling.BICUBIC, expand=True, fillcolor="#555555"), darkest=120)


def _through_a_lens(page: Image.Image, *, darkest: int) -> Image.Image:
    shadow = Image.new("L", (64, 64), 255)
    shadow.putdata([
        round(255 - (255 - darkest) / (1 + math.exp((x - 0.6 * y - 26) / 5))) for y in range(64) for x in range(64)
    ])  # fmt: skip
    shadow = shadow.resize(page.size, Image.Resampling.BICUBIC)
    return ImageChops.multiply(page, Image.merge("RGB", (shadow,) * 3)).filter(ImageFilter.GaussianBlur(0.7))


CAMERAS: dict[str, Callable[[Image.Image], Image.Image]] = {"tilted": tilted, "slanted": slanted}


def picture_of(flyer: Flyer) -> Image.Image:
    page = LAYOUTS[flyer.layout](flyer)
    return CAMERAS[flyer.camera](page) if flyer.camera else page


def drawn(flyer: Flyer) -> bytes:
    """The flyer as a phone or a scanner stores it."""
    out = io.BytesIO()
    picture_of(flyer).save(out, "JPEG", quality=82)
    return out.getvalue()


def as_pdf(*flyers: Flyer) -> bytes:
    """Pictures of flyers as pages of a PDF without a text layer."""
    first, *more = [picture_of(flyer) for flyer in flyers]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=more)
    return out.getvalue()
