"""Pictures made small enough for the page budget (100 KB a first view).

Some are made small before they are stored (`fitted`). Of all others, narrower copies are made when a page's reader
first asks for one, and kept beside the municipality's files (`scaled_url`, `write_scaled`): so nothing has to remember
to make them, whichever way a picture came in.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

from core.lazy import lazy

if TYPE_CHECKING:
    import PIL
    from PIL import Image, ImageOps
else:
    PIL, Image, ImageOps = lazy("PIL"), lazy("PIL.Image"), lazy("PIL.ImageOps")

# Decoding is what a hostile picture attacks: 40 megapixels is more than any camera of an editor gives.
MOST_PIXELS = 40_000_000
# Widths of the copies in pixels, and about how many bytes each may have. The smallest is what lists load by the dozen.
COPIES = {160: 3_000, 320: 8_000, 640: 28_000, 1280: 90_000}
CARD_WIDTH = 320
# Of the small picture in a list, on screens without a double density.
THUMB_WIDTH = 160
# The folder of everything that can be made again from something else.
DERIVED = "abgeleitet"
SCALABLE = {".avif", ".jpeg", ".jpg", ".png", ".webp"}


def fitted(
    upload: File[bytes], *, name: str, width: int, height: int, most_bytes: int, effort: int = 6
) -> ContentFile[bytes]:
    """A WebP within `width` × `height` pixels and, by lowering its quality, about `most_bytes`.

    Metadata (place, camera) is dropped, orientation applied, transparency kept. `effort` is WebP's, 0 (quick) to 6.
    ValidationError: no picture.
    """
    return packed(_opened(upload), name=name, width=width, height=height, most_bytes=most_bytes, effort=effort)


def packed(
    picture: Image.Image, *, name: str, width: int, height: int, most_bytes: int, effort: int = 6
) -> ContentFile[bytes]:
    """As `fitted`, of a picture that is open already; it becomes smaller itself."""
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    # What is see-through is packed without loss, and with more effort than this takes seconds where it is restless.
    effort = min(effort, 4) if "A" in picture.getbands() else effort
    for quality in (72, 60, 48, 36):
        out = BytesIO()
        picture.save(out, "WEBP", quality=quality, method=effort)
        if out.tell() <= most_bytes:
            break
    return ContentFile(out.getvalue(), name=f"{name}.webp")


def scaled_url(file: FieldFile | str, width: int) -> str:
    """The address of the copy of this width; of the file itself (or by its name) where none can be made (SVG, GIF)."""
    name = str(file)
    if PurePath(name).suffix.lower() not in SCALABLE:
        return default_storage.url(name)
    return default_storage.url(f"{DERIVED}/{width}/{name}.webp")


def srcset(file: FieldFile, width: int) -> str:
    """Value of a srcset attribute for a picture of this width: the copies that are narrower, and the picture itself."""
    if PurePath(str(file.name)).suffix.lower() not in SCALABLE:
        return ""
    copies = [f"{scaled_url(file, each)} {each}w" for each in COPIES if each < width]
    return ", ".join([*copies, f"{file.url} {width}w"])


def write_scaled(name: str, width: int) -> bool:
    """Make the copy that `scaled_url` promises and say whether that was possible. A finished one is left alone."""
    target = f"{DERIVED}/{width}/{name}.webp"
    if default_storage.exists(target):
        return True
    known = width in COPIES and not name.startswith(f"{DERIVED}/")
    if not known or PurePath(name).suffix.lower() not in SCALABLE or not default_storage.exists(name):
        return False
    with default_storage.open(name) as original:
        try:
            # Somebody is waiting for it: quickly rather than a few bytes smaller.
            copy = fitted(original, name="copy", width=width, height=4 * width, most_bytes=COPIES[width], effort=3)
        except ValidationError:
            return False
    # Two readers at once: the second's file gets another name and is dropped.
    saved = default_storage.save(target, copy)
    if saved != target:
        default_storage.delete(saved)
    return True


def forget_scaled() -> int:
    """Remove the copies whose pictures are gone, and return how many. Listed, not remembered: a copy may be left over
    from a restored or a taken-over municipality too."""
    gone = [name for name in _files(DERIVED) if not default_storage.exists(name.split("/", 2)[2].removesuffix(".webp"))]
    for name in gone:
        default_storage.delete(name)
    return len(gone)


def forget_scaled_of(name: str) -> None:
    """Remove the copies of one picture."""
    for width in COPIES:
        default_storage.delete(f"{DERIVED}/{width}/{name}.webp")


def _files(folder: str) -> Iterator[str]:
    """The names of all files below a folder; none where it does not exist."""
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files(f"{folder}/{name}")


def _opened(upload: File[bytes]) -> Image.Image:
    try:
        upload.seek(0)
        picture: Image.Image = Image.open(upload)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(_("The picture has too many pixels. Make it smaller first."))
        picture = ImageOps.exif_transpose(picture)
        return picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    except (PIL.UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture we can read. Use PNG, JPEG or WebP.")) from error
