"""The rows of exports as files: JSON of everything, CSV of one kind, and a ZIP with the CSV of all kinds."""

import csv
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import StringIO, TextIOWrapper
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from tracker.tickets.exports import Export, exports
from tracker.tickets.models import Viewer

# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\ufeff"


def as_json(viewer: Viewer) -> Iterator[str]:
    """One object with a list a kind, row by row: ten thousand tickets are never whole in memory."""
    encode = DjangoJSONEncoder(ensure_ascii=False).encode
    yield "{"
    for place, export in enumerate(exports()):
        yield f"{',' if place else ''}\n{json.dumps(export.key)}: ["
        for number, row in enumerate(export.rows(viewer)):
            yield f"{',' if number else ''}\n{encode(row)}"
        yield "]"
    yield "\n}\n"


def as_csv(export: Export, viewer: Viewer) -> Iterator[str]:
    """With semicolons and a mark at the beginning, as German spreadsheets open it; without rows only the mark."""
    rows = iter(export.rows(viewer))
    first = next(rows, None)
    yield _MARK
    if first is None:
        return
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(first)
    for row in chain([first], rows):
        writer.writerow([_cell(value) for value in row.values()])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def as_zip(viewer: Viewer) -> IO[bytes]:
    """The CSV of every kind. It lies on the disk until it is read."""
    packed = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for export in exports():
            with archive.open(f"{export.key}.csv", "w") as entry:
                _write(entry, as_csv(export, viewer))
    packed.seek(0)
    return packed


def _write(entry: IO[bytes], parts: Iterable[str]) -> None:
    with TextIOWrapper(entry, encoding="utf-8", newline="") as text:
        for part in parts:
            text.write(part)
