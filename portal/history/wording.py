"""Values of columns in words, for differences of pages and settings."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import HtmlField
from portal.blocks.comparing import blocks_difference
from portal.pages.block_field import BlocksField
from portal.revisions.fielding import names_of, plain_difference
from portal.revisions.kinds import Difference


def field_difference(name: str, column: models.Field[Any, Any], old: Any, new: Any) -> Difference:
    """One column before and after."""
    label = str(column.verbose_name)
    read = _READ.get(column.get_internal_type())
    if isinstance(column, models.ForeignKey):
        named = names_of(column.related_model)
        told = [tuple(named([value])) if value is not None else () for value in (old, new)]
        return Difference(name, label, "choice", told[0], told[1])
    if isinstance(column, BlocksField):
        return blocks_difference(old or [], new or [])
    if isinstance(column, ArrayField):
        return Difference(name, label, "list", tuple(map(str, old or ())), tuple(map(str, new or ())))
    if read is not None and not isinstance(column, HtmlField):
        return Difference(name, label, "choice", read(old), read(new))
    return plain_difference(name, column, old if old is not None else "", new if new is not None else "")


def outline_in_words(shape: Any) -> str:
    """An outline by its number of points; nothing where there is none."""
    if not shape:
        return ""
    number = _points(shape.get("coordinates") if isinstance(shape, dict) else shape)
    return ngettext("an outline of %(number)d point", "an outline of %(number)d points", number) % {"number": number}


def _points(nested: Any) -> int:
    if not isinstance(nested, list):
        return 0
    if nested and isinstance(nested[0], (int, float)):
        return 1
    return sum(map(_points, nested))


def _lines(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _day(value: Any) -> tuple[str, ...]:
    found = parse_date(value) if value else None
    return _lines(date_format(found, "DATE_FORMAT") if found else "")


_READ: dict[str, Any] = {
    "DateField": _day,
    "JSONField": lambda value: _lines(outline_in_words(value)),
    "FileField": lambda value: _lines(_("a picture") if value else ""),
}
