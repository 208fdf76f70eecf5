"""The plain fields of a row as JSON and back: one reading of every kind of field, for all snapshots."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from core.html import clean_html
from core.models import HtmlField
from core.text import clean_text
from portal.revisions.kinds import Problem

_BREAKS = re.compile(r"\r\n?")
_CENT = Decimal("0.01")
_INTEGERS = {
    "PositiveSmallIntegerField": 32_767,
    "PositiveIntegerField": 2_147_483_647,
}


def words(value: Any) -> str:
    """A text without what a database or a browser adds to it."""
    if not value:
        return ""
    return clean_text(_BREAKS.sub("\n", str(value).replace("\x00", ""))).strip()


def number(value: Any, most: int = 2**63 - 1) -> int | None:
    """A whole number from zero on, or None."""
    try:
        found = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if 0 <= found <= most else None


def degrees(value: Any, most: float) -> float | None:
    """A coordinate, or None."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) and abs(found) <= most else None


def day(value: Any) -> str | None:
    """A day as 2026-12-01, or None."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return None


def clock(value: Any) -> str | None:
    """A time of day as 18:00, with seconds only where there are any, or None."""
    try:
        found = value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError:
        return None
    found = found.replace(tzinfo=None)
    return found.isoformat("minutes") if not (found.second or found.microsecond) else found.isoformat()


def ids(values: Any) -> list[int]:
    """Numbers of rows, each once, in order."""
    return sorted({found for value in values or () if (found := number(value)) is not None})


class Scalars:
    """Some plain fields of a model. Their snapshot holds text, numbers, booleans, None, and lists of words."""

    def __init__(self, model: type[models.Model], names: Iterable[str]) -> None:
        self.fields: dict[str, models.Field[Any, Any]] = {
            name: model._meta.get_field(name)  # type: ignore[misc]
            for name in names
        }
        # Found once: every snapshot of a table of thousands asks for every field.
        self._readers = {name: _reader_of(field) for name, field in self.fields.items()}

    def take(self, row: Any) -> dict[str, Any]:
        """What the row says."""
        return {name: _outgoing(field, getattr(row, field.attname)) for name, field in self.fields.items()}

    def canonical(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """The same keys in one spelling; what is missing or makes no sense has its default."""
        return {name: self._readers[name](content[name]) if name in content else _default(field)
                for name, field in self.fields.items()}  # fmt: skip

    def row_values(self, content: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
        """Values for the row's attributes, of those names that are ours."""
        return {self.fields[name].attname: _incoming(self.fields[name], content[name])
                for name in names if name in self.fields}  # fmt: skip

    def problems(self, content: Mapping[str, Any]) -> list[Problem]:
        """What the fields themselves say against their values: too long, no address, not a link."""
        found = []
        for name, field in self.fields.items():
            said = content[name]
            # A text is judged in its full length; an amount is a text in the snapshot only.
            as_text = isinstance(said, str) and not isinstance(field, models.DecimalField)
            value = said if as_text else _incoming(field, said)
            if value in (None, "", []) or isinstance(field, models.ForeignKey):
                continue
            try:
                field.run_validators(value)
            except ValidationError as error:
                found.append(Problem(name, " ".join(error.messages)))
        return found


def _outgoing(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value.quantize(_CENT))
    if isinstance(field, ArrayField):
        return list(value or ())
    return value


def _default(field: models.Field[Any, Any]) -> Any:
    return _outgoing(field, field.get_default())


def _reader_of(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a value of this field is brought into its one spelling."""
    found = next((read for kind, read in _READERS if isinstance(field, kind)), None)
    if found is not None:
        return partial(found, field)
    if isinstance(field, HtmlField):
        return _markup
    if field.choices:
        return partial(_one_of, frozenset(key for key, _label in field.flatchoices), str(_default(field)))
    return words


def _several(_field: Any, value: Any) -> list[str]:
    return list(dict.fromkeys(filter(None, (words(each) for each in value or ()))))


def _whole(field: Any, value: Any) -> int | None:
    return number(value, _INTEGERS.get(field.get_internal_type(), 2_147_483_647))


def _markup(value: Any) -> str:
    return clean_html(words(value))


def _one_of(known: Collection[Any], otherwise: str, value: Any) -> str:
    found = words(value)
    return found if found in known else otherwise


def _amount(field: models.DecimalField[Any, Any], value: Any) -> str | None:
    try:
        found = Decimal(str(value)).quantize(_CENT)
    except InvalidOperation:
        return None
    fits = found.is_finite() and abs(found) < Decimal(10) ** (field.max_digits - field.decimal_places)
    return str(found) if fits else None


def _incoming(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.DecimalField):
        return None if value is None else Decimal(value)
    if isinstance(value, str) and field.max_length is not None:
        return value[: field.max_length]
    return value


# The first that fits; everything else is text.
_READERS: list[tuple[type[Any], Callable[[Any, Any], Any]]] = [
    (models.BooleanField, lambda _field, value: bool(value)),
    (models.DecimalField, _amount),
    (ArrayField, _several),
    (models.FloatField, lambda _field, value: degrees(value, 180)),
    (models.ForeignKey, lambda _field, value: number(value)),
    (models.IntegerField, _whole),
]
