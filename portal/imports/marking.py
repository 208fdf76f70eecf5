"""The copy of a table with our remarks in it, made in the background once the rows are judged."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import translation

from core.lazy import lazy
from portal.imports.keeping import opened, store_marked
from portal.imports.looking import BATCH
from portal.imports.models import Upload

if TYPE_CHECKING:
    from portal.exchange.excel import marked, services, settling
else:
    marked, services = lazy("portal.exchange.excel.marked"), lazy("portal.exchange.excel.services")
    settling = lazy("portal.exchange.excel.settling")


def mark(upload: Upload) -> None:
    """Make it, unless it is there or the file is gone."""
    if upload.marked or upload.state in (Upload.State.READING, Upload.State.REFUSED):
        return
    with translation.override(upload.language), opened(upload) as path, tempfile.TemporaryDirectory() as folder:
        reading = services.understand(path, name=upload.name)
        judge = settling.Judge(upload.provider, reading.notes, reading.result, reading.mapper, by=upload.by)
        for start in range(0, len(reading.pairs), BATCH):
            judge.verdicts(reading.pairs[start : start + BATCH])
        target = Path(folder) / "anmerkungen.xlsx"
        marked.write_marked_copy(path, reading.result, target, table=reading.sheet)
        store_marked(upload, target)
