"""What a newer release would change here, one by one; the pages say it in words (`portal.vocabulary`)."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.taxonomy.adoption.engine.ordering import arranged, followers, reordered
from portal.taxonomy.adoption.engine.reading import in_order, spoken
from portal.taxonomy.adoption.engine.stepping import take_all
from portal.taxonomy.adoption.engine.town import (
    ADDED,
    APART,
    CIRCLE,
    DEEP,
    JOINED,
    MERGED,
    PARENT,
    POSITION,
    REMOVED,
    SPOKEN,
    TAKEN,
    TWIN,
    Link,
    Note,
    Row,
    Town,
    is_moved,
)
from portal.taxonomy.adoption.kinds import shapes
from portal.taxonomy.adoption.loading import look_for_uses
from shared_categories.reading import Snapshot
from shared_categories.values import Value

# Sorted so on the pages: what it is about, what happens there.
BLOCKED = frozenset({CIRCLE, DEEP, TAKEN, APART, TWIN})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing. `key` names it for the form: code.field, or kind.number.order.

    `own`: the municipality changed this itself; the catalogue's value is shown beside it and taken only where somebody
    says so. `note` says why it cannot be taken, or what becomes of the row. `in_all`: taken with “all”.
    """

    key: str
    kind: str
    field: str
    name: str
    before: Any = None
    after: Any = None
    own: bool = False
    note: str = ""
    about: int | None = None
    in_all: bool = True
    value: Value | None = None

    @property
    def can(self) -> bool:
        """Whether it can be taken."""
        return self.note not in BLOCKED


@dataclass(slots=True)
class Outlook:
    """All differences to a release, and the municipality as it would be after taking all."""

    release: Snapshot
    after: Town
    found: list[Difference] = field(default_factory=list)

    @property
    def waiting(self) -> list[Difference]:
        """What “all” takes."""
        return [each for each in self.found if each.in_all and each.can and not each.own]

    @property
    def digest(self) -> str:
        """The same for the same differences: what somebody saw is what they take."""
        told = [[each.key, each.before, each.after, each.own, each.note] for each in self.found]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=list).encode()).hexdigest()


def look(town: Town, releases: Sequence[Snapshot]) -> Outlook:
    """What these releases (the oldest first) would change."""
    newest = releases[-1]
    look_for_uses(town, releases)
    after = take_all(town, shapes(), releases)
    outlook = Outlook(newest, after)
    notes = {note.code: note for note in after.notes}
    for link, row in town.all_active():
        value = newest.values.get(link.code)
        if value is not None:
            outlook.found += _of_entry(town, after, link, row, value, notes.get(link.code))
    for kind in shapes():
        outlook.found += _added(town, after, kind, newest, notes)
        outlook.found += _orders(town, kind, newest)
    return outlook


def _of_entry(town: Town, after: Town, link: Link, row: Row, value: Value, note: Note | None) -> Iterator[Difference]:
    name, said = _name(row, value), note.what if note else ""
    if value.removed:
        what = MERGED if value.replaced_by else REMOVED
        about = note.pk if note and said in {JOINED, APART} else None
        yield Difference(f"{link.code}.{what}", link.kind, what, name, note=said, about=about, value=value)
        return
    for each, new in shapes()[link.kind].read(value).items():
        yield from _of_field(link, row, value, each, new, note)
    if shapes()[link.kind].tree:
        yield from _of_place(town, after, link, row, value, note)
    names, known = spoken(value), link.base.get(SPOKEN)
    if known is None or known.value != names:
        old = known.value if known is not None else {}
        yield Difference(f"{link.code}.{SPOKEN}", link.kind, SPOKEN, name, old, names, value=value)


def _name(row: Row, value: Value) -> str:
    return str(row.values.get("name") or value.name)


def _of_field(link: Link, row: Row, value: Value, name: str, new: Any, note: Note | None) -> Iterator[Difference]:
    old, base = row.values[name], link.base.get(name)
    if new == old:
        return
    own = base is None or base.value != old
    if own and base is not None and base.value == new:
        # Changed here, and the catalogue has not moved since: nothing to decide.
        return
    blocked = note.what if note is not None and name == "name" and note.what == TAKEN else ""
    about = note.pk if blocked and note is not None else None
    yield Difference(
        f"{link.code}.{name}",
        link.kind,
        name,
        _name(row, value),
        old,
        new,
        own=own,
        note=blocked,
        about=about,
        value=value,
    )


def _of_place(town: Town, after: Town, link: Link, row: Row, value: Value, note: Note | None) -> Iterator[Difference]:
    base, now = link.base.get(PARENT), after.row_of(link.code)
    key, name = f"{link.code}.{PARENT}", _name(row, value)
    if is_moved(link, row):
        if base is not None and base.value[0] != value.parent:
            wanted = after.row_of(value.parent) if value.parent else None
            there = wanted.pk if wanted is not None else None
            if there != row.parent:
                yield Difference(key, link.kind, PARENT, name, row.parent, there, own=True, value=value)
        return
    if now is not None and now.parent != row.parent:
        yield Difference(key, link.kind, PARENT, name, row.parent, now.parent, value=value)
    elif note is not None and note.what in {CIRCLE, DEEP, TAKEN} and base is not None and base.value[0] != value.parent:
        wanted = after.row_of(value.parent) if value.parent else None
        there = wanted.pk if wanted is not None else None
        yield Difference(key, link.kind, PARENT, name, row.parent, there, note=note.what, about=note.pk, value=value)


def _added(town: Town, after: Town, kind: str, newest: Snapshot, notes: dict[str, Note]) -> Iterator[Difference]:
    """New entries: those that belong to what was taken, and what else there is; nothing of a kind nobody has."""
    if not any(link.kind == kind for link in town.links.values()):
        return
    for value in in_order(newest, kind):
        if value.code in town.links:
            continue
        note, row = notes.get(value.code), after.row_of(value.code)
        said = note.what if note is not None and note.what in {TWIN, TAKEN, CIRCLE, DEEP} else ""
        yield Difference(
            f"{value.code}.{ADDED}",
            kind,
            ADDED,
            value.name,
            after=row.parent if row is not None else None,
            note=said,
            about=note.pk if said and note is not None else None,
            in_all=row is not None,
            value=value,
        )


def _orders(town: Town, kind: str, newest: Snapshot) -> Iterator[Difference]:
    """Places whose entries the catalogue has in another order, as far as nobody here made one."""
    if not shapes()[kind].ordered:
        return
    following = followers(town, kind)
    own = reordered(following)
    for above, links in following.items():
        pks = town.order[kind][above]
        wanted = arranged(pks, links, newest)
        if above not in own and wanted != pks and any(POSITION in link.base for link in links):
            yield Difference(f"{kind}.{above or 0}.order", kind, POSITION, "", list(pks), wanted, about=above)
