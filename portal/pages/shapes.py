"""What the kinds of blocks of a page consist of; the room `portal.blocks` declares them. No tables.

A block is `{"id": "k3f9a2", "kind": "text", "hidden": false, "data": {…}}`; `data` has the fields of its kind and,
where the kind is a list of something, `items`. What stands in the table went through `canonical`: it may be printed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.html import escape

from core.html import clean_html
from core.task_cards import Words
from core.text import clean_text

Block = dict[str, Any]
Data = dict[str, Any]
# Blocks of a page, and signs of one value that is no text with markup.
MOST_BLOCKS = 60
LONGEST_LINE = 5_000
# A page of this portal, another website, an address of mail or a telephone number.
LINK = r"^(/([^/\\]|$)|https?://|mailto:|tel:)[^\s]*$"
_ID = re.compile(r"[a-z0-9]{4,16}")
# A page of before is one block; so is one that was written as one text since.
WHOLE = "text0"
TEXT = "text"


class Shape(StrEnum):
    """What a field holds."""

    LINE = "line"
    LINES = "lines"
    MARKUP = "markup"
    LINK = "link"
    PICTURE = "picture"
    DOCUMENT = "document"
    PROVIDER = "provider"
    SEARCH = "search"
    CHOICE = "choice"
    FLAG = "flag"
    EMAIL = "email"
    PHONE = "phone"
    PLACE = "place"


# What is the number of a row elsewhere.
POINTERS = frozenset({Shape.PICTURE, Shape.DOCUMENT, Shape.PROVIDER})
# What readers read in their own language.
SPOKEN = frozenset({Shape.LINE, Shape.LINES, Shape.MARKUP})


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `heading` (2 or 3): it is a heading of the page. `proper`: a name, which nobody translates;
    `aside`: no part of what the page tells, like the description of a picture; `blank`: what not choosing means."""

    name: str
    label: Words
    shape: Shape = Shape.LINE
    required: bool = False
    most: int = 200
    help: Words = ""
    choices: tuple[tuple[str, Words], ...] = ()
    heading: int = 0
    proper: bool = False
    aside: bool = False
    blank: Words = ""

    @property
    def spoken(self) -> bool:
        """Whether it is translated."""
        return self.shape in SPOKEN and not self.proper


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of blocks. `items`: it is a list whose entries have these fields; `most`: of its kind on one page."""

    name: str
    label: Words
    sentence: Words
    icon: str
    fields: tuple[Field, ...] = ()
    items: tuple[Field, ...] = ()
    item_label: Words = ""
    most_items: int = 0
    most: int = MOST_BLOCKS
    order: int = 50

    @property
    def template(self) -> str:
        """What draws it."""
        return f"blocks/kinds/_{self.name}.html"


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Let pages have blocks of this kind. Called once, when the room's app is ready."""
    if kind.name in _kinds:
        raise ValueError(f"There are blocks of the kind {kind.name} already.")
    _kinds[kind.name] = kind
    return kind


def kinds() -> list[Kind]:
    """All of them, in the order in which they are offered."""
    return sorted(_kinds.values(), key=lambda each: each.order)


def kind_of(block: Mapping[str, Any]) -> Kind | None:
    """The kind of a block; None where this release knows it not."""
    return _kinds.get(str(block.get("kind")))


def whole_text(markup: str) -> list[Block]:
    """The blocks of a page that was written as one text."""
    return [{"id": WHOLE, "kind": TEXT, "hidden": False, "data": {"html": markup}}] if markup else []


def canonical(raw: Any) -> list[Block]:
    """What of some JSON is blocks, made safe: unknown kinds and fields fall away, ids are unique, markup is clean."""
    found: dict[str, Block] = {}
    for each in raw if isinstance(raw, list) else []:
        kind = kind_of(each) if isinstance(each, dict) else None
        if kind is None or not _ID.fullmatch(str(each.get("id"))) or len(found) == MOST_BLOCKS:
            continue
        data = each.get("data")
        block = {
            "id": each["id"],
            "kind": kind.name,
            "hidden": each.get("hidden") is True,
            "data": _canonical_data(kind, data if isinstance(data, dict) else {}),
        }
        found.setdefault(block["id"], block)
    return list(found.values())


