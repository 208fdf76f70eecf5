"""Deleting keeps everything for thirty days: what is kept, how it comes back, when it goes for good."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from audit.services import record
from portal.history.models import Removed
from portal.history.plain import incoming, outgoing, there
from portal.history.registry import Chronicle, chronicle, of_model
from portal.revisions.models import Revision
from portal.revisions.subject import authored

BY = "removal"
TAKEN_BACK, REMOVED = "history.taken_back", "removed"


class ParentGoneError(Exception):
    """What a deleted thing stood in is deleted too; `parent` is it, where it can be taken back."""

    def __init__(self, parent: Removed | None) -> None:
        super().__init__()
        self.parent = parent

    def __str__(self) -> str:
        if self.parent is None:
            return _("What it stood in does not exist any more, so it cannot be taken back.")
        return _("It stood in “%(title)s”, which is deleted too. Please take that back first.") % {
            "title": self.parent.title
        }


def keep_removed(each: Chronicle, target: models.Model, *, by: Any) -> None:
    """A row that is about to be deleted, with what will be deleted along with it."""
    row = each.model._default_manager.get(pk=target.pk)
    rows = [_whole(each, row)]
    for name in each.children:
        children = getattr(row, name).all()
        own = of_model(children.model)[0]
        rows += [_whole(own, child) for child in children]
    who = authored(by)
    Removed.objects.update_or_create(
        kind=each.name,
        subject_id=row.pk,
        defaults={"title": str(row)[:300], "rows": rows, "by": who["author"], "by_name": who["author_name"]},
    )


def _whole(each: Chronicle, row: Any) -> dict[str, Any]:
    columns = row._meta.concrete_fields
    return {
        "kind": each.name,
        "pk": row.pk,
        "values": {column.attname: outgoing(column, getattr(row, column.attname)) for column in columns},
    }


def take_back(removed: Removed, *, by: Any) -> tuple[Any, list[str]]:
    """A deleted thing is there again, with its number, in every column. Answers the row and sentences on what had to
    be left out. Twice is once: then the row is there already. ParentGoneError, or ValidationError with whole sentences
    where it cannot be."""
    with transaction.atomic():
        each = chronicle(removed.kind)
        if not each.kind.rules.may_edit(by, None):
            raise PermissionDenied
        locked = Removed.objects.select_for_update().filter(pk=removed.pk).first()
        if locked is None:
            return each.model._default_manager.filter(pk=removed.subject_id).first(), []
        _parent_there(locked)
        left_out = list[str]()
        for kept in locked.rows:
            row, told = _made(kept)
            left_out += told
        row = each.model._default_manager.get(pk=locked.subject_id)
        record(TAKEN_BACK, row, by=by)
        locked.delete()
    return row, left_out


def _parent_there(removed: Removed) -> None:
    """Whether what the thing hangs on exists."""
    first = removed.rows[0]
    for column in chronicle(removed.kind).model._meta.concrete_fields:
        if not isinstance(column, models.ForeignKey) or column.null:
            continue
        number = first["values"][column.attname]
        parent: Any = column.related_model
        if parent._default_manager.filter(pk=number).exists():
            continue
        kinds = [each.name for each in of_model(parent)]
        raise ParentGoneError(Removed.objects.filter(kind__in=kinds, subject_id=number).first())


def _made(kept: dict[str, Any]) -> tuple[Any, list[str]]:
    each = chronicle(kept["kind"])
    columns = {column.attname: column for column in each.model._meta.concrete_fields}
    values, left_out = dict[str, Any](), list[str]()
    for name, value in kept["values"].items():
        if name in columns:
            found, told = there(columns[name], value) if columns[name].null or value else (value, [])
            values[name] = incoming(columns[name], found)
            left_out += told
    row = each.model(**values)
    try:
        row.validate_unique()
        row.validate_constraints()
        with transaction.atomic():
            row.save(force_insert=True)
            # Times that are set by themselves are those of before.
            each.model._default_manager.filter(pk=row.pk).update(**values)
    except (IntegrityError, ValidationError) as error:
        sentences = error.messages if isinstance(error, ValidationError) else []
        raise ValidationError(str(each.taken) or sentences or _("Something new stands in its place.")) from error
    return row, left_out


def remove_for_good(now: datetime | None = None) -> int:
    """Forget what has been deleted for thirty days, with its states and files; the nightly job. Returns how many."""
    with transaction.atomic():
        over = list(Removed.objects.select_for_update().order_by("pk").over(now))
        files = set[str]()
        for removed in over:
            record(REMOVED, removed, by=BY)
            for kept in removed.rows:
                Revision.objects.of(kept["kind"], kept["pk"]).delete()
                files |= _files(kept)
            removed.delete()
        transaction.on_commit(lambda: _delete(files))
    return len(over)


def _files(kept: dict[str, Any]) -> set[str]:
    columns = chronicle(kept["kind"]).model._meta.concrete_fields
    return {
        kept["values"][column.attname]
        for column in columns
        if isinstance(column, models.FileField) and kept["values"].get(column.attname)
    }


def _delete(files: set[str]) -> None:
    for name in files:
        default_storage.delete(name)
