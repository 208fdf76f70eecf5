"""Looking a whole log over: its links, its end, and what is known of it outside of the database."""

from dataclasses import dataclass, field
from enum import StrEnum

from audit.checkpoints import Checkpoint, Log, keep, known_of
from audit.models import Entry
from audit.services import broken_links, misses_its_end


class Finding(StrEnum):
    """What is wrong with a log; the worst one is said."""

    WHOLE = "whole"
    # An entry was changed, removed, inserted or moved: `first` names where that begins.
    BROKEN = "broken"
    # Its last entries are gone or are others.
    CUT = "cut"
    # It fits together, and yet it is not the log that was there when the checkpoint was written.
    REPLACED = "replaced"
    # A checkpoint is not as we wrote it; the log fits those that are.
    CHECKPOINT = "checkpoint"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `first`: number of the first entry that does not fit; `wrong`: how many do not."""

    finding: Finding
    entries: int
    first: int | None = None
    wrong: int = 0
    checkpoint: Checkpoint | None = None
    changed_files: list[str] = field(default_factory=list)
    end: tuple[int, str] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return self.finding is Finding.WHOLE


def verify(log: Log) -> Verdict:
    """Look over the log of the schema we are inside. Others may write to it meanwhile.

    Read in this order, because a log only grows: what was its end before is among what is looked at after.
    """
    known = known_of(log)
    end = _end()
    wrong = broken_links()
    finding = _worst(wrong, known.newest, changed=bool(known.changed))
    return Verdict(
        finding,
        Entry.objects.count(),
        first=wrong[0] if wrong else None,
        wrong=len(wrong),
        checkpoint=known.newest,
        changed_files=known.changed,
        end=end,
    )


def write_checkpoint(log: Log, verdict: Verdict) -> bool:
    """Write down where a log ends that was found whole; one that is not keeps its older one. True when it was written.

    A file somebody changed is no reason against it, as long as the log fits those that are ours.
    """
    if verdict.end is None or verdict.finding not in {Finding.WHOLE, Finding.CHECKPOINT}:
        return False
    keep(log, position=verdict.end[0], entry_hash=verdict.end[1])
    return True


def _worst(wrong: list[int], checkpoint: Checkpoint | None, *, changed: bool) -> Finding:
    if wrong:
        return Finding.BROKEN
    if misses_its_end():
        return Finding.CUT
    if checkpoint is not None and not _holds(checkpoint):
        return Finding.REPLACED
    return Finding.CHECKPOINT if changed else Finding.WHOLE


def _holds(checkpoint: Checkpoint) -> bool:
    return Entry.objects.filter(position=checkpoint.position, entry_hash=checkpoint.entry_hash).exists()


def _end() -> tuple[int, str] | None:
    """Position and hash of the newest entry that is chained; what the present transaction wrote is chained at its
    end and does not count."""
    newest = Entry.objects.filter(position__isnull=False).order_by("-position").first()
    return None if newest is None or newest.position is None else (newest.position, newest.entry_hash)
