"""The demo's texts are the beginning of a history, as those of any import."""

from collections.abc import Sequence

from portal.revisions import bulk
from portal.revisions.kinds import Kind
from portal.revisions.models import Desk

BY = "seed_demo"


def leave_revisions(kind: Kind, ids: Sequence[int]) -> None:
    """An applied revision of each row; a submitted one where it waits for approval."""
    waiting = list(kind.model._default_manager.filter(pk__in=ids, state="submitted").values_list("pk", flat=True))
    bulk.record_applied(kind, [pk for pk in ids if pk not in set(waiting)], by=BY)
    texts = {row.pk: kind.take(row) for row in bulk.fetched(kind, waiting)}
    bulk.let_wait(kind, texts, by=BY, desks=dict.fromkeys(texts, Desk.EDITORS), rows=texts)
