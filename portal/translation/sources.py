"""What can be translated on a page. The rooms above tell it by `register`; this room knows none of them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from core.html import plain_text
from portal.translation.models import Format


class Text(NamedTuple):
    """A German text and where it stands (`place` is unique in the municipality)."""

    place: str
    text: str
    format: str = Format.TEXT


class Source(NamedTuple):
    """A public page with its texts."""

    url: str
    texts: Sequence[Text]


Loader = Callable[[int], Source | None]
_loaders: dict[str, Loader] = {}


def register(kind: str, load: Loader) -> None:
    """Call from an app's ready(). `load` gives the page of an id, or None where it is not public."""
    _loaders[kind] = load


def source_of(kind: str, pk: int) -> Source | None:
    """The page of a kind and an id."""
    load = _loaders.get(kind)
    return load(pk) if load else None


def texts_of(kind: str, row: Any, fields: Iterable[str], *, markup: Iterable[str] = ()) -> list[Text]:
    """The texts of a row's fields, those with markup named as such; empty ones are left out."""
    found = [Text(f"{kind} {row.pk} {name}", getattr(row, name)) for name in fields]
    found += [Text(f"{kind} {row.pk} {name}", getattr(row, name), Format.HTML) for name in markup]
    return [each for each in found if (plain_text(each.text) if each.format == Format.HTML else each.text.strip())]
