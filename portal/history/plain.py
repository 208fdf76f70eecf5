"""Kinds of the engine made of a table and the names of its columns: pages, settings and what else editors change at
once, without drafts and approval.

A state holds the columns as they are: what the forms let in was checked, and a restored state must equal the old one.
A column that a state does not know (it came later) stays as it is when that state is restored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _

from core.access import Role, is_editor
from portal.history.wording import field_difference
from portal.revisions.children import existing, set_children
from portal.revisions.kinds import Applied, Content, Difference, Kind, Problem
from portal.revisions.models import Desk, Revision
from portal.revisions.signals import Event

FORMAT = 1


class PlainRules:
    """See `portal.revisions.kinds.Rules`: editors (or administrators) change it at once, and nobody else does."""

    def __init__(self, model: type[models.Model], *, admin_only: bool) -> None:
        self.model, self.admin_only = model, admin_only

    def lock(self, pk: int) -> Any:
        return self.model._default_manager.select_for_update(of=("self",)).get(pk=pk)

    def follows(self, row: Any) -> bool:
        return False

    def is_bound(self, row: Any) -> bool:
        return True

    def is_editable(self, row: Any) -> bool:
        return True

    def may_edit(self, by: Any, row: Any) -> bool:
        return Role.ADMIN in getattr(by, "granted_roles", frozenset()) if self.admin_only else is_editor(by)

    def may_submit(self, by: Any, row: Any) -> bool:
        return self.may_edit(by, row)

    def may_decide(self, by: Any, row: Any, revision: Revision) -> bool:
        return self.may_edit(by, row)

    def desk(self, row: Any, by: Any) -> Desk:
        return Desk.NOBODY

    def is_editor(self, by: Any) -> bool:
        return True

    def written_by(self, row: Any, author: int | None) -> None:
        """Who wrote it stands in its history."""

    def entered(self, row: Any, event: Event, *, by: Any, reason: str = "", approved: bool = False) -> None:
        """It has no states."""


def outgoing(column: models.Field[Any, Any], value: Any) -> Any:
    """A value of a column as JSON."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(column, models.FileField):
        return str(value)
    if isinstance(column, models.JSONField):
        return value
    if isinstance(value, (list, tuple)):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def incoming(column: models.Field[Any, Any], value: Any) -> Any:
    """The way back."""
    if value is None or isinstance(column, (models.JSONField, models.ForeignKey, models.FileField)):
        return value
    return column.to_python(value)


def _default(column: models.Field[Any, Any]) -> Any:
    return outgoing(column, column.get_default())


@dataclass(frozen=True)
class Children:
    """Rows that belong to a row and are a list in its state."""

    name: str
    columns: tuple[str, ...]

    def model(self, parent: type[models.Model]) -> Any:
        """Their table."""
        return parent._meta.get_field(self.name).related_model

    def said(self, child: Any) -> dict[str, Any]:
        """What one of them says."""
        return {name: outgoing(child._meta.get_field(name), getattr(child, name)) for name in self.columns}

    def apply(self, row: Any, wanted: list[dict[str, Any]]) -> None:
        """Make them say this, in this order."""
        link = row._meta.get_field(self.name).field.name

        def make(each: dict[str, Any], position: int) -> Any:
            table = self.model(type(row))
            values = {name: incoming(table._meta.get_field(name), value) for name, value in each.items()}
            return table(**{link: row, "position": position, **values})

        set_children(row, self.name, wanted, said=self.said, make=make)


@dataclass(frozen=True)
class Besides:
    """Something in a state that stands in another table: how to read it, how to write it (what had to be left out is
    answered in sentences), and how to tell a difference."""

    name: str
    take: Callable[[Any], Any]
    apply: Callable[[Any, Any], list[str]]
    differences: Callable[[Any, Any], list[Difference]]
    empty: Any


