"""A list as its page draws it: every entry with its place, its number and where its buttons lead."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from portal.taxonomy.tree import load_tree
from portal.vocabulary.kinds import CATEGORIES, DISTRICTS, KINDS, MARKERS, TARGET_GROUPS, Kind
from portal.vocabulary.rows import Rows
from portal.vocabulary.uses import numbers


class Line(NamedTuple):
    """An entry. `up`, `down`, `out`: what its buttons send (entry:parent:before:button); a button that leads nowhere
    sends where the entry stands. `closes`: how many levels end after it."""

    pk: int
    name: str
    # Its page. Looked up once: a template would look up three for each of some hundred entries.
    url: str
    retired: bool
    number: int
    level: int
    opens: bool
    closes: int
    first: bool
    last: bool
    up: str
    down: str
    out: str
    icon: str
    color: str
    notes: tuple[str, ...]

    @property
    def ends(self) -> range:
        """For the template: as often as lists end after it."""
        return range(self.closes)


def lines(kind: Kind, rows: Rows) -> list[Line]:
    """All entries in display order."""
    counted = numbers(kind)
    nodes = load_tree().nodes if kind.tree else {}
    found: list[Line] = []
    _add(found, kind, rows, _Level(None, 1, None, None), counted, nodes)
    return found


@dataclass(frozen=True, slots=True)
class _Level:
    """The entries below one: how deep, what it stands in itself, and what follows it there."""

    parent: int | None
    depth: int
    above: int | None
    after: int | None


def _add(found: list[Line], kind: Kind, rows: Rows, level: _Level, counted: Any, nodes: Any) -> None:
    siblings, parent = rows.below.get(level.parent, []), level.parent
    for place, pk in enumerate(siblings):
        row, node = rows.by_pk[pk], nodes.get(pk)
        last = place == len(siblings) - 1
        here = siblings[place + 1] if not last else None
        before = siblings[place - 1] if place else here
        after = (siblings[place + 2] if place + 2 < len(siblings) else None) if not last else here
        # At the top there is no way out: the button sends where the entry stands.
        out = (None, here) if parent is None else (level.above, level.after)
        line = Line(
            pk, str(row.name), kind.entry_url(pk), bool(row.retired), counted.get(pk, 0), level.depth,
            bool(rows.below.get(pk)), 0, place == 0, last,
            up=_sent(pk, parent, before, "hoch"),
            down=_sent(pk, parent, after, "runter"),
            out=_sent(pk, *out, "hinaus"),
            icon=(node.icon if node else "") or "puzzle",
            color=node.color_class if node else "",
            notes=_notes(kind, row),
        )  # fmt: skip
        found.append(line)
        _add(found, kind, rows, _Level(pk, level.depth + 1, parent, here), counted, nodes)
        if last and parent is not None:
            found[-1] = found[-1]._replace(closes=found[-1].closes + 1)


def _sent(pk: int, parent: int | None, before: int | None, button: str) -> str:
    return f"{pk}:{parent or ''}:{before or ''}:{button}"


def _notes(kind: Kind, row: Any) -> tuple[str, ...]:
    found = []
    if kind is TARGET_GROUPS:
        found.append(ages(row))
    if kind is DISTRICTS and row.outline is None:
        found.append(_("no outline"))
    if kind is MARKERS and row.internal:
        found.append(_("internal"))
    return tuple(each for each in found if each)


def ages(row: Any) -> str:
    """The ages of a target group in words."""
    low, high = row.min_age, row.max_age
    if low is not None and high is not None:
        return _("%(low)d to %(high)d years") % {"low": low, "high": high}
    if low is not None:
        return _("from %(low)d years on") % {"low": low}
    return _("up to %(high)d years") % {"high": high} if high is not None else ""


def tabs(current: Kind) -> list[dict[str, Any]]:
    """The five lists with how many entries each has."""
    return [
        {
            "label": str(kind.words.title),
            "url": kind.url,
            "current": kind is current,
            "count": kind.model._default_manager.count(),
        }
        for kind in KINDS.values()
    ]


def summary(kind: Kind, found: list[Line]) -> str:
    """How many there are."""
    if kind is not CATEGORIES:
        return ""
    top = sum(line.level == 1 for line in found)
    return _("%(top)d topics, %(below)d below them.") % {"top": top, "below": len(found) - top}
