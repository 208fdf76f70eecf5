"""What an old state points at that does not exist any more: named before anybody restores it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _

from audit.models import Entry
from portal.history.registry import Chronicle

Missing = dict[type[models.Model], set[int]]


def left_by(each: Chronicle, content: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """A state without what is gone, and a sentence on each such thing."""
    missing: Missing = {}
    for key, model in each.refers.items():
        wanted = set(_chosen(content, key))
        here = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        if wanted - here:
            missing.setdefault(model, set()).update(wanted - here)
    files = _files_gone(each, content)
    kept = {**_without(each, content, missing), **dict.fromkeys(files, "")}
    return kept, _sentences(missing) + [
        _("The picture (%(name)s) does not exist any more and is left out.")
        % {"name": each.model._meta.get_field(name).verbose_name}  # type: ignore[union-attr]
        for name in files
    ]


def _chosen(content: Mapping[str, Any], key: str) -> Iterable[int]:
    name, _dot, part = key.partition(".")
    value = content.get(name)
    if part:
        return (each[part] for each in value or () if each.get(part) is not None)
    if isinstance(value, list):
        return value
    return () if value is None else (value,)


def _without(each: Chronicle, content: Mapping[str, Any], missing: Missing) -> dict[str, Any]:
    kept = dict(content)
    for key, model in each.refers.items():
        name, _dot, part = key.partition(".")
        lost = missing.get(model, set())
        value = kept.get(name)
        if not lost or value is None:
            continue
        if part == "media":
            kept[name] = [child for child in value if child[part] not in lost]
        elif part:
            kept[name] = [{**child, part: None} if child.get(part) in lost else child for child in value]
        elif isinstance(value, list):
            kept[name] = [number for number in value if number not in lost]
        else:
            kept[name] = None if value in lost else value
    return kept


def _sentences(missing: Missing) -> list[str]:
    """The names stand in the audit log: what was deleted by the portal was written there."""
    if not missing:
        return []
    types = {model._meta.label_lower: model for model in missing}
    numbers = {str(number) for lost in missing.values() for number in lost}
    entries = Entry.objects.filter(target_type__in=types, target_id__in=numbers).exclude(target="").order_by("pk")
    names = {(kind, number): name for kind, number, name in entries.values_list("target_type", "target_id", "target")}
    found = []
    for label, model in types.items():
        for number in sorted(missing[model]):
            said = {"kind": model._meta.verbose_name, "name": names.get((label, str(number)), "")}
            if said["name"]:
                found.append(_("“%(name)s” (%(kind)s) does not exist any more and is left out.") % said)
            else:
                found.append(_("One thing (%(kind)s) does not exist any more and is left out.") % said)
    return found


def _files_gone(each: Chronicle, content: Mapping[str, Any]) -> list[str]:
    if not each.plain:
        return []
    columns = [column for column in each.model._meta.concrete_fields if isinstance(column, models.FileField)]
    return [
        column.name
        for column in columns
        if content.get(column.name) and not default_storage.exists(content[column.name])
    ]
