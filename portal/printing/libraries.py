"""Which libraries of the system are missing here: Pango and its like are no Python packages.

Where one is missing, the pages say its name and what installs it; nothing else of the portal needs it.
"""

import ctypes
import ctypes.util
import functools

# As WeasyPrint looks for them; the Debian package that has each.
NEEDED = {
    "gobject-2.0": "libglib2.0-0",
    "pango-1.0": "libpango-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
    "pangoft2-1.0": "libpangoft2-1.0-0",
}
_SUFFIXES = (".so.0", ".so.1", ".dylib", ".0.dylib")


def missing() -> list[str]:
    """The Debian packages to install, or nothing where all is there."""
    return [package for name, package in NEEDED.items() if not _is_there(name)]


@functools.cache
def _is_there(name: str) -> bool:
    for suffix in _SUFFIXES:
        try:
            ctypes.CDLL(f"lib{name}{suffix}")
        except OSError:
            continue
        return True
    return ctypes.util.find_library(name) is not None
