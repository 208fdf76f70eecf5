"""Pictures made small enough for the page budget (100 KB a first view) before they are stored."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

# Decoding is what a hostile picture attacks: 40 megapixels is more than any camera of an editor gives.
MOST_PIXELS = 40_000_000


def fitted(upload: File[bytes], *, name: str, width: int, height: int, most_bytes: int) -> ContentFile[bytes]:
    """A WebP within `width` × `height` pixels and, by lowering its quality, about `most_bytes`.

    Metadata (place, camera) is dropped, orientation applied, transparency kept. ValidationError: no picture.
    """
    picture = _opened(upload)
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    for quality in (82, 70, 58, 46):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= most_bytes:
            break
    return ContentFile(out.getvalue(), name=f"{name}.webp")


def _opened(upload: File[bytes]) -> Image.Image:
    try:
        upload.seek(0)
        picture: Image.Image = Image.open(upload)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(_("The picture has too many pixels. Make it smaller first."))
        picture = ImageOps.exif_transpose(picture)
        return picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture we can read. Use PNG, JPEG or WebP.")) from error
