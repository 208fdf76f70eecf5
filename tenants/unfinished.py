"""Files of a municipality that was never finished because its process was killed.

The database forgets such a municipality by itself, the disk does not. So its folder carries a mark until the rows are
committed; a marked folder without a municipality is left over and may go. Nothing without a mark is ever touched.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from tenants.context import inside_public
from tenants.models import Municipality
from tenants.storage import folder_of

MARK = ".being-made"
# Held, shared, by everybody who is making a municipality; PostgreSQL lets go of it when they die.
LOCK = 7_001


@contextmanager
def marked_folder(slug: str) -> Iterator[None]:
    """Inside the transaction that makes a municipality: its folder, gone again after any failure."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    folder = folder_of(slug)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def finish(slug: str) -> None:
    """Take the mark off: the municipality is committed."""
    with suppress(FileNotFoundError):
        (folder_of(slug) / MARK).unlink()


def sweep() -> list[str]:
    """Remove what killed processes left and return the short names; nothing while somebody is making one."""
    removed = []
    with inside_public(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                return []
        for mark in Path(settings.MEDIA_ROOT).glob(f"*/{MARK}"):
            slug = mark.parent.name
            if Municipality.objects.filter(slug=slug).exists():
                finish(slug)
            else:
                shutil.rmtree(mark.parent, ignore_errors=True)
                removed.append(slug)
    return removed
