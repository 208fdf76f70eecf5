"""Writing what the engine found: a few statements a list, whatever changed."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Value
from django.db.models.fields import TextField
from django.db.models.functions import Cast, Concat

from core.bulk import write_columns
from portal.taxonomy.adoption.engine.town import NAME, TWIN, Row, Town
from portal.taxonomy.adoption.kinds import Adoptable, kinds
from portal.taxonomy.adoption.loading import Loaded, written_bases
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

    def now(pk: Any) -> Any:
        return numbers.get(pk, pk)

    made = town.copy()
    for kind, rows in town.rows.items():
        made.rows[kind] = {}
        for row in rows.values():
            made.rows[kind][now(row.pk)] = Row(now(row.pk), row.values, now(row.parent), row.retired)
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
        self.objects = before.objects[kind.kind]
        self.old, self.new = before.town.rows[kind.kind], after.rows[kind.kind]
        self.merged = [(old, into) for name, old, into in after.merged if name == kind.kind]
        self.places = {pk: n for pks in after.order[kind.kind].values() for n, pk in enumerate(pks)}
        self.settled = {pk for above, pks in after.order[kind.kind].items()
                        if pks == before.town.order[kind.kind].get(above) for pk in pks}  # fmt: skip
        self.numbers: Numbers = {}

    def run(self) -> Numbers:
        joined = {old for old, _into in self.merged}
        changed = [pk for pk in self.new if pk > 0 and self._differs(pk)]
        self._clear_the_way([*changed, *joined])
        self._create()
        self._change(changed)
        gone = [pk for pk in self.old if pk not in self.new and pk not in joined]
        if gone:
            self.kind.model._default_manager.filter(pk__in=gone).delete()
        for old, into in self.merged:
            assert self.kind.merge is not None
            self.kind.merge(old, into, by=self.by, called=str(self.old[old].values.get(NAME, "")))
        named = [pk for pk in changed if self._place(self.old[pk]) != self._place(self.new[pk])]
        if named:
            self.kind.written(named)
        return self.numbers

    def _differs(self, pk: int) -> bool:
        old, new = self.old[pk], self.new[pk]
        same = (old.values, old.parent, old.retired) == (new.values, new.parent, new.retired)
        return not same or (self.kind.shape.ordered and pk not in self.settled and self._moved(pk))

    def _moved(self, pk: int) -> bool:
        return bool(getattr(self.objects[pk], self.kind.position) != self.places[pk])

    @staticmethod
    def _place(row: Row) -> tuple[Any, str]:
        return row.parent, str(row.values.get(NAME, ""))

    def _clear_the_way(self, pks: Iterable[int]) -> None:
        """The database looks at every row as it is written: names that change hands, and places that change with them,
        go through names nobody has."""
        going = [pk for pk in pks if pk not in self.new or self._place(self.old[pk]) != self._place(self.new[pk])]
        held = {self._place(row): pk for pk, row in self.old.items()}
        taken = any(held.get(self._place(row), pk) != pk for pk, row in self.new.items())
        moving = [pk for pk in going if pk not in self.new or self.old[pk].parent != self.new[pk].parent]
        if self.kind.shape.unique and going and (taken or len(moving) > 1):
            nobodys: dict[str, Any] = {NAME: Concat(Value("~"), Cast("pk", TextField()))}
            if self.kind.shape.tree:
                nobodys |= {"parent": None}
            self.kind.model._default_manager.filter(pk__in=going).update(**nobodys)

    def _create(self) -> None:
        waiting = [row for row in self.new.values() if row.pk < 0]
        while waiting:
            ready = [row for row in waiting if row.parent is None or self.numbers.get(row.parent, row.parent) > 0]
            made = self.kind.model._default_manager.bulk_create([self._made(row) for row in ready])
            self.numbers |= {row.pk: each.pk for row, each in zip(ready, made, strict=True)}
            waiting = [row for row in waiting if row not in ready]

    def _made(self, row: Row) -> Any:
        made = self.kind.model()
        self._fill(made, row)
        return made

    def _fill(self, target: Any, row: Row) -> None:
        self.kind.put(target, row.values)
        if self.kind.shape.tree:
            target.parent_id = self.numbers.get(row.parent or 0, row.parent)
        if self.kind.shape.retires:
            target.retired = row.retired
        if self.kind.shape.ordered and (row.pk < 0 or row.pk not in self.settled):
            setattr(target, self.kind.position, self.places[row.pk])

    def _change(self, pks: list[int]) -> None:
        rows = [self.objects[pk] for pk in pks]
        for row in rows:
            self._fill(row, self.new[row.pk])
        columns = self.kind.all_columns
        if any(isinstance(self.kind.model._meta.get_field(name), ArrayField) for name in columns):
            if rows:
                self.kind.model._default_manager.bulk_update(rows, columns)
            return
        write_columns(rows, columns)


def _write_links(before: Town, after: Town) -> None:
    gone = [code for code in before.links if code not in after.links]
    if gone:
        Adopted.objects.filter(code__in=gone).delete()
    changed = [link for code, link in after.links.items() if link != before.links.get(code)]
    if not changed:
        return
    known = {link.code for link in changed if link.code in before.links}
    freed = [code for code in known if before.links[code].pk != after.links[code].pk]
    if freed:
        # Two entries that change their rows would meet in between.
        Adopted.objects.filter(code__in=freed).delete()
    Adopted.objects.bulk_create(
        [Adopted(kind=link.kind, code=link.code, object_id=link.pk, base=written_bases(link)) for link in changed],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "object_id", "base"],
    )


def _write_proposals(town: Town) -> None:
    """What was found to be perhaps the same is proposed."""
    found = [(note, note.pk) for note in town.notes if note.what == TWIN and note.pk is not None]
    if found:
        rows = [Proposal(kind=note.kind, code=note.code, object_id=pk, why=Proposal.Why.NAME) for note, pk in found]
        Proposal.objects.bulk_create(rows, ignore_conflicts=True)
