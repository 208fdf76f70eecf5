"""The life of a municipality: suspended and back, archived, deleted. Each step is one of models.TRANSITIONS."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.models import TRANSITIONS, Municipality, Removal, State
from tenants.progress import Progress, silent
from tenants.refused import RefusedError
from tenants.registry import municipality_named, quoted_tables
from tenants.rollout import notes
from tenants.rollout.release import drop_schema
from tenants.running.context import inside_public
from tenants.running.locks import one_municipality
from tenants.signals import removed
from tenants.transfer.exporting import Exported, write_export
from tenants.transfer.leftovers import sweep

LONGEST_REASON = 500
# How long a deletion waits for requests that were under way when the address was closed, in milliseconds.
PATIENCE = 15_000
VERBS = {State.SUSPENDED: "suspend", State.LIVE: "resume", State.ARCHIVED: "archive"}


def suspend_municipality(slug: str, *, reason: str, by: str = "suspend_municipality") -> Municipality:
    """Show visitors only why there is nothing to see. Raises RefusedError."""
    reason = reason.strip()
    if not reason or not reason.isprintable() or len(reason) > LONGEST_REASON:
        raise RefusedError(_("Please give the reason with --reason, in one line of at most 500 characters."))
    return _move(slug, State.SUSPENDED, reason, by)


def resume_municipality(slug: str, *, by: str = "resume_municipality") -> Municipality:
    """Open a suspended municipality again, or one that was being set up. Raises RefusedError."""
    return _move(slug, State.LIVE, "", by)


def archive_municipality(slug: str, *, by: str = "archive_municipality") -> Municipality:
    """Keep everything but answer as if there were nobody. The way back is by suspension. Raises RefusedError."""
    return _move(slug, State.ARCHIVED, "", by)


def _move(slug: str, to: State, reason: str, by: str) -> Municipality:
    municipality_named(slug)
    with one_municipality(slug, VERBS[to]), inside_public(), transaction.atomic():
        municipality = Municipality.objects.select_for_update().get(slug=slug)
        if to not in TRANSITIONS[State(municipality.state)]:
            raise RefusedError(
                _("%(name)s is in the state “%(state)s”, from which the step to “%(to)s” is not possible.")
                % {"name": municipality.name, "state": municipality.get_state_display(), "to": to.label}
            )
        _set_state(municipality, to, reason, VERBS[to], by)
    return municipality


def _set_state(municipality: Municipality, to: str, reason: str, action: str, by: str) -> None:
    before = {"state": municipality.state, "state_reason": municipality.state_reason}
    municipality.state, municipality.state_reason = to, reason
    municipality.save(update_fields=["state", "state_reason"])
    record(
        action, municipality, by=by, changes={name: [old, getattr(municipality, name)] for name, old in before.items()}
    )


def delete_municipality(
    slug: str, *, confirm: str, by: str = "delete_municipality", progress: Progress = silent
) -> Removal:
    """Remove a municipality for good: schema, rows, files and jobs, after an export into `settings.EXPORT_DIR`.

    Its address is closed first, so nothing can be written after the export. Killed half-way it is closed and whole, or
    gone: the same call goes on. Raises RefusedError; then everything is as it was.
    """
    if confirm != slug:
        raise RefusedError(
            _("Repeat the short name with --confirm %(slug)s: this cannot be undone.") % {"slug": slug[:80]}
        )
    unfinished = _unfinished(slug)
    if unfinished is not None:
        sweep()
        unfinished.refresh_from_db()
        return unfinished
    municipality_named(slug)
    with one_municipality(slug, "delete"), inside_public(), _closed(slug, by) as (municipality, state):
        try:
            removal = _remove(municipality, state, by, progress)
        except OperationalError as error:
            raise RefusedError(
                _("%(name)s is still being worked on. Try again in a minute.") % {"name": municipality.name}
            ) from error
    sweep()
    removal.refresh_from_db()
    return removal


def _unfinished(slug: str) -> Removal | None:
    """A deletion that was killed when only folders were left."""
    with inside_public():
        if Municipality.objects.filter(slug=slug).exists():
            return None
        return Removal.objects.filter(slug=slug, files_gone_at=None).first()


@contextmanager
def _closed(slug: str, by: str) -> Iterator[tuple[Municipality, tuple[str, str]]]:
    """The municipality, archived, and its state and reason before; put back when the block fails."""
    with transaction.atomic():
        municipality = Municipality.objects.select_for_update().get(slug=slug)
        before = municipality.state, municipality.state_reason
        if municipality.state != State.ARCHIVED:
            _set_state(municipality, State.ARCHIVED, "", "archive", by)
    try:
        yield municipality, before
    except BaseException:
        with transaction.atomic():
            if before[0] != State.ARCHIVED:
                _set_state(Municipality.objects.select_for_update().get(slug=slug), *before, "reopen", by)
        raise


def _remove(municipality: Municipality, state: tuple[str, str], by: str, progress: Progress) -> Removal:
    """Export and remove in one transaction: what is in the file is what is dropped."""
    schema = municipality.schema_name
    path = _export_path(schema, timezone.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [str(PATIENCE)])
        # Requests under way may end; from here on nobody writes, and reading for the export goes on.
        cursor.execute(f"LOCK TABLE {', '.join(quoted_tables(schema))} IN SHARE MODE")
        exported = write_export(municipality, path, state=state, progress=progress)
        drop_schema(schema)
        notes.forget(schema)
        removed.send(delete_municipality, schema_name=schema)
        removal = _put_on_record(municipality, state[0], exported, by)
        municipality.delete()
    return removal


def _put_on_record(municipality: Municipality, state: str, exported: Exported, by: str) -> Removal:
    removal = Removal.objects.create(
        slug=municipality.slug,
        name=municipality.name,
        domains=list(municipality.domains.order_by("-is_primary", "domain").values_list("domain", flat=True)),
        state=state,
        by=by,
        export=str(exported.path),
        export_sha256=exported.sha256,
        export_bytes=exported.bytes,
    )
    changes: dict[str, Any] = {"export": [None, removal.export], "export_sha256": [None, removal.export_sha256]}
    record("delete", municipality, by=by, changes=changes)
    return removal


def _export_path(schema: str, at: datetime) -> Path:
    folder = Path(settings.EXPORT_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise RefusedError(
            _("The folder %(path)s for exports cannot be used: %(reason)s.")
            % {"path": folder, "reason": error.strerror}
        ) from error
    return folder / f"{schema}-{at:%Y%m%dT%H%M%S}.zip"
