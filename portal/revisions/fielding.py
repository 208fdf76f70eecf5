"""Differences of plain fields, pictures and chosen things, alike for all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.html import plain_text
from core.models import HtmlField
from portal.revisions.kinds import Content, Difference, Piece
from portal.revisions.scalars import Scalars
from portal.revisions.wording import compare_markup, compare_text

# Shorter texts are read at a glance; longer ones are compared word by word.
GLANCE = 120


def plain_differences(scalars: Scalars, a: Content, b: Content, *, besides: Iterable[str] = ()) -> list[Difference]:
    """One for each plain field that differs, in the order of the fields; `besides` are told by the caller."""
    left = set(besides)
    return [
        plain_difference(name, field, a[name], b[name])
        for name, field in scalars.fields.items()
        if name not in left and a[name] != b[name]
    ]


def plain_difference(name: str, field: models.Field[Any, Any], old: Any, new: Any) -> Difference:
    """One field before and after."""
    label = str(field.verbose_name)
    if isinstance(field, HtmlField):
        compared = compare_markup(old, new)
        lines = _line(plain_text(old)), _line(plain_text(new))
        return Difference(name, label, "html", *lines, compared, too_long=not compared)
    is_long = isinstance(old, str) and isinstance(new, str) and max(len(old), len(new)) > GLANCE
    pieces: tuple[Piece, ...] = compare_text(old, new) if is_long else ()
    too_long = is_long and not pieces
    kind = "choice" if field.choices or isinstance(field, models.BooleanField) else "text"
    return Difference(name, label, kind, _line(said(field, old)), _line(said(field, new)), pieces, too_long=too_long)


def said(field: models.Field[Any, Any], value: Any) -> str:
    """A value of a field in words."""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value) if value != "" else "")
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.DecimalField):
        return "" if value is None else f"{number_format(Decimal(value), 2)} €"
    if isinstance(field, ArrayField):
        return ", ".join(value)
    return "" if value is None else str(value)


def _line(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def chosen_difference(
    name: str, label: Any, old: Sequence[int], new: Sequence[int], names: Callable[[Sequence[int]], list[str]]
) -> list[Difference]:
    """Things chosen from a list, by their names; nothing where both chose the same."""
    if list(old) == list(new):
        return []
    return [Difference(name, str(label), "list", tuple(names(old)), tuple(names(new)))]


def names_of(model: type[models.Model]) -> Callable[[Sequence[int]], list[str]]:
    """A function from ids to names; what was deleted says so."""

    def named(ids: Sequence[int]) -> list[str]:
        found = model._default_manager.in_bulk(list(ids))
        gone = _("something that does not exist any more")
        return [str(found[each]) if each in found else gone for each in ids]

    return named


def lines_difference(name: str, label: Any, kind: str, old: Sequence[str], new: Sequence[str]) -> Difference:
    """Things told on a line each."""
    return Difference(name, str(label), kind, tuple(old), tuple(new))


def picture_difference(old: Sequence[Content], new: Sequence[Content], kinds: dict[str, Any]) -> list[Difference]:
    """Pictures with their use, description and credit."""
    if list(old) == list(new):
        return []

    def told(each: Content) -> str:
        parts = [str(kinds.get(each["kind"], each["kind"])), each["alt_text"] or _("without description")]
        return " · ".join([*parts, *([each["copyright"]] if each["copyright"] else [])])

    def numbers(pictures: Sequence[Content]) -> tuple[int, ...]:
        return tuple(each["media"] for each in pictures if each["media"] is not None)

    return [
        Difference(
            "images", _("pictures"), "images", tuple(map(told, old)), tuple(map(told, new)),
            media_old=numbers(old), media_new=numbers(new),
        )
    ]  # fmt: skip
