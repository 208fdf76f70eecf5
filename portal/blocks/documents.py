"""Files that pages offer to download: which are taken, and how they are kept."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.text import clean_text
from portal.blocks.models import Document

MOST_BYTES = 15 * 2**20
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Ending to what a file of it begins with. What has none of these could be anything, a page with scripts too.
KINDS: dict[str, bytes] = {
    ".pdf": b"%PDF-",
    ".docx": _PACKED,
    ".xlsx": _PACKED,
    ".pptx": _PACKED,
    ".odt": _PACKED,
    ".ods": _PACKED,
    ".odp": _PACKED,
    ".epub": _PACKED,
    ".zip": _PACKED,
    ".doc": _OLD_OFFICE,
    ".xls": _OLD_OFFICE,
    ".rtf": b"{\\rtf",
    ".ics": b"BEGIN:VCALENDAR",
    ".mp3": b"ID3",
}


def receive(upload: UploadedFile[Any], *, by: Any) -> Document:
    """A row for a file; the same file again is the same row. ValidationError (one sentence) where it is refused."""
    name = clean_text(PurePath(upload.name or "").name)
    ending = PurePath(name).suffix.lower()
    if ending not in KINDS:
        raise ValidationError(
            _("Files of this kind are not taken. Best is a PDF; possible are also: %(kinds)s.")
            % {"kinds": ", ".join(sorted(each[1:] for each in KINDS))}
        )
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(
            _("This file is too large: at most %(most)d megabytes are possible.") % {"most": MOST_BYTES // 2**20}
        )
    content = upload.read()
    if not content.lstrip(b"\xef\xbb\xbf").startswith(KINDS[ending]):
        raise ValidationError(_("This file is damaged, or it is something else than its name says."))
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        found = Document.objects.filter(sha256=digest).first()
        if found is not None:
            Document.objects.filter(pk=found.pk).update(unused_since=None)
            return found
        row = Document(name=f"{PurePath(name).stem[:100]}{ending}", bytes=len(content), sha256=digest, uploaded_by=by)
        row.file.save(f"datei{ending}", ContentFile(content), save=False)
        row.save()
    return row
