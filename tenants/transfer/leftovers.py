"""What is left of a municipality that was never finished, or not quite deleted, because the process was killed.

The database forgets a municipality in the making by itself, the disk does not. So its folder carries a mark until the
rows are committed; a marked folder without a municipality is left over and may go. A restore works in a schema of its
own name that no host leads to; it may go too when nobody restores. Of a deleted municipality the record says whether
its folders are gone. Nothing else is ever touched.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.utils import connector_params

from tenants.models import Municipality
from tenants.records import Removal
from tenants.running.context import inside_public
from tenants.running.locks import letting_go
from tenants.running.storage import files

# Held, shared, by everybody who is making a municipality; PostgreSQL lets go of it when they die.
LOCK = 7_001
# Beginning of the names of schemas that are being filled; no short name may begin so (tenants.names).
SCRATCH = "zz-restore-"


@contextmanager
def being_made() -> Iterator[None]:
    """For makers who need several transactions: nothing unfinished is swept away as long as the block lasts."""
    with letting_go(connector_params("default")) as link:
        link.execute("SELECT pg_advisory_lock_shared(%s)", [LOCK])
        yield


@contextmanager
def marked_folder(slug: str) -> Iterator[None]:
    """Inside the transaction that makes a municipality: its folder, gone again after any failure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    folders = files()
    folders.remove(slug)
    folders.mark(slug)
    try:
        yield
    except BaseException:
        folders.remove(slug)
        raise


def finish(slug: str) -> None:
    """Take the mark off: the municipality is committed."""
    files().unmark(slug)


def sweep() -> list[str]:
    """Remove what killed processes left and return the short names; nothing while somebody is making one."""
    removed = []
    with inside_public(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                return []
        _drop_scratch_schemas()
        _remove_folders_of_deleted()
        for slug in files().marked():
            if Municipality.objects.filter(slug=slug).exists():
                finish(slug)
            else:
                files().remove(slug)
                removed.append(slug)
    return removed


def remove_kept_maps(slug: str) -> None:
    """The background maps kept for a municipality; where it is, they are fetched anew."""
    shutil.rmtree(Path(settings.TILE_CACHE) / slug, ignore_errors=True)


def _drop_scratch_schemas() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [SCRATCH])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(name)} CASCADE")


def _remove_folders_of_deleted() -> None:
    """Its files and the background maps kept for it, unless somebody has the short name again by now."""
    for removal in Removal.objects.filter(files_gone_at=None):
        if not Municipality.objects.filter(slug=removal.slug).exists():
            files().remove(removal.slug)
            remove_kept_maps(removal.slug)
        removal.files_gone_at = timezone.now()
        removal.save(update_fields=["files_gone_at"])
