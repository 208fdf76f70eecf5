"""Differences as the component draws them, with the pictures of pages and settings beside their words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.differences.shots import Shot
from portal.differences.showing import Shown, Side, shown
from portal.history.registry import Chronicle
from portal.revisions.kinds import Difference


def compared(
    each: Chronicle,
    differences: Sequence[Difference],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    fresh: bool = False,
) -> list[Shown]:
    """Everything for the component `difference`."""
    told = shown(differences, before, after, fresh=fresh)
    if not each.plain:
        return told
    files = {column.name for column in each.model._meta.concrete_fields if isinstance(column, models.FileField)}
    return [_with_pictures(field, before, after) if field.name in files else field for field in told]


def _with_pictures(field: Shown, before: Mapping[str, Any], after: Mapping[str, Any]) -> Shown:
    old, new = (_picture(field.label, side.get(field.name)) for side in (before, after))
    return replace(field, old=old, new=new)


def _picture(label: str, name: Any) -> Side:
    if not name:
        return Side(())
    there = default_storage.exists(name)
    alt = label if there else _("The file does not exist any more.")
    nothing = SafeString("")
    return Side((), (Shot(default_storage.url(name) if there else "", alt, nothing, nothing),))
