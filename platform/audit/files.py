"""A log to take along: as a table, and as lines of JSON with the whole entries; both streamed, however long it is."""

import csv
import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.models import Entry
from audit.reading import Book, Told, in_batches, told

# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Part = Callable[[list[Entry]], bytes]


def as_table(rows: QuerySet[Entry], book: Book) -> StreamingHttpResponse:
    """With semicolons and a mark of its encoding, as German spreadsheets open it."""
    head = [_("When"), _("Who"), _("What"), _("Kind"), _("Thing"), _("Details")]

    def part(batch: list[Entry]) -> bytes:
        return _table([_cells(each) for each in told(batch, book, links=False)])

    parts = _parts("\ufeff".encode() + _table([head]), rows, part, _language())
    return _file(parts, "csv", "text/csv; charset=utf-8")


def as_lines(rows: QuerySet[Entry]) -> StreamingHttpResponse:
    """A line an entry, with all it says and its hashes: so a chain can be looked over elsewhere."""

    def part(batch: list[Entry]) -> bytes:
        return b"".join(f"{json.dumps(_whole(each), ensure_ascii=False)}\n".encode() for each in batch)

    return _file(_parts(b"", rows, part, _language()), "jsonl", "application/x-ndjson; charset=utf-8")


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


def _parts(head: bytes, rows: QuerySet[Entry], part: Part, language: str) -> Iterator[bytes]:
    """In the language of the request, which is over when these are asked for."""
    if head:
        yield head
    for batch in in_batches(rows):
        with translation.override(language):
            made = part(batch)
        yield made


def _file(parts: Iterator[bytes], ending: str, kind: str) -> StreamingHttpResponse:
    name = f"{timezone.localdate():%Y-%m-%d}-protokoll.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=kind, headers=headers)


def _table(rows: list[list[str]]) -> bytes:
    file = StringIO()
    csv.writer(file, delimiter=";").writerows(rows)
    return file.getvalue().encode()


def _cells(each: Told) -> list[str]:
    details = "; ".join(f"{name}: {value}" for name, value in each.details)
    at = date_format(timezone.localtime(each.at), "SHORT_DATETIME_FORMAT")
    cells = [at, each.who, each.sentence, each.kind, each.thing, details]
    return [f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells]


def _whole(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": entry.at.isoformat(),
        "actor_id": entry.actor_id,
        "actor": entry.actor,
        "action": entry.action,
        "target_type": entry.target_type,
        "target_id": entry.target_id,
        "target": entry.target,
        "changes": entry.changes,
        "position": entry.position,
        "previous_hash": entry.previous_hash,
        "entry_hash": entry.entry_hash,
    }