@dataclass(frozen=True)
class Plain:
    """The snapshot of a table's rows (take, apply, differences), for `Kind`.

    `secrets`: a column with a secret, and those which, once changed, make it worthless: it is forgotten then and never
    sent to where it was not entered for. It is no column of the state.
    """

    model: type[models.Model]
    names: tuple[str, ...]
    children: tuple[Children, ...] = ()
    besides: tuple[Besides, ...] = ()
    secrets: Mapping[str, tuple[str, ...]] | None = None

    @property
    def columns(self) -> dict[str, models.Field[Any, Any]]:
        """Name to column."""
        found: dict[str, Any] = {name: self.model._meta.get_field(name) for name in self.names}
        return found

    def take(self, row: Any) -> Content:
        """What the row says."""
        return {
            **{name: outgoing(each, getattr(row, each.attname)) for name, each in self.columns.items()},
            **{each.name: [each.said(child) for child in getattr(row, each.name).all()] for each in self.children},
            **{each.name: each.take(row) for each in self.besides},
        }

    def canonical(self, content: Mapping[str, Any]) -> Content:
        """What is known of it; what it does not say is not made up."""
        known = {*self.names, *(each.name for each in self.children), *(each.name for each in self.besides)}
        return {name: value for name, value in content.items() if name in known}

    def missing(self, content: Content) -> list[Problem]:
        """What it lacks is told when the row is checked."""
        return []

    def apply(self, row: Any, content: Content, only: Collection[str] | None = None) -> Applied:
        """Make the row say this, as far as what it points at is there. Inside a transaction."""
        wanted = {name: value for name, value in content.items() if only is None or name in only}
        left_out = self._write(row, wanted)
        for part in self.children:
            if part.name in wanted:
                part.apply(row, wanted[part.name])
        for other in self.besides:
            if other.name in wanted:
                left_out += other.apply(row, wanted[other.name])
        return Applied(self.take(self.model._default_manager.get(pk=row.pk)), tuple(left_out))

    def _write(self, row: Any, wanted: Content) -> list[str]:
        now, left_out, changed = self.take(row), list[str](), set[str]()
        for name, column in self.columns.items():
            if name not in wanted:
                continue
            value, told = there(column, wanted[name])
            left_out += told
            if value != now[name]:
                setattr(row, column.attname, incoming(column, value))
                changed.add(name)
        for secret, places in (self.secrets or {}).items():
            if changed.intersection(places):
                setattr(row, secret, "")
        if changed:
            row.full_clean()
            row.save()
        return left_out

    def differences(self, a: Content, b: Content) -> list[Difference]:
        """What differs, in words. What one of the two states does not know is not compared."""
        found: list[Difference] = []
        for name, column in self.columns.items():
            if (a and name not in a) or name not in b:
                continue
            old = a[name] if a else _default(column)
            if old != b[name]:
                found.append(field_difference(name, column, old, b[name]))
        for part in self.children:
            found += self._of_children(part, a.get(part.name), b.get(part.name))
        for other in self.besides:
            if other.name in b and (not a or other.name in a):
                found += other.differences(a.get(other.name, other.empty), b[other.name])
        return found

    def _of_children(self, part: Children, old: Any, new: Any) -> list[Difference]:
        if new is None or (old or []) == new:
            return []
        table = part.model(self.model)
        label = str(table._meta.verbose_name_plural)
        told = [
            tuple(" · ".join(str(value) for value in each.values() if value not in (None, "")) for each in side or ())
            for side in (old, new)
        ]
        return [Difference(part.name, label, "list", told[0], told[1])]


def there(column: models.Field[Any, Any], value: Any) -> tuple[Any, list[str]]:
    """A value with what it points at; what is not there any more is left out, with a sentence on it."""
    said = {"name": column.verbose_name}
    if isinstance(column, models.ForeignKey) and value is not None:
        if not existing(column.related_model, [value]):
            return None, [_("“%(name)s” is left out: it does not exist any more.") % said]
    elif isinstance(column, models.FileField) and value and not default_storage.exists(value):
        return "", [_("“%(name)s” is left out: the file does not exist any more.") % said]
    return value, []


def all_columns(model: type[models.Model], *, but: Iterable[str] = ()) -> tuple[str, ...]:
    """What people may edit of a row, in the order of the columns: new settings have a history without being declared.
    Times of the row, ids and what is not editable (secrets are not) do not belong to it."""
    left_out = {*but, "created_at", "updated_at"}
    return tuple(
        each.name
        for each in model._meta.concrete_fields
        if each.editable and not each.primary_key and each.name not in left_out
    )


def plain_kind(name: str, label: Any, snapshot: Plain, *, admin_only: bool = False) -> Kind:
    """A kind of the engine for such a table."""
    return Kind(
        name=name,
        label=label,
        model=snapshot.model,
        format=FORMAT,
        take=snapshot.take,
        apply=snapshot.apply,
        canonical=snapshot.canonical,
        differences=snapshot.differences,
        missing=snapshot.missing,
        rules=PlainRules(snapshot.model, admin_only=admin_only),
    )
