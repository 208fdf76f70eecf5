"""Differences one by one: take some, or say that one's own stays."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from audit.services import record
from portal.taxonomy.adoption.differences import look
from portal.taxonomy.adoption.engine.ordering import number_as
from portal.taxonomy.adoption.engine.placing import Placing
from portal.taxonomy.adoption.engine.stepping import leave_out, nothing, step
from portal.taxonomy.adoption.engine.town import (
    ADDED,
    APART,
    FORCE,
    MERGED,
    PARENT,
    POSITION,
    REMOVED,
    SPOKEN,
    TWIN,
    Base,
    Group,
    Town,
)
from portal.taxonomy.adoption.kinds import shapes
from portal.taxonomy.adoption.loading import load, look_for_uses
from portal.taxonomy.adoption.services import (
    Done,
    check_seen,
    keep,
    lock,
    look_again,
    newest_release,
    waiting_releases,
)
from portal.taxonomy.adoption.writing import write
from shared_categories.reading import Snapshot


@transaction.atomic
def take(keys: Collection[str], *, seen: str, by: Any) -> Done:
    """Take these differences, also where the municipality had changed something itself. `seen`: the digest of what
    somebody looked at."""
    state, newest, loaded = lock(), newest_release(None), load(held=True)
    check_seen(loaded.town, waiting_releases(state, newest), seen)
    look_for_uses(loaded.town, [newest])
    after = loaded.town.copy()
    chosen = frozenset(keys)
    step(
        after,
        shapes(),
        newest,
        wants=lambda code, name: FORCE if f"{code}.{name}" in chosen else False,
        orders=lambda kind, above: FORCE if f"{kind}.{above or 0}.order" in chosen else False,
        adds=lambda _town, value: f"{value.code}.{ADDED}" in chosen,
    )
    done = keep("adoption.picked", state, loaded, after, by=by, before=state.taken)
    look_again(state)
    return done


@transaction.atomic
def decline(keys: Collection[str], *, seen: str, by: Any) -> int:
    """Say that what is here stays: it counts as the municipality's own from now on. Returns how many."""
    state, newest, loaded = lock(), newest_release(None), load(held=True)
    check_seen(loaded.town, waiting_releases(state, newest), seen)
    found = [each for each in look(loaded.town, waiting_releases(state, newest)).found if each.key in frozenset(keys)]
    after = loaded.town.copy()
    for each in found:
        if each.field == POSITION:
            number_as(after, each.kind, each.about, newest)
        elif each.field != SPOKEN and each.note not in {APART, TWIN}:
            _decline(after, each.key.partition(".")[0], each.field, newest)
    write(loaded, after, by=by)
    look_again(state)
    if found:
        record("adoption.declined", state, by=by, changes={"differences": [sorted(each.key for each in found), None]})
    return len(found)


def _decline(town: Town, code: str, name: str, newest: Snapshot) -> None:
    value, link = newest.values[code], town.links.get(code)
    if name == ADDED:
        leave_out(town, shapes(), newest, [code])
    elif name in {MERGED, REMOVED}:
        town.links.pop(code, None)
    elif link is not None and name == PARENT:
        link.base[PARENT] = Base((value.parent, place_of(town, code, newest)), newest.number)
    elif link is not None:
        link.base[name] = Base(shapes()[link.kind].read(value)[name], newest.number)


def place_of(town: Town, code: str, release: Snapshot, own: int | None = None) -> Group:
    """Where an entry belongs by the catalogue, as far as what stands above it is here."""
    value = release.values[code]
    shape = shapes()[value.kind]
    row = town.row_of(code)
    number = row.pk if row is not None else own
    return Placing(town, str(value.kind), shape, release, nothing, []).place_of(value.parent, number)
