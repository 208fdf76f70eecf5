"""Our fonts as programs other than browsers read them: TrueType made of the packed files, once for all processes."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from core.lazy import lazy
from theming.paper import family_files

if TYPE_CHECKING:
    from fontTools import merge, ttLib
else:
    merge, ttLib = lazy("fontTools.merge"), lazy("fontTools.ttLib")  # noqa: N816 - its own name

FAMILY = "Paper"
# What the parts of a font that we do without would have to agree on.
_DROPPED = ["GSUB", "GPOS", "GDEF", "vhea", "vmtx"]


def font_files(font: str, folder: Path) -> list[Path]:
    """A look's font, regular and bold, as files of the family “Paper”; made where they are missing."""
    return [
        _made([path for path, is_bold in family_files(font) if is_bold is bold], bold, folder) for bold in (False, True)
    ]


def _made(parts: Sequence[Path], bold: bool, folder: Path) -> Path:
    # Another release may bring another font under the same name.
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]
    target = folder / f"{FAMILY}-{'bold' if bold else 'regular'}-{digest}.ttf"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Two processes at once: each writes its own, and the last one stays.
        handle, name = tempfile.mkstemp(dir=folder, suffix=".ttf")
        with os.fdopen(handle, "wb") as written:
            _merged(parts, bold).save(written)
        Path(name).replace(target)
    return target


def _merged(parts: Sequence[Path], bold: bool) -> "ttLib.TTFont":
    """One font of its parts: a renderer that looks for a letter in another part leaves it out."""
    unpacked = []
    for part in parts:
        opened = ttLib.TTFont(part)
        opened.flavor = None
        out = BytesIO()
        opened.save(out)
        out.seek(0)
        unpacked.append(out)
    font = merge.Merger(merge.Options(drop_tables=_DROPPED)).merge(unpacked)
    style, names = "Bold" if bold else "Regular", font["name"]
    names.names = []
    # As every program asks for them: Windows, Unicode, American English.
    for place, words in ((1, FAMILY), (2, style), (4, f"{FAMILY} {style}"), (6, f"{FAMILY}-{style}")):
        names.setName(words, place, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if bold else 400
    return font
