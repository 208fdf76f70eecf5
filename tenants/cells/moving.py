"""`manage move_municipality`: a municipality moves to another cell while visitors go on reading.

    read-only → copied and compared → the proxy leads there → given up here → open there → removed here

Nothing is written in both cells at any moment: the old one refuses from the first step on (tenants.cells.fence), the
new one until the old one has given it up for good. Whatever was acknowledged before the first step is in the copy,
which is compared row by row and file by file. Each step is noted when it is done, and asked for again where that is
not sure: a move that was killed goes on with the same command, as often as need be.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from tenants.cells.arriving import probe_of, remove
from tenants.cells.comparing import differences, digests_of
from tenants.cells.fence import locked, lower_fence, patiently, raise_fence
from tenants.cells.listing import other
from tenants.cells.luggage import Luggage, added, given_back, packed
from tenants.cells.proxy import write_proxy
from tenants.cells.remote import Receiver
from tenants.models import Hold, Move, Municipality
from tenants.moves import BEFORE_GIVEN_UP, STAYING, Phase
from tenants.progress import Progress, silent
from tenants.refused import RefusedError, StillWorkingError
from tenants.registry import municipality_named
from tenants.running.context import inside, inside_public
from tenants.running.locks import one_municipality
from tenants.running.storage import files
from tenants.transfer.exporting import write_export
from tenants.transfer.named_files import names_in

# Seconds in which a running job may end while no other one is begun.
DRAIN = 2.0
# Processes hear at their next request that the old cell has given it up; requests under way then end meanwhile.
SETTLE = 0.2
_SHOWN = 5
_LOOK = 0.05
_LONGEST = 500


@dataclass(frozen=True)
class Moved:
    """For the closing line."""

    slug: str
    cell: str
    seconds: float


def move_municipality(slug: str, cell: str, *, by: str = "move_municipality", progress: Progress = silent) -> Moved:
    """Move it, or go on with a move that was interrupted. Raises RefusedError; then it is where it was, and open,
    unless the old cell had given it up: then the same command goes on."""
    receiver_cell = other(cell)
    with one_municipality(slug, "move"):
        move = _begun(slug) or _begin(slug, cell, by)
        if move.cell != cell:
            raise RefusedError(
                _("“%(slug)s” is being moved to %(cell)s. Finish that, or take it back with --back.")
                % {"slug": slug, "cell": move.cell}
            )
        journey = _Journey(move, Receiver(receiver_cell, slug, move.key), progress)
        try:
            journey.go()
        except BaseException as error:
            _note(move, str(error) or type(error).__name__)
            if move.phase in BEFORE_GIVEN_UP:
                _take_back(move, journey.receiver)
            raise
    opened = move.opened_at or timezone.now()
    return Moved(slug, cell, (opened - move.closed_at).total_seconds())


def take_back(slug: str) -> None:
    """Open it here again and remove the copy. Raises RefusedError once this cell has given it up."""
    with one_municipality(slug, "move"):
        move = _begun(slug)
        if move is None:
            raise RefusedError(_("“%(slug)s” is not being moved.") % {"slug": slug[:80]})
        if move.phase not in BEFORE_GIVEN_UP:
            raise RefusedError(_("It has left already. Finish the move with the same command, then move it back."))
        _take_back(move, Receiver(other(move.cell), slug, move.key))


def _begun(slug: str) -> Move | None:
    with inside_public():
        return Move.objects.filter(slug=slug, arrives=False, ended_at=None).first()


def _begin(slug: str, cell: str, by: str) -> Move:
    """Close it: nothing is written from here on. Before that the new cell has said that it can take it."""
    municipality = municipality_named(slug)
    # So that what the last steps need is known to work before the first: the map, and that the proxy reads it.
    write_proxy()
    move = Move(slug=slug, cell=cell, by=by, town_made_at=municipality.created_at)
    with inside_public():
        hosts = list(municipality.domains.values_list("domain", flat=True))
    files().mark(probe_of(move.key))
    try:
        Receiver(other(cell), slug, move.key).check(hosts)
    finally:
        files().remove(probe_of(move.key))

    def step() -> None:
        with inside_public(), transaction.atomic():
            # Off the queue first: else a worker with much to do has always begun the next one.
            luggage = packed(municipality)
            _drained(municipality.schema_name)
            close(luggage)

    def close(luggage: Luggage) -> None:
        with locked(slug) as found:
            if found.hold:
                raise RefusedError(_("“%(slug)s” is being moved.") % {"slug": slug})
            _nothing_stays(found.schema_name)
            raise_fence(found.schema_name)
            _nobody_works(found.schema_name)
            move.luggage, move.closed_at = added(luggage, packed(found)), timezone.now()
            move.save()
            found.hold = Hold.CLOSED
            found.save(update_fields=["hold"])
            record("municipality.move", found, by=by, changes={"cell": [settings.CELL, cell]})

    patiently(step)
    return move


def _drained(schema: str) -> None:
    """Wait a little for what runs; before the tables are closed, so that nobody else waits for us."""
    end = time.monotonic() + DRAIN
    while True:
        try:
            _nobody_works(schema)
        except StillWorkingError:
            if time.monotonic() > end:
                raise
            time.sleep(_LOOK)
        else:
            return


def _nobody_works(schema: str) -> None:
    """A job that has begun ends first: half of what it does may be in some other server's hands already."""
    _no_job(schema, "status = 'doing'")


