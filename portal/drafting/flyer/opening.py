"""Inside the bounded process: a file as pages of lines, and pictures of the pages."""

import struct
import warnings
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from portal.drafting.flyer import pdf
from portal.drafting.flyer.recognising import recognised
from portal.drafting.flyer.regions import picture_in
from portal.drafting.flyer.trouble import TroubleError

MOST_PIXELS = 60_000_000
SHOWN = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "TIFF", "BMP")
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, struct.error, zlib.error)


def opened(folder: Path) -> dict[str, Any]:
    """What the file says: lines as lists, whether they were recognised, names of pictures, how many pages it has."""
    content = (folder / "upload").open("rb").read(1024)
    recognises = (folder / "recognise").exists()
    if b"%PDF-" in content:
        return pdf.opened(folder, recognises=recognises)
    return _picture(folder, recognises=recognises)


def _picture(folder: Path, *, recognises: bool) -> dict[str, Any]:
    if not recognises:
        raise TroubleError("no_recognition")
    picture = _decoded(folder / "upload")
    say(20)
    shown = picture.copy()
    shown.thumbnail((SHOWN, SHOWN), Image.Resampling.LANCZOS)
    shown.save(folder / "page-0.webp", "WEBP", quality=80, method=4)
    say(30)
    rows, boxes = recognised(picture, folder)
    say(95)
    found = picture_in(picture, boxes)
    if found is not None:
        found.save(folder / "picture.png")
    return {"lines": rows, "seen": True, "pages": 1, "read": 1, "picture": found is not None}


def _decoded(path: Path) -> Image.Image:
    import pillow_heif  # noqa: PLC0415 - only in this process

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(path, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise TroubleError("too_large")
            if min(picture.size) < 150:
                raise TroubleError("too_small")
            picture.draft("RGB", (3200, 3200))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
        except Image.DecompressionBombError as error:
            raise TroubleError("too_large") from error
        except (UnidentifiedImageError, *_BROKEN) as error:
            raise TroubleError("no_file") from error
    return on_white(upright)


def on_white(picture: Image.Image) -> Image.Image:
    """RGB; what is transparent lies on white paper."""
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        rgba = picture.convert("RGBA")
        paper = Image.new("RGB", rgba.size, "white")
        paper.paste(rgba, mask=rgba.getchannel("A"))
        return paper
    return picture.convert("RGB")


def say(percent: int) -> None:
    """How far it is, for the page that waits."""
    print(percent, flush=True)  # noqa: T201 - the way it is told
