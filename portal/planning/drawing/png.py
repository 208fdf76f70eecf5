"""From SVG to PNG, with the town's own font: what is installed on the server plays no part."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from core.lazy import lazy
from theming.services import current_theme
from theming.truetype import font_files

if TYPE_CHECKING:
    import resvg_py
else:
    resvg_py = lazy("resvg_py")

# Twice as many pixels as the drawing has units: sharp in a presentation.
ZOOM = 2


def as_png(svg: str) -> bytes:
    """The drawing as pixels. It reads no file and no address: our drawings name none."""
    fonts = [str(path) for path in font_files(current_theme().font, Path(settings.DATA_DIR) / "fonts")]
    made: bytes = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=ZOOM, skip_system_fonts=True, font_files=fonts, font_family="Paper",
            sans_serif_family="Paper",
        )
    )  # fmt: skip
    return made