def _nothing_stays(schema: str) -> None:
    """What can only be done here is done first."""
    _no_job(schema, "status = 'todo' AND queue_name = %s", STAYING)


def _no_job(schema: str, condition: str, *values: str) -> None:
    """Raises StillWorkingError, which names the job, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT task_name FROM procrastinate_jobs WHERE args ->> 'schema_name' = %s AND {condition} LIMIT 1",
            [schema, *values],
        )
        found = cursor.fetchone()
    if found is not None:
        raise StillWorkingError(_("the job %(name)s") % {"name": found[0]})


def _note(move: Move, error: str) -> None:
    """Why it stopped, or that it goes on."""
    move.error = error[:_LONGEST]
    with inside_public():
        Move.objects.filter(pk=move.pk).update(error=move.error)


def _hold(slug: str, hold: Hold) -> None:
    with locked(slug) as municipality:
        municipality.hold = hold
        municipality.save(update_fields=["hold"])


class _Journey:
    """The steps after the first, from wherever the move stands."""

    def __init__(self, move: Move, receiver: Receiver, progress: Progress) -> None:
        self.move, self.receiver, self.progress = move, receiver, progress
        self.export = _export_of(move)

    def go(self) -> None:
        """Each step, from the one after the last that is done."""
        _note(self.move, "")
        steps: dict[str, tuple[Callable[[], None], str]] = {
            Phase.CLOSED: (self._copy, Phase.COPIED),
            Phase.COPIED: (self._lead, Phase.LED),
            Phase.LED: (self._give_up, Phase.GONE),
            Phase.GONE: (self._open, Phase.OPENED),
            Phase.OPENED: (self._remove, Phase.DONE),
        }
        for number, (before, (step, after)) in enumerate(steps.items()):
            self.progress(_("move"), number, len(steps))
            if self.move.phase == before:
                step()
                self.move.phase = after
                with inside_public():
                    self.move.save()
        self.progress(_("move"), len(steps), len(steps))

    def _copy(self) -> None:
        self.export.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        municipality = municipality_named(self.move.slug)
        write_export(municipality, self.export, names_operators=True, progress=self.progress)
        # What an earlier attempt brought there is as old as this: nothing was written since.
        arrived = self.receiver.take(self.export, self.move.by)
        found = differences(digests_of(self.move.slug), arrived, names_in(self.move.slug))
        if found:
            raise RefusedError(_("The copy is not the same: %(what)s.") % {"what": ", ".join(found[:_SHOWN])})

    def _lead(self) -> None:
        _hold(self.move.slug, Hold.LEAVING)
        write_proxy()

    def _give_up(self) -> None:
        """For good, and with what was queued meanwhile. From here on there is only one way."""

        def step() -> None:
            with locked(self.move.slug) as municipality:
                _nobody_works(municipality.schema_name)
                luggage = added(self.move.luggage, packed(municipality))
                municipality.hold = Hold.GONE
                municipality.save(update_fields=["hold"])
                Move.objects.filter(pk=self.move.pk).update(luggage=luggage, phase=Phase.GONE)
            self.move.luggage, self.move.phase = luggage, Phase.GONE

        patiently(step)
        time.sleep(SETTLE)

    def _open(self) -> None:
        self.receiver.open(self.move.luggage)
        self.move.opened_at = timezone.now()

    def _remove(self) -> None:
        with inside_public():
            left_here = Municipality.objects.filter(slug=self.move.slug).exists()
        if left_here:
            # Both cells have it: nobody needs the file any more, and who is killed now leaves none.
            self.export.unlink(missing_ok=True)
            remove(self.move.slug, self.move, Phase.DONE)
        # What went along is somebody's data.
        self.move.luggage = {}
        self.move.ended_at = timezone.now()


def _export_of(move: Move) -> Path:
    return Path(settings.EXPORT_DIR) / "moves" / f"{move.slug}-{move.key}.zip"


def _lead_here() -> None:
    """Have the proxy lead here again. Raises RefusedError where it was led away and cannot be told."""
    try:
        write_proxy()
    except RefusedError:
        # Where it never took the map that leads there, the one it has is right: nobody has to be told.
        write_proxy(anyway=False)


def _take_back(move: Move, receiver: Receiver) -> None:
    """First the proxy leads here again, then it is open here; at last the copy goes, which was never open."""
    if move.phase != Phase.CLOSED:
        _hold(move.slug, Hold.CLOSED)
        _lead_here()

    def step() -> None:
        with locked(move.slug) as municipality:
            lower_fence(municipality.schema_name)
            municipality.hold = ""
            municipality.save(update_fields=["hold"])
            with inside(municipality):
                given_back(municipality, move.luggage)
            now = timezone.now()
            move.phase, move.luggage, move.opened_at, move.ended_at = Phase.BACK, {}, now, now
            move.save()
            record("municipality.move_back", municipality, by=move.by, changes={"cell": [move.cell, settings.CELL]})

    patiently(step)
    _export_of(move).unlink(missing_ok=True)
    # Where that cell is away just now: the next move there removes what this one left (`arriving.check`).
    receiver.take_back()
