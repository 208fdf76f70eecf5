"""Taking a decision back, exactly: what the subject and its open revisions were is kept before it, and comes back.

Only while nothing else has happened since: a digest of everything tells. For how long, and whether a mail has left, is
for the caller to say.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max

from audit.services import record
from portal.revisions.errors import ChangedSinceError
from portal.revisions.kinds import Kind
from portal.revisions.models import Revision, State

ACTION = "revision.taken_back"
# What tells whether a revision was touched since; its content only moves together with these.
_TOLD = ("pk", "state", "version", "settled_at", "seen_at", "waits_for")


@dataclass(frozen=True, slots=True)
class Memory:
    """A subject before a decision, as JSON can keep it: its columns, its text, its open revisions, and the highest
    number a revision had (what is higher came with the decision)."""

    row: dict[str, Any]
    content: dict[str, Any]
    revisions: list[dict[str, Any]]
    last: int

    def as_json(self) -> dict[str, Any]:
        """For a JSON column."""
        return {"row": self.row, "content": self.content, "revisions": self.revisions, "last": self.last}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Memory":
        """Back from there."""
        return cls(kept["row"], kept["content"], kept["revisions"], kept["last"])


def remember(kind: Kind, row: Any) -> Memory:
    """What there is before a decision; call it under the row's lock, in the transaction of the decision."""
    own = Revision.objects.of(kind.name, row.pk)
    open_ones = own.filter(state=State.SUBMITTED) | own.still_returned()
    return Memory(
        row=_columns(row),
        content=kind.take(row),
        revisions=[_columns(each) for each in open_ones.order_by("pk")],
        last=own.aggregate(last=Max("pk"))["last"] or 0,
    )


def digest(kind: Kind, row: Any) -> str:
    """Everything about a subject that a decision, or whatever came after it, can have changed."""
    revisions = Revision.objects.of(kind.name, row.pk).exclude(state=State.WORKING).order_by("pk")
    told = [_columns(row), kind.take(row), [list(map(str, each)) for each in revisions.values_list(*_TOLD)]]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def take_back(kind: Kind, pk: int, memory: Memory, after: str, *, by: Any) -> None:
    """Let everything be as it was before the decision. Raises ChangedSinceError, with nothing done, where it is not
    any more as the decision left it (`after`, its digest)."""
    with transaction.atomic():
        row = kind.rules.lock(pk)
        if digest(kind, row) != after:
            raise ChangedSinceError
        with _history_may_change():
            _restore_row(kind, row, memory)
            made = Revision.objects.of(kind.name, pk).filter(pk__gt=memory.last).exclude(state=State.WORKING)
            made.delete()
            for kept in memory.revisions:
                Revision.objects.filter(pk=kept["id"]).update(**_values(Revision, kept))
        record(ACTION, row, by=by, changes={"revision": [None, max(_ids(memory), default=None)]})


def _ids(memory: Memory) -> list[int]:
    return [int(kept["id"]) for kept in memory.revisions]


def _restore_row(kind: Kind, row: Any, memory: Memory) -> None:
    if kind.take(row) != memory.content:
        kind.apply(row, memory.content, None)
    kind.model._default_manager.filter(pk=row.pk).update(**_values(kind.model, memory.row))


class _history_may_change:  # noqa: N801 - reads as a sentence
    """For the statements within; the database refuses it to everybody else (migration 0003)."""

    def __enter__(self) -> None:
        self._say("on")

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._say("off")

    def _say(self, word: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('revisions.taking_back', %s, true)", [word])


def _columns(row: models.Model) -> dict[str, Any]:
    """Every column as text or JSON; None where it is empty."""
    found: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        if not getattr(column, "generated", False):
            value = getattr(row, column.attname)
            found[column.attname] = None if value is None else column.value_to_string(row)
    return found


def _values(model: type[models.Model], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The columns again as Python knows them, for an update; without the key."""
    columns = {column.attname: column for column in model._meta.concrete_fields if not column.primary_key}
    return {
        name: None if kept[name] is None else column.to_python(kept[name])
        for name, column in columns.items()
        if name in kept
    }
