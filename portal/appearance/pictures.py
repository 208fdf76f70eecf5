"""The pictures of the look: what each is for decides its form, size and weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from portal.media.pictures import opened
from theming.images import packed
from theming.services import IMAGE_LIMITS, PARTNER_LIMITS

ICON, SOCIAL = (96, 96), (1200, 630)
SOCIAL_BYTES = 200_000
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
    width, height, most_bytes = limits
    content = packed(picture, name="x", width=width, height=height, most_bytes=most_bytes).read()
    return Picture(content, ".webp", picture.width, picture.height)


def _icon(picture: Image.Image) -> Picture:
    """Square, whatever it was, on nothing: tabs have their own ground."""
    square = ImageOps.pad(picture.convert("RGBA"), ICON, Image.Resampling.LANCZOS, color=(0, 0, 0, 0))
    out = BytesIO()
    square.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), ".png", *square.size)


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
