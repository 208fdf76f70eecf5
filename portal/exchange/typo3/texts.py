"""What was taken over is the beginning of a history: one revision for each offer and provider."""

from collections.abc import Sequence
from typing import Any

from portal.revisions import bulk
from portal.revisions.kinds import Kind
from portal.revisions.models import Desk

BY = "import_typo3"
NOTE = "TYPO3"
# What the original showed as waiting for its editors waits for ours.
WAITING = "submitted"


def leave_revisions(kind: Kind, rows: Sequence[Any]) -> None:
    """An applied revision of each row as it is now; a submitted one where it waits for approval."""
    waiting = [row.pk for row in rows if row.state == WAITING]
    bulk.record_applied(kind, [row.pk for row in rows if row.state != WAITING], by=BY, note=NOTE)
    for start in range(0, len(waiting), bulk.BATCH):
        texts = {row.pk: kind.take(row) for row in bulk.fetched(kind, waiting[start : start + bulk.BATCH])}
        bulk.let_wait(kind, texts, by=BY, desks=dict.fromkeys(texts, Desk.EDITORS), rows=texts, note=NOTE)


def keep_what_was(kind: Kind, ids: Sequence[int]) -> None:
    """Texts that a newer dump is about to overwrite, where the history does not have them yet."""
    for start in range(0, len(ids), bulk.BATCH):
        rows = bulk.fetched(kind, ids[start : start + bulk.BATCH])
        bulk.keep_what_was(kind, {row.pk: kind.take(row) for row in rows})
