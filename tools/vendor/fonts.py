"""Cut the fonts down to what German and its neighbours need, without hinting: 24 KB become 19 KB a weight.

Run after `npm install`:  uv run --with fonttools --with brotli python fonts.py
Letters beyond Western Europe (Turkish, Polish, Romanian …) stay in a second file, which a browser
fetches only for a page that shows one of them.
"""

import sys
from pathlib import Path
from shutil import copy

from fontTools import subset

HERE = Path(__file__).parent
TARGET = HERE.parent.parent / "theming" / "static" / "theming" / "vendor"
FONTS = {"fira-sans": ("400", "600"), "atkinson-hyperlegible": ("400", "700")}
LATIN = "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+1E9E,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,"
LATIN += "U+202F,U+2030,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
FEATURES = "kern,mark,mkmk,liga,locl,tnum,ccmp"


def cut(source: Path, target: Path, unicodes: str) -> None:
    """Write `target` as WOFF2 with only `unicodes` ("*" for all) of `source`."""
    subset.main([
        str(source), f"--output-file={target}", "--flavor=woff2", f"--unicodes={unicodes}",
        f"--layout-features={FEATURES}", "--no-hinting", "--desubroutinize", "--name-IDs=0,1,2,13,14",
    ])  # fmt: skip
    sys.stdout.write(f"{target.name} {target.stat().st_size}\n")


def main() -> None:
    for family, weights in FONTS.items():
        package = HERE / "node_modules" / "@fontsource" / family
        copy(package / "LICENSE", TARGET / f"LICENSE-{family}.txt")
        for weight in weights:
            for part, unicodes in (("latin", LATIN), ("latin-ext", "*")):
                source = package / "files" / f"{family}-{part}-{weight}-normal.woff2"
                cut(source, TARGET / f"{family}-{weight}-{part}.woff2", unicodes)


if __name__ == "__main__":
    main()
