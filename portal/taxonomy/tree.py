"""The category tree of a municipality, loaded whole in one query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from core.text import Spoken
from portal.taxonomy.adoption.speaking import CATEGORY, TARGET_GROUP, Names, is_foreign, names_of, said
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.changes import remembered


def class_name(category_id: int) -> str:
    """The CSS class of a category with a colour of its own."""
    return f"kategorie-{category_id}"


class Abroad:
    """What topics and target groups are called in other languages; asked for by the first page that is not German.

    Lies in the remembered tree, so it lasts as long as that.
    """

    def __init__(self, categories: Iterable[Category]) -> None:
        self._categories = {row.pk: row.name for row in categories}

    @cached_property
    def _topics(self) -> Names:
        return names_of(CATEGORY, self._categories)

    @cached_property
    def _groups(self) -> Names:
        return names_of(TARGET_GROUP, self._group_names)

    @cached_property
    def _group_names(self) -> dict[int, str]:
        return dict(TargetGroup.objects.values_list("pk", "name"))

    @cached_property
    def _group_numbers(self) -> dict[str, int]:
        return {name: pk for pk, name in self._group_names.items()}

    def topic(self, pk: int, name: str) -> Spoken:
        """A topic's name in the language of the page."""
        return said(self._topics, pk, name) if is_foreign() else Spoken(name)

    def group(self, name: str) -> Spoken:
        """A target group's (no two have the same)."""
        return said(self._groups, self._group_numbers.get(name, 0), name) if is_foreign() else Spoken(name)


@dataclass(slots=True)
class Node:
    """A category with its place in the tree; colour and icon are filled in from above where it has none."""

    category: Category
    depth: int
    color: str
    icon: str
    # Whether it can be chosen today: neither it nor anything above is retired.
    offered: bool = True
    parent: "Node | None" = None
    abroad: "Abroad | None" = None
    children: "list[Node]" = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.category.pk

    @property
    def name(self) -> str:
        return Spoken(self.category.name)

    @property
    def said(self) -> str:
        """Its name as residents read it, in the language of the page where somebody translated it. Those who work on
        the portal decide on German names and see those."""
        return self.abroad.topic(self.id, self.category.name) if self.abroad else self.name

    @property
    def root(self) -> "Node":
        return self if self.parent is None else self.parent.root

    @property
    def color_class(self) -> str:
        """The CSS class that carries its colour; empty where neither it nor anything above has one."""
        if self.category.color:
            return class_name(self.id)
        return self.parent.color_class if self.parent else ""

    @property
    def search_url(self) -> str:
        """The search for everything in it."""
        return f"/angebote/?kategorie={self.id}"

    def trail(self) -> "list[Node]":
        """From the root down to this node."""
        return [*(self.parent.trail() if self.parent else []), self]

    def walk(self) -> "Iterator[Node]":
        """This node and everything below it, in display order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """All categories; `roots` in display order, `nodes` by id."""

    def __init__(self, categories: Iterable[Category]) -> None:
        rows = list(categories)
        below: dict[int | None, list[Category]] = {}
        for row in rows:
            below.setdefault(row.parent_id, []).append(row)
        self.nodes: dict[int, Node] = {}
        self.abroad = Abroad(rows)
        self.roots = [self._grow(row, None, below) for row in below.get(None, [])]

    def _grow(self, row: Category, parent: Node | None, below: dict[int | None, list[Category]]) -> Node:
        node = Node(
            category=row,
            depth=parent.depth + 1 if parent else 0,
            color=row.color or (parent.color if parent else ""),
            icon=row.icon or (parent.icon if parent else ""),
            offered=not row.retired and (parent is None or parent.offered),
            parent=parent,
            abroad=self.abroad,
        )
        self.nodes[row.pk] = node
        node.children = [self._grow(child, node, below) for child in below.get(row.pk, [])]
        return node

    def __iter__(self) -> Iterator[Node]:
        for root in self.roots:
            yield from root.walk()

    def to_choose(self, keeping: Iterable[int] = ()) -> list[Node]:
        """The nodes one can choose today in display order, those chosen already, and what stands above these."""
        kept = {above.id for each in keeping if each in self.nodes for above in self.nodes[each].trail()}
        return [node for node in self if node.offered or node.id in kept]

    def ids_below(self, ids: Iterable[int]) -> set[int]:
        """The given categories and all below them; unknown ids are left out."""
        return {node.id for each in ids if each in self.nodes for node in self.nodes[each].walk()}


def load_tree() -> Tree:
    """The tree as it is now, shared by all who ask: nobody may change it."""
    return remembered(
        "taxonomy.tree", lambda: Tree(Category.objects.all()), rooms=("taxonomy", "adoption", "translation")
    )
