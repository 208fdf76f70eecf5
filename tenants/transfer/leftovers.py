"""What is left of a municipality that was never finished, or not quite deleted, because the process was killed.

The database forgets a municipality in the making by itself, the disk does not. So its folder carries a mark until the
rows are committed; a marked folder without a municipality is left over and may go. A restore works in a schema of its
own name that no host leads to; it may go too when nobody restores. Of a deleted municipality the record says whether
its folders are gone; what a request that had begun before still wrote for it, or for one that has moved to another
cell, goes later. Nothing else is ever touched.

A store of files that does not answer hides no other failure and undoes nothing that is committed: what could not be
removed then goes with the next sweep.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.utils import connector_params

from tenants.models import Move, Municipality
from tenants.moves import Phase
from tenants.records import Removal
from tenants.refused import RefusedError
from tenants.running.context import inside_public
from tenants.running.locks import letting_go
from tenants.running.storage import files
from tenants.running.stores.trouble import StoreError

logger = logging.getLogger(__name__)
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
    """Inside the transaction that makes a municipality: its folder, gone again after any failure. RefusedError where
    the store of files fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    folders = files()
    try:
        folders.remove(slug)
        folders.mark(slug)
        yield
    except StoreError as error:
        let_go(slug)
        text = _("The files of the municipality could not be stored: %(reason)s Nothing was changed.")
        raise RefusedError(text % {"reason": error}) from error
    except BaseException:
        let_go(slug)
        raise


def let_go(slug: str) -> None:
    """Remove a marked folder, at the latest with the next sweep."""
    try:
        files().remove(slug)
    except StoreError as error:
        logger.warning("The folder of “%s” is left over until files can be removed: %s", slug, error)


def finish(slug: str) -> None:
    """Take the mark off: the municipality is committed. A mark that stays is taken off by the next sweep."""
    try:
        files().unmark(slug)
    except StoreError as error:
        logger.warning("The folder of “%s” keeps its mark until files can be removed: %s", slug, error)


def sweep() -> list[str]:
    """Remove what killed processes left and return the short names; nothing while somebody is making one."""
    removed = []
    with inside_public(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone() != (True,):
                return []
        _drop_scratch_schemas()
        try:
            _remove_folders_of_deleted()
            _remove_late_files()
            for slug in files().marked():
                if Municipality.objects.filter(slug=slug).exists():
                    finish(slug)
                else:
                    files().remove(slug)
                    removed.append(slug)
        except StoreError as error:
            logger.warning("Files that are left over cannot be removed just now: %s", error)
    return removed


def remove_kept_maps(slug: str) -> None:
    """The background maps kept for a municipality; where it is, they are fetched anew."""
    shutil.rmtree(Path(settings.TILE_CACHE) / slug, ignore_errors=True)


def _drop_scratch_schemas() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, %s)", [SCRATCH])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP SCHEMA {connection.ops.quote_name(name)} CASCADE")


def _remove_late_files() -> None:
    """Files of those that are gone by now, however they went."""
    folders = files()
    there = folders.schemas()
    deleted = Removal.objects.filter(slug__in=there).values_list("slug", flat=True)
    moved = Move.objects.filter(slug__in=there, arrives=False, phase=Phase.DONE).values_list("slug", flat=True)
    gone = {*deleted, *moved}
    for slug in gone.difference(Municipality.objects.filter(slug__in=gone).values_list("slug", flat=True)):
        folders.remove(slug)


def _remove_folders_of_deleted() -> None:
    """Its files and the background maps kept for it, unless somebody has the short name again by now."""
    for removal in Removal.objects.filter(files_gone_at=None):
        if not Municipality.objects.filter(slug=removal.slug).exists():
            files().remove(removal.slug)
            remove_kept_maps(removal.slug)
        removal.files_gone_at = timezone.now()
        removal.save(update_fields=["files_gone_at"])
