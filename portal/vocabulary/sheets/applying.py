"""Doing what a plan says, all of it or nothing."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.offers.tasks import RELATIONS, refresh_offers_of_all
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import load, lock, parent_of
from portal.vocabulary.sheets.planning import Item, Plan, plan

# So many changed entries are named in the audit log.
MOST_NAMED = 200


class ChangedError(RefusedError):
    """The list is another one than when the plan was shown."""


@transaction.atomic
def take_over(
    kind: Kind,
    read: list[tuple[int, dict[str, Any]]],
    *,
    seen: str,
    by: Any,
    errors: Iterable[tuple[int, str]] = (),
) -> Plan:
    """Do what was shown (`seen` is its digest); nothing where a cell could not be read."""
    lock(kind)
    rows = load(kind)
    made = plan(kind, rows, read, errors)
    if made.errors or made.digest != seen:
        raise ChangedError(
            _("The list was changed in the meantime. Nothing was taken over; please look again at what would change.")
        )
    keys: dict[int, int] = {pk: pk for pk in rows.by_pk}
    old_names = {pk: row.name for pk, row in rows.by_pk.items()}
    _make_room(kind, made, rows)
    _make_new(kind, made, keys)
    _write(kind, made, rows, keys)
    named = [*made.new, *made.changed][:MOST_NAMED]
    record(
        "vocabulary.table",
        kind.model(name=str(kind.words.title)[:80]),
        by=by,
        changes={
            "new": [None, len(made.new)],
            "changed": [None, len(made.changed)],
            "entries": [None, [[each.name, *each.what] for each in named]],
        },
    )
    renamed = [item.key for item in made.items if not item.is_new and old_names[item.key] != item.name]
    if renamed and kind.model in RELATIONS:
        refresh_offers_of_all.defer(relation=RELATIONS[kind.model], pks=renamed)
    return made


def _make_room(kind: Kind, made: Plan, rows: Any) -> None:
    """Take what moves or is renamed out of everybody's way: two may change places, or turn their order round."""
    moving = [
        rows.by_pk[item.key]
        for item in made.items
        if not item.is_new
        and (parent_of(rows.by_pk[item.key]) != item.parent or rows.by_pk[item.key].name != item.name)
    ]
    for row in moving:
        row.name = f"~{uuid.uuid4().hex}"
        if kind.tree:
            row.parent_id = None
    if moving:
        kind.model._default_manager.bulk_update(moving, ["name", *(["parent"] if kind.tree else [])], batch_size=500)


def _make_new(kind: Kind, made: Plan, keys: dict[int, int]) -> None:
    """New entries, those above before those below."""
    waiting = [item for item in made.items if item.is_new]
    while waiting:
        ready = [item for item in waiting if item.parent is None or item.parent in keys]
        created = kind.model._default_manager.bulk_create([_new(kind, item, keys) for item in ready], batch_size=500)
        for item, row in zip(ready, created, strict=True):
            keys[item.key] = row.pk
        made_now = {item.key for item in ready}
        waiting = [item for item in waiting if item.key not in made_now]


def _new(kind: Kind, item: Item, keys: dict[int, int]) -> Any:
    above = {"parent_id": keys[item.parent] if item.parent is not None else None} if kind.tree else {}
    # Out of the way of a namesake that still has to leave this place.
    return kind.model(**{**item.values, **above, "name": f"~{uuid.uuid4().hex}"})


def _write(kind: Kind, made: Plan, rows: Any, keys: dict[int, int]) -> None:
    """The final words and places, level by level: the trigger against circles looks at each row."""
    places = {key: place for below in made.order.values() for place, key in enumerate(below)}
    names = sorted({name for item in made.items for name in item.values})
    current = {row.pk: row for row in kind.model._default_manager.all()}
    said = {item.key: item for item in made.items}
    level: list[int] = made.order.get(None, [])
    while level:
        touched = []
        for key in level:
            row = current[keys[key]]
            before = [getattr(row, name) for name in (*names, "position")] + [parent_of(row)]
            item = said.get(key)
            for name, value in (item.values if item else {}).items():
                setattr(row, name, value)
            row.position = places[key]
            if kind.tree and item is not None:
                row.parent_id = keys[item.parent] if item.parent is not None else None
            if before != [getattr(row, name) for name in (*names, "position")] + [parent_of(row)]:
                touched.append(row)
        if touched:
            written = [*names, "position", *(["parent"] if kind.tree else [])]
            kind.model._default_manager.bulk_update(touched, written, batch_size=500)
        level = [child for key in level for child in made.order.get(key, [])]
