"""Keeping the states of what editors change at once: each is a revision that was applied.

Services do what they always did: change a row and write to the audit log, in one transaction. What the row says then
becomes a state in that same transaction; what it said before, where the history does not have it, becomes one too.
"""

from datetime import timedelta
from typing import Any

from django.db import models

from audit.models import Entry
from portal.history.registry import Chronicle, of_model
from portal.revisions import subject
from portal.revisions.kinds import Content
from portal.revisions.models import Revision, State
from portal.revisions.steps import settle
from portal.revisions.tokens import marks_of

# Between the action and the number of the audit entry in a state's note.
BETWEEN = "#"


def keep_what_was(instance: Any) -> None:
    """What the table says of a row that is about to be saved, where no state says the same."""
    for each in of_model(type(instance)):
        row = each.model._default_manager.filter(pk=instance.pk).first() if instance.pk is not None else None
        if row is None:
            return
        content = each.kind.take(row)
        if _last(each, row.pk) != content:
            _keep(each, row.pk, content, by=None, note="", before=True)


def keep_what_is(entry: Entry, target: models.Model, by: Any) -> None:
    """What a row says after what was just written to the audit log."""
    for each in of_model(type(target)):
        row = each.model._default_manager.filter(pk=target.pk).first()
        if row is None:
            return
        content = each.kind.take(row)
        if _last(each, row.pk) != content:
            _keep(each, row.pk, content, by=by, note=f"{entry.action}{BETWEEN}{entry.pk}")


def _last(each: Chronicle, pk: int) -> Content | None:
    last = subject.last_applied(each.kind, pk)
    return each.kind.content_of(last) if last is not None else None


def _keep(each: Chronicle, pk: int, content: Content, *, by: Any, note: str, before: bool = False) -> None:
    made = Revision(
        kind=each.name,
        subject_id=pk,
        content=content,
        format=each.kind.format,
        marks=marks_of(content),
        note=note,
        **subject.authored(by),
    )
    settle(made, State.APPLIED, by)
    if before and made.settled_at is not None:
        made.settled_at -= timedelta(microseconds=1)
    made.save()