def _canonical_data(kind: Kind, raw: Mapping[str, Any]) -> Data:
    data = _canonical_fields(kind.fields, raw)
    if kind.items:
        items = raw.get("items")
        rows = [_canonical_fields(kind.items, row) for row in items or () if isinstance(row, dict)]
        data["items"] = [row for row in rows if row][: kind.most_items]
    return data


def _canonical_fields(fields: tuple[Field, ...], raw: Mapping[str, Any]) -> Data:
    found = {field.name: _canonical_value(field, raw.get(field.name)) for field in fields}
    return {name: value for name, value in found.items() if value not in ("", None, False)}


def _canonical_value(field: Field, value: Any) -> Any:
    if field.shape in POINTERS:
        return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63 else None
    if field.shape == Shape.FLAG:
        return value is True
    if not isinstance(value, str):
        return ""
    if field.shape == Shape.MARKUP:
        return clean_html(value)
    if field.shape == Shape.CHOICE:
        return value if value in {name for name, _label in field.choices} else ""
    text = clean_text(value)[:LONGEST_LINE]
    return "" if field.shape == Shape.LINK and not re.match(LINK, text) else text


def parts_of(block: Block) -> Iterator[tuple[str, Field, Any]]:
    """(name within the block, field, value) of all that a block says, in its order."""
    kind = kind_of(block)
    if kind is None:
        return
    data = block["data"]
    for field in kind.fields:
        if field.name in data:
            yield field.name, field, data[field.name]
    for number, row in enumerate(data.get("items", ())):
        for field in kind.items:
            if field.name in row:
                yield f"{number}.{field.name}", field, row[field.name]


def pointers(blocks: list[Block], shape: Shape) -> set[int]:
    """The numbers of rows that blocks point at."""
    return {value for block in blocks for _name, field, value in parts_of(block) if field.shape == shape}


def without_pointers(block: Block) -> Block:
    """The block for a place where nothing is that it points at; what had pointers is hidden until somebody looked."""
    kind = kind_of(block)
    if kind is None or not any(field.shape in POINTERS for _name, field, _value in parts_of(block)):
        return block
    names = {field.name for field in (*kind.fields, *kind.items) if field.shape in POINTERS}
    data = {name: value for name, value in block["data"].items() if name not in names}
    if "items" in data:
        data["items"] = [{name: value for name, value in row.items() if name not in names} for row in data["items"]]
    return {**block, "hidden": True, "data": data}


def said_anew(block: Block, said: Callable[[str, str], str]) -> Block:
    """The block with its spoken fields as `said` (name within the block, text) words them."""
    kind = kind_of(block)
    data = block["data"]
    if kind is None:
        return block

    def row(fields: tuple[Field, ...], values: Data, prefix: str) -> Data:
        spoken = {each.name for each in fields if each.spoken}
        return {name: said(prefix + name, text) if name in spoken else text for name, text in values.items()}

    fresh = row(kind.fields, data, "")
    if "items" in data:
        fresh["items"] = [row(kind.items, each, f"{number}.") for number, each in enumerate(data["items"])]
    return {**block, "data": fresh}


def markup_of(blocks: list[Block]) -> str:
    """All that readers read in blocks, as one text with markup: for descriptions, searches and the check of links."""
    shown = (part for block in blocks if not block["hidden"] for part in parts_of(block))
    return clean_html("".join(_markup(field, value) for _name, field, value in shown if not field.aside))


def _markup(field: Field, value: Any) -> str:
    if field.shape == Shape.MARKUP:
        return str(value)
    if field.shape == Shape.LINK:
        return f'<p><a href="{escape(value)}">{escape(value)}</a></p>' if str(value).startswith("http") else ""
    if field.shape not in {Shape.LINE, Shape.LINES}:
        return ""
    tag = f"h{field.heading}" if field.heading else "p"
    return f"<{tag}>{escape(value)}</{tag}>"
