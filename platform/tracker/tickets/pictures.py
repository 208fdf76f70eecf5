"""Pictures of the screen: refused where they are none, painted over and written anew before they are stored.

A picture is decoded and encoded again, so nothing of the file that came remains but its pixels: no place, no device, no
program hidden behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from core.lazy import lazy
from tracker.tickets.services import Picture

if TYPE_CHECKING:
    import PIL
    from PIL import Image, ImageDraw, ImageOps
else:
    PIL, Image, ImageDraw, ImageOps = lazy("PIL"), lazy("PIL.Image"), lazy("PIL.ImageDraw"), lazy("PIL.ImageOps")

MOST_BYTES = 5 * 2**20
# A screen of 8K; what is larger is no picture of a screen.
MOST_PIXELS = 34_000_000
FORMATS = ("PNG", "JPEG")
MOST_SIDE = 2560
MOST_PARTS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A part to blacken, in percent of width and height."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def read(cls, row: Any) -> Part:
        """Of four numbers as they are kept."""
        return cls(*(float(each) for each in row))

    def kept(self) -> list[float]:
        """As four numbers."""
        return [self.left, self.top, self.width, self.height]


def opened(upload: File[bytes]) -> Image.Image:
    """The picture of an upload. ValidationError that says what is wrong with it."""
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("The picture is too large: at most 5 megabytes are possible."))
    try:
        upload.seek(0)
        picture: Image.Image = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(_("The picture has too many pixels. Make it smaller first."))
        picture.load()
        picture = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("The picture has too many pixels. Make it smaller first.")) from error
    except (PIL.UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError(_("This file is no picture we can read. Use PNG or JPEG.")) from error
    flat = Image.new("RGB", picture.size, "white")
    picture = picture.convert("RGBA")
    flat.paste(picture, mask=picture.getchannel("A"))
    flat.thumbnail((MOST_SIDE, MOST_SIDE * 4), Image.Resampling.LANCZOS)
    return flat


def cleaned(upload: File[bytes]) -> tuple[ContentFile[bytes], int, int]:
    """The picture written anew, with its width and height."""
    picture = opened(upload)
    return _written(picture), picture.width, picture.height


def painted(file: File[bytes], parts: list[Part]) -> Picture:
    """The picture with these parts black. What was there is gone from the pixels."""
    picture = opened(file)
    draw = ImageDraw.Draw(picture)
    for part in parts:
        left, top = picture.width * part.left / 100, picture.height * part.top / 100
        right, bottom = left + picture.width * part.width / 100, top + picture.height * part.height / 100
        draw.rectangle((int(left), int(top), int(right) + 1, int(bottom) + 1), fill="black")
    return Picture(_written(picture), picture.width, picture.height, len(parts))


def _written(picture: Image.Image) -> ContentFile[bytes]:
    """As PNG; as JPEG where that would be too large to be opened again."""
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    if out.tell() <= MOST_BYTES:
        return ContentFile(out.getvalue(), name="bild.png")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return ContentFile(out.getvalue(), name="bild.jpg")
