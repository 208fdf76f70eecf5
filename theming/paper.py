"""The look of what is printed: the municipality's colours in their light version, its font, and the size of the sheet.

Pages on paper know no visitor's device, so all is written down: WeasyPrint reads the two files from the paper's folder.
"""

from dataclasses import asdict
from pathlib import Path

from theming.models import Font, Theme
from theming.tokens import palette

_HERE = Path(__file__).parent
FONTS = _HERE / "static" / "theming" / "vendor"
# No static file: no browser reads it, and WeasyPrint knows no logical properties.
SHEET = _HERE / "sheets" / "paper.css"
_FAMILIES = {Font.ATKINSON.value: ("atkinson-hyperlegible", 700)}
_FIRA = ("fira-sans", 600)
_RANGES = {
    "latin": "U+0-FF, U+131, U+152-153, U+1E9E, U+2000-206F, U+20AC, U+2122, U+2190-2193, U+2212",
    "latin-ext": "U+100-130, U+132-151, U+154-2BA, U+1E00-1E9D, U+1E9F, U+1EF2-1EFF",
}
# Size, outer margins and size of the letters.
SIZES = {
    "a4": ("A4", "18mm 18mm 20mm", "11pt"),
    "a5": ("A5", "14mm 13mm 17mm", "9pt"),
    "a6": ("A6 landscape", "0", "9pt"),
    "flyer": ("99mm 210mm", "0", "10.5pt"),
    "poster": ("A4", "0", "14pt"),
    "poster_a3": ("A3", "0", "19.8pt"),
}


def write_style(folder: Path, theme: Theme, *, size: str) -> None:
    """Write `look.css` (colours, font, sheet) and `paper.css` into the folder of a paper."""
    colours = asdict(palette(theme.brand_color, theme.accent_color, dark=False))
    root = ";".join(f"--p-{name.replace('_', '-')}:{value}" for name, value in colours.items())
    sheet, margin, letters = SIZES[size]
    look = [
        *_faces(theme.font),
        f":root{{{root}}}",
        f"html{{font:{letters}/1.36 Paper,sans-serif}}",
        f"@page{{size:{sheet};margin:{margin}}}",
    ]
    (folder / "look.css").write_text("\n".join(look), encoding="utf-8")
    (folder / "paper.css").write_bytes(SHEET.read_bytes())


def family_files(font: str) -> list[tuple[Path, bool]]:
    """The packed files of the chosen font, each with whether it is the bold one."""
    name, bold = _FAMILIES.get(font, _FIRA)
    return [(FONTS / f"{name}-{weight}-{part}.woff2", weight != 400) for weight in (400, bold) for part in _RANGES]


def _faces(font: str) -> list[str]:
    """The chosen font; of one that belongs to the visitor's device, there is none: then Fira Sans."""
    name, bold = _FAMILIES.get(font, _FIRA)
    return [
        f"@font-face{{font-family:Paper;font-weight:{400 if weight == 400 else 700};"
        f'src:url("{_file(name, weight, part)}");'
        f"unicode-range:{reach}}}"
        for weight in (400, bold)
        for part, reach in _RANGES.items()
    ]


def _file(name: str, weight: int, part: str) -> str:
    return (FONTS / f"{name}-{weight}-{part}.woff2").as_uri()
