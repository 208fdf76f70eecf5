"""Everything a page says of itself for machines, as plain nodes: JSON-LD and microdata alike, within bounds."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from core.lazy import lazy

if TYPE_CHECKING:
    import turbohtml
else:
    turbohtml = lazy("turbohtml")

MOST_NODES, MOST_EVENTS = 5000, 60
Node = dict[str, Any]
_EVENTS = re.compile(r"(?:^|[/#:])(?:\w*Event|Festival|CourseInstance|Hackathon|EventSeries|PublicationEvent)$")
_NO_EVENTS = re.compile(r"(?:UserInteraction|BroadcastEvent|OnDemandEvent|DeliveryEvent)$")
_TRAILING = re.compile(r",(?=\s*[}\]])")


def events_of(document: "turbohtml.Document") -> list[Node]:
    """The events of a page, JSON-LD before microdata."""
    said = [node for block in _json_ld(document) for node in _walk(block) if is_event(node)]
    if not said:
        items = document.structured_data().microdata[:MOST_NODES]
        said = [node for item in items for node in _walk(_plain(item)) if is_event(node)]
    return said[:MOST_EVENTS]


def _json_ld(document: "turbohtml.Document") -> Iterator[Any]:
    for script in document.select('script[type="application/ld+json"]')[:MOST_EVENTS]:
        text = script.text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        for trial in (text, _TRAILING.sub("", text)):
            try:
                yield json.loads(trial, strict=False)
            except (ValueError, RecursionError):
                # Written by hand as often as by machines: the next spelling, or nothing.
                continue
            break


def _plain(item: Any) -> Node:
    """A microdata item as JSON-LD would say it; without recursion, however deep it is."""
    root: Node = {}
    waiting: list[tuple[Any, Node]] = [(item, root)]
    for _step in range(MOST_NODES):
        if not waiting:
            break
        source, target = waiting.pop()
        target["@type"] = (source.type or "").split()
        for name, values in source.properties.items():
            target[name] = []
            for value in values:
                if isinstance(value, str):
                    target[name].append(value)
                else:
                    inner: Node = {}
                    target[name].append(inner)
                    waiting.append((value, inner))
    return root


def _walk(value: Any) -> Iterator[Node]:
    """All nodes of a tree, the outer ones first; an event's own parts may be events too."""
    waiting, seen = [value], 0
    while waiting and seen < MOST_NODES:
        each = waiting.pop(0)
        seen += 1
        if isinstance(each, dict):
            yield each
            waiting += [inner for inner in each.values() if isinstance(inner, dict | list)]
        elif isinstance(each, list):
            waiting[:0] = [inner for inner in each if isinstance(inner, dict | list)]


def is_event(node: Node) -> bool:
    """Whether a node is something that takes place."""
    return any(_EVENTS.search(name) and not _NO_EVENTS.search(name) for name in types_of(node))


def types_of(node: Node) -> list[str]:
    """The names of its types."""
    return [each for each in listed(node.get("@type")) if isinstance(each, str)]


def listed(value: Any) -> list[Any]:
    """One value or several, as several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def first(value: Any) -> Any:
    """One value or several, as the first."""
    return next(iter(listed(value)), None)


def text_of(value: Any) -> str:
    """The words of a value: of a list the first, of a node its name."""
    found = first(value)
    if isinstance(found, dict):
        found = first(found.get("@value") or found.get("name") or found.get("url") or found.get("@id"))
    if isinstance(found, bool) or found is None or isinstance(found, dict | list):
        return ""
    return " ".join(str(found).split())[:5000]
