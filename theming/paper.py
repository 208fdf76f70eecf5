"""The published look for what is printed: light, whatever screens may show. What the room of printed matter asks."""

from dataclasses import dataclass
from pathlib import Path

from theming.css import CORNERS, FONT_STACKS
from theming.mailing import address_lines
from theming.services import current_theme
from theming.tokens import Palette, palette

_FONTS = Path(__file__).parent / "static" / "theming" / "vendor"
# Family and the beginning of its files' names, with the weights there are.
_FAMILIES = {
    "fira": ("Fira Sans", "fira-sans", (400, 600)),
    "atkinson": ("Atkinson Hyperlegible", "atkinson-hyperlegible", (400, 700)),
}


@dataclass(frozen=True, slots=True)
class FontFile:
    """A file for an @font-face; `latin` says that it has the western letters, else those beyond."""

    family: str
    weight: int
    path: Path
    latin: bool


@dataclass(frozen=True, slots=True)
class PaperLook:
    """All that a printed page needs of the look; `logo` is the name of a file of the municipality, or empty."""

    name: str
    claim: str
    colours: Palette
    brand: str
    accent: str
    font_stack: str
    fonts: tuple[FontFile, ...]
    radius: str
    logo: str
    logo_alt: str
    address: tuple[str, ...]


def paper_look() -> PaperLook:
    """The look of the municipality we are inside, as it is published. The device's font is Fira Sans on paper: what is
    printed must look the same wherever it is made."""
    theme = current_theme()
    font = theme.font if theme.font in _FAMILIES else "fira"
    return PaperLook(
        name=theme.portal_name,
        claim=theme.claim,
        colours=palette(theme.brand_color, theme.accent_color, dark=False),
        brand=theme.brand_color,
        accent=theme.accent_color,
        font_stack=FONT_STACKS[font],
        fonts=tuple(_files(font)),
        radius=CORNERS[theme.corner][1],
        logo=str(theme.logo),
        logo_alt=theme.logo_alt or theme.portal_name,
        address=tuple(address_lines(theme)),
    )


def _files(font: str) -> list[FontFile]:
    family, stem, weights = _FAMILIES[font]
    found = [
        FontFile(family, weight, _FONTS / f"{stem}-{weight}-latin{ending}.woff2", not ending)
        for weight in weights
        for ending in ("", "-ext")
    ]
    return [each for each in found if each.path.exists()]
