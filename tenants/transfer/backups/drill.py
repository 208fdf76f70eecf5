"""The rehearsal: is a municipality really in the last backup, row by row and file by file?

The backup is started as a server of its own, and every row of the municipality is looked for on both sides.

rows equal          are in both
rows changed since  are in the backup only: changed or removed after it
rows newer          are live only, and may be younger than the backup
rows wrong          are live only, although they are older than the backup: it lacks them

What must be there: the backup notes the first transaction that may be missing in it, every row knows the transaction
that wrote it. Somebody else's long transaction makes that one older; then fewer rows *must* be there, and none of the
figures counts a row that is alike on both sides as anything but equal.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import psycopg
from django.utils.translation import gettext as _

from tenants.models import Municipality
from tenants.progress import Progress, silent
from tenants.records import Backup, Drill
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public
from tenants.running.storage import files
from tenants.transfer import catalogue
from tenants.transfer.backups import scratch, store
from tenants.transfer.backups.store import Stored
from tenants.transfer.catalogue import Link
from tenants.transfer.connecting import snapshot
from tenants.transfer.files import kept_files
from tenants.transfer.writing import digest_of


def restore_drill(slug: str = "", *, progress: Progress = silent) -> Drill:
    """Restore the last backup beside the live database and compare one municipality, a random one unless named.

    The result is on record either way. Raises RefusedError where there is nothing to rehearse with, and when the backup
    cannot even be started.
    """
    with store.alone(), inside_public():
        every = store.stored()
        if not every:
            raise RefusedError(_("There is no backup yet. Make one with “manage backup”."))
        last = every[-1]
        municipality = municipality_named(slug) if slug else _any_in(last)
        begun, figures, trouble = time.monotonic(), Counter[str](), ""
        try:
            progress(_("restoring"), 0, 2)
            with scratch.started(store.chain(last, every)) as port:
                progress(_("comparing"), 1, 2)
                _compare_rows(municipality.schema_name, last, port, figures)
            _compare_files(municipality.schema_name, last, figures)
        except (RefusedError, psycopg.Error) as error:
            trouble = str(error).splitlines()[0]
        progress(_("comparing"), 2, 2)
        return Drill.objects.create(
            backup=_row_of(last),
            slug=municipality.slug,
            passed=not trouble and not figures["rows wrong"] and not figures["files wrong"],
            figures=dict(figures) | ({"trouble": trouble} if trouble else {}),
            seconds=round(time.monotonic() - begun, 2),
        )


def _any_in(last: Stored) -> Municipality:
    slugs = list(Municipality.objects.filter(created_at__lt=last.moment).values_list("slug", flat=True))
    if not slugs:
        raise RefusedError(_("The last backup is older than every municipality. Make a new one with “manage backup”."))
    return municipality_named(random.SystemRandom().choice(slugs))


def _row_of(last: Stored) -> Backup:
    """The record of the backup; made anew where the database itself was restored from an older one."""
    kind = Backup.Kind.INCREMENT if last.parent else Backup.Kind.FULL
    return Backup.objects.get_or_create(path=str(last.folder), defaults={"kind": kind, "bytes": last.bytes})[0]


def _compare_rows(schema: str, last: Stored, port: int, figures: "Counter[str]") -> None:
    with snapshot(host="127.0.0.1", port=port) as kept, snapshot() as live:
        there = {table.name: table for table in catalogue.tables(kept, schema)}
        for table in catalogue.tables(live, schema):
            if there.get(table.name) != table:
                # A rollout changed it since.
                figures["tables changed since"] += 1
                continue
            figures["tables"] += 1
            older = f"age(t.xmin) > age('{int(last.oldest_running)}'::xid)"
            _merge(_each(live, table, older), _each(kept, table), figures)


def _each(link: Link, table: catalogue.Table, older: str = "true") -> Iterator[tuple[str, int, int]]:
    yield from catalogue.row_digests(link, table, older)
    yield "~", 0, 0


def _merge(live: Iterator[tuple[str, int, int]], kept: Iterator[tuple[str, int, int]], figures: "Counter[str]") -> None:
    """Walk along both sorted lists; "~" is behind every digest."""
    left, right = next(live), next(kept)
    while left[1] or right[1]:
        digest = min(left[0], right[0])
        here, older = left[1:] if left[0] == digest else (0, 0)
        there = right[1] if right[0] == digest else 0
        lacking = max(0, older - there)
        figures["rows equal"] += min(here, there)
        figures["rows changed since"] += max(0, there - here)
        figures["rows wrong"] += lacking
        figures["rows newer"] += max(0, here - there) - lacking
        left = next(live) if here else left
        right = next(kept) if there else right


def _compare_files(schema: str, last: Stored, figures: "Counter[str]") -> None:
    copies = last.folder / "media" / schema
    for found in kept_files(schema):
        if found.written_ns >= last.moment.timestamp() * 10**9:
            figures["files newer"] += 1
        elif _same(schema, found.name, copies / found.name):
            figures["files equal"] += 1
        else:
            figures["files wrong"] += 1


def _same(schema: str, name: str, copy: Path) -> bool:
    live = sha256()
    for piece in files().pieces(schema, name):
        live.update(piece)
    return copy.is_file() and live.hexdigest() == digest_of(copy)
