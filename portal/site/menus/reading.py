"""The menus as pages show them: one statement, remembered until an entry or a page changes.

A part of the portal that is not always there (newsletters) says itself whether it is: `only_where`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q

from portal.pages.models import Page
from portal.site.models import AREAS, Kind, MenuItem, Place


@dataclass(frozen=True, slots=True)
class Node:
    """One entry. `label` is the editors' own; without it the template says the usual name of `kind` in the reader's
    language."""

    kind: str
    label: str
    url: str
    children: tuple["Node", ...] = field(default=())

    @property
    def outside(self) -> bool:
        """Whether it leads away from the portal."""
        return self.url.startswith("http")


@dataclass(frozen=True, slots=True)
class Menus:
    """Both menus. `footer_columns` are entries with others below them, `footer_links` all the rest."""

    header: tuple[Node, ...]
    footer: tuple[Node, ...]

    @property
    def footer_links(self) -> tuple[Node, ...]:
        return tuple(node for node in self.footer if not node.children and node.url)

    @property
    def footer_columns(self) -> tuple[Node, ...]:
        return tuple(node for node in self.footer if node.children)

    @property
    def at_foot(self) -> tuple[Node, ...]:
        """All links of the footer in one line, as the editors' own frame shows them."""
        found: list[Node] = []
        for node in self.footer:
            found += [each for each in (node, *node.children) if each.url]
        return tuple(found)


# pk, place, parent, kind, label, link, slug and title of the page, whether anybody may see it
Row = tuple[int, str, int | None, str, str, str, str | None, str | None, bool]
_COLUMNS = ("pk", "place", "parent_id", "kind", "label", "link", "page__slug", "page__title", "shown")


_conditions: dict[str, Callable[[], Q]] = {}
_rooms = {"pages", "site"}


def only_where(kind: Kind, condition: Callable[[], Q], *, room: str) -> None:
    """Entries of a kind show only where the condition holds, which reads tables of that room. Called when an app is
    ready."""
    _conditions[kind.value] = condition
    _rooms.add(room)


def rooms() -> tuple[str, ...]:
    """All rooms whose changes may change a menu."""
    return tuple(sorted(_rooms))


def shown() -> Any:
    """Whether anybody sees an entry, for a statement over entries: what it leads to is there and public."""
    found = Q(page=None) | Q(page__in=Page.objects.public().values("pk"))
    for kind, condition in _conditions.items():
        found &= ~Q(kind=kind) | condition()
    return ExpressionWrapper(found, BooleanField())


def read_menus() -> Menus:
    """What anybody sees: an entry whose page is not public is not there; what stands below it moves up into its
    place, so that no page gets lost."""
    rows: list[Row] = list(MenuItem.objects.annotate(shown=shown()).order_by("position", "pk").values_list(*_COLUMNS))
    return Menus(*(_tree([row for row in rows if row[1] == place]) for place in (Place.HEADER, Place.FOOTER)))


def _tree(rows: list[Row]) -> tuple[Node, ...]:
    below: dict[int, list[Node]] = {}
    for row in rows:
        if row[2] is not None and row[-1]:
            below.setdefault(row[2], []).append(_node(row))
    found: list[Node] = []
    for row in rows:
        children = tuple(below.get(row[0], ()))
        if row[2] is not None or (not row[-1] and not children):
            continue
        node = _node(row, children)
        if not row[-1]:
            found += children
        elif node.url or children:  # A heading with nothing below it says nothing.
            found.append(node)
    return tuple(found)


def _node(row: Row, children: tuple[Node, ...] = ()) -> Node:
    _pk, _place, _parent, kind, label, link, slug, title, _shown = row
    url = f"/{slug}/" if slug else AREAS.get(Kind(kind), link)
    return Node(kind, label or title or "", url, children)
