"""The topics a visitor of the search in a frame may choose: those below what the website's owner filters by."""

from dataclasses import dataclass

from django.http import QueryDict

from core.numbers import whole_number, whole_numbers
from portal.embedding.looking import TOPIC
from portal.taxonomy.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of the choice."""

    id: int
    label: str


def _fixed(given: QueryDict, tree: Tree) -> list[Node]:
    numbers = whole_numbers(given.getlist("kategorie"))
    return [tree.nodes[pk] for pk in numbers if pk in tree.nodes]


def topics_below(given: QueryDict, tree: Tree) -> list[Topic]:
    """The next topics below the fixed ones, or the first of all."""
    fixed = _fixed(given, tree)
    nodes = [child for node in fixed for child in node.children] if fixed else tree.roots
    return [Topic(node.id, str(node.said)) for node in nodes if node.offered]


def chosen_topic(text: str, tree: Tree) -> Node | None:
    """The topic of an address; None where it names none."""
    number = whole_number(text)
    return None if number is None else tree.nodes.get(number)


def narrowed(given: QueryDict, topic: Node | None, tree: Tree) -> QueryDict:
    """The search with the visitor's topic, where that lies below what is fixed."""
    left = given.copy()
    left.pop(TOPIC, None)
    if topic is None:
        return left
    fixed = {node.id for node in _fixed(given, tree)}
    if not fixed or any(above.id in fixed for above in topic.trail()):
        left.setlist("kategorie", [str(topic.id)])
    return left
