"""The pictures of the look: what each is for decides its form, size and weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from portal.media.pictures import opened
from theming.images import packed
from theming.services import IMAGE_LIMITS, PARTNER_LIMITS

ICON, SOCIAL = (96, 96), (1200, 630)
SOCIAL_BYTES = 200_000
# Below this nothing is made smaller for its weight.
SMALLEST = 48
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Picture:
    """Ready to be stored."""

    content: bytes
    suffix: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Use:
    """`least`: width and height in pixels below which it would be blurred; `make` gives it its form."""

    least: tuple[int, int]
    make: Callable[[Image.Image], Picture]


def _webp(picture: Image.Image, limits: tuple[int, int, int]) -> Picture:
    """Within its bytes whatever it shows: a picture that no quality makes light enough becomes smaller."""
    width, height, most_bytes = limits
    while True:
        content = packed(picture, name="x", width=width, height=height, most_bytes=most_bytes).read()
        if len(content) <= most_bytes or min(picture.size) < SMALLEST:
            return Picture(content, ".webp", picture.width, picture.height)
        width, height = round(picture.width * 0.8), round(picture.height * 0.8)


def _icon(picture: Image.Image) -> Picture:
    """Square, whatever it was, on nothing: tabs have their own ground."""
    square = ImageOps.pad(picture.convert("RGBA"), ICON, Image.Resampling.LANCZOS, color=(0, 0, 0, 0))
    content = _png(square)
    if len(content) > IMAGE_LIMITS["favicon"][2]:
        content = _png(square.quantize(64, method=Image.Quantize.FASTOCTREE))
    return Picture(content, ".png", *square.size)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _social(picture: Image.Image) -> Picture:
    """As JPEG, which every messenger knows, in the one shape all of them ask for."""
    plain = Image.new("RGB", picture.size, _WHITE)
    plain.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    cut = ImageOps.fit(plain, SOCIAL, Image.Resampling.LANCZOS)
    for quality in (85, 75, 60, 45):
        out = BytesIO()
        cut.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= SOCIAL_BYTES:
            break
    return Picture(out.getvalue(), ".jpg", *cut.size)


USES: dict[str, Use] = {
    "logo": Use((32, 32), lambda picture: _webp(picture, IMAGE_LIMITS["logo"])),
    "favicon": Use((48, 48), _icon),
    "hero_image": Use((480, 240), lambda picture: _webp(picture, IMAGE_LIMITS["hero_image"])),
    "social_image": Use((600, 315), _social),
    "partner": Use((32, 32), lambda picture: _webp(picture, PARTNER_LIMITS)),
}


def made_for(use: str, upload: IO[bytes]) -> Picture:
    """The picture of an upload in the form its use asks for. ValidationError: what is wrong and what to do."""
    picture = opened(upload)
    width, height = USES[use].least
    if picture.width < width or picture.height < height:
        raise ValidationError(
            _(
                "This picture has only %(has)s pixels and would be blurred. Please choose one of at least %(least)s "
                "pixels."
            )
            % {"has": f"{picture.width} × {picture.height}", "least": f"{width} × {height}"},
            code="too_small",
        )
    return USES[use].make(picture)


def stored_file(picture: Picture) -> ContentFile[bytes]:
    """For the storage; the name it was uploaded with is forgotten."""
    return ContentFile(picture.content, name=f"x{picture.suffix}")


def darkest(name: str) -> int | None:
    """How light the darkest tenth of what is seen of a stored picture is, 0 to 255; None where it cannot be read."""
    try:
        with default_storage.open(name) as stored:
            picture = Image.open(stored).convert("RGBA")
    except (OSError, SyntaxError):
        # Gone from the disk, or no picture of pixels: nothing can be said of it.
        return None
    picture.thumbnail((64, 64))
    grey, seen = picture.convert("L").tobytes(), picture.getchannel("A").tobytes()
    shown = sorted(light for light, alpha in zip(grey, seen, strict=True) if alpha > 127)
    return shown[len(shown) // 10] if shown else 255
