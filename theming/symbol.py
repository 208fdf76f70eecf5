"""The symbol of the portal on the home screen of a phone: a square picture in the municipality's colours.

Its own sign, where it has one that is nearly square and not too small; else the first letter of the portal's name.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from theming.models import Theme
from theming.preview import FONTS
from theming.tokens import palette

# Systems cut a maskable symbol to a circle of four fifths of its width; what counts must lie within.
SHARE = {False: 0.84, True: 0.6}
SMALLEST, MOST_ELONGATED = 48, 1.6


def _sign(theme: Theme) -> Image.Image | None:
    """The municipality's own picture for it; None where it has none that fits."""
    best: Image.Image | None = None
    for file in (theme.favicon, theme.logo):
        if not file or not file.storage.exists(str(file.name)):
            continue
        with file.storage.open(str(file.name)) as kept:
            picture: Any = Image.open(kept)
            picture = picture.convert("RGBA")
        short, long = sorted(picture.size)
        if short >= SMALLEST and long <= short * MOST_ELONGATED and (best is None or short > min(best.size)):
            best = picture
    return best


def draw(theme: Theme, size: int, *, maskable: bool) -> bytes:
    """The PNG of `size` by `size` pixels. A maskable one goes to the edges, the other one has round corners."""
    colors = palette(theme.look.brand, theme.look.accent, dark=False)
    sign, room = _sign(theme), round(size * SHARE[maskable])
    ground = colors.ground if sign else colors.brand
    picture = Image.new("RGBA", (size, size), ground)
    if sign:
        scale = room / max(sign.size)
        small = sign.resize((round(sign.width * scale), round(sign.height * scale)), Image.Resampling.LANCZOS)
        picture.alpha_composite(small, ((size - small.width) // 2, (size - small.height) // 2))
    else:
        font = ImageFont.truetype(str(FONTS / "fira-sans-600-latin.woff2"), round(room * 0.75))
        letter = next((each for each in theme.portal_name.upper() if each.isalpha() and ord(each) <= 0xFF), "C")
        ImageDraw.Draw(picture).text((size / 2, size / 2), letter, font=font, fill=colors.on_brand, anchor="mm")
    if not maskable:
        mask = Image.new("L", (size, size), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, size - 1, size - 1), radius=size // 8, fill=255)
        picture.putalpha(mask)
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def colours(theme: Theme) -> tuple[str, str]:
    """Of the bar above the portal, and of the ground while it starts."""
    colors = palette(theme.look.brand, theme.look.accent, dark=False)
    return colors.brand, colors.ground
