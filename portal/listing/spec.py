"""What a room says of its list: by what one filters, in which orders it stands, what an export of it tells.

Why not django-filter and django-tables2 (looked at: 26.2 and 3.0.1): neither counts what each option would give, knows
headings within an order, or a choice that reaches across pages; what they do give, a form of filters and a `<table>`,
would be replaced by our components all the same. What is left of them is less than this file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Words = str | Promise
Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter; `value` stands in the address and in the rows."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of boxes: within it one of the ticked ones is enough, among several filters all must hold.

    `key` names a column or annotation of the rows. With `several` it is an array: a row may have several of them.
    """

    name: str
    label: Words
    key: str
    options: Sequence[Option]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter of one choice among many whose numbers nobody needs (topics, districts): it narrows the rows as words
    do, before anything is counted. `narrow` is told the value of the chosen option."""

    name: str
    label: Words
    options: Sequence[Option]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Groups:
    """Headings within an order: the rows of each value of `key` stand together. A heading is told their number."""

    key: str
    headings: Mapping[Any, Callable[[int], str]]


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of the rows; it must be total, so that no row stands on two pages."""

    name: str
    label: Words
    order: tuple[Any, ...]
    groups: Groups | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the export."""

    label: Words
    value: Callable[[Any], Cell]
    width: int = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """A list. The first of `sorts` is the usual one. `search` narrows rows to those that fit some words.

    `prepare` adds to the rows of a page what only showing and exporting them needs (related rows, annotations), so that
    counting stays cheap.
    """

    sorts: tuple[Sort, ...]
    facets: tuple[Facet, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows
    columns: tuple[Column, ...] = ()
    file_name: str = "liste"
    per_page: int = 25
