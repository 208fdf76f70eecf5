"""Adding, changing, retiring and deleting an entry: one transaction and one line in the audit log each."""

from typing import Any

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.media.pictures import prepare
from portal.taxonomy.models import Alias
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import Kind
from portal.vocabulary.placing import check_name, check_place
from portal.vocabulary.rows import Rows, load, lock, parent_of, renumber
from portal.vocabulary.uses import uses_of
from portal.vocabulary.words import gone

# Width divided by height, so that pages know how much room to leave.
PICTURE = 16 / 9


@transaction.atomic
def add(kind: Kind, row: Any, *, by: Any) -> Any:
    """A new entry, at the end of its place."""
    lock(kind)
    rows = load(kind)
    parent = parent_of(row)
    if parent is not None:
        rows.get(parent)
    _check_new(rows, row)
    row.position = len(rows.below.get(parent, []))
    _make_small(row)
    row.save()
    record("vocabulary.added", row, by=by, changes={"name": ["", row.name]})
    return row


def _check_new(rows: Rows, row: Any) -> None:
    trail = rows.trail(parent_of(row)) if parent_of(row) is not None else []  # type: ignore[arg-type]  # not None here
    rows.by_pk[0] = row
    if trail:
        check_place(rows, 0, trail[-1])
    else:
        check_name(rows, row.name, None)
    del rows.by_pk[0]


@transaction.atomic
def change(kind: Kind, row: Any, *, by: Any) -> list[str]:
    """Keep what a form changed in a row, and return the names of the fields."""
    lock(kind)
    rows = load(kind)
    if row.pk not in rows.by_pk:
        raise RefusedError(gone())
    old = kind.model._default_manager.get(pk=row.pk)
    parent = parent_of(row)
    if parent != parent_of(old):
        rows.by_pk[row.pk].name = row.name
        check_place(rows, row.pk, parent)
        row.position = len(rows.below.get(parent, []))
    else:
        row.position = old.position
        check_name(rows, row.name, parent, but=row.pk)
    _make_small(row)
    changed = [name for name in kind.fields if _said(old, name) != _said(row, name)]
    if not changed:
        return []
    row.save(update_fields=[*changed, "position"])
    if "parent" in changed:
        rows.below[parent_of(old)].remove(row.pk)
        renumber(kind, rows, parent_of(old))
    changes = {name: [_said(old, name), _said(row, name)] for name in changed}
    record("vocabulary.changed", row, by=by, changes=changes)
    return changed


def _said(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, models.Model):
        return str(value)
    return str(value) if isinstance(value, models.fields.files.FieldFile) else value


def _make_small(row: Any) -> None:
    """A picture that was just sent: decoded, upright, small, without what the camera noted."""
    image = getattr(row, "image", None)
    if image and not getattr(image, "_committed", True):
        row.image = ContentFile(prepare(image.file, shape=PICTURE).content, name="thema.webp")


@transaction.atomic
def retire(kind: Kind, pk: int, *, retired: bool, by: Any) -> bool:
    """Offer an entry no more, or again. False where somebody has done that already."""
    lock(kind)
    row = kind.model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise RefusedError(gone())
    if row.retired == retired:
        return False
    kind.model._default_manager.filter(pk=pk).update(retired=retired)
    record(
        "vocabulary.retired" if retired else "vocabulary.brought_back",
        row,
        by=by,
        changes={"retired": [not retired, retired]},
    )
    return True


@transaction.atomic
def delete(kind: Kind, pk: int, *, by: Any) -> str:
    """Delete an entry on which nothing hangs, and return its name."""
    lock(kind)
    row = kind.model._default_manager.select_for_update().filter(pk=pk).first()
    if row is None:
        raise RefusedError(gone())
    uses = uses_of(kind, pk)
    if uses.any:
        raise RefusedError(
            _("“%(name)s” is in use (%(uses)s). Please merge it with another entry, or retire it.")
            % {"name": row.name, "uses": ", ".join(uses.lines())}
        )
    kept = {field.name: _said(row, field.name) for field in row._meta.concrete_fields if field.name != "outline"}
    record("vocabulary.deleted", row, by=by, changes={"kept": [kept, None]})
    Alias.objects.filter(kind=row._meta.model_name, new=pk).delete()
    row.delete()
    return str(kept["name"])
