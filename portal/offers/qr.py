"""The address of a page as a QR code, to take along on a phone or put on a poster."""

from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe

# The quiet zone the standard asks for, in modules.
BORDER = 4
# Readers take any of the eight masks. To try all for the prettiest took a third of an offer's page.
MASK = 2


def _code(url: str) -> segno.QRCode:
    return segno.make_qr(url, error="m", mask=MASK)


def qr_inline(url: str) -> SafeString:
    """For a page: an SVG without style attributes, sized by its CSS."""
    drawing = _code(url).svg_inline(omitsize=True, border=BORDER, light="#fff", svgclass="qr", lineclass=None)
    return mark_safe(drawing)  # noqa: S308 - drawn by segno, the address is in it as modules only


def qr_file(url: str) -> bytes:
    """For posters: an SVG file."""
    out = BytesIO()
    _code(url).save(out, kind="svg", scale=10, border=BORDER, light="#fff", svgclass=None)
    return out.getvalue()
