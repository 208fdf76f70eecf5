"""What the new cell does in a move; the old one asks for each step by a command (`manage receive_municipality`).

Every step may be asked for again: what is done already is said to be done. So whoever is killed in between, on either
side, leaves nothing that a second call does not finish.
"""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from audit.services import record
from tenants.cells.comparing import Digests, digests_of
from tenants.cells.fence import locked, lower_fence, patiently, raise_fence
from tenants.cells.luggage import Luggage, unpacked
from tenants.models import Hold, Move, Municipality
from tenants.moves import Phase
from tenants.refused import RefusedError
from tenants.registry import free_host, schema_exists
from tenants.rollout import notes
from tenants.rollout.release import drop_schema
from tenants.running.context import inside, inside_public
from tenants.running.locks import one_municipality
from tenants.running.storage import files
from tenants.signals import left
from tenants.transfer.leftovers import LOCK, remove_kept_maps, sweep
from tenants.transfer.reading import Archive
from tenants.transfer.restoring import restore_municipality


def secret_digest() -> str:
    """The same in cells of one SECRET_KEY: with another, sessions, links and what is sealed would be worth nothing."""
    return salted_hmac("tenants.cells", "one secret for all cells").hexdigest()


def probe_of(key: uuid.UUID) -> str:
    """A name the old cell marks among its files while it asks: where it is found here, both have the same files."""
    return f"zz-move-{key.hex[:12]}"


def check(slug: str, hosts: list[str], *, key: uuid.UUID, cell: str, secret: str) -> None:
    """Before anything is begun: whether this cell can take it. Raises RefusedError."""
    if secret != secret_digest():
        raise RefusedError(_("The cells have different values of SECRET_KEY: sessions and links would be lost."))
    if probe_of(key) in files().marked():
        raise RefusedError(
            _("Both cells keep their files in the same place: give each a folder or bucket of its own (STORAGE_URL).")
        )
    if _here(slug, key) is not None:
        return
    _forget_attempt(slug, cell)
    with inside_public():
        if Municipality.objects.filter(slug=slug).exists() or schema_exists(slug):
            raise RefusedError(_("There is already a municipality with the short name “%(slug)s”.") % {"slug": slug})
        for host in hosts:
            free_host(host)


def _forget_attempt(slug: str, cell: str) -> None:
    """Remove what a move brought here that was taken back while we were away: its old cell begins another one."""
    with inside_public():
        found = Move.objects.filter(slug=slug, cell=cell, arrives=True, ended_at=None).first()
    if found is not None:
        take_back(slug, key=found.key)


def _here(slug: str, key: uuid.UUID) -> Move | None:
    """This very move, where it has arrived here."""
    with inside_public():
        return Move.objects.filter(slug=slug, key=key, arrives=True).exclude(phase=Phase.BACK).first()


def take(path: Path, slug: str, *, key: uuid.UUID, cell: str, by: str) -> Digests:
    """Make it of its export, to be read and not to be written to; what is here then, to be compared."""

    def hold(municipality: Municipality) -> None:
        raise_fence(municipality.schema_name)
        # Who it is, is known by when it was made (`Move.objects.away`), also before it is open here.
        Municipality.objects.filter(pk=municipality.pk).update(hold=Hold.ARRIVING, created_at=created_at)
        Move.objects.create(key=key, slug=slug, cell=cell, arrives=True, phase=Phase.COPIED, by=by)

    if _here(slug, key) is None:
        with Archive.open(path) as archive:
            created_at = archive.manifest.created_at
        restore_municipality(path, slug=slug, by=by, within=hold)
    return digests_of(slug)


def _arrived(slug: str, key: uuid.UUID) -> Move:
    move = _here(slug, key)
    if move is None:
        raise RefusedError(_("“%(slug)s” has not arrived here.") % {"slug": slug})
    return move


def open_here(slug: str, luggage: Luggage, *, key: uuid.UUID) -> None:
    """Take writes, and what came along, in one transaction; when that was done before, nothing."""
    _arrived(slug, key)

    def step() -> None:
        with locked(slug) as municipality:
            move = Move.objects.select_for_update().get(slug=slug, key=key, arrives=True)
            if move.opened_at is not None:
                return
            lower_fence(municipality.schema_name)
            municipality.hold = ""
            municipality.save(update_fields=["hold"])
            with inside(municipality):
                unpacked(municipality, luggage)
            move.phase, move.opened_at, move.ended_at = Phase.OPENED, timezone.now(), timezone.now()
            move.save()
            record("municipality.arrive", municipality, by=move.by, changes={"cell": [move.cell, settings.CELL]})

    patiently(step)


def take_back(slug: str, *, key: uuid.UUID) -> None:
    """Remove what arrived, as long as it was never open here. Raises RefusedError afterwards."""
    move = _here(slug, key)
    if move is None:
        return
    if move.opened_at is not None:
        raise RefusedError(_("It is open here already: it cannot be taken back. Finish the move, then move it back."))
    with one_municipality(slug, "take back"):
        remove(slug, move, Phase.BACK)


def remove(slug: str, move: Move, phase: Phase) -> None:
    """Schema, rows and files of a municipality that lives elsewhere; `phase` is what becomes of the move.

    Its folder is marked as unfinished first, so that it goes with the next sweep if we are killed before.
    """

    def step() -> None:
        with locked(slug) as municipality, connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', '5s', true)")
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
            files().mark(slug)
            left.send(remove, schema_name=municipality.schema_name, was_open=phase != Phase.BACK)
            drop_schema(municipality.schema_name)
            notes.forget(municipality.schema_name)
            municipality.delete()
            Move.objects.filter(pk=move.pk).update(phase=phase, ended_at=timezone.now())

    patiently(step)
    sweep()
    remove_kept_maps(slug)
