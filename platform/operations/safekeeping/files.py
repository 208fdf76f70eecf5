"""The files of exports asked for in the browser: written by a job, fetched, deleted after a week.

`manage export_municipality` is the same by hand.
"""

import time
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from audit.services import record
from operations.safekeeping.models import KEPT, Export, ExportState, Work
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.running.locks import BusyError
from tenants.transfer.exporting import export_municipality

# Seconds between two notes of how far it is.
_EVERY = 0.7


def folder() -> Path:
    """Where they lie: both the web processes and the workers must see it."""
    return Path(settings.EXPORT_DIR) / "wanted"


def path_of(export: Export) -> Path:
    """Its file."""
    return folder() / export.file_name


def write(number: int) -> None:
    """Write the file; killed in the middle it is written anew. BusyError while somebody works on the municipality."""
    export = Export.objects.filter(pk=number, state=ExportState.WAITING).first()
    if export is None:
        return
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        made = export_municipality(export.slug, path_of(export), progress=Noted(export))
    except BusyError:
        raise
    except RefusedError as error:
        fail(export, str(error))
        return
    export.state, export.ended_at = ExportState.DONE, timezone.now()
    export.bytes, export.rows, export.files, export.sha256 = made.bytes, made.rows, made.files, made.sha256
    export.save()


def fail(export: Export, why: str) -> None:
    """It was not written, and will not be; nothing happens to one that was written after all."""
    Export.objects.filter(pk=export.pk, state=ExportState.WAITING).update(
        state=ExportState.FAILED, error=why, ended_at=timezone.now()
    )


class Noted:
    """Writes down in the row of an export, or of another long work, how far it is: seldom enough to cost nothing.

    In a thread, which has a connection of its own: the work is often inside a transaction, of which nobody else would
    see anything, and in another schema.
    """

    def __init__(self, row: Export | Work) -> None:
        self._rows = type(row)._default_manager.filter(pk=row.pk)
        self._written = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._written >= _EVERY:
            self._written = now
            writer = Thread(target=self._write, args=(what[:100], done, total), name="progress")
            writer.start()
            writer.join()

    def _write(self, what: str, done: int, total: int) -> None:
        try:
            with inside_public():
                self._rows.all().update(what=what, done=done, total=total)
        finally:
            connection.close()


def note_fetched(export: Export, *, by: Any) -> None:
    """Who took the data of a whole municipality along stands in the log."""
    record("export.fetch", export, by=by)


def remove(export: Export, *, by: Any) -> None:
    """Delete the file; the row stays. Does nothing to one that is not there."""
    with transaction.atomic():
        locked = Export.objects.select_for_update().get(pk=export.pk)
        if locked.state != ExportState.DONE:
            return
        locked.state = ExportState.REMOVED
        locked.save(update_fields=["state"])
        record("export.remove", locked, by=by)
    # A file that stays because the process dies here is found by `sweep`.
    path_of(export).unlink(missing_ok=True)


def sweep() -> None:
    """Delete the files whose week is over, and those no row knows."""
    for export in Export.objects.filter(state=ExportState.DONE, ended_at__lt=timezone.now() - KEPT):
        remove(export, by="sweep")
    kept = {each.file_name for each in Export.objects.filter(state__in=(ExportState.DONE, ExportState.WAITING))}
    for path in folder().glob("*.zip*"):
        if path.name.removesuffix(".partial") not in kept:
            path.unlink(missing_ok=True)
