"""Restore: a municipality from an export, on this or another deployment, all or nothing.

Rows are loaded into a schema that no host leads to, files into a marked folder. The last transaction gives both their
names together with the municipality's rows: before it nothing can be reached, and what a killed process leaves is
swept away (tenants.transfer.leftovers).
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import Domain, Municipality, State
from tenants.names import normal_host
from tenants.progress import Progress, silent
from tenants.refused import RefusedError
from tenants.registry import checked
from tenants.rollout.release import drop_schema, load_script
from tenants.running import changes
from tenants.running.context import inside, inside_public
from tenants.running.locks import one_municipality
from tenants.running.storage import files
from tenants.running.table_statistics import refresh_statistics
from tenants.transfer.building import bring_up, build
from tenants.transfer.leftovers import SCRATCH, being_made, finish, let_go, marked_folder, sweep
from tenants.transfer.loading import load
from tenants.transfer.manifest import Manifest
from tenants.transfer.reading import Archive

MOST_DOMAINS = 100


@dataclass(frozen=True)
class Restored:
    """What a restore made, for the closing line."""

    slug: str
    name: str
    hosts: list[str]
    tables: int
    rows: int
    files: int


@dataclass(frozen=True)
class _Wish:
    """What the municipality is to be here, and its names; the first host is the primary one."""

    manifest: Manifest
    slug: str
    hosts: list[str]


# What else is done in the transaction that gives a restored municipality its name.
Within = Callable[[Municipality], None]


def _nothing_more(_municipality: Municipality) -> None:
    """A restore by itself."""


def restore_municipality(
    path: Path,
    *,
    slug: str = "",
    host: str = "",
    by: str = "restore_municipality",
    progress: Progress = silent,
    within: Within = _nothing_more,
    instead: Mapping[str, Any] | None = None,
) -> Restored:
    """Make the municipality of an export, under its own or another short name and host; `within` is called on the
    operator's side, in the transaction that gives it its name; `instead` has what else is to be otherwise than its
    manifest says (name, state, state_reason).

    Raises RefusedError, with one sentence, for a file that is no sound export of this or an earlier release, a short
    name or host that is taken, or other work under way. Then nothing was changed.
    """
    load_script()
    with Archive.open(path) as archive:
        wish = _wish(replace(archive.manifest, **(instead or {})), slug, host)
        with one_municipality(wish.slug, "restore"):
            sweep()
            with being_made(), inside_public(), scratch_schema(wish.slug, archive, progress) as scratch:
                _finish_it(archive, wish, scratch, by, within, progress)
    rows = sum(each["rows"] for each in archive.manifest.tables.values())
    tables = len(archive.manifest.tables)
    return Restored(wish.slug, wish.manifest.name, wish.hosts, tables, rows, archive.manifest.files)


def _wish(manifest: Manifest, slug: str, host: str) -> _Wish:
    """The names, all of them possible and free, or RefusedError."""
    ordered = sorted(manifest.domains, key=lambda each: not each["is_primary"])
    hosts = [host] if host else [each["domain"] for each in ordered]
    if not 0 < len(hosts) <= MOST_DOMAINS or manifest.state not in State.values:
        raise RefusedError(_("The manifest of this export is damaged: “%(field)s” is missing or wrong.")
                           % {"field": "domains, state"})  # fmt: skip
    wanted = slug or manifest.slug
    with inside_public():
        return _Wish(manifest, wanted, [checked(wanted, manifest.name, each)[1] for each in dict.fromkeys(hosts)])


@contextmanager
def scratch_schema(slug: str, archive: Archive, progress: Progress = silent) -> Iterator[str]:
    """The export's rows in a schema of this release that nobody can reach; gone again unless it was renamed."""
    scratch = SCRATCH + sha256(slug.encode()).hexdigest()[:12]
    try:
        drop_schema(scratch)
        behind = build(scratch, archive.manifest.migrations)
        load(scratch, archive, progress)
        if behind:
            bring_up(scratch)
        yield scratch
    finally:
        with inside_public():
            drop_schema(scratch)


def _finish_it(archive: Archive, wish: _Wish, scratch: str, by: str, within: Within, progress: Progress) -> None:
    with transaction.atomic(), marked_folder(scratch):
        _stage_files(archive, scratch, progress)
        folders = files()
        municipality = _enter(wish, by)
        # From here on the short name is ours: whoever wants it too waits for our rows.
        folders.remove(wish.slug)
        try:
            folders.move(scratch, wish.slug)
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER SCHEMA "{scratch}" RENAME TO "{wish.slug}"')
            with inside(municipality):
                changes.announce()
                refresh_statistics()
            within(municipality)
        except BaseException:
            let_go(wish.slug)
            raise
        transaction.on_commit(lambda: finish(wish.slug))


def _stage_files(archive: Archive, scratch: str, progress: Progress) -> None:
    """Unpack the files, and have them safe before the database says that they are there."""
    folders, names = files(), archive.files
    free = folders.room()
    if free is not None and archive.manifest.file_bytes > free:
        raise RefusedError(
            _("The disk of %(folder)s has no room for the files of the export.") % {"folder": settings.MEDIA_ROOT}
        )
    try:
        for number, name in enumerate(names):
            progress(_("files"), number, len(names))
            folders.write(scratch, name, archive.content(name))
        progress(_("files"), len(names), len(names))
        folders.settle()
    except OSError as error:
        raise RefusedError(
            _("The files of the export could not be stored (%(reason)s). Nothing was changed.")
            % {"reason": error.strerror or error}
        ) from error


def _enter(wish: _Wish, by: str) -> Municipality:
    """The rows of the municipality; RefusedError when somebody else was quicker by a moment."""
    manifest = wish.manifest
    try:
        with transaction.atomic():
            municipality = Municipality(
                slug=wish.slug,
                schema_name=wish.slug,
                name=manifest.name.strip(),
                state=manifest.state,
                state_reason=manifest.state_reason,
                wave=manifest.wave or "rest",
            )
            municipality.save(force_insert=True)
            for number, host in enumerate(wish.hosts):
                Domain.objects.create(domain=normal_host(host), tenant=municipality, is_primary=number == 0)
    except (IntegrityError, ValidationError) as error:
        raise RefusedError(
            _("The short name “%(slug)s” or the host name “%(host)s” was taken just now.")
            % {"slug": wish.slug, "host": ", ".join(wish.hosts)}
        ) from error
    changes: dict[str, Any] = {"slug": [manifest.slug, wish.slug], "exported_at": [None, manifest.exported_at[:40]]}
    if manifest.audit:
        # The log was chained anew because operators are not named in it: what it ended with there and ends with here.
        changes["audit_head"] = [manifest.audit["original_head"], manifest.audit["head"]]
    record("restore", municipality, by=by, changes=changes)
    return municipality
