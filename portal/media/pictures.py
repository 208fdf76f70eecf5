"""From whatever people upload to a picture the portal stores: looked at, decoded within limits, upright, in sRGB,
without what the camera noted (place, device), not larger than any page shows it.

What a file is, its content says; its name means nothing. Every refusal is a sentence that says what to do.
"""

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

LARGEST_BYTES = 30 * 2**20
# More than the 50 megapixels of today's phones; decoding is what a hostile picture attacks.
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2560
SMALLEST_SIDE = 16
# Nothing is ever shown of a picture that is so much longer than high.
MOST_STRETCHED = 40
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error, zlib.error)
_SRGB = ImageCms.createProfile("sRGB")

# One picture of a file, the main one: what else a phone puts in (depth, previews) is not decoded.
register_heif_opener(thumbnails=False, depth_images=False)


@dataclass(frozen=True, slots=True)
class Box:
    """A part of an upright picture, in fractions of its width and height."""

    left: float
    top: float
    width: float
    height: float

    def fits(self) -> bool:
        """Whether it lies within the picture and is not empty."""
        inside = 0 <= self.left < 1 and 0 <= self.top < 1
        return inside and 0 < self.width <= 1 - self.left + 1e-6 and 0 < self.height <= 1 - self.top + 1e-6


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as it is stored: WebP."""

    content: bytes
    width: int
    height: int


def prepare(upload: IO[bytes], *, crop: Box | None = None, shape: float | None = None) -> Prepared:
    """The picture in a file, ready to be stored. `shape`: width divided by height, cut to it around the middle of
    the crop. ValidationError: what is wrong and what to do."""
    picture = _decoded(_read(upload), in_full=crop is not None)
    picture = _cut(picture, crop, shape)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    return Prepared(out.getvalue(), picture.width, picture.height)


def opened(upload: IO[bytes]) -> Image.Image:
    """The whole picture in a file, upright and in sRGB, for those who store it in another form than the library's.
    ValidationError as `prepare`."""
    return _decoded(_read(upload), in_full=True)


def _read(upload: IO[bytes]) -> bytes:
    """All of the file, but never more than is allowed."""
    upload.seek(0)
    content = upload.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise ValidationError(
            _("This file is larger than 30 MB. Please save the picture smaller, or send it to yourself as “medium”."),
            code="too_large",
        )
    if not content:
        raise ValidationError(_("This file is empty. Please choose it again."), code="empty")
    return content


def _decoded(content: bytes, *, in_full: bool) -> Image.Image:
    """An upright picture in RGB or RGBA and sRGB, decoded in full only where a part is to be cut out."""
    with warnings.catch_warnings():
        # Our own limit is lower than the one it warns of.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = _opened(content)
        _check_size(picture)
        try:
            if not in_full:
                # JPEG only: as small as will do, in a fraction of the time and memory.
                picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
            picture.load()
            return _in_srgb(ImageOps.exif_transpose(picture))
        except MemoryError:
            _too_many_pixels()
        except _BROKEN as error:
            raise ValidationError(
                _("This picture is damaged or arrived only in part. Please upload it again, or save it anew first."),
                code="damaged",
            ) from error


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError:
        _too_many_pixels()
    except (UnidentifiedImageError, *_BROKEN) as error:
        start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in start:
            message = _("SVG drawings cannot be uploaded. Please save it as PNG and upload that.")
            raise ValidationError(message, code="svg") from error
        raise ValidationError(
            _("This is no picture we can read. Please choose a photo (JPEG, HEIC) or a PNG, WebP or GIF file."),
            code="no_picture",
        ) from error


def _check_size(picture: Image.Image) -> None:
    """By what the file says of itself, before anything is decoded."""
    if picture.width * picture.height > MOST_PIXELS:
        _too_many_pixels()
    short, long = sorted((picture.width, picture.height))
    if short < SMALLEST_SIDE or long > MOST_STRETCHED * short:
        raise ValidationError(
            _("This picture is too small or too narrow to be shown. Please choose another one."), code="too_small"
        )


def _too_many_pixels() -> NoReturn:
    raise ValidationError(
        _("This picture has more than 60 million pixels. Please make it smaller first (4000 × 3000 is plenty)."),
        code="too_many_pixels",
    )


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The first frame in the colours of the web; the profile itself is not stored."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith(("I;16", "I", "F")):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        plain = _converted(rgba.convert("RGB"), profile)
        plain.putalpha(rgba.getchannel("A"))
        return plain
    if picture.mode not in {"RGB", "CMYK", "L"}:
        picture = picture.convert("RGB")
    return _converted(picture, profile).convert("RGB")


def _converted(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Wrong colours are no reason to refuse a picture: a profile that does not fit is left out."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            found = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            found = None
        if found is not None:
            return found
    return picture.convert("RGB")


def _cut(picture: Image.Image, crop: Box | None, shape: float | None) -> Image.Image:
    if crop is not None and not crop.fits():
        raise ValidationError(_("The part you chose lies outside of the picture. Please choose it again."), code="crop")
    box = crop or Box(0, 0, 1, 1)
    left, top = box.left * picture.width, box.top * picture.height
    width, height = box.width * picture.width, box.height * picture.height
    if shape is not None:
        wanted_width, wanted_height = min(width, height * shape), min(height, width / shape)
        left, top = left + (width - wanted_width) / 2, top + (height - wanted_height) / 2
        width, height = wanted_width, wanted_height
    if (left, top, width, height) == (0, 0, picture.width, picture.height):
        return picture
    part = picture.crop((round(left), round(top), round(left + width), round(top + height)))
    if min(part.size) < SMALLEST_SIDE:
        raise ValidationError(_("The part you chose is too small. Please choose a larger one."), code="crop")
    return part
