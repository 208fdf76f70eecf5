"""Files of examples: what kinds there are, whether one is what its name says, and how it is handed out.

They are never shown in a page, only handed out as downloads; nothing here opens one further than it must to tell a
document from a program.
"""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

MOST_BYTES = 8 * 1024 * 1024
LONGEST_NAME = 120
# What an office document may become when it is unpacked: more is a bomb, not a letter.
MOST_UNPACKED, MOST_ENTRIES = 200 * 1024 * 1024, 2000
_MACROS = ("vbaproject.bin", "basic/", "scripts/")


def _begins(*marks: bytes) -> Callable[[IO[bytes]], bool]:
    def check(file: IO[bytes]) -> bool:
        file.seek(0)
        return file.read(16).startswith(marks)

    return check


def _is_webp(file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(16)
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_text(file: IO[bytes]) -> bool:
    """Text in UTF-8 or as German Windows programs write it: no sign that only programs have."""
    file.seek(0)
    return b"\0" not in file.read(MOST_BYTES)


def _is_office(file: IO[bytes]) -> bool:
    """A zip of an office program, without macros and not larger than it may be; only its list is read."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    names = [entry.filename.lower() for entry in entries]
    known = "[content_types].xml" in names or "mimetype" in names
    harmless = not any(name.startswith(_MACROS) or name.endswith(_MACROS) for name in names)
    small = len(entries) <= MOST_ENTRIES and sum(entry.file_size for entry in entries) <= MOST_UNPACKED
    return known and harmless and small


KINDS: dict[str, Callable[[IO[bytes]], bool]] = {
    ".pdf": _begins(b"%PDF-"),
    ".png": _begins(b"\x89PNG\r\n\x1a\n"),
    ".jpg": _begins(b"\xff\xd8\xff"),
    ".jpeg": _begins(b"\xff\xd8\xff"),
    ".webp": _is_webp,
    ".txt": _is_text,
    ".csv": _is_text,
    **dict.fromkeys((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"), _is_office),
}


def check(upload: "File[bytes]") -> str:
    """The name it is kept by. ValidationError, with what is wrong, for everything that is none of our kinds."""
    name = PurePath(str(upload.name).replace("\\", "/")).name[-LONGEST_NAME:]
    is_one = KINDS.get(PurePath(name).suffix.lower())
    said = {"name": name[:60]}
    if is_one is None:
        kinds = ", ".join(sorted({kind.lstrip(".").upper() for kind in KINDS} - {"JPEG"}))
        raise ValidationError(_("“%(name)s” cannot be taken. These files can: %(kinds)s.") % {**said, "kinds": kinds})
    if upload.size > MOST_BYTES:
        raise ValidationError(_("“%(name)s” is too large: a file may have 8 MB.") % said)
    if not upload.size or not is_one(upload):
        raise ValidationError(_("“%(name)s” is not what its name says, or it holds macros.") % said)
    return name
