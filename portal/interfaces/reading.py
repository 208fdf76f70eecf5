"""The checked-in description as the page for people shows it, its English sentences in the page's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a field."""

    name: str
    kind: str
    about: str
    # The shape it is made of, which the page shows too.
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that can be asked."""

    name: str
    method: str
    path: str
    summary: str
    answer: str
    given: str
    parameters: list[Row]


@dataclass(frozen=True, slots=True)
class Shape:
    """What an answer consists of."""

    name: str
    about: str
    fields: list[Row]


def _said(text: str) -> str:
    """gettext of nothing is the catalogue's head."""
    return _(text) if text else ""


def _shape_of(what: Data) -> str:
    """The name of the shape something refers to, directly, in a list or as one of several."""
    if "$ref" in what:
        return str(what["$ref"]).rpartition("/")[2]
    for inner in (what.get("items"), *what.get("allOf", ()), *what.get("oneOf", ()), *what.get("anyOf", ())):
        if inner and (found := _shape_of(inner)):
            return found
    return ""


def _kind(what: Data) -> str:
    """The type in a word or two, as the description has it."""
    if what.get("enum"):
        return " | ".join("null" if each is None else f"“{each}”" for each in what["enum"])
    kinds = what.get("type", "")
    if kinds == "array":
        return f"[{_shape_of(what) or _kind(what['items'])}]"
    if isinstance(kinds, list):
        kinds = " | ".join(kinds)
    return f"{kinds} ({what['format']})" if "format" in what else str(kinds or _shape_of(what))


def operations(description: Data) -> list[Operation]:
    """All addresses in their order."""
    found = []
    for path, methods in description["paths"].items():
        for method, asked in methods.items():
            answer, given = _content(asked["responses"]["200"]), _content(asked.get("requestBody", {}))
            rows = [
                Row(each["name"], _kind(each["schema"]), _said(each.get("description", "")))
                for each in asked.get("parameters", ())
            ]
            summary = _said(asked["summary"])
            found.append(Operation(asked["operationId"], method.upper(), path, summary, answer, given, rows))
    return found


def _content(what: Data) -> str:
    """The shape of an answer, or of what is sent; empty where nothing is."""
    return _shape_of(what["content"]["application/json"]["schema"]) if "content" in what else ""


def shapes(description: Data) -> list[Shape]:
    """All shapes that have fields, by name."""
    known = description["components"]["schemas"]
    return [
        Shape(name, _said(what.get("description", "")), list(_fields(what, known)))
        for name, what in sorted(known.items())
        if "properties" in what
    ]


def _fields(what: Data, known: Data) -> Iterable[Row]:
    for name, each in what["properties"].items():
        shape = _shape_of(each)
        # One of several: the page shows the first, which tells of the others.
        while shape and "properties" not in known[shape]:
            shape = _shape_of(known[shape])
        yield Row(name, _kind(each), _said(each.get("description", "")), shape)
