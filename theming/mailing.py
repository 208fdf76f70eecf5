"""The frame of a municipality's mails: its logo, its colours made readable, its address; light and dark.

Mail programs keep little of a style sheet, so css-inline (MIT) writes the light colours onto each element; what stays
in the head is for those that know dark display. The logo is sent along as a PNG, because no program of mail shows
pictures from elsewhere unasked, and some know no WebP.
"""

from __future__ import annotations

import base64
from io import BytesIO
from string import Template
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, override

from core.lazy import lazy
from mail.look import Dressed, Picture, Wardrobe
from tenants.running.changes import remembered
from tenants.running.context import PUBLIC, current_schema
from tenants.running.stores.trouble import StoreError
from tenants.urls import own_address
from theming.css import CORNERS, FONT_STACKS
from theming.models import Theme
from theming.services import current_theme
from theming.showing import shown
from theming.tokens import palette

if TYPE_CHECKING:
    import css_inline
    from PIL import Image
else:
    css_inline, Image = lazy("css_inline"), lazy("PIL.Image")

LOGO = "logo"
# Where a mail shows it, in pixels; the file has twice as many.
LOGO_SIZE = (240, 96)
SHEET = Template(
    "body{margin:0;padding:0;background-color:$soft;color:$text;font-family:$font;font-size:16px;line-height:1.5}"
    ".mail{max-width:600px;margin:0 auto;padding:16px}"
    ".head{padding:8px 16px 16px;font-size:20px;font-weight:bold}"
    ".head a{color:$heading;text-decoration:none}"
    ".head img{display:block;border:0;max-width:100%;height:auto}"
    ".text{background-color:$ground;border:1px solid $line;border-top:4px solid $brand;border-radius:$large;"
    "padding:16px 24px;overflow-wrap:anywhere}"
    ".text h1{margin:0 0 16px;color:$heading;font-size:20px;line-height:1.3}"
    ".text h2{margin:24px 0 12px;padding-bottom:4px;border-bottom:2px solid $brand;color:$heading;font-size:18px;"
    "line-height:1.3}"
    ".text h3{margin:16px 0 8px;color:$heading;font-size:16px;line-height:1.3}"
    ".text p{margin:0 0 16px;color:$text}"
    ".text a{color:$action}"
    ".text hr{border:0;border-top:1px solid $line;margin:16px 0}"
    ".text .go{margin:24px 0 8px}"
    ".text .button{display:inline-block;background-color:$action;color:$on_action;border-radius:$default;"
    "padding:12px 20px;font-weight:bold;text-decoration:none}"
    ".text .address{font-size:14px;color:$muted}"
    ".text .address a{color:$muted}"
    ".foot{padding:16px;font-size:14px;color:$muted}"
    ".foot p{margin:0 0 4px;color:$muted}"
    ".foot a{color:$muted}"
)
DARK_SHEET = Template(
    "@media (prefers-color-scheme:dark){"
    "body{background-color:$soft!important;color:$text!important}"
    ".head a{color:$heading!important}"
    ".text{background-color:$ground!important;border-color:$line!important;border-top-color:$brand!important}"
    ".text h1,.text h2,.text h3{color:$heading!important}"
    ".text h2{border-color:$brand!important}"
    ".text p{color:$text!important}"
    ".text a{color:$action!important}"
    ".text .button{background-color:$action!important;color:$on_action!important}"
    ".text .address,.text .address a,.foot,.foot p,.foot a{color:$muted!important}"
    "}"
)


def _theme() -> Theme:
    return Theme(portal_name=settings.BASE_DOMAIN) if current_schema() == PUBLIC else current_theme()


def _sheets(theme: Theme) -> tuple[str, str]:
    """The light one, to be written onto the elements, and the dark one for the head."""
    _small, default, large, _pill = CORNERS[theme.corner]
    shape = {"font": FONT_STACKS[theme.font].replace('"', "'"), "default": default, "large": large}
    light, dark = (palette(theme.brand_color, theme.accent_color, dark=each) for each in (False, True))
    return SHEET.substitute(_colours(light), **shape), DARK_SHEET.substitute(_colours(dark))


def _colours(found: object) -> dict[str, str]:
    names = ("text", "muted", "ground", "soft", "line", "brand", "action", "on_action", "heading")
    return {name: getattr(found, name) for name in names}


def _logo() -> Picture | None:
    """As PNG, once for each process until the look changes; None for what is no picture of pixels."""
    file = current_theme().logo
    if not file:
        return None
    try:
        with file.open("rb") as stored:
            picture = Image.open(BytesIO(stored.read())).convert("RGBA")
    except StoreError:
        # Not to be remembered: it comes back.
        raise
    except OSError:
        # Gone from the disk, or a drawing (SVG): the name stands there instead.
        return None
    picture.thumbnail((LOGO_SIZE[0] * 2, LOGO_SIZE[1] * 2))
    out = BytesIO()
    picture.save(out, "PNG", optimize=True)
    return Picture(LOGO, out.getvalue())


def _kept_logo() -> Picture | None:
    if shown() is not None:
        return _logo()
    if current_schema() == PUBLIC:
        return None
    try:
        return remembered("theming.mail_logo", _logo, rooms=("theming",))
    except StoreError:
        # A mail need not wait for its picture.
        return None


def dress(subject: str, fragment: str, language: str) -> Dressed:
    """The whole page of a mail; `fragment` is its text as HTML (mail.rendering), safe already."""
    theme, logo = _theme(), _kept_logo()
    light, dark = _sheets(theme)
    lines = address_lines(theme)
    with override(language):
        page = render_to_string(
            "theming/mail.html",
            {
                "subject": subject,
                "fragment": mark_safe(fragment),  # noqa: S308 - made by mail.rendering, which escapes all values
                "language": language,
                "direction": "rtl" if get_language_bidi() else "ltr",
                "theme": theme,
                "start": own_address(),
                "lines": lines,
                "logo": logo and _shown(theme),
            },
        )
    html = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False, extra_css=light).inline(page)
    # The dark one last: what is written onto the elements is light.
    html = html.replace("</head>", f"{format_html('<{}>{}</{}>', 'style', mark_safe(dark), 'style')}</head>", 1)  # noqa: S308 - our own words
    below = "\n".join([theme.portal_name, *lines, own_address()])
    return Dressed(html, below, (logo,) if logo else ())


def _shown(theme: Theme) -> dict[str, object]:
    width, height = theme.logo_width or LOGO_SIZE[0], theme.logo_height or LOGO_SIZE[1]
    factor = min(LOGO_SIZE[0] / width, LOGO_SIZE[1] / height, 1)
    return {
        "cid": f"cid:{LOGO}",
        "width": round(width * factor),
        "height": round(height * factor),
        "alt": theme.logo_alt or theme.portal_name,
    }


def address_lines(theme: Theme) -> list[str]:
    """Who writes, where to find and how to reach them."""
    place = " ".join(part for part in (theme.postcode, theme.city) if part)
    where = ", ".join(part for part in (theme.organisation, theme.street, place) if part)
    reached = " · ".join(part for part in (theme.phone, theme.email) if part)
    return [line for line in (where, reached) if line]


def with_pictures_inside(page: Dressed) -> str:
    """The page as a browser shows it, for the preview: pictures stand in it instead of beside it."""
    html = page.html
    for each in page.pictures:
        data = base64.b64encode(each.data).decode()
        html = html.replace(f"cid:{each.name}", f"data:image/{each.subtype};base64,{data}")
    return html


WARDROBE = Wardrobe(portal=lambda: _theme().portal_name, dress=dress)
