"""What is kept beside the columns, one thing for each row, and brought up to date as they are."""

from collections.abc import Mapping

import numpy as np

from portal.search.columns import Columns
from portal.search.dates import Numbers
from portal.search.packed import Whole
from portal.search.splicing import Splice
from tenants.running.row_changes import Changed


def apart(ids: Whole, columns: Columns, changed: Mapping[str, Changed]) -> tuple[Splice, Numbers] | None:
    """How rows with these ids, as of the time before some changes, become those of the columns, and which of the
    columns' rows are to be read anew for it; None where that cannot be known: then all are."""
    touched = changed.get("offers", frozenset())
    if touched is None:
        return None
    wanted = np.array(sorted(touched), np.int64)
    if "providers" in changed and ids is not columns.ids:
        # Offers of providers that came or went, which nobody told one by one.
        wanted = np.union1d(wanted, np.setxor1d(ids, columns.ids).astype(np.int64))
    gone = np.flatnonzero(np.isin(ids, wanted))
    now = columns.rows_of(wanted)
    fresh = np.sort(now[now >= 0])
    kept = np.delete(np.arange(len(ids)), gone)
    if not np.array_equal(ids[kept], np.delete(columns.ids, fresh)):
        return None
    before = fresh - np.arange(len(fresh))
    places = np.append(kept, len(ids))[before]
    return Splice(gone, places, len(ids), same_things=np.array_equal(ids[gone], columns.ids[fresh])), fresh
