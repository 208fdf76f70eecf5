"""Taking back what was taken last: what is still as it was taken is as it was before; what was changed since stays."""

from typing import Any

from portal.taxonomy.adoption.engine.town import NAME, Base, Link, Row, Shape, Town

Changes = dict[str, Any]


def changes_between(before: Town, after: Town) -> Changes:
    """What to remember of a taking, as JSON: rows, links and orders that differ, as [before, after]."""
    rows: dict[str, Any] = {}
    orders: dict[str, Any] = {}
    for kind, now in after.rows.items():
        old = before.rows[kind]
        pairs = {str(pk): [_row(old.get(pk)), _row(now.get(pk))] for pk in {**old, **now} if old.get(pk) != now.get(pk)}
        rows |= {kind: pairs} if pairs else {}
        was, groups = before.order[kind], after.order[kind]
        moved = {
            str(above or 0): [was.get(above, []), groups.get(above, [])]
            for above in {**was, **groups}
            if was.get(above, []) != groups.get(above, [])
        }
        orders |= {kind: moved} if moved else {}
    links = {
        code: _links(before.links.get(code), after.links.get(code))
        for code in sorted({**before.links, **after.links})
        if before.links.get(code) != after.links.get(code)
    }
    return {"rows": rows, "links": links, "orders": orders}


def _row(row: Row | None) -> Any:
    return None if row is None else [row.values, row.parent, row.retired]


def _links(old: Link | None, new: Link | None) -> list[Any]:
    """Where it is of the same row as before, only what it remembers otherwise."""
    same = set[str]()
    if old is not None and new is not None and new.is_of(old):
        same = {name for name, base in old.base.items() if new.base.get(name) == base}
    return [_link(old, same), _link(new, same)]


def _link(link: Link | None, without: set[str]) -> Any:
    if link is None:
        return None
    bases = {name: [base.value, base.release] for name, base in link.base.items() if name not in without}
    return [link.kind, link.pk, bases]


def _as_link(code: str, written: Any) -> Link | None:
    if written is None:
        return None
    kind, pk, bases = written
    found = {
        name: Base(tuple(value) if isinstance(value, list) and name == "parent" else value, release)
        for name, (value, release) in bases.items()
    }
    return Link(code, kind, pk, found)


def undo(town: Town, changes: Changes) -> tuple[Town, int]:
    """The municipality without what was taken, and how much of it could not be taken back."""
    after, left = town.copy(), 0
    for kind, pairs in changes["rows"].items():
        for pk, (old, new) in sorted(pairs.items(), key=lambda each: int(each[0]), reverse=True):
            left += not _undo_row(after, kind, int(pk), old, new)
    for code, (old, new) in changes["links"].items():
        _undo_link(after, code, _as_link(code, old), _as_link(code, new))
    for kind, moved in changes["orders"].items():
        for above, (was, then) in moved.items():
            _undo_order(after, kind, int(above) or None, was, then)
    _forget_the_dead(after, town)
    return after, left


def _undo_link(town: Town, code: str, old: Link | None, new: Link | None) -> None:
    """A field after the other where it is of the same row; else as a whole."""
    now = town.links.get(code)
    if old is not None and new is not None and now is not None and new.is_of(old) and now.is_of(old):
        for name in old.base.keys() | new.base.keys():
            if now.base.get(name) == new.base.get(name):
                _remember(now, name, old.base.get(name))
    elif now == new:
        town.links.pop(code, None)
        if old is not None:
            town.links[code] = old


def _remember(link: Link, name: str, base: Base | None) -> None:
    if base is None:
        link.base.pop(name, None)
    else:
        link.base[name] = base


def _undo_row(town: Town, kind: str, pk: int, old: Any, new: Any) -> bool:
    row = town.rows.get(kind, {}).get(pk)
    if row is None or new is None:
        return row is None and old is None
    if old is None:
        if (kind, pk) in town.used or town.below(kind, pk) or _row(row) != list(new):
            return False
        town.drop(kind, pk)
        return True
    for name, value in old[0].items():
        if row.values[name] == new[0][name]:
            row.values[name] = value
    if row.parent == new[1] and old[1] != new[1] and (old[1] is None or old[1] in town.rows[kind]):
        town.move(kind, row, old[1])
    if row.retired == new[2]:
        row.retired = old[2]
    return True


def _undo_order(town: Town, kind: str, above: int | None, was: list[int], then: list[int]) -> None:
    here = town.below(kind, above)
    if [pk for pk in then if pk in here] == [pk for pk in here if pk in then]:
        town.order[kind][above] = [*(pk for pk in was if pk in here), *(pk for pk in here if pk not in was)]


def _forget_the_dead(after: Town, before: Town) -> None:
    """What was added and is gone again is not left out: nobody decided that."""
    for code, link in list(after.links.items()):
        if link.pk is not None and after.row_of(code) is None and before.row_of(code) is not None:
            del after.links[code]


def is_possible(town: Town, shapes: dict[str, Shape]) -> bool:
    """Whether the database would take it: no two of a name at one place, no circle, not too deep."""
    for kind, shape in shapes.items():
        rows = town.rows.get(kind, {})
        places = [(row.parent, row.values.get(NAME)) for row in rows.values()]
        if shape.unique and len(set(places)) < len(places):
            return False
        for pk in rows:
            trail = town.trail(kind, pk)
            if rows[trail[-1]].parent is not None or (shape.tree and len(trail) > shape.deepest):
                return False
    return True
