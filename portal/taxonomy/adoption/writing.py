"""Writing what the engine found: a few statements a list, whatever changed."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Concat

from core.bulk import remove_rows, write_values
from portal.taxonomy.adoption.engine.town import NAME, TWIN, Link, Row, Town
from portal.taxonomy.adoption.kinds import Adoptable, kinds
from portal.taxonomy.adoption.loading import Loaded, written
from portal.taxonomy.adoption.models import Adopted, Proposal

Numbers = dict[int, int]


def write(before: Loaded, after: Town, *, by: Any) -> Town:
    """Bring tables from what was loaded to what the engine made of it. Returns that with the numbers rows got."""
    numbers: Numbers = {}
    for each in kinds():
        numbers |= _Writing(each, before, after, by).run()
    final = renumbered(after, numbers)
    _write_links(before.town, final)
    _write_proposals(final)
    return final


def renumbered(town: Town, numbers: Numbers) -> Town:
    """With the numbers new rows were given."""
    if not numbers:
        return town

    def now(pk: Any) -> Any:
        return numbers.get(pk, pk)

    made = town.copy()
    for kind, rows in town.rows.items():
        made.rows[kind] = {
            now(pk): Row(now(pk), row.values, now(row.parent), row.retired) if pk < 0 or (row.parent or 0) < 0 else row
            for pk, row in rows.items()
        }
        made.order[kind] = {now(above): [now(pk) for pk in pks] for above, pks in town.order[kind].items()}
    for link in made.links.values():
        link.pk = now(link.pk)
        base = link.base.get("parent")
        if base is not None and base.value[1] in numbers:
            link.base["parent"] = type(base)((base.value[0], now(base.value[1])), base.release)
    return made


class _Writing:
    """One list."""

    def __init__(self, kind: Adoptable, before: Loaded, after: Town, by: Any) -> None:
        self.kind, self.by = kind, by
        self.old, self.new = before.town.rows[kind.kind], after.rows[kind.kind]
        self.merged = [(old, into) for name, old, into in after.merged if name == kind.kind]
        self.was = before.places[kind.kind]
        # Numbers are given anew where the order is another one; elsewhere they stay, gaps and all.
        order = before.town.order[kind.kind]
        other = [pks for above, pks in after.order[kind.kind].items() if pks != order.get(above)]
        self.places = self.was | {pk: place for pks in other for place, pk in enumerate(pks)}
        self.numbers: Numbers = {}

    def run(self) -> Numbers:
        joined = {old: str(self.old[old].values.get(NAME, "")) for old, _into in self.merged}
        changes = {pk: columns for pk in self.new if pk in self.old and (columns := self._changes(pk))}
        for pk in self._clear_the_way():
            changes.setdefault(pk, set()).update(self._unique)
        self._create()
        self._change({pk: columns for pk, columns in changes.items() if pk in self.new})
        gone = [pk for pk in self.old if pk not in self.new and pk not in joined]
        if gone:
            self.kind.model._default_manager.filter(pk__in=gone).delete()
        if self.merged:
            assert self.kind.merge is not None
            self.kind.merge(self.merged, by=self.by, called=joined)
        named = {pk for pk, columns in changes.items() if columns & self._unique}
        named |= {into for _old, into in self.merged}
        if named & self.new.keys():
            self.kind.written(named & self.new.keys())
        return self.numbers

    @property
    def _unique(self) -> set[str]:
        """What no two have alike."""
        return {NAME, "parent"} if self.kind.shape.tree else {NAME}

    def _changes(self, pk: int) -> set[str]:
        """The columns in which a row is another one than before."""
        old, new = self.old[pk], self.new[pk]
        found = {
            each for name, value in new.values.items() if value != old.values[name] for each in self.kind.columns[name]
        }
        found |= {"parent"} if new.parent != old.parent else set()
        found |= {"retired"} if new.retired != old.retired else set()
        return found | ({self.kind.position} if self.kind.shape.ordered and self.was[pk] != self.places[pk] else set())

    @staticmethod
    def _place(row: Row) -> tuple[Any, str]:
        return row.parent, str(row.values.get(NAME, ""))

    def _clear_the_way(self) -> set[int]:
        """The database looks at every row as it is written: what has a name another one is to have there, and what
        moves while others move, goes through a name and a place nobody has. Returns which did."""
        if not self.kind.shape.unique:
            return set()
        held = {self._place(row): pk for pk, row in self.old.items()}
        there = {pk: held.get(self._place(row)) for pk, row in self.new.items()}
        going = {other for pk, other in there.items() if other is not None and other != pk}
        moving = {pk for pk, row in self.new.items() if pk in self.old and row.parent != self.old[pk].parent}
        going |= moving if len(moving) > 1 else set()
        if going:
            nobodys: dict[str, Any] = {NAME: Concat(Value("~"), Cast("pk", TextField()))}
            if self.kind.shape.tree:
                nobodys |= {"parent": None}
            self.kind.model._default_manager.filter(pk__in=going).update(**nobodys)
        return going

    def _create(self) -> None:
        waiting = [row for row in self.new.values() if row.pk < 0]
        while waiting:
            ready = [row for row in waiting if row.parent is None or self.numbers.get(row.parent, row.parent) > 0]
            fresh = [self.kind.model(**self._made(row)) for row in ready]
            made = self.kind.model._default_manager.bulk_create(fresh)
            self.numbers |= {row.pk: each.pk for row, each in zip(ready, made, strict=True)}
            waiting = [row for row in waiting if row not in ready]

    def _made(self, row: Row) -> dict[str, Any]:
        return {("parent_id" if name == "parent" else name): each for name, each in self._values(row).items()}

    def _values(self, row: Row) -> dict[str, Any]:
        """What stands in the columns."""
        told = self.kind.told(row)
        told["parent"] = self.numbers.get(row.parent or 0, row.parent)
        told[self.kind.position] = self.places.get(row.pk, 0)
        return {name: told[name] for name in self.kind.all_columns}

    def _change(self, changes: Mapping[int, set[str]]) -> None:
        """What moves apart from what stays: the trigger against circles walks up from every row whose place is
        written."""
        for moves in (True, False):
            columns = {pk: each for pk, each in changes.items() if ("parent" in each) is moves}
            rows = [{"pk": pk, **self._values(self.new[pk])} for pk in columns]
            write_values(self.kind.model, rows, sorted(set[str]().union(*columns.values())))


_ADD_LINKS = """
INSERT INTO adoption_adopted (kind, code, object_id, base)
SELECT kind, code, object_id, base
FROM jsonb_to_recordset(%s::jsonb) AS given (kind text, code text, object_id bigint, base jsonb)
"""
_CHANGE_LINKS = """
UPDATE adoption_adopted AS row SET base = (row.base - given.gone) || given.base
FROM jsonb_to_recordset(%s::jsonb) AS given (code text, gone text[], base jsonb) WHERE row.code = given.code
"""


def _write_links(before: Town, after: Town) -> None:
    """Of a link to the same row only what differs: most of one are names in other languages, which seldom do."""
    there = {code: link for code, link in after.links.items() if link.is_of(before.links.get(code))}
    gone = [code for code in before.links if code not in there]
    added = [link for code, link in after.links.items() if code not in there]
    changed = [(before.links[code], link) for code, link in there.items() if link.base != before.links[code].base]
    if gone:
        remove_rows(Adopted.objects.filter(code__in=gone))
    told = [{"kind": new.kind, "code": new.code, "object_id": new.pk, "base": written(new.base)} for new in added]
    _tell(_ADD_LINKS, told)
    _tell(_CHANGE_LINKS, [_difference(old, new) for old, new in changed])


def _difference(old: Link, new: Link) -> dict[str, Any]:
    fresh = {name: base for name, base in new.base.items() if base != old.base.get(name)}
    return {"code": new.code, "gone": [name for name in old.base if name not in new.base], "base": written(fresh)}


def _tell(statement: str, told: list[dict[str, Any]]) -> None:
    if told:
        with connection.cursor() as cursor:
            cursor.execute(statement, [json.dumps(told, ensure_ascii=False)])


def _write_proposals(town: Town) -> None:
    """What was found to be perhaps the same is proposed."""
    found = [(note, note.pk) for note in town.notes if note.what == TWIN and note.pk is not None]
    if found:
        rows = [Proposal(kind=note.kind, code=note.code, object_id=pk, why=Proposal.Why.NAME) for note, pk in found]
        Proposal.objects.bulk_create(rows, ignore_conflicts=True)
